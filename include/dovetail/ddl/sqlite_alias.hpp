// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <dovetail/ddl/sql.hpp>

namespace dovetail::detail {

/// What SQLite does for an alias: it writes through a view by triggers only, one for each kind of statement, and not by an
/// upsert ("cannot UPSERT a view", seen in 3.40.1).
struct sqlite_alias {
  static constexpr text_view events[]{"INSERT", "UPDATE", "DELETE"};

  /// Why an alias cannot have the column.
  static constexpr text_view refuses(const model::column& c) {
    return c.nullable && c.value.kind != model::default_kind::none
               ? "SQLite does not tell a NULL from what is left out of a view: make the column not null or drop its default before"
               : "";
  }
  /// `t` is the table behind it. `put_default(out, column)` puts what the column gets where an INSERT leaves it out.
  template <class PutDefault>
  static constexpr void put_trigger(auto& out, const model::table& alias, const model::table& t, text_view event,
                                    PutDefault put_default) {
    text_buffer name;
    name << alias.name.text() << " instead of " << event;
    out << "CREATE TRIGGER " << sql::quoted{name.all()} << " INSTEAD OF " << event << " ON " << sql::quoted{alias.name}
        << " BEGIN\n  ";
    const auto put_written = [&](auto put) {
      text_view between;
      for (const model::part* p : alias.parts)
        if (const auto& c = static_cast<const model::column&>(*p); !c.is_generated()) {
          put(out << between, c);
          between = ", ";
        }
    };
    if (event == "INSERT") {
      out << "INSERT INTO " << sql::quoted{t.name} << " (";
      put_written([](auto& to, const model::column& c) { to << sql::quoted{c.name}; });
      out << ") VALUES (";
      put_written([&](auto& to, const model::column& c) {
        const bool has_default = c.value.kind != model::default_kind::none;
        to << (has_default ? text_view("coalesce(NEW.") : text_view("NEW.")) << sql::quoted{c.name};
        if (has_default) put_default(to << ", ", c);
        if (has_default) to << ')';
      });
      out << ");\nEND";
      return;
    }
    if (event == "UPDATE") {
      out << "UPDATE " << sql::quoted{t.name} << " SET ";
      put_written([](auto& to, const model::column& c) { to << sql::quoted{c.name} << " = NEW." << sql::quoted{c.name}; });
    } else {
      out << "DELETE FROM " << sql::quoted{t.name};
    }
    // Without a key, by all columns: of rows that are the same in them, whoever writes through the alias means all.
    const array_view<identifier> key = model::find_key(t, [&](const identifier& n) { return alias.find_column(n) != nullptr; });
    text_view between = " WHERE ";
    for (const model::part* p : alias.parts) {
      if (!key.empty() && !contains(key, p->name)) continue;
      out << between << sql::quoted{p->name} << " IS OLD." << sql::quoted{p->name};
      between = " AND ";
    }
    out << ";\nEND";
  }
};

}  // namespace dovetail::detail
