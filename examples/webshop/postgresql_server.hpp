// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <unistd.h>

#include <string>
#include <utility>
#include <vector>

#include <dovetail/dovetail.hpp>
#include <dovetail/run/postgresql.hpp>

#include "catalogue.hpp"

namespace shop {

/// Databases on a PostgreSQL server: each is a schema of the one that the conninfo names, and dropped at the end.
class postgresql_server {
 public:
  using dialect = dovetail::postgresql<15>;
  using connection = dovetail::run::postgresql_connection;

  explicit postgresql_server(std::string conninfo)
      : conninfo_(std::move(conninfo)), prefix_("webshop_" + std::to_string(getpid()) + '_') {}
  postgresql_server(const postgresql_server&) = delete;
  postgresql_server& operator=(const postgresql_server&) = delete;
  ~postgresql_server() {
    try {
      connection db(conninfo_);
      for (const std::string& schema : schemas_) db.execute(("DROP SCHEMA IF EXISTS " + schema + " CASCADE").c_str());
    } catch (const dovetail::run::database_error&) {
      // Nobody is there to drop them from.
    }
  }

  std::string name() const {
    connection db(conninfo_);
    return "PostgreSQL " + db.query("SHOW server_version").at(0).at(0).value() + ", schema " + prefix_ + "live";
  }
  void create(const std::string& database) {
    connection db(conninfo_);
    db.execute(("CREATE SCHEMA " + prefix_ + database).c_str());
    schemas_.push_back(prefix_ + database);
  }
  /// The schema is a part of the conninfo, so that the session keeps it whatever is reset.
  connection connect(const std::string& database) const {
    const bool uri = conninfo_.find("://") != std::string::npos;
    if (!uri) return connection(conninfo_ + " options='-c search_path=" + prefix_ + database + "'");
    const char* separator = conninfo_.find('?') == std::string::npos ? "?" : "&";
    return connection(conninfo_ + separator + "options=-c%20search_path%3D" + prefix_ + database);
  }

  static catalogue read_catalogue(connection& db);

 private:
  std::string conninfo_;
  std::string prefix_;
  std::vector<std::string> schemas_;
};

/// Columns, types, nullability, defaults and identities, constraints of all kinds and whether they are validated,
/// indexes and whether they are valid, the labels of enumerations in their order: as pg_catalog gives them, in the
/// schema that stands first in the search path.
inline catalogue postgresql_server::read_catalogue(connection& db) {
  catalogue out;
  const std::string here = " = (SELECT oid FROM pg_namespace WHERE nspname = current_schema())";
  detail::add_lines(out, db, "table",
                    "SELECT relname, relkind, relpersistence FROM pg_class WHERE relkind IN ('r', 'p', 'v', 'm', 'f') AND "
                    "relnamespace" + here);
  detail::add_lines(out, db, "column",
                    "SELECT c.relname, a.attname, format_type(a.atttypid, a.atttypmod), a.attnotnull, "
                    "pg_get_expr(d.adbin, d.adrelid), a.attidentity, a.attgenerated "
                    "FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid "
                    "LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum "
                    "WHERE a.attnum > 0 AND NOT a.attisdropped AND c.relkind = 'r' AND c.relnamespace" + here);
  detail::add_lines(out, db, "constraint",
                    "SELECT conrelid::regclass, conname, contype, pg_get_constraintdef(oid), convalidated FROM "
                    "pg_constraint WHERE connamespace" + here);
  detail::add_lines(out, db, "index",
                    "SELECT indrelid::regclass, pg_get_indexdef(indexrelid, 0, true), indisvalid, indisready FROM pg_index "
                    "JOIN pg_class ON pg_class.oid = indexrelid WHERE relnamespace" + here);
  detail::add_lines(out, db, "enumeration",
                    "SELECT typname, string_agg(enumlabel, ',' ORDER BY enumsortorder) FROM pg_type JOIN pg_enum ON "
                    "enumtypid = pg_type.oid WHERE typnamespace" + here + " GROUP BY typname");
  detail::add_lines(out, db, "trigger or sequence",
                    "SELECT relname, relkind FROM pg_class WHERE relkind = 'S' AND relnamespace" + here +
                        " UNION ALL SELECT tgname, 't' FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid WHERE NOT "
                        "tgisinternal AND relnamespace" + here);
  return out;
}

}  // namespace shop
