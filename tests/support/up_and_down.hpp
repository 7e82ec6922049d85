// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <algorithm>
#include <cstdint>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

#include <support/random_schema.hpp>

/// What is tried with schemas on every server. A Server is a database, empty at first, with
///   dialect                          the library's
///   rows run(sql, parameters), run(script)
///   parameter(n, type)               a mark for the n-th parameter, a text for a column of this type
///   overriding                       what an INSERT says that numbers the rows itself
///   as_text(expression)              its value as text, with nothing lost
///   references(bool)                 whether foreign keys are held, on which the order of tables would depend
///   catalogue(), catalogue(schema)   what the database says of itself, and what it should
///   holds_default(column, text)      the text of a value is that of the column's default
namespace test {

inline std::string quoted(dt::text_view name) { return generator::quoted(str(name)); }

/// Inserts one row: of `value(column)` in each column for which `wanted(column)`.
template <class Server, class Wanted, class Value>
void insert_row(Server& db, const model::table& t, Wanted wanted, Value value) {
  std::string names;
  std::string marks;
  std::vector<std::optional<std::string>> values;
  for (const model::part* p : t.parts)
    if (const model::column* c = model::as_column(p); c != nullptr && !c->is_generated() && wanted(*c)) {
      values.push_back(value(*c));
      names += (names.empty() ? "" : ", ") + quoted(c->name);
      marks += (marks.empty() ? "" : ", ") + db.parameter(values.size(), c->type);
    }
  db.run("INSERT INTO " + quoted(t.name) +
             (names.empty() ? " DEFAULT VALUES" : " (" + names + ")" + Server::overriding + " VALUES (" + marks + ")"),
         values);
}

template <class Server>
void fill(Server& db, const model::schema& s) {
  db.references(false);
  db.run("BEGIN");
  for (const model::table* t : tables_of(s))
    for (int i = 0; i != rows_per_table; ++i)
      insert_row(
          db, *t, [](const model::column&) { return true; },
          [&](const model::column& c) {
            return is_null_in(*t, c, i) ? std::nullopt : std::optional(value_of(c.type, i));
          });
  db.run("COMMIT");
  db.references(true);
}

inline bool renames_table(const model::change& c) {
  return c.kind == &model::kind_of<model::changes::rename_table> || c.kind == &model::kind_of<model::changes::set_schema>;
}

/// The rows before or after a change, of the columns that both versions have in one type, under the names before it.
template <class Server>
std::vector<std::string> rows_of(Server& db, const model::change& change, const model::schema& before,
                                 const model::schema& after, bool now_after) {
  const bool names_column = !change.renamed.empty() && !change.object.empty();
  const bool names_table = renames_table(change);
  std::vector<std::string> lines;
  for (const model::table* t : tables_of(before)) {
    const bool changed = t->name == change.table;
    const model::table* twin = after.find(changed && names_table ? change.renamed : t->name);
    if (twin == nullptr) continue;
    std::string values;
    for (const model::part* p : t->parts) {
      const model::column* c = model::as_column(p);
      if (c == nullptr) continue;
      const model::column* other = nullptr;
      if (changed && names_column && change.object == c->name) other = twin->find_column(change.renamed);
      if (other == nullptr) other = twin->find_column(c->name);
      // The side of a sync that rows may not have yet is filled in.
      if (t->is_stale(c->name) || (other != nullptr && twin->is_stale(other->name))) continue;
      if (other != nullptr && other->type == c->type)
        values += (values.empty() ? "" : ", ") + db.as_text(quoted(now_after ? other->name : c->name));
    }
    if (values.empty()) continue;
    for (const auto& r : db.run("SELECT " + values + " FROM " + quoted(now_after ? twin->name : t->name))) {
      std::string line = shown(t->name.text());
      for (const auto& value : r) line += value ? ' ' + shown(*value) : " NULL";
      lines.push_back(line);
    }
  }
  std::sort(lines.begin(), lines.end());
  return lines;
}

template <class Server>
std::string compared(Server& db, const model::schema& s, const std::string& when) {
  const std::string wrong = difference_of(db.catalogue(s), db.catalogue());
  return wrong.empty() ? "" : when + ", the catalogue is not what the schema says:\n" + wrong;
}

/// What only data can decide is decided before a step: NULLs get a value before NOT NULL, and rows go before a label of
/// theirs may, before a partition of theirs does, and where they are orphans before a foreign key.
template <class Server>
void prepare(Server& db, const model::schema& s, const model::change& c) {
  const model::table* t = s.find(c.table);
  if (c.kind == &model::kind_of<model::changes::set_not_null>) {
    const model::column& nulls = *t->find_column(c.object);
    if (nulls.is_generated()) return;
    db.references(false);
    db.run("UPDATE " + quoted(t->name) + " SET " + quoted(nulls.name) + " = " + db.parameter(1, nulls.type) + " WHERE " +
               quoted(nulls.name) + " IS NULL",
           std::vector<std::optional<std::string>>{value_of(nulls.type, 1)});
    db.references(true);
  }
  if (c.kind == &model::kind_of<model::changes::drop_label> || c.kind == &model::kind_of<model::changes::drop_partition> ||
      c.kind == &model::kind_of<model::changes::detach_partition> || c.kind == &model::kind_of<model::changes::unpartition_table>) {
    db.references(false);
    for (const model::table* each : tables_of(s)) db.run("DELETE FROM " + quoted(each->name));
    db.references(true);
    return;
  }
  const model::foreign_key* f =
      c.kind == &model::kind_of<model::changes::add_constraint> ? model::as_foreign_key(c.declared) : nullptr;
  if (f == nullptr) return;
  std::string orphans;
  std::string same;
  for (std::size_t i = 0; i != f->columns.size(); ++i) {
    orphans += "o." + quoted(f->columns[i]) + " IS NOT NULL AND ";
    same += (i == 0 ? "" : " AND ") + ("p." + quoted(f->target_columns[i])) + " = o." + quoted(f->columns[i]);
  }
  if (db.run("SELECT 1 FROM " + quoted(t->name) + " o WHERE " + orphans + "NOT EXISTS (SELECT 1 FROM " +
             quoted(f->target) + " p WHERE " + same + ")")
          .empty())
    return;
  db.references(false);
  for (const model::table* each : tables_of(s)) db.run("DELETE FROM " + quoted(each->name));
  db.references(true);
}

/// Up and then down leaves the catalogue and the rows as they were.
template <class Server>
std::string goes_up_and_down(Server& db, schema_store& store, const scenario& s) {
  using dialect = typename Server::dialect;
  const auto versions = versions_of(store, s);
  db.run(creation_of<dialect>(*s.start));
  if (std::string wrong = compared(db, *s.start, "created"); !wrong.empty()) return wrong;
  fill(db, *s.start);
  std::vector<std::vector<std::string>> before;
  for (std::size_t i = 0; i != s.steps.size(); ++i) {
    const model::schema& from = *versions[i];
    const model::schema& to = *versions[i + 1];
    const std::string step = "step " + std::to_string(i + 1);
    const auto up = change_of<dialect>(s.steps[i], from, to);
    const auto down = change_of<dialect>(model::natural_inverse(s.steps[i], from), to, from);
    prepare(db, from, s.steps[i]);
    before.push_back(db.catalogue());
    const auto rows = rows_of(db, s.steps[i], from, to, false);
    const auto all_rows = rows_of(db, s.steps[i], from, from, false);
    for (const char* round : {"", ", the second time"}) {
      db.run(up);
      if (std::string wrong = compared(db, to, step + " up" + round); !wrong.empty()) return wrong;
      if (std::string wrong = difference_of(rows, rows_of(db, s.steps[i], from, to, true)); !wrong.empty())
        return step + " up changes rows:\n" + wrong;
      if (*round != '\0') break;
      db.run(down);
      if (std::string wrong = difference_of(before.back(), db.catalogue()); !wrong.empty())
        return step + " down does not restore the catalogue:\n" + wrong;
      const model::change_kind* const undone = model::natural_inverse(s.steps[i], from).kind;
      const bool lost = undone == &model::kind_of<model::changes::add_column> ||
                        undone == &model::kind_of<model::changes::create_table> ||
                        undone == &model::kind_of<model::changes::add_sync>;
      if (std::string wrong = lost ? difference_of(rows, rows_of(db, s.steps[i], from, to, false))
                                   : difference_of(all_rows, rows_of(db, s.steps[i], from, from, false));
          !wrong.empty())
        return step + " down changes rows:\n" + wrong;
    }
  }
  // The whole way down, without rows, which a dropped column has left where only data can decide.
  db.references(false);
  for (const model::table* t : tables_of(*versions.back())) db.run("DELETE FROM " + quoted(t->name));
  db.references(true);
  for (std::size_t i = s.steps.size(); i-- != 0;) {
    db.run(change_of<dialect>(model::natural_inverse(s.steps[i], *versions[i]), *versions[i + 1], *versions[i]));
    if (std::string wrong = difference_of(before[i], db.catalogue()); !wrong.empty())
      return "the way down to version " + std::to_string(i) + " does not restore the catalogue:\n" + wrong;
  }
  return {};
}

/// Inserts one row that omits all columns that may be omitted, says where a column has not its default, and takes the
/// row back.
template <class Server>
std::string wrong_default(Server& db, const model::table& t) {
  std::string wrong;
  db.references(false);
  db.run("BEGIN");
  db.run("DELETE FROM " + quoted(t.name));
  insert_row(
      db, t, [](const model::column& c) { return !c.optional(); },
      [](const model::column& c) { return std::optional(value_of(c.type, 0)); });
  for (const model::part* p : t.parts) {
    const model::column* c = model::as_column(p);
    if (c == nullptr || !c->optional() || t.find_sync_of(c->name) != nullptr) continue;  // whose value the other side gives
    const auto found = db.run("SELECT " + quoted(c->name) + " FROM " + quoted(t.name)).at(0).at(0);
    bool right = found.has_value();
    if (c->is_generated())
      right = found.has_value();
    else if (c->value.kind == model::default_kind::none)
      right = found.has_value() == (c->identity != model::identity_kind::none);
    else if (c->value.kind < model::default_kind::expression)
      right = found && db.holds_default(*c, *found);
    if (!right) wrong = to_text(*c) + " of " + shown(t.name.text()) + " is " + (found ? shown(*found) : "NULL");
  }
  db.run("ROLLBACK");
  db.references(true);
  return wrong;
}

/// Each default is read back as it was declared.
template <class Server>
std::string has_its_defaults(Server& db, schema_store& store, const scenario& s) {
  using dialect = typename Server::dialect;
  const auto versions = versions_of(store, s);
  db.run(creation_of<dialect>(*s.start));
  for (const model::table* t : tables_of(*s.start))
    if (std::string wrong = wrong_default(db, *t); !wrong.empty()) return wrong;
  for (std::size_t i = 0; i != s.steps.size(); ++i) {
    db.run(change_of<dialect>(s.steps[i], *versions[i], *versions[i + 1]));
    if (const model::table* t = versions[i + 1]->find(renames_table(s.steps[i]) ? s.steps[i].renamed : s.steps[i].table); t != nullptr && t->kind == model::source_kind::table)
      if (std::string wrong = wrong_default(db, *t); !wrong.empty()) return wrong;
  }
  return {};
}

/// Every hostile literal and name keeps to its place.
template <class Server>
std::string holds_hostile_texts(Server& db) {
  schema_store store;
  std::vector<const model::part*> parts{store.column("id", dt::bigint::type, {false, {}, model::identity_kind::always}),
                                        store.primary_key({"id"})};
  int n = 0;
  std::vector<std::string> literals = hostile_literals();
  literals.emplace_back();
  for (int i = 1; i != 0x80; ++i) literals.back() += static_cast<char>(i);
  for (const std::string& literal : literals) {
    const std::string name = "literal " + std::to_string(++n);
    const dt::identifier label(store.text(literal));
    parts.push_back(store.column(name, dt::text::type, {false, {model::default_kind::text, store.text(literal)}, {}}));
    // A check that holds for nothing else; one with a backslash is refused (SC_EXPRESSION).
    const model::check* c = store.check(name + "'\"", name, {dt::narrowing::what::labels, {}, {}, {&label, 1}, 0, {}});
    if (model::expression_fault(c->expression).empty()) parts.push_back(c);
  }
  std::vector<const model::table*> tables{store.table("literals", parts)};
  const dt::sql_type labels = store.enumeration("e", hostile_names());
  n = 0;
  for (const std::string& name : hostile_names()) {
    const std::string number = std::to_string(++n);
    tables.push_back(
        store.table(name, {store.column(name, labels, {false, {model::default_kind::text, store.text(name)}, {}}),
                           store.primary_key({name}), store.unique(number + "' \"u", {name}),
                           store.index(number + "\\ \"i", {name}), store.foreign_key("f", {name}, name, {name})}));
    // An expression without backslashes can have every name, and so can an order.
    if (name.find('\\') != std::string::npos) continue;
    const std::string null = generator::quoted(name) + " IS NULL";
    std::vector<const model::part*> more(tables.back()->parts.begin(), tables.back()->parts.end());
    more.push_back(store.index_on(number + "' \"k", {{store.name(name), {}, true, {}}, {{}, store.text(null)}}, true, null));
    tables.back() = store.table(name, more);
  }
  const model::schema* s = store.schema("1", tables);
  db.run(creation_of<typename Server::dialect>(*s));
  for (const model::table* t : tables)
    if (std::string wrong = wrong_default(db, *t); !wrong.empty()) return wrong;
  return compared(db, *s, "created");
}

/// Values of a column, as literals: those that are read back as they are, and those that are not, because the server
/// refuses them. PostgreSQL may round them instead: that is what SQLite has to refuse.
struct value_case {
  dt::sql_type type;
  dt::narrowing rule;  ///< of a check, if there is one
  std::vector<std::string> kept;
  std::vector<std::string> refused;
};

inline std::vector<value_case> value_cases(schema_store& store) {
  static constexpr dt::identifier texts[]{"it's", "$1; -- \"x\""};
  static constexpr dt::identifier few[]{"a", "it's"};
  const dt::sql_type letters = store.enumeration("letters", {"a", "b", "it's"});
  const auto precise = [](dt::type_kind kind, int digits) { return dt::sql_type{kind, digits}; };
  std::vector<value_case> cases{
      {dt::smallint::type, {}, {"-32768", "32767", "NULL"}, {"-32769", "32768", "1.5", "'x'", "x'31'"}},
      {dt::integer::type, {}, {"-2147483648", "2147483647"}, {"-2147483649", "2147483648", "0.5", "'x'"}},
      {dt::bigint::type,
       {},
       {"-9223372036854775808", "9223372036854775807"},
       {"-9223372036854775809", "9223372036854775808", "0.5", "1e300", "'x'", "x'31'"}},
      {dt::boolean::type, {}, {"TRUE", "FALSE", "NULL"}, {"2", "'x'", "x'31'"}},
      {dt::text::type, {}, {"''", "'it''s'", "NULL"}, {"x'31'"}},
      {dt::varchar<3>::type, {}, {"'abc'", "'\xC3\xA4\xC3\xB6\xC3\xBC'", "''"}, {"'abcd'", "x'31'"}},
      {dt::character<3>::type, {}, {"'abc'", "'ab'"}, {"'abcd'", "x'31'"}},
      {dt::numeric<5, 2>::type,
       {},
       {"999.99", "-999.99", "0.01", "12.5", "7", "NULL"},
       {"1000", "-1000", "999.991", "0.001", "1e300", "'x'", "'12x'", "x'31'"}},
      {dt::numeric<4>::type, {}, {"9999", "-9999"}, {"10000", "0.5"}},
      {dt::numeric<2, 2>::type, {}, {"0.99", "-0.01"}, {"1", "0.991"}},
      {dt::numeric<15, 15>::type, {}, {"0.000000000000001", "0.999999999999999"}, {"1", "0.0000000000000001"}},
      {dt::numeric<15>::type, {}, {"999999999999999"}, {"1000000000000000", "99999999999999.5"}},
      {dt::real::type, {}, {"1.5", "-3"}, {"'x'", "x'31'"}},
      {dt::double_precision::type, {}, {"1.5", "1e300", "NULL"}, {"'x'", "x'31'"}},
      {dt::date::type, {}, {"'2024-02-29'", "'infinity'"}, {"x'31'"}},
      {dt::time::type, {}, {"'23:59:59.123456'", "'23:59:59'"}, {"x'31'"}},
      {precise(dt::type_kind::time, 0), {}, {"'23:59:58.000'"}, {"'23:59:58.000001'", "'23:59:58.5'"}},
      {dt::timestamp::type, {}, {"'2024-02-29 12:00:00.123456'"}, {"x'31'"}},
      {precise(dt::type_kind::timestamp, 5), {}, {"'2024-02-29 12:00:00.123450'"}, {"'2024-02-29 12:00:00.123456'"}},
      {precise(dt::type_kind::timestamptz, 3),
       {},
       {"'2024-02-29 12:00:00.123+10'", "'2024-02-29 12:00:00.120000Z'"},
       {"'2024-02-29 12:00:00.1234+00'", "'2024-02-29 12:00:00.000001Z'"}},
      {dt::interval::type, {}, {"'1 day'"}, {"x'31'"}},
      {dt::uuid::type, {}, {"'01234567-89ab-cdef-0123-456789abcdef'"}, {"x'31'"}},
      {dt::bytea::type, {}, {"NULL"}, {"1"}},
      {dt::jsonb::type, {}, {"'{}'"}, {"x'31'"}},
      {letters, {}, {"'a'", "'it''s'"}, {"'c'", "'A'", "''"}},

      {dt::integer::type, dt::between<-5, 100>::rule, {"-5", "100", "NULL"}, {"-6", "101"}},
      {dt::bigint::type, dt::between<INT64_MIN, UINT64_MAX>::rule, {"-9223372036854775808", "9223372036854775807"}, {}},
      {dt::numeric<5, 2>::type, dt::between<0, 100>::rule, {"0", "99.99"}, {"-0.01", "100.01"}},
      {dt::text::type,
       {dt::narrowing::what::labels, {}, {}, texts, 0, {}},
       {"'it''s'", "'$1; -- \"x\"'"},
       {"'its'", "''"}},
      {dt::varchar<20>::type, {dt::narrowing::what::labels, {}, {}, texts, 0, {}}, {"'it''s'"}, {"'It''s'"}},
      {letters, {dt::narrowing::what::labels, {}, {}, few, 0, {}}, {"'a'", "'it''s'", "NULL"}, {"'b'"}},
      {dt::text::type, dt::at_most<3>::rule, {"'abc'", "'\xC3\xA4\xC3\xB6\xC3\xBC'"}, {"'abcd'"}},
      {dt::character<5>::type, dt::at_most<3>::rule, {"'abc'"}, {"'abcd'"}},
      {dt::text::type,
       dt::like<"a_%*[?'\"">::rule,
       {"'ab*[?''\"'", "'abcd*[?''\"'", "NULL"},
       {"'Ab*[?''\"'", "'a*[?''\"'", "'abx[?''\"'", "'ab*[x''\"'"}},
      {dt::varchar<9>::type, dt::like<"%x%">::rule, {"'x'", "'axb'"}, {"'X'", "''"}},
      {dt::date::type, dt::finite::rule, {"'2024-02-29'", "'0001-01-01'"}, {"'infinity'", "'-infinity'"}},
      {dt::timestamp::type, dt::finite::rule, {"'2024-02-29 12:00:00'"}, {"'infinity'", "'-infinity'"}},
      {dt::timestamptz::type, dt::finite::rule, {"'2024-02-29 12:00:00Z'"}, {"'infinity'", "'-infinity'"}}};
  return cases;
}

/// What is kept is kept as it is, in a new table and in a new column.
template <class Server>
std::string keeps_or_refuses(Server& db) {
  using dialect = typename Server::dialect;
  schema_store store;
  const model::schema* nothing = store.schema("0", std::vector<const model::table*>());
  const model::column* id = store.column("id", dt::bigint::type, {true, {}, {}});
  for (const value_case& each : value_cases(store)) {
    const std::string name = "it's \"\"c";
    const model::column* c = store.column(name, each.type, {true, {}, {}});
    const bool rule = each.rule.kind != dt::narrowing::what::nothing;
    const model::schema* without = store.schema("1", {store.table("t", {id})});
    const model::schema* with = store.schema(
        "2", {rule ? store.table("t", {id, c, store.check("c's check", name, each.rule)}) : store.table("t", {id, c})});
    for (const bool later : {false, true}) {
      if (later && rule) continue;  // no change adds a check yet
      if (later) {
        db.run(creation_of<dialect>(*without));
        db.run(change_of<dialect>({&model::kind_of<model::changes::add_column>, "t", c->name, c}, *without, *with));
      } else {
        db.run(creation_of<dialect>(*with));
      }
      const std::string column = quoted(c->name);
      const auto is_kept = [&](const std::string& literal) {
        const std::string same = literal == "NULL" ? " IS NULL" : " = " + literal;
        db.run("DELETE FROM \"t\"");
        try {
          db.run("INSERT INTO \"t\" (" + column + ") VALUES (" + literal + ")");
          return db.run("SELECT 1 FROM \"t\" WHERE " + column + same).size() == 1;
        } catch (const std::runtime_error&) {
          return false;
        }
      };
      const std::string which = " by " + to_text(*c) + (rule ? " and its check" : "");
      for (const std::string& literal : each.kept)
        if (!is_kept(literal)) return literal + " is not kept" + which;
      for (const std::string& literal : each.refused)
        if (is_kept(literal)) return literal + " is kept" + which;
      db.run(change_of<dialect>({&model::kind_of<model::changes::drop_table>, "t", {}}, *with, *nothing));
    }
  }
  return {};
}

// Views, one on another, and declared before what they are about.
struct status : dt::enumeration<"status", "open", "it's paid"> {};
struct busy : dt::view<"busy \"view\"", dt::query<"SELECT name, count(*) FROM \"open 'view'\" GROUP BY name">,
                       dt::column<"name", dt::text>, dt::column<"how \"many\"", dt::bigint>> {};
struct open_purchase
    : dt::view<"open 'view'",
               dt::query<"SELECT p.id, p.state, c.name FROM purchase p JOIN customer c ON c.id = p.customer "
                         "WHERE p.state <> 'it''s paid'">,
               dt::column<"id", dt::bigint>, dt::column<"state", status>, dt::column<"name", dt::text>> {};
struct purchase
    : dt::table<"purchase", dt::column<"id", dt::bigint>, dt::column<"state", status>,
                dt::column<"customer", dt::bigint>, dt::primary_key<"id">,
                dt::foreign_key<"purchase_fkey", dt::columns<"customer">, dt::references<"customer", "id">>> {};
struct customer : dt::table<"customer", dt::column<"id", dt::bigint, dt::identity_by_default>,
                            dt::column<"name", dt::text>, dt::primary_key<"id">> {};
struct names : dt::view<"names", dt::query<"SELECT name FROM customer">, dt::column<"name", dt::text>> {};
struct with_views : dt::schema<"1", open_purchase, busy, purchase, customer, names> {};

/// Views are there when a version is created, and stay as they are whatever a migration does to the tables beside or
/// behind them.
template <class Server>
std::string keeps_its_views(Server& db) {
  using dialect = typename Server::dialect;
  schema_store store;
  const model::schema& before = with_views::value;
  if (const auto wrong = findings_of(before); !wrong.empty()) return to_text(wrong);
  db.run(creation_of<dialect>(before));
  db.run("INSERT INTO customer (id, name) VALUES (1, 'Ada'), (2, 'Bob')");
  db.run("INSERT INTO purchase VALUES (1, 'open', 1), (2, 'it''s paid', 1), (3, 'open', 1), (4, 'open', 2)");
  const auto rows = [&] {
    std::string result;
    for (const auto& r : db.run(R"(SELECT "name", "how ""many""" FROM "busy ""view""" ORDER BY "name")"))
      result += *r[0] + " " + *r[1] + "; ";
    return result;
  };
  const std::string wanted = "Ada 2; Bob 1; ";
  if (rows() != wanted) return "at first they show " + rows();
  const auto catalogue = db.catalogue();
  using dt::column, dt::null;
  for (const model::change& c :
       {dt::add_column<"customer", column<"now", dt::timestamptz, dt::default_sql<"CURRENT_TIMESTAMP">>>::value,
        dt::add_column<"purchase", column<"state 2", status, null>>::value,
        dt::add_index<"purchase", dt::index<"purchase_state", "state">>::value,
        dt::create_table<dt::table<"free", column<"state", status>>>::value,
        dt::create_view<dt::view<"a 'new' view", dt::query<"SELECT name FROM \"busy \"\"view\"\"\"">,
                                 column<"the name", dt::text>>>::value,
        dt::drop_view<"names">::value}) {
    dt::list<dt::finding> found;
    const model::schema* after = store.apply(before, c, found);
    if (after == nullptr) return to_text(c) + "\n" + to_text(found);
    db.run(change_of<dialect>(c, before, *after));
    if (rows() != wanted) return to_text(c) + "\nmakes them show " + rows();
    db.run(change_of<dialect>(model::natural_inverse(c, before), *after, before));
    if (rows() != wanted) return to_text(c) + "\nundone makes them show " + rows();
    if (std::string wrong = difference_of(catalogue, db.catalogue()); !wrong.empty())
      return to_text(c) + "\nundone leaves\n" + wrong;
  }
  return {};
}

}  // namespace test
