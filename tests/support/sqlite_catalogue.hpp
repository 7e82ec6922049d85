// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <sqlite3.h>

#include <algorithm>
#include <map>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

#include <dovetail/ddl/sqlite.hpp>

#include <support/random_schema.hpp>

/// What an SQLite database says of itself, and what a schema says that it should: lines of text, which are compared.
/// Nothing here uses the library's DDL.
namespace test {

class sqlite_database {
 public:
  using row = std::vector<std::optional<std::string>>;

  explicit sqlite_database(const char* file = ":memory:") {
    if (sqlite3_open(file, &db_) != SQLITE_OK) throw std::runtime_error("cannot open a database");
    // A column that is not there is no text of its name (sqlite.org/quirks.html, section 8).
    sqlite3_db_config(db_, SQLITE_DBCONFIG_DQS_DML, 0, nullptr);
    sqlite3_db_config(db_, SQLITE_DBCONFIG_DQS_DDL, 0, nullptr);
    run("PRAGMA foreign_keys = ON");
  }
  sqlite_database(const sqlite_database&) = delete;
  sqlite_database& operator=(const sqlite_database&) = delete;
  ~sqlite_database() { sqlite3_close(db_); }

  /// Runs one statement; parameters are bound as text, or as NULL.
  std::vector<row> run(const std::string& sql, const row& parameters = {}) {
    sqlite3_stmt* s = nullptr;
    const char* tail = nullptr;
    if (sqlite3_prepare_v2(db_, sql.c_str(), static_cast<int>(sql.size()), &s, &tail) != SQLITE_OK) fail(sql);
    std::vector<row> rows;
    int n = 0;
    for (const auto& p : parameters) {
      ++n;
      if (p)
        sqlite3_bind_text(s, n, p->data(), static_cast<int>(p->size()), SQLITE_TRANSIENT);
      else
        sqlite3_bind_null(s, n);
    }
    int code = SQLITE_ROW;
    while ((code = sqlite3_step(s)) == SQLITE_ROW) {
      row& r = rows.emplace_back();
      for (int i = 0; i != sqlite3_column_count(s); ++i) {
        const auto* text = reinterpret_cast<const char*>(sqlite3_column_text(s, i));
        if (text == nullptr)
          r.emplace_back();
        else
          r.emplace_back(std::string(text, static_cast<std::size_t>(sqlite3_column_bytes(s, i))));
      }
    }
    const bool whole = std::all_of(tail, sql.c_str() + sql.size(), [](char c) { return c == ' ' || c == '\n'; });
    sqlite3_finalize(s);
    if (code != SQLITE_DONE) fail(sql);
    if (!whole) throw std::runtime_error("more than one statement: " + sql);
    return rows;
  }
  void run(const std::vector<run_statement>& script) {
    for (std::size_t i = 0; i != script.size(); ++i) {
      const run_statement& s = script[i];
      if (s.facts.batch_key != 0) {
        std::optional<std::string> end;
        for (auto next = run(s.text, {end}); !next.empty(); next = run(s.text, {end})) {
          run(script[i + 1].text, {end, next[0][0]});
          end = next[0][0];
        }
        ++i;
      } else if (!run(s.text).empty() && s.facts.must_be_empty) {
        throw std::runtime_error("rows from: " + s.text);
      }
    }
  }

 private:
  void fail(const std::string& sql) {
    throw std::runtime_error("SQLite: " + std::string(sqlite3_errmsg(db_)) + ", in: " + sql);
  }
  sqlite3* db_ = nullptr;
};

namespace detail {

struct token {
  std::string text;
  bool name = false;  ///< in double quotes, which are taken off

  bool is(const char* word) const { return !name && text == word; }
};

/// The tokens of a statement.
inline std::vector<token> tokens_of(const std::string& sql) {
  std::vector<token> result;
  for (std::size_t i = 0; i != sql.size();) {
    const char c = sql[i];
    const auto in_word = [&](std::size_t at) {
      const auto byte = static_cast<unsigned char>(sql[at]);
      return byte >= 0x80 || byte == '_' || (byte >= '0' && byte <= '9') || (byte >= 'A' && byte <= 'Z') ||
             (byte >= 'a' && byte <= 'z');
    };
    if (c == ' ' || c == '\n' || c == '\t') {
      ++i;
    } else if (c == '\'' || c == '"') {
      std::string text;
      for (++i;; ++i) {
        if (sql.at(i) == c) {
          if (i + 1 == sql.size() || sql[i + 1] != c) break;
          ++i;
        }
        text += sql[i];
      }
      ++i;
      result.push_back({c == '"' ? text : "'" + text + "'", c == '"'});
    } else if (in_word(i)) {
      std::string text;
      for (; i != sql.size() && in_word(i); ++i) text += sql[i];
      result.push_back({text});
    } else {
      result.push_back({std::string(1, c)});
      ++i;
    }
  }
  return result;
}
inline std::string joined(std::vector<token>::const_iterator begin, std::vector<token>::const_iterator end) {
  std::string result;
  for (; begin != end; ++begin)
    result += (result.empty() ? "" : " ") + (begin->name ? shown(begin->text) : begin->text);
  return result;
}
inline std::string joined(const std::vector<token>& tokens) { return joined(tokens.begin(), tokens.end()); }
inline std::string normalised(const std::string& sql) { return joined(tokens_of(sql)); }

/// The definitions between the brackets of CREATE TABLE.
inline std::vector<std::vector<token>> definitions_of(const std::string& create_table) {
  const std::vector<token> all = tokens_of(create_table);
  std::vector<std::vector<token>> result(1);
  int depth = 0;
  for (const token& t : all) {
    if (t.is(")")) --depth;
    if (depth == 1 && t.is(","))
      result.emplace_back();
    else if (depth > 0)
      result.back().push_back(t);
    if (t.is("(")) ++depth;
  }
  return result;
}

inline std::string shown_names(const std::vector<std::string>& names) {
  std::string result = "(";
  for (const std::string& name : names) result += (result.size() == 1 ? "" : ", ") + shown(name);
  return result + ')';
}

}  // namespace detail

/// The catalogue of a database, sorted.
inline std::vector<std::string> catalogue_of(sqlite_database& db) {
  std::vector<std::string> lines;
  for (const auto& t :
       db.run("SELECT name, sql FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite^_%' ESCAPE '^'")) {
    const std::string at = shown(*t[0]) + ' ';
    lines.push_back(at + "table");
    std::map<std::string, std::string> in_text;  // what PRAGMAs do not tell of a column
    for (const auto& d : detail::definitions_of(*t[1])) {
      if (!d.front().name) {
        lines.push_back(at + detail::joined(d));
        continue;
      }
      const auto found = std::find_if(d.begin(), d.end(),
                                      [](const detail::token& x) {
                                        return x.is("CHECK") || x.is("AUTOINCREMENT") || x.is("GENERATED") || x.is("COLLATE");
                                      });
      in_text[d.front().text] = detail::joined(found, d.end());
    }
    std::map<int, std::string> key;
    for (const auto& c :
         db.run("SELECT name, lower(type), \"notnull\", dflt_value, pk FROM pragma_table_xinfo(?)", {t[0]})) {
      lines.push_back(at + "column " + shown(*c[0]) + ' ' + *c[1] + (*c[2] == "1" ? " not null" : "") + " default " +
                      (c[3] ? shown(*c[3]) : "none") + ' ' + in_text[*c[0]]);
      if (*c[4] != "0") key[std::stoi(*c[4])] = *c[0];
    }
    std::vector<std::string> names;
    for (const auto& [position, name] : key) names.push_back(name);
    if (!names.empty()) lines.push_back(at + "primary key " + detail::shown_names(names));

    for (const auto& i : db.run("SELECT name, \"unique\", origin, partial FROM pragma_index_list(?)", {t[0]})) {
      names.clear();
      for (const auto& c : db.run("SELECT name, desc FROM pragma_index_xinfo(?) WHERE key = 1 ORDER BY seqno", {i[0]}))
        names.push_back((c[0] ? *c[0] : "an expression") + (*c[1] == "1" ? " descending" : ""));
      std::string text;  // what no PRAGMA tells: behind ON and the table's name
      if (*i[2] == "c") {
        const auto all = detail::tokens_of(db.run("SELECT sql FROM sqlite_schema WHERE name = ?", {i[0]}).at(0).at(0).value());
        auto from = std::find_if(all.begin(), all.end(), [](const detail::token& x) { return x.is("ON"); });
        text = ' ' + detail::joined(from + 2, all.end());
      }
      if (*i[2] != "pk")
        lines.push_back(at + (*i[2] == "c" ? "index " + shown(*i[0]) : "key") + ' ' + (*i[1] == "1" ? "unique " : "") +
                        (*i[3] == "1" ? "partial " : "") + detail::shown_names(names) + text);
    }
    std::map<std::string, std::vector<sqlite_database::row>> foreign;
    for (const auto& f : db.run("SELECT id, \"from\", \"to\", \"table\", on_delete, on_update FROM "
                                "pragma_foreign_key_list(?) ORDER BY id, seq", {t[0]}))
      foreign[*f[0]].push_back(f);
    for (const auto& [id, columns] : foreign) {
      names.clear();
      std::vector<std::string> to;
      for (const auto& f : columns) {
        names.push_back(*f[1]);
        to.push_back(*f[2]);
      }
      lines.push_back(at + "foreign key " + detail::shown_names(names) + " to " + shown(*columns[0][3]) +
                      detail::shown_names(to) + ' ' + *columns[0][4] + ", " + *columns[0][5]);
    }
  }
  for (const auto& other : db.run("SELECT type, name, tbl_name, sql FROM sqlite_schema WHERE type NOT IN ('table', 'index')")) {
    const std::string line = *other[0] + ' ' + shown(*other[1]) + " of " + shown(*other[2]);
    lines.push_back(line);
    if (*other[0] != "trigger") continue;
    const std::string failed = "'NOT NULL constraint failed: ";
    for (const detail::token& each : detail::tokens_of(*other[3]))
      if (each.text.rfind(failed, 0) == 0)
        lines.push_back(line + " requires " + shown(each.text.substr(failed.size(), each.text.size() - failed.size() - 1)));
  }
  std::sort(lines.begin(), lines.end());
  return lines;
}

/// How a column's type is declared, and the condition that holds its values to it.
struct sqlite_type {
  std::string declared;
  std::string condition;
};
inline sqlite_type sqlite_type_of(const model::column& c) {
  using enum dt::type_kind;
  const std::string name = generator::quoted(str(c.name));
  const std::string length = std::to_string(c.type.length);
  const auto stored_as = [&](const char* storage) { return "typeof(" + name + ") IN ('" + storage + "', 'null')"; };
  const auto whole = [&](const std::string& declared, const std::string& range) -> sqlite_type {
    const std::string between = name + " BETWEEN " + range;
    if (c.identity != model::identity_kind::none) return {"integer", range.empty() ? "" : between};
    return {declared, stored_as("integer") + (range.empty() ? "" : " AND " + between)};
  };
  const auto text_of = [&](const std::string& declared) -> sqlite_type {
    return {declared + '(' + length + ')', stored_as("text") + " AND length(" + name + ") <= " + length};
  };
  switch (c.type.kind) {
    case smallint: return whole("smallint", "-32768 AND 32767");
    // INTEGER in a primary key would be the rowid, which SQLite numbers by itself.
    case integer: return whole("int", "-2147483648 AND 2147483647");
    case bigint: return whole("bigint", "");
    case boolean: return {"boolean", name + " IN (0, 1)"};
    case varchar: return text_of("varchar");
    case character: return text_of("char");
    case numeric: {
      const auto before = static_cast<std::size_t>(c.type.length - c.type.scale);
      const auto after = static_cast<std::size_t>(c.type.scale);
      std::string most = before == 0 ? "0" : std::string(before, '9');
      if (after != 0) most += "." + std::string(after, '9');
      const std::string scale = std::to_string(c.type.scale);
      return {"numeric(" + length + "," + scale + ")",
              "round(" + name + ", " + scale + ") = " + name + " AND " + name + " BETWEEN -" + most + " AND " + most};
    }
    case real: return {"real", stored_as("real")};
    case double_precision: return {"double precision", stored_as("real")};
    case bytea: return {"blob", stored_as("blob")};
    case enumeration: {
      std::string list;
      for (const dt::identifier& label : c.type.labels->labels) {
        list += list.empty() ? "'" : ", '";
        for (char each : label.text()) list += each == '\'' ? std::string("''") : std::string(1, each);
        list += '\'';
      }
      return {"text", name + " IN (" + list + ")"};
    }
    case time:
    case timestamp:
    case timestamptz: {
      std::string condition = stored_as("text");
      for (std::string digits; digits.size() != 6 * 5; digits += "[0-9]")
        if (digits.size() >= static_cast<std::size_t>(c.type.length) * 5)
          condition += " AND " + name + " NOT GLOB '*." + digits + "[1-9]*'";
      return {"text", condition};
    }
    case text:
    case date:
    case interval:
    case uuid:
    case json:
    case jsonb: return {"text", stored_as("text")};
    case array: break;
  }
  throw std::runtime_error("SQLite has no such type");
}

/// The catalogue that a database of this schema should have.
inline std::vector<std::string> sqlite_catalogue_of(const model::schema& s) {
  const auto names_of = [](dt::array_view<dt::identifier> from) {
    std::vector<std::string> names;
    for (const dt::identifier& name : from) names.push_back(str(name));
    return names;
  };
  const auto text_literal = [](dt::text_view text) {
    std::string result = "'";
    for (char c : text) result += c == '\'' ? std::string("''") : std::string(1, c);
    return result + "'";
  };
  const auto action = [](dt::referential_action a) -> std::string {
    const char* words[]{"NO ACTION", "RESTRICT", "CASCADE", "SET NULL", "SET DEFAULT"};
    return words[static_cast<std::size_t>(a)];
  };
  std::vector<std::string> lines;
  for (const model::table* t : s.tables) {
    const std::string at = shown(t->name.text()) + ' ';
    if (t->kind == model::source_kind::view) {
      lines.push_back("view " + shown(t->name.text()) + " of " + shown(t->name.text()));
      for (const char* event : {"INSERT", "UPDATE", "DELETE"})
        if (!t->alias_of.empty())
          lines.push_back("trigger " + shown(str(t->name) + " instead of " + event) + " of " + shown(t->name.text()));
      continue;
    }
    lines.push_back(at + "table");
    for (const model::part* p : t->parts) {
      const std::string columns = detail::shown_names(names_of(model::columns_of(p)));
      const std::string constraint = at + "CONSTRAINT " + shown(p->name.text()) + ' ';
      std::string list;
      for (const std::string& name : names_of(model::columns_of(p))) list += (list.empty() ? "" : " , ") + shown(name);
      list = "( " + list + " )";
      switch (p->kind) {
        case model::part_kind::column: {
          const auto& c = static_cast<const model::column&>(*p);
          const auto [type, condition] = sqlite_type_of(c);
          const bool number = dt::facts_of(c.type.kind).literal == dt::literal_form::decimal;
          std::string value = "none";
          if (c.value.kind == model::default_kind::boolean)
            value = shown(std::string_view(c.value.text == "true" ? "1" : "0"));
          else if (c.value.kind == model::default_kind::text && !number)
            value = shown(text_literal(c.value.text));
          else if (c.value.kind != model::default_kind::none)
            value = shown(c.value.text);
          const bool rowid = c.identity != model::identity_kind::none;
          std::string rest = rowid ? "AUTOINCREMENT" : "";
          if (c.is_generated()) {
            std::string expression = str(c.more->expression);
            if (c.type.kind == dt::type_kind::numeric)
              expression = "round(" + expression + ", " + std::to_string(c.type.scale) + ")";
            const bool stored = c.more->generated == model::generated_kind::stored;
            rest = detail::normalised("GENERATED ALWAYS AS (" + expression + (stored ? ") STORED" : ") VIRTUAL") +
                                      (c.nullable ? "" : " NOT NULL"));
          }
          if (const dt::text_view collation = c.details().collation; !collation.empty())
            rest += (rest.empty() ? "" : " ") + ("COLLATE " + shown(collation));
          if (!condition.empty()) rest += (rest.empty() ? "" : " ") + detail::normalised("CHECK (" + condition + ")");
          lines.push_back(at + "column " + shown(c.name.text()) + ' ' + type +
                          (c.nullable || rowid || t->find_sync_of(c.name) != nullptr ? "" : " not null") + " default " + value + ' ' + rest);
          break;
        }
        case model::part_kind::primary_key: {
          lines.push_back(at + "primary key " + columns);
          const model::column* c = t->find_column(model::columns_of(p)[0]);
          if (c->identity == model::identity_kind::none) lines.push_back(at + "PRIMARY KEY " + list);
          break;
        }
        case model::part_kind::unique:
          // One on the columns of the primary key, or of another one, has no index of its own. A rowid has none.
          if (const model::key* k = t->primary_key();
              k == nullptr || !(k->columns == model::columns_of(p)) ||
              t->find_column(k->columns[0])->identity != model::identity_kind::none)
            if (const std::string line = at + "key unique " + columns;
                std::find(lines.begin(), lines.end(), line) == lines.end())
              lines.push_back(line);
          lines.push_back(constraint + "UNIQUE " + list);
          break;
        case model::part_kind::foreign_key: {
          const auto& f = static_cast<const model::foreign_key&>(*p);
          std::string to;
          for (const std::string& name : names_of(f.target_columns)) to += (to.empty() ? "" : " , ") + shown(name);
          lines.push_back(at + "foreign key " + columns + " to " + shown(f.target.text()) +
                          detail::shown_names(names_of(f.target_columns)) + ' ' + action(f.on_delete) + ", " +
                          action(f.on_update));
          lines.push_back(constraint + "FOREIGN KEY " + list + " REFERENCES " + shown(f.target.text()) + " ( " + to +
                          " )" + (f.on_delete == dt::no_action ? "" : " ON DELETE " + action(f.on_delete)) +
                          (f.on_update == dt::no_action ? "" : " ON UPDATE " + action(f.on_update)) +
                          (f.deferred == model::deferral::none ? "" : " DEFERRABLE") +
                          (f.deferred == model::deferral::initially_deferred ? " INITIALLY DEFERRED" : ""));
          break;
        }
        case model::part_kind::comment: break;
        case model::part_kind::check: {
          const auto& c = static_cast<const model::check&>(*p);
          // SQLite's own LIKE does not see the case of letters; random schemas have this one pattern only.
          const std::string condition = c.rule.kind == dt::narrowing::what::pattern
                                            ? generator::quoted(str(c.column)) + " GLOB '*'"
                                            : str(c.expression);
          lines.push_back(constraint + "CHECK ( " + detail::normalised(condition) + " )");
          break;
        }
        case model::part_kind::exclusion:
        case model::part_kind::sequence:
        case model::part_kind::partitioning:
        case model::part_kind::partition:
        case model::part_kind::trigger: break;  // which SQLite has none of
        case model::part_kind::sync: {
          const auto& k = static_cast<const model::sync&>(*p);
          std::vector<std::string> required;
          for (const model::part* each : t->parts)
            if (const model::column* c = model::as_column(each); c != nullptr && !c->nullable && k.names(c->name))
              required.push_back(str(c->name));
          for (const char* event : {"insert", "update"}) {
            if (*event == 'u' && k.older.empty() && !k.follows && k.along == nullptr && required.empty()) continue;
            const std::string line = "trigger " + shown(str(p->name) + ' ' + event) + " of " + shown(t->name.text());
            lines.push_back(line);
            for (const std::string& name : required) lines.push_back(line + " requires " + shown(name));
          }
          if (k.along != nullptr)
            lines.push_back("trigger " + shown(str(p->name) + " parent") + " of " + shown(k.along->target.text()));
          break;
        }
        case model::part_kind::index: {
          const auto& i = static_cast<const model::index&>(*p);
          std::vector<std::string> elements;
          std::string text;
          for (const model::index_key& k : keys_of(i)) {
            const std::string order = k.descending ? " DESC" : "";
            elements.push_back((k.column.empty() ? "an expression" : str(k.column)) + (k.descending ? " descending" : ""));
            text += (text.empty() ? "" : ", ") +
                    (k.column.empty() ? "(" + str(k.expression) + ")" : generator::quoted(str(k.column))) + order;
          }
          text = "(" + text + ")" + (i.details().predicate.empty() ? "" : " WHERE (" + str(i.details().predicate) + ")");
          lines.push_back(at + "index " + shown(p->name.text()) + ' ' + (i.unique ? "unique " : "") +
                          (i.details().predicate.empty() ? "" : "partial ") + detail::shown_names(elements) + ' ' +
                          detail::normalised(text));
          break;
        }
      }
    }
  }
  std::sort(lines.begin(), lines.end());
  return lines;
}

}  // namespace test
