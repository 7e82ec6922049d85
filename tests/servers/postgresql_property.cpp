// SPDX-License-Identifier: BSL-1.0
// Random schemas and changes on the server that DOVETAIL_POSTGRES names.
#include <libpq-fe.h>

#include <support/catch.hpp>
#include <support/postgresql_catalogue.hpp>

using namespace test;

namespace {

using postgresql = dt::postgresql<15>;

std::string quoted(dt::text_view name) { return generator::quoted(str(name)); }

/// Foreign keys are triggers; a replica does not fire them, so that the order of tables does not matter.
void fill(postgres_connection& c, const model::schema& s) {
  c.run("BEGIN");
  c.run("SET LOCAL session_replication_role = replica");
  for (const model::table* t : s.tables)
    for (int i = 0; i != rows_per_table; ++i) {
      std::string names;
      std::string marks;
      postgres_connection::row values;
      for (const model::part* p : t->parts)
        if (const model::column* col = model::as_column(p)) {
          names += (names.empty() ? "" : ", ") + quoted(col->name);
          marks += (marks.empty() ? "$" : ", $") + std::to_string(values.size() + 1);
          values.push_back(is_null_in(*t, *col, i) ? std::nullopt : std::optional(value_of(col->type, i)));
        }
      c.run("INSERT INTO " + quoted(t->name) + " (" + names + ") OVERRIDING SYSTEM VALUE VALUES (" + marks + ")",
            values);
    }
  c.run("COMMIT");
}

/// The rows of the columns that both versions have.
std::vector<std::string> rows_of(postgres_connection& c, const model::schema& a, const model::schema& b) {
  std::vector<std::string> lines;
  for (const model::table* t : a.tables) {
    const model::table* twin = b.find(t->name);
    if (twin == nullptr) continue;
    std::string names;
    for (const model::part* p : t->parts)
      if (const model::column* col = model::as_column(p); col != nullptr && twin->find_column(col->name) != nullptr)
        names += (names.empty() ? "" : ", ") + quoted(col->name) + "::text";
    if (names.empty()) continue;
    for (const auto& r : c.run("SELECT " + names + " FROM " + quoted(t->name))) {
      std::string line = shown(t->name.text());
      for (const auto& value : r) line += value ? ' ' + shown(*value) : " NULL";
      lines.push_back(line);
    }
  }
  std::sort(lines.begin(), lines.end());
  return lines;
}

std::string compared(postgres_connection& c, const model::schema& s, postgres_words& words, const std::string& when) {
  const std::string wrong = difference_of(postgresql_catalogue_of(s, words), catalogue_of(c));
  return wrong.empty() ? "" : when + ", the catalogue is not what the schema says:\n" + wrong;
}

}  // namespace

TEST_CASE("up and then down on PostgreSQL leaves the catalogue and the rows as they were") {
  postgres_connection c;
  postgres_words words(c);
  const verdict v = try_all(40, postgresql_server(), 3, 4, [&](schema_store& store, const scenario& s) -> std::string {
    const auto versions = versions_of(store, s);
    const postgres_schema place(c, "dovetail property");
    c.run(creation_of<postgresql>(*s.start));
    if (std::string wrong = compared(c, *s.start, words, "created"); !wrong.empty()) return wrong;
    fill(c, *s.start);
    std::vector<std::vector<std::string>> before;
    for (std::size_t i = 0; i != s.steps.size(); ++i) {
      const model::schema& from = *versions[i];
      const model::schema& to = *versions[i + 1];
      const std::string step = "step " + std::to_string(i + 1);
      const auto up = change_of<postgresql>(s.steps[i], from, to);
      const auto down = change_of<postgresql>(model::natural_inverse(s.steps[i], from), to, from);
      before.push_back(catalogue_of(c));
      const auto rows = rows_of(c, from, to);
      for (const char* round : {"", ", the second time"}) {
        c.run(up);
        if (std::string wrong = compared(c, to, words, step + " up" + round); !wrong.empty()) return wrong;
        if (std::string wrong = difference_of(rows, rows_of(c, from, to)); !wrong.empty())
          return step + " up changes rows:\n" + wrong;
        if (*round != '\0') break;
        c.run(down);
        if (std::string wrong = difference_of(before.back(), catalogue_of(c)); !wrong.empty())
          return step + " down does not restore the catalogue:\n" + wrong;
        if (std::string wrong = difference_of(rows, rows_of(c, from, to)); !wrong.empty())
          return step + " down changes rows:\n" + wrong;
      }
    }
    // The whole way down, without rows, which a dropped column has left where only data can decide.
    c.run("SET session_replication_role = replica");
    for (const model::table* t : versions.back()->tables) c.run("DELETE FROM " + quoted(t->name));
    c.run("RESET session_replication_role");
    for (std::size_t i = s.steps.size(); i-- != 0;) {
      c.run(change_of<postgresql>(model::natural_inverse(s.steps[i], *versions[i]), *versions[i + 1], *versions[i]));
      if (std::string wrong = difference_of(before[i], catalogue_of(c)); !wrong.empty())
        return "the way down to version " + std::to_string(i) + " does not restore the catalogue:\n" + wrong;
    }
    return {};
  });
  INFO("cases " << v.cases << ", steps " << v.steps);
  CHECK(v.failure == "");
}

namespace {

/// Inserts one row that omits all columns that may be omitted, and says where a column has not its default.
std::string wrong_default(postgres_connection& c, const model::table& t) {
  c.run("BEGIN");
  c.run("SET LOCAL session_replication_role = replica");
  c.run("DELETE FROM " + quoted(t.name));
  std::string names;
  std::string marks;
  postgres_connection::row values;
  for (const model::part* p : t.parts)
    if (const model::column* col = model::as_column(p); col != nullptr && !col->optional()) {
      names += (names.empty() ? "" : ", ") + quoted(col->name);
      marks += (marks.empty() ? "$" : ", $") + std::to_string(values.size() + 1);
      values.push_back(value_of(col->type, 0));
    }
  c.run(
      "INSERT INTO " + quoted(t.name) + (names.empty() ? " DEFAULT VALUES" : " (" + names + ") VALUES (" + marks + ")"),
      values);
  std::string wrong;
  for (const model::part* p : t.parts) {
    const model::column* col = model::as_column(p);
    if (col == nullptr || !col->optional()) continue;
    const auto found = c.value("SELECT " + quoted(col->name) + "::text FROM " + quoted(t.name));
    std::string wanted = str(col->value.text);
    bool right = found.has_value();
    switch (col->value.kind) {
      case model::default_kind::none: right = found.has_value() == (col->identity != model::identity_kind::none); break;
      case model::default_kind::expression: break;
      case model::default_kind::boolean: right = found == wanted; break;
      case model::default_kind::number:
      case model::default_kind::text:
        if (col->type.kind == dt::type_kind::numeric || col->type.kind == dt::type_kind::real ||
            col->type.kind == dt::type_kind::double_precision)
          wanted = c.value("SELECT CAST($1 AS " + postgres_type(col->type) + ")::text", {wanted}).value();
        right = found == wanted;
        break;
    }
    if (!right)
      wrong = to_text(*col) + " of " + shown(t.name.text()) + " is " + (found ? shown(*found) : "NULL") + ", not " +
              shown(wanted);
  }
  c.run("ROLLBACK");
  return wrong;
}

}  // namespace

TEST_CASE("a default is read back from PostgreSQL as it was declared") {
  postgres_connection c;
  const verdict v = try_all(40, postgresql_server(), 3, 3, [&](schema_store& store, const scenario& s) -> std::string {
    const auto versions = versions_of(store, s);
    const postgres_schema place(c, "dovetail property");
    // The escapes hold under either setting.
    c.run(s.steps.size() % 2 == 0 ? "SET standard_conforming_strings = off" : "SET standard_conforming_strings = on");
    c.run(creation_of<postgresql>(*s.start));
    for (const model::table* t : s.start->tables)
      if (std::string wrong = wrong_default(c, *t); !wrong.empty()) return wrong;
    for (std::size_t i = 0; i != s.steps.size(); ++i) {
      c.run(change_of<postgresql>(s.steps[i], *versions[i], *versions[i + 1]));
      if (const model::table* t = versions[i + 1]->find(s.steps[i].table))
        if (std::string wrong = wrong_default(c, *t); !wrong.empty()) return wrong;
    }
    return {};
  });
  INFO("cases " << v.cases << ", steps " << v.steps);
  CHECK(v.failure == "");
}

TEST_CASE("every hostile literal and name keeps to its place on PostgreSQL") {
  schema_store store;
  std::vector<const model::part*> parts{store.column("id", dt::bigint::type, {false, {}, model::identity_kind::always}),
                                        store.primary_key({"id"})};
  int n = 0;
  for (const std::string& literal : hostile_literals())
    parts.push_back(store.column("literal " + std::to_string(++n), dt::text::type,
                                 {false, {model::default_kind::text, store.text(literal)}, {}}));
  std::string all;
  for (int i = 1; i != 0x80; ++i) all += static_cast<char>(i);
  parts.push_back(
      store.column("all of ASCII", dt::text::type, {true, {model::default_kind::text, store.text(all)}, {}}));
  std::vector<const model::table*> tables{store.table("literals", parts)};
  const dt::sql_type labels = store.enumeration("e", hostile_names());
  n = 0;
  for (const std::string& name : hostile_names()) {
    const std::string number = std::to_string(++n);
    tables.push_back(
        store.table(name, {store.column(name, labels, {false, {model::default_kind::text, store.text(name)}, {}}),
                           store.primary_key({name}), store.unique(number + "' \"u", {name}),
                           store.index(number + "\\ \"i", {name}), store.foreign_key("f", {name}, name, {name})}));
  }
  const model::schema* s = store.schema("1", tables);
  postgres_connection c;
  postgres_words words(c);
  const postgres_schema place(c, "'; \"hostile\"\\ place");
  c.run(creation_of<postgresql>(*s));
  for (const model::table* t : tables) CHECK(wrong_default(c, *t) == "");
  CHECK(difference_of(postgresql_catalogue_of(*s, words), catalogue_of(c)) == "");
}
