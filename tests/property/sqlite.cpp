// SPDX-License-Identifier: BSL-1.0
#include <sqlite3.h>

#include <cstdlib>

#include <support/catch.hpp>
#include <support/sqlite_catalogue.hpp>

using namespace test;

namespace {

using sqlite = dt::sqlite<3, 40>;

std::string quoted(dt::text_view name) { return generator::quoted(str(name)); }

void fill(sqlite_database& db, const model::schema& s) {
  db.run("PRAGMA foreign_keys = OFF");
  for (const model::table* t : s.tables)
    for (int i = 0; i != rows_per_table; ++i) {
      std::string names;
      std::string marks;
      sqlite_database::row values;
      for (const model::part* p : t->parts)
        if (const model::column* c = model::as_column(p)) {
          names += (names.empty() ? "" : ", ") + quoted(c->name);
          marks += marks.empty() ? "?" : ", ?";
          values.push_back(is_null_in(*t, *c, i) ? std::nullopt : std::optional(value_of(c->type, i)));
        }
      db.run("INSERT INTO " + quoted(t->name) + " (" + names + ") VALUES (" + marks + ")", values);
    }
  db.run("PRAGMA foreign_keys = ON");
  if (!db.run("PRAGMA foreign_key_check").empty()) throw std::runtime_error("the rows break a foreign key");
}

/// The rows of the columns that both versions have.
std::vector<std::string> rows_of(sqlite_database& db, const model::schema& a, const model::schema& b) {
  std::vector<std::string> lines;
  for (const model::table* t : a.tables) {
    const model::table* twin = b.find(t->name);
    if (twin == nullptr) continue;
    std::string names;
    for (const model::part* p : t->parts)
      if (const model::column* c = model::as_column(p); c != nullptr && twin->find_column(c->name) != nullptr)
        names += (names.empty() ? "quote(" : ", quote(") + quoted(c->name) + ")";
    if (names.empty()) continue;
    for (const auto& r : db.run("SELECT " + names + " FROM " + quoted(t->name))) {
      std::string line = shown(t->name.text());
      for (const auto& value : r) line += ' ' + value.value();
      lines.push_back(line);
    }
  }
  std::sort(lines.begin(), lines.end());
  return lines;
}

std::string compared(sqlite_database& db, const model::schema& s, const std::string& when) {
  const std::string wrong = difference_of(sqlite_catalogue_of(s), catalogue_of(db));
  return wrong.empty() ? "" : when + ", the catalogue is not what the schema says:\n" + wrong;
}

}  // namespace

TEST_CASE("up and then down on SQLite leaves the catalogue and the rows as they were") {
  const verdict v = try_all(200, sqlite_server(), 4, 6, [](schema_store& store, const scenario& s) -> std::string {
    const auto versions = versions_of(store, s);
    sqlite_database db;
    db.run(creation_of<sqlite>(*s.start));
    if (std::string wrong = compared(db, *s.start, "created"); !wrong.empty()) return wrong;
    fill(db, *s.start);
    std::vector<std::vector<std::string>> before;
    for (std::size_t i = 0; i != s.steps.size(); ++i) {
      const model::schema& from = *versions[i];
      const model::schema& to = *versions[i + 1];
      const std::string step = "step " + std::to_string(i + 1);
      const auto up = change_of<sqlite>(s.steps[i], from, to);
      const auto down = change_of<sqlite>(model::natural_inverse(s.steps[i], from), to, from);
      before.push_back(catalogue_of(db));
      const auto rows = rows_of(db, from, to);
      for (const char* round : {"", ", the second time"}) {
        db.run(up);
        if (std::string wrong = compared(db, to, step + " up" + round); !wrong.empty()) return wrong;
        if (std::string wrong = difference_of(rows, rows_of(db, from, to)); !wrong.empty())
          return step + " up changes rows:\n" + wrong;
        if (*round != '\0') break;
        db.run(down);
        if (std::string wrong = difference_of(before.back(), catalogue_of(db)); !wrong.empty())
          return step + " down does not restore the catalogue:\n" + wrong;
        if (std::string wrong = difference_of(rows, rows_of(db, from, to)); !wrong.empty())
          return step + " down changes rows:\n" + wrong;
      }
      if (!db.run("PRAGMA foreign_key_check").empty()) return step + " breaks a foreign key";
    }
    // The whole way down, without rows, which a dropped column has left where only data can decide.
    db.run("PRAGMA foreign_keys = OFF");
    for (const model::table* t : versions.back()->tables) db.run("DELETE FROM " + quoted(t->name));
    db.run("PRAGMA foreign_keys = ON");
    for (std::size_t i = s.steps.size(); i-- != 0;) {
      db.run(change_of<sqlite>(model::natural_inverse(s.steps[i], *versions[i]), *versions[i + 1], *versions[i]));
      if (std::string wrong = difference_of(before[i], catalogue_of(db)); !wrong.empty())
        return "the way down to version " + std::to_string(i) + " does not restore the catalogue:\n" + wrong;
    }
    return {};
  });
  INFO("cases " << v.cases << ", steps " << v.steps);
  CHECK(v.failure == "");
}

namespace {

/// Inserts one row that omits all columns that may be omitted, and says where a column has not its default.
std::string wrong_default(sqlite_database& db, const model::table& t) {
  db.run("DELETE FROM " + quoted(t.name));
  std::string names;
  std::string marks;
  sqlite_database::row values;
  for (const model::part* p : t.parts)
    if (const model::column* c = model::as_column(p); c != nullptr && !c->optional()) {
      names += (names.empty() ? "" : ", ") + quoted(c->name);
      marks += marks.empty() ? "?" : ", ?";
      values.push_back(value_of(c->type, 0));
    }
  db.run(
      "INSERT INTO " + quoted(t.name) + (names.empty() ? " DEFAULT VALUES" : " (" + names + ") VALUES (" + marks + ")"),
      values);
  for (const model::part* p : t.parts) {
    const model::column* c = model::as_column(p);
    if (c == nullptr || !c->optional()) continue;
    const auto rows = db.run("SELECT " + quoted(c->name) + " FROM " + quoted(t.name));
    const auto& found = rows.at(0).at(0);
    const std::string wanted = str(c->value.text);
    bool right = found.has_value();
    switch (c->value.kind) {
      case model::default_kind::none: right = found.has_value() == (c->identity != model::identity_kind::none); break;
      case model::default_kind::expression: break;
      case model::default_kind::boolean: right = found == (wanted == "true" ? "1" : "0"); break;
      case model::default_kind::number:
      case model::default_kind::text:
        if (c->type.kind == dt::type_kind::numeric || c->type.kind == dt::type_kind::real ||
            c->type.kind == dt::type_kind::double_precision)
          right = found && std::strtod(found->c_str(), nullptr) == std::strtod(wanted.c_str(), nullptr);
        else
          right = found == wanted;
        break;
    }
    if (!right)
      return to_text(*c) + " of " + shown(t.name.text()) + " is " + (found ? shown(*found) : "NULL") + ", not " +
             shown(wanted);
  }
  return {};
}

}  // namespace

TEST_CASE("a default is read back from SQLite as it was declared") {
  const verdict v = try_all(200, sqlite_server(), 4, 6, [](schema_store& store, const scenario& s) -> std::string {
    const auto versions = versions_of(store, s);
    sqlite_database db;
    db.run(creation_of<sqlite>(*s.start));
    db.run("PRAGMA foreign_keys = OFF");
    for (const model::table* t : s.start->tables)
      if (std::string wrong = wrong_default(db, *t); !wrong.empty()) return wrong;
    for (std::size_t i = 0; i != s.steps.size(); ++i) {
      for (const model::table* t : versions[i]->tables) db.run("DELETE FROM " + quoted(t->name));
      db.run(change_of<sqlite>(s.steps[i], *versions[i], *versions[i + 1]));
      db.run("PRAGMA foreign_keys = OFF");
      if (const model::table* t = versions[i + 1]->find(s.steps[i].table))
        if (std::string wrong = wrong_default(db, *t); !wrong.empty()) return wrong;
    }
    return {};
  });
  INFO("cases " << v.cases << ", steps " << v.steps);
  CHECK(v.failure == "");
}

TEST_CASE("every hostile literal and name keeps to its place on SQLite") {
  schema_store store;
  std::vector<const model::part*> parts{store.column("id", dt::bigint::type, {false, {}, model::identity_kind::always}),
                                        store.primary_key({"id"})};
  int n = 0;
  for (const std::string& literal : hostile_literals())
    parts.push_back(store.column("literal " + std::to_string(++n), dt::text::type,
                                 {false, {model::default_kind::text, store.text(literal)}, {}}));
  std::string all;
  for (int c = 1; c != 0x80; ++c) all += static_cast<char>(c);
  parts.push_back(
      store.column("all of ASCII", dt::text::type, {true, {model::default_kind::text, store.text(all)}, {}}));
  std::vector<const model::table*> tables{store.table("literals", parts)};
  for (const std::string& name : hostile_names())
    tables.push_back(store.table(name, {store.column(name, store.enumeration("e", hostile_names()),
                                                     {false, {model::default_kind::text, store.text(name)}, {}}),
                                        store.primary_key({name}), store.unique("u " + name, {name}),
                                        store.index("i " + name, {name}),
                                        store.foreign_key("f", {name}, name, {name})}));
  sqlite_database db;
  db.run(creation_of<sqlite>(*store.schema("1", tables)));
  for (const model::table* t : tables) CHECK(wrong_default(db, *t) == "");
  CHECK(difference_of(sqlite_catalogue_of(*store.schema("1", tables)), catalogue_of(db)) == "");
}
