// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <libpq-fe.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <map>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

#include <dovetail/ddl/partitions.hpp>
#include <dovetail/ddl/postgresql.hpp>

#include <support/random_schema.hpp>

/// What a PostgreSQL database says of itself, and what a schema says that it should: lines of text, which are compared.
/// Nothing here uses the library's DDL.
namespace test {

/// The server that the tests use. Without one they are skipped, which is said, and the program does not succeed.
inline std::string postgres_conninfo() {
  const char* given = std::getenv("DOVETAIL_POSTGRES");
  if (given == nullptr || *given == '\0') {
    std::fputs("SKIPPED: DOVETAIL_POSTGRES gives no server to test against (tests/support/postgres.sh starts one)\n",
               stderr);
    std::exit(4);  // as Catch2 3 does when all tests were skipped
  }
  return given;
}

struct postgres_error : std::runtime_error {
  postgres_error(const std::string& state, const std::string& message, const std::string& sql)
      : std::runtime_error("PostgreSQL: " + message + "in: " + sql), sqlstate(state) {}
  std::string sqlstate;
};

class postgres_connection {
 public:
  using row = std::vector<std::optional<std::string>>;
  using rows = std::vector<row>;

  explicit postgres_connection(const std::string& options = "")
      : connection_(PQconnectdb((postgres_conninfo() + options).c_str()), &PQfinish) {
    if (PQstatus(connection_.get()) != CONNECTION_OK) throw std::runtime_error(PQerrorMessage(connection_.get()));
    PQsetNoticeProcessor(connection_.get(), [](void*, const char*) {}, nullptr);
    run("SET client_encoding = 'UTF8'");
    run("SET TimeZone = 'UTC'");
  }

  /// Runs one statement; parameters are text, or NULL.
  rows run(const std::string& sql, const row& parameters = {}) {
    std::vector<const char*> values;
    for (const auto& p : parameters) values.push_back(p ? p->c_str() : nullptr);
    return result_of(PQexecParams(connection_.get(), sql.c_str(), static_cast<int>(values.size()), nullptr,
                                  values.data(), nullptr, nullptr, 0),
                     sql);
  }
  void run(const std::vector<run_statement>& script) {
    for (std::size_t i = 0; i != script.size(); ++i) {
      const run_statement& s = script[i];
      if (s.facts.batch_key != 0) {
        row ends(s.facts.batch_key);
        for (rows next = run(s.text, ends); !next.empty(); next = run(s.text, ends)) {
          row both = ends;
          both.insert(both.end(), next[0].begin(), next[0].end());
          run(script[i + 1].text, both);
          ends = next[0];
        }
        ++i;
      } else if (!run(s.text).empty() && s.facts.must_be_empty) {
        throw std::runtime_error("rows from: " + s.text);
      }
    }
  }
  std::optional<std::string> value(const std::string& sql, const row& parameters = {}) {
    return run(sql, parameters).at(0).at(0);
  }

  /// Begins a statement, which finish() ends.
  void send(const std::string& sql) {
    if (PQsendQuery(connection_.get(), sql.c_str()) == 0) throw std::runtime_error(PQerrorMessage(connection_.get()));
  }
  bool is_busy() {
    PQconsumeInput(connection_.get());
    return PQisBusy(connection_.get()) != 0;
  }
  rows finish() {
    PGresult* last = nullptr;
    while (PGresult* next = PQgetResult(connection_.get())) {
      PQclear(last);
      last = next;
    }
    return result_of(last, "a statement that was sent");
  }
  int pid() { return PQbackendPID(connection_.get()); }

 private:
  rows result_of(PGresult* raw, const std::string& sql) {
    const std::unique_ptr<PGresult, decltype(&PQclear)> result(raw, &PQclear);
    const auto status = PQresultStatus(result.get());
    if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK) {
      const char* state = PQresultErrorField(result.get(), PG_DIAG_SQLSTATE);
      throw postgres_error(state == nullptr ? "" : state, PQresultErrorMessage(result.get()), sql);
    }
    rows found;
    for (int i = 0; i != PQntuples(result.get()); ++i) {
      row& r = found.emplace_back();
      for (int j = 0; j != PQnfields(result.get()); ++j) {
        if (PQgetisnull(result.get(), i, j) != 0)
          r.emplace_back();
        else
          r.emplace_back(
              std::string(PQgetvalue(result.get(), i, j), static_cast<std::size_t>(PQgetlength(result.get(), i, j))));
      }
    }
    return found;
  }

  std::unique_ptr<PGconn, decltype(&PQfinish)> connection_;
};

/// An empty place of its own in the server's database, with all that is in it gone in the end.
class postgres_schema {
 public:
  postgres_schema(postgres_connection& c, const std::string& name) : c_(c), name_(generator::quoted(name)) {
    c_.run("DROP SCHEMA IF EXISTS " + name_ + " CASCADE");
    c_.run("CREATE SCHEMA " + name_);
    c_.run("SET search_path = " + name_);
  }
  postgres_schema(const postgres_schema&) = delete;
  postgres_schema& operator=(const postgres_schema&) = delete;
  ~postgres_schema() {
    c_.run("ROLLBACK");  // a warning, where no transaction was left open
    c_.run("DROP SCHEMA " + name_ + " CASCADE");
  }

 private:
  postgres_connection& c_;
  std::string name_;
};

namespace detail {

inline std::vector<std::string> names_of(dt::array_view<dt::identifier> from) {
  std::vector<std::string> names;
  for (const dt::identifier& name : from) names.push_back(str(name));
  return names;
}
/// The names in an array of identifiers that PostgreSQL gave as JSON would be work; each has a row of its own instead.
inline std::map<std::string, std::string> lists_of(const postgres_connection::rows& rows) {
  std::map<std::string, std::string> lists;
  for (const auto& r : rows) {
    std::string& list = lists[*r[0]];
    list += (list.empty() ? "" : ", ") + shown(*r[1]);
  }
  return lists;
}

/// Of a trigger, with nothing of its table: when it runs, the columns of UPDATE OF, and what it does.
inline const std::string definition_of_trigger =
    "tgtype || ' ' || coalesce((SELECT string_agg(quote_ident(attname), ',' ORDER BY attname) FROM unnest(tgattr) k(num) "
    "JOIN pg_attribute ON attrelid = tgrelid AND attnum = num), '') || substring(pg_get_triggerdef(pg_trigger.oid) "
    "from ' FOR EACH .*')";

}  // namespace detail

/// The body of a sync's function without the name that the table had when it was made: nothing asks for it, since a
/// table that some SQL names is not renamed.
inline std::string without_table(std::string body) {
  const std::string row = "(SELECT NEW.*) AS ";
  for (std::size_t at = body.find(row); at != std::string::npos; at = body.find(row, at)) {
    at += row.size();
    std::size_t end = at + 1;
    while (body[end] != '"' || body[end + 1] == '"') end += body[end] == '"' ? 2 : 1;
    body.erase(at, end + 1 - at);
  }
  return body;
}

/// The catalogue of the current schema, sorted, and of those schemas whose names are like a pattern; each name in one of
/// these says it.
inline std::vector<std::string> catalogue_of(postgres_connection& c, const std::string& others = {}) {
  std::vector<std::string> lines;
  const std::string current = "(SELECT oid FROM pg_namespace WHERE nspname = current_schema())";
  const std::string here = "ANY (SELECT oid FROM pg_namespace WHERE nspname = current_schema() OR nspname LIKE '" + others + "')";
  /// What is in a schema, with the name of that: `of_class("r")` is r.relname.
  const auto named = [](const std::string& space, const std::string& name) {
    return " (SELECT CASE WHEN nspname = current_schema() THEN '' ELSE nspname || E'\\x1f' END FROM pg_namespace WHERE oid = " + space + ") || " + name;
  };
  const auto of_class = [&](const std::string& alias) { return named(alias + ".relnamespace", alias + ".relname") + ' '; };

  for (const auto& r : c.run("SELECT nspname FROM pg_namespace WHERE nspname LIKE $1", {others}))
    lines.push_back("schema " + shown(*r[0]));

  for (const auto& [type, labels] : detail::lists_of(
           c.run("SELECT typname, enumlabel FROM pg_type t JOIN pg_enum e ON enumtypid = t.oid WHERE typnamespace = " +
                 current + " ORDER BY enumsortorder")))
    lines.push_back("enumeration " + shown(type) + " (" + labels + ")");

  for (const auto& t :
       c.run("SELECT" + of_class("r") + ", relkind, obj_description(oid, 'pg_class') FROM pg_class r WHERE relkind NOT IN ('i', 'I', 'S') AND NOT relispartition "
             "AND relnamespace = " + here))
    lines.push_back(shown(*t[0]) + (*t[1] == "r" || *t[1] == "p" ? " table" : " " + *t[1]) + (t[2] ? " said " + shown(*t[2]) : ""));

  // Of a partition no more is declared than its name and its bounds.
  for (const auto& r : c.run("SELECT" + of_class("r") + ", pg_get_partkeydef(oid) FROM pg_class r WHERE relkind = 'p' AND relnamespace = " + here))
    lines.push_back(shown(*r[0]) + " partition key " + *r[1]);
  for (const auto& r : c.run("SELECT" + of_class("t") + "," + of_class("p") + ", pg_get_expr(p.relpartbound, p.oid), inhdetachpending FROM pg_inherits JOIN pg_class p "
                             "ON p.oid = inhrelid JOIN pg_class t ON t.oid = inhparent WHERE p.relkind = 'r' AND p.relnamespace = " + here))
    lines.push_back(shown(*r[0]) + " partition " + shown(*r[1]) + ' ' + *r[2] + (*r[3] == "t" ? " pending" : ""));

  const auto columns = c.run(
      "SELECT" + of_class("r") + ", attname, CASE WHEN t.typtype = 'e' THEN 'e' ELSE format_type(atttypid, atttypmod) END, "
      "t.typname, attnotnull, attidentity, pg_get_expr(adbin, adrelid), t.typnamespace = " + current +
      ", CASE WHEN a.typcategory = 'A' THEN '[]' ELSE '' END, attgenerated, "
      "(SELECT collname FROM pg_collation x WHERE x.oid = attcollation AND attcollation <> a.typcollation), "
      "col_description(attrelid, attnum), (SELECT" + of_class("s") + "FROM pg_depend JOIN pg_class s ON s.oid = refobjid AND "
      "s.relkind = 'S' WHERE classid = 'pg_attrdef'::regclass AND objid = pg_attrdef.oid AND adbin IS NOT NULL) "
      "FROM pg_class r JOIN pg_attribute ON attrelid = r.oid JOIN pg_type a ON a.oid = atttypid "
      "JOIN pg_type t ON t.oid = CASE WHEN a.typcategory = 'A' THEN a.typelem ELSE a.oid END "
      "LEFT JOIN pg_attrdef ON adrelid = attrelid AND adnum = attnum "
      "WHERE relkind IN ('r', 'p') AND NOT relispartition AND attnum > 0 AND NOT attisdropped AND relnamespace = " + here);
  std::string all_defaults;
  for (const auto& r : columns)
    if (r[6] && r[9]->empty() && !r[12])  // the literal of a number gets its digits from the column
      all_defaults +=
          (all_defaults.empty() ? "SELECT (" : ", (") + *r[6] + ")" +
          (r[2]->starts_with("numeric") || *r[2] == "real" || *r[2] == "double precision" ? "::" + *r[2] : "") +
          "::text";
  const auto defaults = all_defaults.empty() ? postgres_connection::row() : c.run(all_defaults).at(0);
  auto next_default = defaults.begin();
  for (const auto& r : columns) {
    std::string value = "none";
    if (r[12]) {
      value = "next of " + shown(*r[12]);
    } else if (r[6] && r[9]->empty()) {
      value = shown((next_default++)->value());
      for (const expression& e : postgresql_server().expressions)
        if (e.shown == *r[6]) value = "expression " + *r[6];
    }
    lines.push_back(shown(*r[0]) + " column " + shown(*r[1]) + ' ' +
                    (*r[2] == "e" ? (*r[7] == "t" ? "enumeration " : "foreign ") + shown(*r[3]) + *r[8] : *r[2]) +
                    (*r[4] == "t" ? " not null" : "") + " default " + value + " identity " + *r[5] +
                    (r[9]->empty() ? "" : " generated " + *r[9] + *r[6]) + (r[10] ? " collate " + shown(*r[10]) : "") +
                    (r[11] ? " said " + shown(*r[11]) : ""));
  }

  // Those of identity columns are theirs alone.
  for (const auto& r : c.run(
           "SELECT" + of_class("r") + ", format_type(seqtypid, NULL), seqstart, seqincrement, seqmin, seqmax, seqcache, seqcycle, "
           "(SELECT quote_ident(relname) || '.' || quote_ident(attname) FROM pg_depend JOIN pg_class t ON t.oid = refobjid JOIN "
           "pg_attribute ON attrelid = t.oid AND attnum = refobjsubid WHERE objid = r.oid AND deptype = 'a') "
           "FROM pg_sequence JOIN pg_class r ON r.oid = seqrelid WHERE relnamespace = " + here +
           " AND NOT EXISTS (SELECT FROM pg_depend WHERE objid = r.oid AND deptype = 'i')")) {
    std::string line = "sequence " + shown(*r[0]);
    for (std::size_t i = 1; i != r.size(); ++i) line += ' ' + r[i].value_or("of none");
    lines.push_back(line);
  }

  std::map<std::string, std::string> index_columns;
  std::map<std::string, std::string> included;
  for (const auto& r :
       c.run("SELECT indexrelid, place <= indnkeyatts, attname, pg_get_indexdef(indexrelid, place::integer, false), "
             "CASE WHEN place <= indnkeyatts THEN indoption[place - 1] ELSE 0 END FROM pg_index i JOIN pg_class x "
             "ON x.oid = indexrelid CROSS JOIN unnest(indkey) WITH ORDINALITY k(num, place) "
             "LEFT JOIN pg_attribute a ON attrelid = indrelid AND attnum = num AND num <> 0 WHERE relnamespace = " +
             here + " ORDER BY place")) {
    std::string& list = (*r[1] == "t" ? index_columns : included)[*r[0]];
    // Bit 1: DESC, bit 2: NULLS FIRST.
    list += (list.empty() ? "" : ", ") + (r[2] ? shown(*r[2]) : *r[3]) + (*r[4] == "0" ? "" : " " + *r[4]);
  }
  const auto operators = detail::lists_of(
      c.run("SELECT conindid, oprname FROM pg_constraint CROSS JOIN unnest(conexclop) WITH ORDINALITY e(op, place) "
            "JOIN pg_operator o ON o.oid = op WHERE connamespace = " + here + " ORDER BY place"));
  for (const auto& r : c.run("SELECT x.oid," + of_class("t") + ", x.relname, indisunique, indisvalid AND indisready, contype, "
                             "pg_get_expr(indpred, indrelid), "
                             "indexprs IS NULL, amname, CASE WHEN condeferred THEN ' deferred' WHEN condeferrable THEN "
                             "' deferrable' ELSE '' END || CASE WHEN indnullsnotdistinct THEN ' nulls' ELSE '' END FROM pg_index i JOIN pg_class x ON x.oid = indexrelid JOIN "
                             "pg_class t ON t.oid = indrelid "
                             "JOIN pg_am ON pg_am.oid = x.relam LEFT JOIN pg_constraint ON conindid = x.oid AND "
                             "contype IN ('p', 'u', 'x') "
                             "WHERE NOT t.relispartition AND x.relnamespace = " +
                             here)) {
    const std::string how = std::string(*r[4] == "t" ? "" : " invalid") + (*r[8] == "btree" ? "" : " " + *r[8]);
    const std::string kind = !r[5] ? "index " + shown(*r[2]) + (*r[3] == "t" ? " unique" : "")
                             : *r[5] == "p" ? "primary key" : *r[5] == "u" ? "unique " + shown(*r[2]) : "exclusion " + shown(*r[2]);
    lines.push_back(shown(*r[1]) + ' ' + kind + how + " (" + index_columns.at(*r[0]) + ")" +
                    (operators.contains(*r[0]) ? " by (" + operators.at(*r[0]) + ")" : "") +
                    (included.contains(*r[0]) ? " with (" + included[*r[0]] + ")" : "") + (r[6] ? " where " + *r[6] : "") +
                    r[9].value_or(""));
  }

  const auto keys = [&](const std::string& numbers, const std::string& table) {
    return detail::lists_of(c.run("SELECT c.oid, attname FROM pg_constraint c CROSS JOIN unnest(" + numbers +
                                  ") WITH ORDINALITY k(num, place) JOIN pg_attribute ON attrelid = " + table +
                                  " AND attnum = num WHERE contype = 'f' AND connamespace = " + here +
                                  " ORDER BY place"));
  };
  const auto from = keys("conkey", "conrelid");
  const auto to = keys("confkey", "confrelid");
  for (const auto& r :
       c.run("SELECT c.oid," + of_class("r") + ", conname, contype," + of_class("t") + ", confdeltype, confupdtype, convalidated, "
             "pg_get_expr(conbin, conrelid), condeferrable, confmatchtype, condeferred FROM pg_constraint c "
             "JOIN pg_class r ON r.oid = conrelid "
             "LEFT JOIN pg_class t ON t.oid = confrelid WHERE contype NOT IN ('p', 'u', 'x', 'n') AND conparentid = 0 AND NOT r.relispartition AND connamespace = " +
             here)) {
    std::string line = shown(*r[1]) + ' ';
    if (*r[3] == "f")
      line += "foreign key " + shown(*r[2]) + " (" + from.at(*r[0]) + ") to " + shown(*r[4]) + " (" + to.at(*r[0]) +
              ") " + *r[5] + *r[6] + *r[10];
    else if (*r[3] == "c")
      line += "check " + shown(*r[2]) + ' ' + r[8].value_or("");
    else
      line += "constraint " + *r[3] + shown(*r[2]);
    lines.push_back(line + (*r[7] == "t" ? "" : " not valid") + (*r[11] == "t" ? " deferred" : *r[9] == "t" ? " deferrable" : ""));
  }
  const auto is_of_sync = [](const std::string& body) {
    return body.starts_with("#variable_conflict") || body.starts_with("BEGIN\n  NEW.");
  };
  for (const auto& r : c.run("SELECT" + of_class("r") + ", tgname, proname, prosrc, " + detail::definition_of_trigger +
                             " FROM pg_trigger JOIN pg_class r ON r.oid = tgrelid "
                             "JOIN pg_proc p ON p.oid = tgfoid WHERE NOT tgisinternal AND NOT relispartition AND relnamespace = " + here))
    lines.push_back(shown(*r[0]) + " trigger " + shown(*r[1]) + (is_of_sync(*r[3]) ? " of " + shown(*r[2]) + shown(without_table(*r[3])) : " " + *r[4]));
  for (const auto& r : c.run("SELECT" + named("pronamespace", "proname") + ", prokind, pg_get_function_arguments(p.oid), pg_get_function_result(p.oid), "
                             "lanname, provolatile, proisstrict, prosrc, EXISTS (SELECT FROM pg_trigger WHERE tgfoid = p.oid) FROM pg_proc p JOIN pg_language l ON l.oid = prolang "
                             "WHERE pronamespace = " + here))
    if (*r[8] == "f" || !is_of_sync(*r[7])) lines.push_back("routine " + *r[1] + ' ' + shown(*r[0]) + " (" + *r[2] + ") " + r[3].value_or("") + ' ' + *r[4] + ' ' +
                    *r[5] + (*r[6] == "t" ? " strict " : " ") + shown(*r[7]));
  std::sort(lines.begin(), lines.end());
  return lines;
}

/// How the server itself writes down what a schema says: its word for a check, its text of a literal of a type.
/// Remembered, because a test asks the same again and again.
class postgres_words {
 public:
  explicit postgres_words(postgres_connection& c) : c_(c) {}

  /// Precondition: the table exists in the current schema, with the columns that the check names.
  std::string check(const std::string& table, const std::string& columns, const std::string& text) {
    std::string& shown_text = checks_[columns + text];
    if (shown_text.empty()) {
      c_.run("CREATE TEMPORARY TABLE dovetail_probe (LIKE " + generator::quoted(table) + ")");
      c_.run("ALTER TABLE pg_temp.dovetail_probe ADD CONSTRAINT probe CHECK (" + text + ")");
      shown_text = c_.value("SELECT pg_get_expr(conbin, conrelid) FROM pg_constraint WHERE conrelid = "
                            "'pg_temp.dovetail_probe'::regclass").value();
      c_.run("DROP TABLE pg_temp.dovetail_probe");
    }
    return shown_text;
  }
  /// The same of an expression that an index stands on.
  std::string element(const std::string& table, const std::string& columns, const std::string& text) {
    std::string& shown_text = elements_[columns + text];
    if (shown_text.empty()) {
      c_.run("CREATE TEMPORARY TABLE dovetail_probe (LIKE " + generator::quoted(table) + ")");
      c_.run("CREATE INDEX probe ON pg_temp.dovetail_probe ((" + text + "))");
      shown_text = c_.value("SELECT pg_get_indexdef('pg_temp.probe'::regclass, 1, false)").value();
      c_.run("DROP TABLE pg_temp.dovetail_probe");
    }
    return shown_text;
  }
  /// The same of what a column of a type is generated from.
  std::string generated(const std::string& table, const std::string& columns, const std::string& type,
                        const std::string& text) {
    std::string& shown_text = generated_[columns + type + text];
    if (shown_text.empty()) {
      c_.run("CREATE TEMPORARY TABLE dovetail_probe (LIKE " + generator::quoted(table) + ")");
      c_.run("ALTER TABLE pg_temp.dovetail_probe ADD COLUMN \"probe \" " + type + " GENERATED ALWAYS AS (" + text +
             ") STORED");
      shown_text = c_.value("SELECT pg_get_expr(adbin, adrelid) FROM pg_attrdef WHERE adrelid = "
                            "'pg_temp.dovetail_probe'::regclass").value();
      c_.run("DROP TABLE pg_temp.dovetail_probe");
    }
    return shown_text;
  }
  /// The body of the function that a new table would have for its sync.
  std::string body(const model::schema& s, const model::table& t, const std::string& sync) {
    const std::string begin = "CREATE FUNCTION " + generator::quoted(sync) + "() RETURNS trigger LANGUAGE plpgsql ";
    dt::detail::script_builder b;
    dt::postgresql<15>::create(b, s, t);
    dt::postgresql<15>::create_references(b, s, t);
    for (const run_statement& each : statements_of(b))
      if (each.text.rfind(begin, 0) == 0)
        return c_.value("SELECT " + each.text.substr(each.text.find("AS ", begin.size()) + 3)).value();
    return "none";
  }
  std::string trigger(const std::string& table, const std::string& columns, const std::string& event, const std::string& action) {
    std::string& shown_text = triggers_[columns + event + ' ' + action];
    if (shown_text.empty()) {
      c_.run("CREATE TEMPORARY TABLE dovetail_probe (LIKE " + generator::quoted(table) + ")");
      c_.run("CREATE TRIGGER probe " + event + " ON pg_temp.dovetail_probe " + action);
      shown_text = c_.value("SELECT " + detail::definition_of_trigger + " FROM pg_trigger WHERE tgrelid = "
                            "'pg_temp.dovetail_probe'::regclass").value();
      c_.run("DROP TABLE pg_temp.dovetail_probe");
    }
    return shown_text;
  }
  /// In quotes, if it needs them.
  std::string name(const std::string& text) { return c_.value("SELECT quote_ident($1)", {text}).value(); }
  std::string partition_key(const std::string& table, const std::string& method, dt::array_view<dt::identifier> names) {
    std::string list;
    for (const dt::identifier& each : names) list += (list.empty() ? "" : ", ") + generator::quoted(str(each));
    c_.run("CREATE TEMPORARY TABLE dovetail_probe (LIKE " + generator::quoted(table) + ") PARTITION BY " + method + " (" + list + ")");
    const std::string shown_text = c_.value("SELECT pg_get_partkeydef('pg_temp.dovetail_probe'::regclass)").value();
    c_.run("DROP TABLE pg_temp.dovetail_probe");
    return shown_text;
  }
  /// Of a partition of a new table: what stands behind its name in CREATE TABLE, as the server shows it.
  std::string bounds(const model::schema& s, const model::table& t, const std::string& partition) {
    const std::string begin = "CREATE TABLE " + generator::quoted(partition) + " PARTITION OF ";
    std::string key;
    dt::detail::script_builder b;
    dt::postgresql<15>::create(b, s, t);
    dt::detail::partition_ddl<dt::postgresql<15>>::create(b, t);
    for (const run_statement& each : statements_of(b)) {
      if (const std::size_t at = each.text.find("\n) PARTITION BY "); at != std::string::npos) key = each.text.substr(at + 2);
      if (each.text.rfind(begin, 0) != 0) continue;
      const std::string table = generator::quoted(str(t.name));
      c_.run("CREATE TEMPORARY TABLE dovetail_probe (LIKE " + table + ") " + key);
      c_.run("CREATE TEMPORARY TABLE dovetail_part PARTITION OF pg_temp.dovetail_probe " +
             each.text.substr(begin.size() + table.size() + 1));
      const std::string shown_text =
          c_.value("SELECT pg_get_expr(relpartbound, oid) FROM pg_class WHERE oid = 'pg_temp.dovetail_part'::regclass").value();
      c_.run("DROP TABLE pg_temp.dovetail_probe");
      return shown_text;
    }
    return "none";
  }
  std::string literal(const std::string& type, const std::string& text) {
    std::string& shown_text = literals_[type + ' ' + text];
    if (shown_text.empty()) shown_text = c_.value("SELECT CAST($1 AS " + type + ")::text", {text}).value();
    return shown_text;
  }

 private:
  postgres_connection& c_;
  std::map<std::string, std::string> checks_;
  std::map<std::string, std::string> elements_;
  std::map<std::string, std::string> generated_;
  std::map<std::string, std::string> triggers_;
  std::map<std::string, std::string> literals_;
};

inline std::string postgres_type(const dt::sql_type& type) {
  using enum dt::type_kind;
  const std::string length = "(" + std::to_string(type.length) + ")";
  const std::string digits = type.length == 6 ? "" : length;
  switch (type.kind) {
    case varchar: return "character varying" + length;
    case character: return "character" + length;
    case numeric:
      if (type.length == 0) return "numeric";
      return "numeric(" + std::to_string(type.length) + "," + std::to_string(type.scale) + ")";
    case time: return "time" + digits + " without time zone";
    case timestamp: return "timestamp" + digits + " without time zone";
    case timestamptz: return "timestamp" + digits + " with time zone";
    case enumeration: return "enumeration " + shown(type.labels->name.text());
    case array: return postgres_type(type.element->type) + "[]";
    default: return str(dt::type_word(type.kind));
  }
}

/// The catalogue that a database of this schema should have. Precondition: the tables exist, for the words of checks.
inline std::vector<std::string> postgresql_catalogue_of(const model::schema& s, postgres_words& words) {
  const auto list = [](dt::array_view<dt::identifier> names) { return shown(names); };
  const char* deferrals[]{"", " deferrable", " deferred"};
  std::vector<std::string> lines;
  for (const model::table* t : s.tables) {
    if (t->kind == model::source_kind::name_space) {
      lines.push_back("schema " + shown(schema_of(t->name)));
      continue;
    }
    if (const model::routine_details* r = t->routine) {
      const std::string attributes = str(r->attributes);
      const auto is = [&](const char* word) { return attributes.find(word) != std::string::npos; };
      lines.push_back(std::string("routine ") + (r->result.empty() ? "p " : "f ") + shown(t->name.text()) + " (" +
                      str(r->arguments) + ") " + str(r->result) + ' ' + str(r->language) + ' ' +
                      (is("IMMUTABLE") ? "i" : is("STABLE") ? "s" : "v") + (is("STRICT") ? " strict " : " ") + shown(t->query));
      continue;
    }
    if (t->kind == model::source_kind::sequence) {
      const auto& numbers = static_cast<const model::sequence&>(*t->parts[0]);
      dt::text_buffer more;
      more << dt::type_word(numbers.type) << ' ' << numbers.start << ' ' << numbers.increment << ' ' << numbers.min << ' '
           << numbers.max << ' ' << numbers.cache << (numbers.cycles ? dt::text_view(" t ") : dt::text_view(" f "));
      lines.push_back("sequence " + shown(t->name.text()) + ' ' + str(more.all()) +
                      (numbers.owner.empty() ? "of none" : words.name(str(without_schema(numbers.owner))) + '.' + words.name(str(numbers.owner_column))));
      continue;
    }
    const std::string at = shown(t->name.text()) + ' ';
    const model::part* said = t->find(model::part_kind::comment, {});
    lines.push_back(at + "table" +
                    (said == nullptr ? "" : " said " + shown(static_cast<const model::comment&>(*said).text)));
    std::string columns;
    for (const model::part* p : t->parts)
      if (const model::column* c = model::as_column(p)) columns += to_text(*c);
    for (const model::part* p : t->parts) {
      const std::string name = shown(p->name.text());
      switch (p->kind) {
        case model::part_kind::column: {
          const auto& c = static_cast<const model::column&>(*p);
          if (c.type.labels != nullptr)
            if (const std::string line =
                    "enumeration " + shown(c.type.labels->name.text()) + ' ' + list(c.type.labels->labels);
                std::find(lines.begin(), lines.end(), line) == lines.end())
              lines.push_back(line);
          std::string value = "none";
          const bool as_it_is = c.type.kind == dt::type_kind::enumeration || c.type.kind == dt::type_kind::text ||
                                c.type.kind == dt::type_kind::varchar;
          if (c.value.kind == model::default_kind::expression) {
            for (const expression& e : postgresql_server().expressions)
              if (e.type == c.type.kind && e.sql == str(c.value.text)) value = "expression " + e.shown;
          } else if (c.value.kind == model::default_kind::next_value) {
            value = "next of " + shown(c.value.text);
          } else if (c.value.kind != model::default_kind::none) {
            value = as_it_is ? shown(c.value.text) : shown(words.literal(postgres_type(c.type), str(c.value.text)));
          }
          const char* identity[]{"", "a", "d"};
          lines.push_back(at + "column " + name + ' ' + postgres_type(c.type) + (c.nullable ? "" : " not null") +
                          " default " + value + " identity " + identity[static_cast<std::size_t>(c.identity)] +
                          (c.is_generated() ? " generated s" + words.generated(str(t->name), columns, postgres_type(c.type),
                                                                               str(c.more->expression))
                                            : "") +
                          (c.details().collation.empty() ? "" : " collate " + shown(c.details().collation)) +
                          (c.details().comment.empty() ? "" : " said " + shown(c.details().comment)));
          break;
        }
        case model::part_kind::primary_key:
        case model::part_kind::unique: {
          const auto& k = static_cast<const model::key&>(*p);
          lines.push_back(at + (p->kind == model::part_kind::unique ? "unique " + name : "primary key") + ' ' + list(k.columns) +
                          deferrals[static_cast<std::size_t>(k.deferred)] + (k.nulls_not_distinct ? " nulls" : ""));
          break;
        }
        case model::part_kind::foreign_key: {
          const auto& f = static_cast<const model::foreign_key&>(*p);
          const char* actions[]{"a", "r", "c", "n", "d"};
          lines.push_back(at + "foreign key " + name + ' ' + list(f.columns) + " to " + shown(f.target.text()) + ' ' +
                          list(f.target_columns) + ' ' + actions[static_cast<std::size_t>(f.on_delete)] +
                          actions[static_cast<std::size_t>(f.on_update)] + "s" +
                          deferrals[static_cast<std::size_t>(f.deferred)]);
          break;
        }
        case model::part_kind::comment:
        case model::part_kind::sequence: break;
        case model::part_kind::partitioning: {
          const auto& by = static_cast<const model::partitioning&>(*p);
          const char* methods[]{"RANGE", "LIST", "HASH"};
          lines.push_back(at + "partition key " + words.partition_key(str(t->name), methods[static_cast<std::size_t>(by.by)], by.columns));
          break;
        }
        case model::part_kind::partition: {
          lines.push_back(at + "partition " + name + ' ' + words.bounds(s, *t, str(p->name)));
          break;
        }
        case model::part_kind::check:
          lines.push_back(at + "check " + name + ' ' +
                          words.check(str(t->name), columns, str(static_cast<const model::check&>(*p).expression)));
          break;
        case model::part_kind::trigger: {
          const auto& made = static_cast<const model::trigger&>(*p);
          lines.push_back(at + "trigger " + name + ' ' + words.trigger(str(t->name), columns, str(made.event), str(made.action)));
          break;
        }
        case model::part_kind::sync: {
          const std::string trigger = " trigger " + name + " of " + name + shown(without_table(words.body(s, *t, str(p->name))));
          lines.push_back(shown(t->name.text()) + trigger);
          if (const model::foreign_key* along = static_cast<const model::sync&>(*p).along)
            lines.push_back(shown(along->target.text()) + trigger);
          if (static_cast<const model::sync&>(*p).moves) {
            dt::text_buffer writing;
            dt::sql::put_writing_trigger_name(writing, static_cast<const model::sync&>(*p));
            lines.push_back(shown(t->name.text()) + " trigger " + shown(writing.all()) + " of " + name +
                            shown(without_table(words.body(s, *t, str(p->name)))));
          }
          break;
        }
        case model::part_kind::exclusion:
        case model::part_kind::index: {
          const auto& i = static_cast<const model::index&>(*p);
          std::string elements;
          std::string by;
          for (const model::index_key& k : keys_of(i)) {
            // NULLs are larger than all else, if nothing is said of them.
            const bool nulls_first = k.nulls == "NULLS FIRST" || (k.nulls.empty() && k.descending);
            const int order = (k.descending ? 1 : 0) + (nulls_first ? 2 : 0);
            elements += (elements.empty() ? "" : ", ") +
                        (k.column.empty() ? words.element(str(t->name), columns, str(k.expression))
                                          : shown(k.column.text())) +
                        (order == 0 ? "" : " " + std::to_string(order));
            if (!k.with.empty()) by += (by.empty() ? "" : ", ") + shown(k.with);
          }
          lines.push_back(at + (by.empty() ? "index " : "exclusion ") + name + (i.unique ? " unique" : "") +
                          (i.details().method.empty() ? "" : " " + str(i.details().method)) + " (" + elements + ")" + (by.empty() ? "" : " by (" + by + ")") +
                          (i.details().included.empty() ? "" : " with " + list(i.details().included)) +
                          (i.details().predicate.empty() ? "" : " where " + words.check(str(t->name), columns, str(i.details().predicate))) +
                          deferrals[static_cast<std::size_t>(i.details().deferred)]);
          break;
        }
      }
    }
  }
  std::sort(lines.begin(), lines.end());
  return lines;
}

}  // namespace test
