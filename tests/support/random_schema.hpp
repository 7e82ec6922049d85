// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstdlib>
#include <exception>
#include <functional>
#include <initializer_list>
#include <iterator>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <dovetail/change/changes.hpp>
#include <dovetail/change/inverse.hpp>
#include <dovetail/change/partitions.hpp>
#include <dovetail/ddl/partitions.hpp>
#include <dovetail/ddl/postgresql.hpp>
#include <dovetail/ddl/script.hpp>
#include <dovetail/ddl/sqlite.hpp>
#include <dovetail/ddl/statement.hpp>
#include <dovetail/diagnose/lines.hpp>
#include <dovetail/model/literal.hpp>
#include <dovetail/model/validate.hpp>
#include <dovetail/run/schema_store.hpp>

/// Random schemas and changes, the same for one seed on every machine, and the search for a smaller case that still
/// fails. DOVETAIL_SEED and DOVETAIL_CASES override where a test begins and how much it tries.
namespace test {

namespace dt = dovetail;
namespace model = dovetail::model;
using dovetail::run::schema_store;

inline std::string str(dt::text_view text) { return std::string(text.data(), text.size()); }

/// SplitMix64. The distributions of <random> differ between standard libraries.
class random_source {
 public:
  explicit random_source(std::uint64_t seed) : state_(seed * 0x9E3779B97F4A7C15U + 0x2545F4914F6CDD1DU) {}

  std::uint64_t next() {
    std::uint64_t z = (state_ += 0x9E3779B97F4A7C15U);
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9U;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBU;
    return z ^ (z >> 31);
  }
  /// Precondition: `n != 0`.
  std::size_t below(std::size_t n) { return static_cast<std::size_t>(next() % n); }
  int between(int low, int high) { return low + static_cast<int>(below(static_cast<std::size_t>(high - low + 1))); }
  bool percent(int p) { return between(1, 100) <= p; }
  template <class Sequence>
  const auto& pick(const Sequence& from) {
    return *(std::begin(from) + static_cast<std::ptrdiff_t>(below(std::size(from))));
  }
  template <class T>
  void shuffle(std::vector<T>& all) {
    for (std::size_t i = all.size(); i > 1; --i) std::swap(all[i - 1], all[below(i)]);
  }

 private:
  std::uint64_t state_;
};

// ---- What is drawn from ---------------------------------------------------------------------------------------------

inline const std::vector<std::string>& hostile_names() {
  // clang-format off
  static const std::vector<std::string> names{
      "order", "select", "table", "group", "user", "primary", "NULL", "check", "default", "values", "references",
      "a\"b", "\"", "\"\"", "it's", "''", "back\\slash", "\\", "two words", " leading space",
      "'; DROP TABLE customer; --", "\"); DROP TABLE \"customer\"; --", "$1", "$$", "?", "%s %d", "{}", "[x]", "`tick`",
      "a.b", "1st", "/* c */", "--", ";", "(", ")", "UPPER", "camelCase", "na\xC3\xAFve", "\xE8\xA1\xA8",
      "\xF0\x9F\xA6\x89 owl", "new", "rowid",
      "dovetail new customer", "constraint", "concurrently", "id", "name", "customer", "created_at", "amount",
      std::string(63, 'x'),
      [] {
        std::string name;
        for (int i = 0; i != 21; ++i) name += "\xE8\xA1\xA8";
        return name;
      }(),
      "63 bytes with a quote at the very end of the longest name: \"\"\"\""};
  // clang-format on
  return names;
}

inline const std::vector<std::string>& hostile_literals() {
  // clang-format off
  static const std::vector<std::string> literals{
      "", "open", "it's", "''", "'", "\\", "\\'", "'\\", "\\\\", "\"", "'; DROP TABLE customer; --", "' OR '1'='1",
      "$$", "$1", "%s", "{\"a\": 1}", "E'x'", "\\x41", "\\n", "line\nbreak", "tab\there", "\r\n", "/* not a comment */",
      "-- nor this", "NULL", "CURRENT_TIMESTAMP", "0", "007", "1.0", "true", " padded ", "na\xC3\xAFve", "\xE8\xA1\xA8",
      "\xF0\x9F\xA6\x89", ");", "`", "?", "\x01\x7f", std::string(300, '\''), std::string(300, '\\')};
  // clang-format on
  return literals;
}

/// Schemas of the server's that tests may make, and nothing else does.
inline constexpr const char* place_mark = "dovetail random ";
inline const std::vector<std::string>& hostile_places() {
  static const std::vector<std::string> places{std::string(place_mark) + "\"place\"", std::string(place_mark) + "100% $1 it's",
                                               std::string(place_mark) + "\\ \xE8\xA1\xA8",
                                               std::string(place_mark) + std::string(63 - 16, 'x')};
  return places;
}

/// A default_sql, and how PostgreSQL writes it down again; empty where it is not for PostgreSQL.
struct expression {
  dt::type_kind type;
  std::string sql;
  std::string shown;
};

/// What a server can have.
struct server {
  std::vector<expression> expressions;
  std::vector<const char*> collations;
  bool identity_is_primary_key = false;  ///< SQLite numbers no other column
  dt::text_view (*refuses)(const model::part&, const model::table&) = nullptr;
  bool routines = true;  ///< and sequences, schemas and partitions
};

inline const server& anything() {
  using enum dt::type_kind;
  static const server s{
      {{timestamptz, "now()", ""}, {bytea, "x'00ff'", ""}, {jsonb, "'{\"a\": [1]}'", ""}, {text, "'a' || ('b')", ""}},
                        {"C", "a \"b\""}};
  return s;
}
inline const server& sqlite_server() {
  using enum dt::type_kind;
  static const server s{{{timestamptz, "CURRENT_TIMESTAMP", ""},
                         {date, "CURRENT_DATE", ""},
                         {bytea, "x'00ff'", ""},
                         {jsonb, "'{\"a\": [1]}'", ""},
                         {text, "'it''s; ' || ('b')", ""},
                         {bigint, "abs(-5) + 1", ""},
                         {time, "CURRENT_TIME", ""},
                         {timestamp, "CURRENT_TIMESTAMP", ""},
                         {interval, "'1 day'", ""},
                         {json, "'{\"a\": [1]}'", ""}},
                        {"BINARY", "NOCASE", "RTRIM"},
                        true,
                        &dt::sqlite<3, 40>::refuses,
                        false};
  return s;
}
inline const server& postgresql_server() {
  using enum dt::type_kind;
  static const server s{{{timestamptz, "CURRENT_TIMESTAMP", "CURRENT_TIMESTAMP"},
                         {timestamptz, "now()", "now()"},
                         {timestamptz, "clock_timestamp()", "clock_timestamp()"},
                         {date, "CURRENT_DATE", "CURRENT_DATE"},
                         {bytea, "decode('00ff', 'hex')", "decode('00ff'::text, 'hex'::text)"},
                         {jsonb, "'{\"a\": [1]}'", "'{\"a\": [1]}'::jsonb"},
                         {uuid, "gen_random_uuid()", "gen_random_uuid()"},
                         {text, "'it''s; ' || ('b')", "('it''s; '::text || 'b'::text)"},
                         {bigint, "abs(-5) + 1", "(abs('-5'::integer) + 1)"},
                         {time, "LOCALTIME", "LOCALTIME"},
                         {timestamp, "LOCALTIMESTAMP", "LOCALTIMESTAMP"},
                         {interval, "interval '1 day'", "'1 day'::interval"},
                         {json, "'{\"a\": [1]}'", "'{\"a\": [1]}'::json"}},
                        {"C", "POSIX"},
                        false,
                        &dt::postgresql<15>::refuses};
  return s;
}

/// Those of a schema that have rows.
inline std::vector<const model::table*> tables_of(const model::schema& s) {
  std::vector<const model::table*> tables;
  for (const model::table* t : s.tables)
    if (t->kind == model::source_kind::table) tables.push_back(t);
  return tables;
}

// ---- Rows -----------------------------------------------------------------------------------------------------------

/// Every table gets so many rows. A value is a matter of the column's type and the row only, so that row i of a table
/// refers to row i of another, and no two rows of one table are the same in any key.
inline constexpr int rows_per_table = 2;

/// As text, in a form that SQLite stores and PostgreSQL casts to the type.
inline std::string value_of(const dt::sql_type& type, int row) {
  using enum dt::type_kind;
  const std::string number = std::to_string(row + 1);
  const std::string more = type.length < 3 ? "" : "\"x";
  switch (type.kind) {
    case smallint:
    case integer:
    case bigint: return std::to_string(1001 + row);
    case boolean: return row % 2 == 0 ? "0" : "1";
    case text: return row % 2 == 0 ? "it's \"here\"; -- \\" : "\\'\n\xE8\xA1\xA8";
    case varchar: return (row % 2 == 0 ? "'" : "\\") + more;
    case character: return (row % 2 == 0 ? "'" : "\xE8\xA1\xA8") + more;
    case numeric:
      if (type.length == 0) return number + ".00000000000000000000000000000000000001";
      if (type.scale == 0) return number;
      return "0." + std::string(static_cast<std::size_t>(type.scale) - 1, '0') + number;
    case real:
    case double_precision: return number + ".5";
    case date: return "2024-02-0" + number;
    case time: return "12:00:0" + number;
    case timestamp: return "2024-02-29 12:00:0" + number;
    case timestamptz: return "2024-02-29 12:00:0" + number + "+00";
    case interval: return number + " mons 2 days 00:00:03";
    case uuid: return "01234567-89ab-cdef-0123-45678900000" + number;
    case bytea: return "\\x00ff0" + number;
    case json:
    case jsonb: return "{\"it's\": " + number + "}";
    case enumeration: return str(type.labels->labels[static_cast<std::size_t>(row)].text());
    case array: {
      std::string element = "\"";
      for (char c : value_of(type.element->type, row))
        element += c == '"' || c == '\\' ? std::string("\\") + c : std::string(1, c);
      return "{" + element + "\",NULL}";
    }
  }
  return {};
}

// ---- Making them ----------------------------------------------------------------------------------------------------

inline std::vector<model::index_key> keys_of(const model::index& i);

/// Makes valid schemas, and changes that can be applied to them and undone.
class generator {
 public:
  generator(schema_store& store, random_source& random, const server& target)
      : store_(store), random_(random), server_(target) {}

  const model::schema* schema(int most_tables) {
    const int count = random_.between(1, most_tables);
    std::vector<const model::table*> tables;
    if (server_.routines && random_.percent(35)) tables.push_back(store_.named_schema(random_.pick(hostile_places())));
    note_sources(tables);
    if (server_.routines && random_.percent(50)) tables.push_back(routine(placed(fresh(relations_, "routine_"))));
    if (server_.routines && random_.percent(50)) tables.push_back(sequence(placed(fresh(relations_, "sequence_")), nullptr));
    note_sources(tables);
    for (int i = 0; i != count; ++i) begun_.push_back(begin_table());
    // The foreign keys come last, so that they can lead forward, back and around.
    for (begun& b : begun_)
      for (int n = random_.between(0, 2); n != 0; --n) {
        const begun& target = random_.pick(begun_);
        add_foreign_key(b, target.name, target.parts);
      }
    for (begun& b : begun_) tables.push_back(finish(b));
    begun_.clear();
    return store_.schema("1", tables);
  }

  /// A change of any kind that `now` admits; none if a few attempts did not find one.
  std::optional<model::change> change(const model::schema& now) {
    for (int attempt = 0; attempt != 20; ++attempt) {
      const std::optional<model::change> c = try_change(now);
      if (!c) continue;
      dt::list<dt::finding> found;
      if (const model::schema* after = store_.apply(now, *c, found); after != nullptr && is_supported(now, *after))
        return c;
    }
    return {};
  }

 private:
  /// The server can have every table that has changed.
  bool is_supported(const model::schema& before, const model::schema& after) const {
    for (const model::table* t : after.tables)
      if (before.find(t->name) != t)
        for (const model::part* p : t->parts)
          if (is_refused(*p, *t)) return false;
    return true;
  }

  struct begun {
    std::string name;
    std::vector<const model::part*> parts;
    std::set<std::string> names;  ///< of columns and constraints, in lower case
  };

  static std::string lower(std::string_view name) {
    std::string result(name);
    for (char& c : result)
      if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    return result;
  }
  /// Names that differ in case only are one name on SQLite.
  std::string fresh(std::set<std::string>& taken, const char* plain) {
    for (int attempt = 0; attempt != 5; ++attempt) {
      std::string name = random_.percent(60) ? random_.pick(hostile_names())
                                             : plain + std::to_string(random_.between(1, 99));
      if (taken.insert(lower(name)).second) return name;
    }
    std::string name;
    do name = plain + std::to_string(++serial_);
    while (!taken.insert(lower(name)).second);
    return name;
  }

  /// A name of a constraint that is no index: its own table's alone, or of nothing else anywhere.
  std::string fresh_constraint(std::set<std::string>& taken, const char* plain) {
    if (random_.percent(50)) return fresh(relations_, plain);
    std::string name;
    do name = std::string(plain) + "of its table " + std::to_string(random_.between(1, 99));
    while (!taken.insert(lower(name)).second);
    return name;
  }
  /// Sometimes a name that something has already, which the change then refuses where it has to.
  std::string fresh_or_used(std::set<std::string>& taken, const char* plain, const model::schema& now) {
    if (tables_of(now).empty() || !random_.percent(8)) return fresh(taken, plain);
    const model::table* t = random_.pick(tables_of(now));
    const model::part* p = random_.pick(t->parts);
    return str(without_schema(p->name.empty() || random_.percent(30) ? t->name : p->name));
  }
  /// A name as it is, or in one of the schemas that there are.
  std::string placed(const std::string& name) {
    return places_.empty() || random_.percent(55) ? name : random_.pick(places_) + dt::schema_mark + name;
  }
  /// A name in the schema of another one.
  static std::string beside(const dt::identifier& other, const std::string& name) {
    const std::string schema = str(schema_of(other));
    return schema.empty() ? name : schema + dt::schema_mark + name;
  }

  /// A name that no server has a type of.
  std::string fresh_type() {
    for (;;) {
      std::string name = fresh(relations_, "kind_");
      if (name != "name" && name != "text") return name;
    }
  }

  bool is_refused(const model::part& p, const model::table& t) const {
    return server_.refuses != nullptr && !server_.refuses(p, t).empty();
  }
  /// What a key is beside its columns, as far as the server has that.
  dt::run::key_options key_options(bool primary) {
    dt::run::key_options options;
    if (random_.percent(15)) options.deferred = some_deferral();
    options.nulls_not_distinct = !primary && random_.percent(15);
    const model::key* k = store_.unique("k", {}, options);
    return is_refused(*k, model::table()) ? dt::run::key_options() : options;
  }
  model::deferral some_deferral() { return static_cast<model::deferral>(random_.below(3)); }

  const std::string& some_comment() { return hostile_literals()[1 + random_.below(hostile_literals().size() - 1)]; }

  /// Adds a part, if the server can have it.
  void add(begun& b, const model::part* p) {
    if (!is_refused(*p, *store_.table(b.name, b.parts))) b.parts.push_back(p);
  }

  /// One that the server has.
  dt::sql_type type() {
    for (;;) {
      const model::column c{{model::part_kind::column, "c"}, any_type(), true, {}, {}};
      if (!is_refused(c, model::table())) return c.type;
    }
  }
  dt::sql_type any_type() {
    using enum dt::type_kind;
    const auto kind = static_cast<dt::type_kind>(random_.below(static_cast<std::size_t>(array) + 1));
    switch (kind) {
      case varchar:
      case character: return {kind, random_.percent(20) ? 1 : random_.between(1, 300)};
      case numeric: {
        if (random_.percent(20)) return {kind};
        const int digits = random_.between(1, random_.percent(50) ? 15 : 30);
        return {kind, digits, random_.between(0, digits)};
      }
      case time:
      case timestamp:
      case timestamptz: return {kind, random_.percent(40) ? random_.between(0, 5) : dt::most_second_digits};
      case array: {
        dt::sql_type element = any_type();
        while (element.kind == array) element = any_type();
        return store_.array(element);
      }
      case enumeration: {
        if (enumerations_.empty() || random_.percent(40)) {
          std::set<std::string> labels;
          for (int n = random_.between(2, 5); n != 0; --n) {
            std::string label = random_.pick(random_.percent(50) ? hostile_literals() : hostile_names());
            if (dt::identifier_fault(dt::text_view(label.data(), label.size())).empty()) labels.insert(label);
          }
          labels.insert("x");
          labels.insert("y");
          std::vector<std::string> order(labels.begin(), labels.end());
          random_.shuffle(order);
          enumerations_.push_back(store_.enumeration(fresh_type(), order));
        }
        return random_.pick(enumerations_);
      }
      default: return {kind};
    }
  }

  model::default_value literal_for(const dt::sql_type& type) {
    using enum dt::type_kind;
    using dk = model::default_kind;
    const auto literal = [&](std::string from, dk kind = dk::text) {
      return model::default_value{kind, store_.text(from)};
    };
    switch (type.kind) {
      case smallint: return literal(random_.pick(std::array{"0", "-1", "32767", "-32768", "7"}), dk::number);
      case integer: return literal(random_.pick(std::array{"0", "-1", "2147483647", "-2147483648"}), dk::number);
      case bigint:
        return literal(random_.pick(std::array{"0", "-1", "9223372036854775807", "-9223372036854775808"}), dk::number);
      case boolean: return literal(random_.percent(50) ? "true" : "false", dk::boolean);
      case text: return literal(random_.pick(hostile_literals()));
      case varchar:
      case character: return literal(cut(random_.pick(hostile_literals()), type.length));
      case numeric: {
        if (type.length == 0) return literal("-123456789012345678901234567890.125");
        std::string number = random_.percent(30) ? "-" : "";
        number += type.length == type.scale
                      ? "0"
                      : std::string(static_cast<std::size_t>(random_.between(1, type.length - type.scale)), '9');
        if (type.scale != 0) number += "." + std::string(static_cast<std::size_t>(random_.between(1, type.scale)), '5');
        return literal(number, random_.percent(50) && type.scale == 0 ? dk::number : dk::text);
      }
      case real:
      case double_precision: return literal(random_.pick(std::array{"0", "-1.5", "12.50", "1000000"}));
      case timestamptz: return literal(random_.pick(std::array{"2024-02-29 12:00:00+00", "1999-12-31 23:59:59+00"}));
      case timestamp: return literal(random_.pick(std::array{"2024-02-29 12:00:00", "1999-12-31 23:59:59"}));
      case time: return literal(random_.pick(std::array{"00:00:00", "23:59:59"}));
      case date: return literal(random_.pick(std::array{"2024-02-29", "0001-01-01", "9999-12-31"}));
      case uuid: return literal("01234567-89ab-cdef-0123-456789abcdef");
      case interval:
      case bytea:
      case json:
      case jsonb:
      case array: return {};
      case enumeration: return literal(str(random_.pick(type.labels->labels)));
    }
    return {};
  }
  /// At most so many characters, whole ones.
  static std::string cut(const std::string& text, int characters) {
    std::size_t end = 0;
    for (; end != text.size(); ++end)
      if ((static_cast<unsigned char>(text[end]) & 0xC0U) != 0x80U && characters-- == 0) break;
    return text.substr(0, end);
  }

  model::default_value default_for(const dt::sql_type& type) {
    if (random_.percent(30)) {
      std::vector<const expression*> fitting;
      for (const expression& e : server_.expressions)
        if (e.type == type.kind) fitting.push_back(&e);
      if (!fitting.empty()) return {model::default_kind::expression, store_.text(random_.pick(fitting)->sql)};
    }
    return literal_for(type);
  }

  static bool is_whole(const dt::sql_type& type) {
    return type.kind == dt::type_kind::smallint || type.kind == dt::type_kind::integer ||
           type.kind == dt::type_kind::bigint;
  }

  const model::column* column(const std::string& name, bool may_be_identity) {
    const dt::sql_type chosen = type();
    dt::run::column_options options;
    options.nullable = random_.percent(35);
    if (may_be_identity && is_whole(chosen) && random_.percent(30)) {
      options.nullable = false;
      options.identity = random_.percent(50) ? model::identity_kind::always : model::identity_kind::by_default;
    } else if (random_.percent(45)) {
      options.value = default_for(chosen);
    }
    const dt::sql_type& element = chosen.element == nullptr ? chosen : chosen.element->type;
    if (element.labels == nullptr && domain_of(element).kind == dt::family::text && random_.percent(30))
      options.more.collation = store_.text(random_.pick(server_.collations));
    if (random_.percent(15)) options.more.comment = store_.text(some_comment());
    return store_.column(name, chosen, options);
  }

  /// Those that rows give values to.
  static std::vector<const model::column*> columns_of(const std::vector<const model::part*>& parts) {
    std::vector<const model::column*> result;
    for (const model::column* c : all_columns_of(parts))
      if (!c->is_generated()) result.push_back(c);
    return result;
  }
  static std::vector<const model::column*> all_columns_of(const std::vector<const model::part*>& parts) {
    std::vector<const model::column*> result;
    for (const model::part* p : parts)
      if (const model::column* c = model::as_column(p)) result.push_back(c);
    return result;
  }
  /// A column that is computed from another one, and is never null; null if the one that was drawn cannot be named.
  const model::column* generated(const std::string& name, const std::vector<const model::column*>& from) {
    using enum dt::type_kind;
    const model::column* base = random_.pick(from);
    if (base->name.text().contains('\\')) return nullptr;
    const std::string other = quoted(str(base->name));
    dt::sql_type type{boolean};
    std::string expression = other + " IS NULL";
    if (is_whole(base->type)) {
      type = {bigint};
      expression = "coalesce(" + other + ", 0) / 2";
    } else if (base->type.kind == text || base->type.kind == varchar) {
      type = {text};
      expression = "lower(coalesce(" + other + ", 'it''s')) || ') -- '";
    } else if (base->type.kind == numeric && base->type.length != 0) {
      type = base->type;
      expression = "coalesce(" + other + ", 0) / 3";
    }
    dt::run::column_options options;
    options.nullable = random_.percent(50);
    options.more.generated = random_.percent(50) ? model::generated_kind::stored : model::generated_kind::computed;
    options.more.expression = store_.text(expression);
    const model::column* made = store_.column(name, type, options);
    return is_refused(*made, *store_.table("t", {made, base})) ? nullptr : made;
  }
  /// One to three columns of a table, in any order.
  std::vector<std::string> some(std::vector<const model::column*> from) {
    random_.shuffle(from);
    from.resize(std::min(from.size(), 1 + random_.below(3)));
    std::vector<std::string> names;
    for (const model::column* c : from) names.push_back(str(c->name));
    return names;
  }

  begun begin_table() {
    begun b;
    b.name = placed(fresh(relations_, "table_"));
    // With an identity column that has to be the whole primary key, that is decided first.
    if (random_.percent(30)) b.parts.push_back(store_.comment(some_comment()));
    const bool numbered = random_.percent(40);
    if (numbered) {
      const std::string name = fresh(b.names, "column_");
      const auto kind =
          random_.pick(std::array{dt::type_kind::smallint, dt::type_kind::integer, dt::type_kind::bigint});
      b.parts.push_back(store_.column(
          name, {kind},
          {false, {}, random_.percent(50) ? model::identity_kind::always : model::identity_kind::by_default}));
      b.parts.push_back(store_.primary_key({name}));
    }
    for (int n = random_.between(1, 6); n != 0; --n)
      b.parts.push_back(column(fresh(b.names, "column_"), !server_.identity_is_primary_key));
    if (random_.percent(40))
      if (const model::column* made = generated(fresh(b.names, "column_"), columns_of(b.parts))) b.parts.push_back(made);
    if (!numbered && random_.percent(70)) {
      std::vector<const model::column*> keys;
      for (const model::column* c : columns_of(b.parts))
        if (!c->nullable) keys.push_back(c);
      if (!keys.empty()) add(b, store_.primary_key(some(keys), key_options(true)));
    }
    for (int n = random_.between(0, 2); n != 0; --n)
      add(b, store_.unique(fresh(relations_, "key_"), some(columns_of(b.parts)), key_options(false)));
    for (int n = random_.between(0, 2); n != 0; --n) add_check(b);
    if (random_.percent(30)) add_trigger(b, fresh_constraint(b.names, "trigger_"));
    if (random_.percent(25)) add_exclusion(b, fresh(relations_, "exclusion_"), some(columns_of(b.parts)));
    for (int n = random_.between(0, 2); n != 0; --n) {
      const bool unique = random_.percent(30);
      const auto columns = unique ? columns_of(b.parts) : all_columns_of(b.parts);
      add(b, index(fresh(relations_, "index_"), some(columns), unique, columns));
    }
    return b;
  }

  /// An index on columns: half of them plain, the others with an order, expressions, a condition, a method or columns
  /// beside them, as far as the server has that.
  const model::index* index(const std::string& name, const std::vector<std::string>& names, bool unique,
                            const std::vector<const model::column*>& columns) {
    const model::table* t = store_.table("t", {columns.begin(), columns.end()});
    for (int attempt = random_.percent(50) ? 0 : 8; attempt != 0; --attempt) {
      std::vector<model::index_key> keys;
      for (const std::string& each : names) {
        model::index_key k{store_.name(each)};
        k.descending = random_.percent(25);
        if (random_.percent(15)) k.nulls = random_.percent(50) ? "NULLS FIRST" : "NULLS LAST";
        keys.push_back(k);
      }
      const model::column* c = random_.pick(columns);
      const bool readable = !c->name.text().contains('\\');  // a backslash is no part of an expression
      const std::string column = quoted(str(c->name));
      if (readable && random_.percent(40)) {
        std::string expression = column + " IS NULL";
        if (is_whole(c->type)) expression = "coalesce(" + column + ", 0)";
        if (c->type.kind == dt::type_kind::text) expression = "lower(" + column + ") || ')'";
        // It tells apart no more than the columns do, and no less.
        const model::index_key k{{}, store_.text(expression), random_.percent(25), {}};
        keys.insert(keys.begin() + static_cast<std::ptrdiff_t>(random_.below(keys.size() + 1)), k);
        if (!unique && random_.percent(30)) keys = {k};
      }
      const std::string predicate = readable && random_.percent(40) ? condition(*c) : "";
      // Of an expression nobody but the server knows the type, and so what holds it.
      const bool known = std::all_of(keys.begin(), keys.end(), [](const model::index_key& k) { return !k.column.empty(); });
      const auto method = known && random_.percent(30) ? random_.pick(std::array{"gin", "gist", "hash", "brin", "spgist"}) : "";
      std::vector<std::string> included;
      const model::column* other = random_.pick(columns);
      if (random_.percent(20) && std::find(names.begin(), names.end(), str(other->name)) == names.end())
        included.push_back(str(other->name));
      const model::index* made = store_.index_on(name, keys, unique, predicate, method, included);
      if (!is_refused(*made, *t)) return made;
    }
    return store_.index(name, names, unique);
  }

  /// A routine that a trigger after an UPDATE may call. None of its words is a hostile name.
  const model::table* routine(const std::string& name) {
    return store_.routine(name, random_.percent(50) ? "BEGIN RETURN OLD; END" : "BEGIN\nRETURN OLD; /* that's x\\x */ END",
                          {"plpgsql", {}, "trigger", random_.percent(50) ? "" : "STABLE"});
  }
  /// Its options, and perhaps a column of the table as its owner. What one has counted to, any other may have.
  const model::table* sequence(const std::string& name, const model::table* owner) {
    model::sequence s{};
    s.kind = model::part_kind::sequence;
    s.type = random_.percent(70) ? dt::type_kind::smallint : dt::type_kind::bigint;
    s.increment = random_.percent(30) ? -random_.between(1, 9) : random_.between(1, 9);
    s.min = random_.between(-20, -9);
    s.max = random_.percent(30) ? random_.between(1500, 2000) : 32767;
    s.start = random_.between(-9, 9);
    s.cache = random_.between(1, 3);
    s.cycles = random_.percent(20);
    if (owner != nullptr && random_.percent(20)) {
      s.owner = owner->name;
      s.owner_column = random_.pick(columns_of({owner->parts.begin(), owner->parts.end()}))->name;
    }
    return store_.table(name, {store_.sequence(s)});
  }
  static const model::table* sequence_in(const model::schema& s) {
    const model::table* found = nullptr;
    for (const model::table* each : s.tables)
      if (each->kind == model::source_kind::sequence) found = each;
    return found;
  }
  void note_sources(const std::vector<const model::table*>& sources) {
    callable_.clear();
    places_.clear();
    for (const model::table* each : sources) {
      if (each->kind == model::source_kind::name_space) places_.push_back(str(schema_of(each->name)));
      // A backslash is no part of an expression.
      if (each->kind == model::source_kind::routine && !each->name.text().contains('\\')) callable_.push_back(str(each->name));
    }
  }
  /// A trigger that changes no row.
  void add_trigger(begun& b, const std::string& name) {
    const model::column* c = random_.pick(columns_of(b.parts));
    const bool readable = !c->name.text().contains('\\');
    const bool calls = !callable_.empty() && random_.percent(60);
    const std::string column = quoted(str(c->name));
    const std::string event = std::string(calls ? "AFTER" : "BEFORE") + " UPDATE" + (readable && random_.percent(40) ? " OF " + column : "");
    const std::string when = readable && random_.percent(40) ? "WHEN (NEW." + column + " IS NULL) " : "";
    const std::string routine = calls ? quoted(random_.pick(callable_)) : "suppress_redundant_updates_trigger";
    add(b, store_.trigger(name, event, "FOR EACH ROW " + when + "EXECUTE FUNCTION " + routine + "()"));
  }
  /// Of the rows that an index has, or that an exclusion constraint compares.
  std::string condition(const model::column& c) {
    const std::string column = quoted(str(c.name));
    if (is_whole(c.type)) return "(" + column + " > 12) AND " + column + " < 54321";
    if (c.type.kind == dt::type_kind::text) return column + " <> 'it''s; -- \"not\" /* this */'";
    return column + (random_.percent(50) ? " IS NOT NULL" : " IS NULL OR 1 = 1");
  }
  /// Adds an exclusion constraint that rows keep of which no two have the same values in these columns.
  void add_exclusion(begun& b, const std::string& name, const std::vector<std::string>& names) {
    if (names.empty()) return;
    const auto columns = columns_of(b.parts);
    std::vector<model::index_key> keys;
    for (const std::string& each : names) {
      keys.push_back({store_.name(each)});
      keys.back().with = "=";
    }
    const model::column* c = random_.pick(columns);
    std::string method = names.size() == 1 && random_.percent(20) ? "hash" : "";
    for (const model::column* only : columns)
      if (names.size() == 1 && str(only->name) == names[0] && is_whole(only->type) && !only->nullable &&
          !only->name.text().contains('\\') && random_.percent(70)) {
        keys = {{{}, store_.text("int8range(" + quoted(names[0]) + ", " + quoted(names[0]) + ", '[]')")}};
        keys[0].with = "&&";
        method = random_.percent(70) ? "gist" : "spgist";
      }
    const bool readable = !c->name.text().contains('\\');  // a backslash is no part of an expression
    if (readable && method.empty() && random_.percent(30)) {
      keys.push_back({{}, store_.text(quoted(str(c->name)) + " IS NULL")});
      keys.back().with = "=";
    }
    const std::string predicate = readable && random_.percent(40) ? condition(*c) : "";
    std::vector<std::string> included;
    if (method != "hash" && random_.percent(20) && std::find(names.begin(), names.end(), str(c->name)) == names.end())
      included.push_back(str(c->name));
    add(b, store_.exclusion(name, keys, predicate, method, included, some_deferral()));
  }

  /// A condition that holds for all rows that the tests insert, and for all defaults.
  void add_check(begun& b) {
    const auto columns = all_columns_of(b.parts);
    const model::column* c = random_.pick(columns);
    const model::column* other = random_.pick(columns);
    if (c->name.text().contains('\\') || other->name.text().contains('\\')) return;
    if (random_.percent(50)) {
      if (const dt::narrowing rule = rule_for(*c); rule.kind != dt::narrowing::what::nothing)
        add(b, store_.check(fresh_constraint(b.names, "check_"), str(c->name), rule));
      return;
    }
    const std::string name = quoted(str(c->name));
    std::string condition = name + " IS NOT NULL OR " + quoted(str(other->name)) + " IS NULL OR 1 = 1";
    if (random_.percent(70)) {
      if (c->type.kind == dt::type_kind::text || c->type.kind == dt::type_kind::varchar)
        condition = name + " <> 'it''s; -- \"not\" /* this */'";
      else if (is_whole(c->type))
        condition = "(" + name + " <> 12345) AND " + name + " <> 54321";
      else if (!c->nullable)
        condition = name + " IS NOT NULL";
    }
    b.parts.push_back(store_.check(fresh_constraint(b.names, "check_"), condition));
  }

  /// A rule of which the same can be said; none if the column's type has no rules.
  dt::narrowing rule_for(const model::column& c) {
    using what = dt::narrowing::what;
    const dt::domain all = domain_of(c.type);
    const auto at = [&](std::initializer_list<std::string> texts) {
      labels_.clear();
      for (const std::string& each : texts) labels_.emplace_back(store_.text(each));
      return dt::array_view<dt::identifier>(labels_.data(), labels_.size());
    };
    switch (all.kind) {
      case dt::family::number: {
        if (all.decimal) return {};
        const bool narrow = c.value.kind == model::default_kind::none && !c.is_generated() && random_.percent(50);
        return {what::range, narrow ? dt::limit(std::int64_t{-7}) : all.low,
                narrow ? dt::limit(std::int64_t{1000 + rows_per_table}) : all.high, {}, 0, {}};
      }
      case dt::family::label: {
        // A backslash is no part of an expression.
        for (const dt::identifier& each : all.labels)
          if (each.text().contains('\\')) return {};
        return {what::labels, {}, {}, all.labels, 0, {}};
      }
      case dt::family::text:
        if (random_.percent(30)) return {what::pattern, {}, {}, {}, 0, "%"};
        if (c.type.kind == dt::type_kind::character && c.value.kind == model::default_kind::none)
          return {what::labels, {}, {}, at({value_of(c.type, 0), value_of(c.type, 1), "it's;--"}), 0, {}};
        return {what::length, {}, {}, {}, std::min(all.length, 400), {}};
      case dt::family::date:
      case dt::family::timestamp:
      case dt::family::timestamptz: return {what::finite, {}, {}, {}, 0, {}};
      default: return {};
    }
  }

  /// A foreign key to one of the target's keys, on columns of its own or, sometimes or where it has to, on such that are
  /// there.
  void add_foreign_key(begun& b, const std::string& target, std::vector<const model::part*> target_parts,
                       bool may_add_columns = true) {
    std::vector<const model::key*> keys;
    for (const model::part* p : target_parts)
      if (const model::key* k = model::as_key(p); k != nullptr && k->deferred == model::deferral::none) keys.push_back(k);
    if (keys.empty()) return;
    const model::key* key = random_.pick(keys);
    std::vector<const model::column*> from;
    std::vector<std::string> from_names;
    std::vector<std::string> to;
    for (const dt::identifier& name : key->columns) {
      const model::column* referenced = nullptr;
      for (const model::column* c : columns_of(target_parts))
        if (c->name == name) referenced = c;
      const model::column* referencing = nullptr;
      if (!may_add_columns || random_.percent(30))
        for (const model::column* c : columns_of(b.parts))
          if (c->type == referenced->type && std::find(from.begin(), from.end(), c) == from.end()) referencing = c;
      if (referencing == nullptr && !may_add_columns) return;
      if (referencing == nullptr) {
        dt::run::column_options options;
        options.nullable = random_.percent(50);
        if (random_.percent(40)) options.value = default_for(referenced->type);
        referencing = store_.column(fresh(b.names, "column_"), referenced->type, options);
        b.parts.push_back(referencing);
      }
      from.push_back(referencing);
      from_names.push_back(str(referencing->name));
      to.push_back(str(name));
    }
    const auto action = [&] {
      auto chosen = static_cast<dt::referential_action>(random_.below(5));
      for (const model::column* c : from) {
        if (chosen == dt::referential_action::set_null && !c->nullable) chosen = dt::cascade;
        if (chosen == dt::referential_action::set_default && !c->optional()) chosen = dt::no_action;
      }
      return chosen;
    };
    const model::deferral deferred = random_.percent(30) ? some_deferral() : model::deferral::none;
    const auto deleted = action();
    const auto updated = action();
    add(b, store_.foreign_key(fresh_constraint(b.names, "fkey_"), from_names, target, to, {deleted, updated, deferred}));
    // By which a row finds those that refer to it. Several rows would get the same default.
    if (!may_add_columns) return;
    if (deleted != dt::referential_action::set_default && updated != dt::referential_action::set_default && random_.percent(30))
      add(b, store_.unique(fresh(relations_, "by_"), from_names));
    else if (random_.percent(30))
      add(b, store_.index(fresh(relations_, "by_"), from_names));
  }

  const model::table* finish(begun& b) {
    if (server_.routines && random_.percent(35)) {
      begun split = b;
      add_partitions(split, false);
      const model::table* t = store_.table(b.name, split.parts);
      if (std::none_of(split.parts.begin(), split.parts.end(), [&](const model::part* p) { return is_refused(*p, *t); })) b = split;
    }
    if (random_.percent(50)) random_.shuffle(b.parts);
    return store_.table(b.name, b.parts);
  }

  /// Bounds of ranges in their order: the first ones stand between the rows that the tests insert, and behind `spare` of
  /// them are none. Empty where the order is not known.
  static std::vector<model::default_value> bounds_of(const dt::sql_type& type) {
    using enum dt::type_kind;
    using dk = model::default_kind;
    switch (type.kind) {
      case smallint:
      case integer:
      case bigint: return {{dk::number, "-7"}, {dk::number, "1002"}, {dk::number, "20000"}, {dk::number, "20001"}, {dk::number, "30000"}};
      case date: return {{dk::text, "0001-01-01"}, {dk::text, "2024-02-02"}, {dk::text, "3000-01-01"}, {dk::text, "3000-01-02"}, {dk::text, "4000-01-01"}};
      case timestamptz:
        return {{dk::text, "1970-01-01 00:00:00+00"}, {dk::text, "2024-02-29 12:00:02+00"}, {dk::text, "3000-01-01 00:00:00+00"},
                {dk::text, "3000-01-01 00:00:01+00"}, {dk::text, "4000-01-01 00:00:00+00"}};
      default: return {};
    }
  }
  static constexpr std::size_t spare = 2;
  /// What no row has that the tests insert.
  std::vector<model::default_value> spare_values(const dt::sql_type& type) {
    using enum dt::type_kind;
    if (type.kind == text) return {literal_for(type), {model::default_kind::text, "it's a \\ \"place\""}};
    if (type.kind == enumeration) {
      std::vector<model::default_value> labels;
      for (const dt::identifier& each : type.labels->labels) labels.push_back({model::default_kind::text, each.text()});
      return {labels.begin() + rows_per_table, labels.end()};
    }
    const auto bounds = bounds_of(type);
    return bounds.empty() ? bounds : std::vector<model::default_value>{bounds[spare], bounds[spare + 1]};
  }

  model::partition bare_partition(const dt::identifier& table, model::partition_method by) {
    model::partition p{};
    p.kind = model::part_kind::partition;
    p.name = store_.name(random_.percent(70) ? beside(table, fresh(relations_, "part_")) : placed(fresh(relations_, "part_")));
    p.by = by;
    return p;
  }
  const model::partition* range(const dt::identifier& table, const std::vector<model::default_value>& bounds, std::size_t from, std::size_t until) {
    model::partition p = bare_partition(table, model::partition_method::range);
    if (from != bounds.size()) p.from = {&bounds[from], 1};
    if (until != bounds.size()) p.until = {&bounds[until], 1};
    return store_.partition(p);
  }
  const model::partition* listed(const dt::identifier& table, const std::vector<model::default_value>& values) {
    model::partition p = bare_partition(table, model::partition_method::list);
    p.values = {values.data(), values.size()};
    return store_.partition(p);
  }
  const model::partition* hashed(const dt::identifier& table, std::uint64_t modulus, std::uint64_t remainder) {
    model::partition p = bare_partition(table, model::partition_method::hash);
    p.modulus = modulus;
    p.remainder = remainder;
    return store_.partition(p);
  }
  /// Makes a partitioned table of one, if all its unique keys have a column in common. It has a partition for each row; that
  /// is the first one, if there are rows already.
  void add_partitions(begun& b, bool has_rows) {
    using method = model::partition_method;
    std::vector<const model::column*> keys;
    for (const model::column* c : columns_of(b.parts)) {
      const auto is_free = [&](const model::part* p) {
        const model::index* i = model::as_index(p);
        const bool unique = model::as_key(p) != nullptr || p->kind == model::part_kind::exclusion || (i != nullptr && i->unique);
        return !unique || dt::contains(model::columns_of(p), c->name);
      };
      if (!spare_values(c->type).empty() && std::all_of(b.parts.begin(), b.parts.end(), is_free)) keys.push_back(c);
    }
    if (keys.empty()) return;
    const model::column* key = random_.pick(keys);
    const dt::identifier table = store_.name(b.name);
    const auto bounds = bounds_of(key->type);
    const method by = bounds.empty() || random_.percent(50) ? (random_.percent(50) ? method::list : method::hash) : method::range;
    std::vector<std::string> columns{str(key->name)};
    if (by == method::hash && random_.percent(30) && keys[0] != key) columns.insert(columns.begin(), str(keys[0]->name));
    b.parts.push_back(store_.partitioned_by(by, columns));
    const model::partition* rest = by == method::hash ? nullptr : store_.partition(bare_partition(table, method::rest));
    const std::size_t none = bounds.size();
    if (by == method::hash) {
      const auto modulus = static_cast<std::uint64_t>(has_rows ? 1 : random_.between(1, 3));
      for (std::uint64_t n = 0; n != modulus; ++n) b.parts.push_back(hashed(table, modulus, n));
    } else if (by == method::list) {
      if (has_rows) b.parts.push_back(rest);
      if (random_.percent(70)) b.parts.push_back(listed(table, {spare_values(key->type)[0]}));
      if (!has_rows) b.parts.push_back(rest);
    } else {
      if (has_rows) {
        b.parts.push_back(key->nullable ? rest : range(table, bounds, none, none));
      } else {
        const bool whole = !key->nullable && random_.percent(40);
        if (whole || random_.percent(70)) b.parts.push_back(range(table, bounds, whole ? none : 0, 1));
        if (whole || random_.percent(70)) b.parts.push_back(range(table, bounds, 1, whole ? none : spare));
        if (!whole) b.parts.push_back(rest);
      }
    }
  }
  /// What a partition is as a table, with other names where they are its own.
  const model::table* alone(const model::table& parent, const dt::identifier& name) {
    std::vector<const model::part*> parts;
    for (const model::part* p : parent.parts) {
      if (const model::column* c = model::as_column(p)) {
        dt::run::column_options options{c->nullable, c->value, model::identity_kind::none, c->details()};
        options.more.comment = {};
        parts.push_back(store_.column(str(c->name), c->type, options));
      } else if (p->kind == model::part_kind::index) {
        const auto& i = static_cast<const model::index&>(*p);
        std::vector<std::string> included;
        for (const dt::identifier& each : i.details().included) included.push_back(str(each));
        parts.push_back(store_.index_on(fresh(relations_, "index_"), keys_of(i), i.unique, str(i.details().predicate), str(i.details().method), included));
      } else if (p->kind == model::part_kind::unique) {
        const auto& k = static_cast<const model::key&>(*p);
        std::vector<std::string> columns;
        for (const dt::identifier& each : k.columns) columns.push_back(str(each));
        parts.push_back(store_.unique(fresh(relations_, "key_"), columns, {k.deferred, k.nulls_not_distinct}));
      } else if (p->kind != model::part_kind::comment && p->kind != model::part_kind::trigger && p->kind != model::part_kind::partition &&
                 p->kind != model::part_kind::partitioning) {
        parts.push_back(p);
      }
    }
    return store_.table(name, {parts.data(), parts.size()});
  }

  template <class Parts>
  static std::vector<const model::part*> constraints_of(const Parts& parts) {
    std::vector<const model::part*> result;
    for (const model::part* p : parts)
      if (p->kind != model::part_kind::column && p->kind != model::part_kind::index &&
          p->kind != model::part_kind::trigger && p->kind < model::part_kind::partitioning &&
          p->kind != model::part_kind::comment)
        result.push_back(p);
    return result;
  }
  /// Columns of which no two rows that the tests insert have the same values: some, with those of a key among them.
  std::vector<std::string> distinct(const model::table& t, std::vector<const model::column*> from) {
    std::vector<std::string> columns = some(std::move(from));
    for (const model::part* p : t.parts) {
      const model::index* i = model::as_index(p);
      if ((model::as_key(p) == nullptr && (i == nullptr || !i->tells_apart())) || !random_.percent(50)) continue;
      for (const dt::identifier& name : model::columns_of(p))
        if (std::find(columns.begin(), columns.end(), str(name)) == columns.end()) columns.push_back(str(name));
      return columns;
    }
    return {};
  }
  /// A type that holds every value of another; the other one, if none comes to mind.
  dt::sql_type wider(const dt::sql_type& type) {
    using enum dt::type_kind;
    const bool half = random_.percent(50);
    switch (type.kind) {
      case smallint: return half ? dt::sql_type{integer} : dt::sql_type{real};
      case integer: return half ? dt::sql_type{bigint} : dt::sql_type{numeric, 12, 2};
      case bigint: return half ? type : dt::sql_type{numeric, half ? 19 : 30, 0};
      case numeric:
        if (type.length == 0) return type;
        return half && type.length < 12 ? dt::sql_type{numeric, type.length + 3, type.scale + random_.between(0, 3)}
                                        : dt::sql_type{numeric, type.length + 1, type.scale};
      case real: return {double_precision};
      case varchar: return half ? dt::sql_type{text} : dt::sql_type{varchar, type.length + random_.between(1, 50)};
      case character: return half ? dt::sql_type{text} : dt::sql_type{varchar, type.length};
      case text: return type;
      case time:
      case timestamp:
      case timestamptz: return {type.kind, std::min(dt::most_second_digits, type.length + 1)};
      case json: return {jsonb};
      case jsonb: return {json};
      default: return type;
    }
  }

  /// A type of which the server compares each value with one of the other.
  dt::sql_type wider_shadow(const dt::sql_type& type) {
    using enum dt::type_kind;
    if (type.kind == smallint || type.kind == integer) return {random_.percent(50) ? bigint : integer};
    return type.kind == varchar && random_.percent(50) ? dt::sql_type{text} : type;
  }

  std::optional<model::change> try_change(const model::schema& now) {
    namespace changes = model::changes;
    using model::kind_of;
    const std::vector<const model::table*> all = tables_of(now);
    const model::table* t = all.empty() ? nullptr : random_.pick(all);
    std::size_t which = random_.below(60);
    if (which > 40 && which < 47) which = 38;  // few foreign keys admit it
    // What a sync begins with is to go on.
    bool any_sync = false;
    for (const model::table* each : all) any_sync = any_sync || each->has_syncs;
    if (any_sync && random_.percent(30)) which = random_.percent(50) ? 40 : random_.percent(50) ? 30 : 31;
    note_sources({now.tables.begin(), now.tables.end()});
    if (!places_.empty() && random_.percent(12)) which = 53;
    if (model::any_partitioned(now.tables) && random_.percent(30)) which = 54 + random_.below(3);
    if (t == nullptr && which != 2) return {};
    std::set<std::string> taken;
    std::vector<const model::column*> columns;
    if (t != nullptr) {
      columns = columns_of({t->parts.begin(), t->parts.end()});
      for (const model::part* p : t->parts) taken.insert(lower(str(p->name)));
    }
    const model::column* c = t == nullptr ? nullptr : random_.pick(columns);
    if (t != nullptr && random_.percent(20)) c = random_.pick(all_columns_of({t->parts.begin(), t->parts.end()}));
    const auto rename = [&](const model::change_kind* kind, const dt::identifier& object, const std::string& name) {
      return model::change{kind, t->name, object, nullptr, nullptr, store_.name(name)};
    };
    switch (which) {
      case 0:
      case 19: {
        const std::string name = fresh_or_used(taken, "column_", now);
        const model::column* made = random_.percent(20) ? generated(name, columns) : nullptr;
        if (made == nullptr) made = column(name, !server_.identity_is_primary_key);
        if (!made->optional()) {
          dt::run::column_options options;
          options.nullable = true;
          made = store_.column(str(made->name), made->type, options);
        }
        return model::change{&kind_of<changes::add_column>, t->name, made->name, made};
      }
      case 1: return model::change{&kind_of<changes::drop_column>, t->name, c->name};
      case 2: {
        begun b = begin_table();
        if (random_.percent(20)) b.name = placed(fresh_or_used(relations_, "table_", now));
        for (int n = random_.between(0, 2); n != 0; --n) {
          if (t == nullptr || random_.percent(20)) {
            add_foreign_key(b, b.name, b.parts);
          } else {
            const model::table* target = random_.pick(all);
            add_foreign_key(b, str(target->name), {target->parts.begin(), target->parts.end()});
          }
        }
        const model::table* made = finish(b);
        return model::change{&kind_of<changes::create_table>, made->name, {}, nullptr, made};
      }
      case 3: return model::change{&kind_of<changes::drop_table>, t->name, {}};
      case 4:
      case 20: {
        const bool unique = random_.percent(40);
        const std::vector<std::string> names = unique ? distinct(*t, columns) : some(columns);
        if (names.empty()) return {};
        const model::index* made = index(fresh_or_used(relations_, "index_", now), names, unique, columns);
        return model::change{&kind_of<changes::add_index>, t->name, made->name, made};
      }
      case 5:
      case 6: {
        std::vector<const model::part*> indexes;
        for (const model::part* p : t->parts)
          if (p->kind == model::part_kind::index) indexes.push_back(p);
        if (indexes.empty()) return {};
        const dt::identifier& index = random_.pick(indexes)->name;
        if (which == 5) return model::change{&kind_of<changes::drop_index>, t->name, index};
        return rename(&kind_of<changes::rename_index>, index, fresh_or_used(relations_, "index_", now));
      }
      case 7: return rename(&kind_of<changes::rename_table>, {}, beside(t->name, fresh_or_used(relations_, "table_", now)));
      case 8:
      case 21: return rename(&kind_of<changes::rename_column>, c->name, fresh_or_used(taken, "column_", now));
      case 9: {
        begun b{str(t->name), {t->parts.begin(), t->parts.end()}, taken};
        const std::size_t before = b.parts.size();
        switch (random_.below(7)) {
          case 0: add_check(b); break;
          case 3: add_exclusion(b, fresh_or_used(relations_, "exclusion_", now), distinct(*t, columns)); break;
          case 1:
            if (const auto names = distinct(*t, columns); !names.empty())
              b.parts.push_back(store_.unique(fresh_or_used(relations_, "key_", now), names, key_options(false)));
            break;
          case 2: {
            std::vector<const model::column*> keys;
            for (const model::column* each : columns)
              if (!each->nullable) keys.push_back(each);
            if (keys.empty()) return {};
            if (const auto names = distinct(*t, keys); !names.empty())
              b.parts.push_back(store_.primary_key(names, key_options(true)));
            break;
          }
          default: {
            const model::table* target = random_.pick(all);
            add_foreign_key(b, str(target->name), {target->parts.begin(), target->parts.end()}, false);
          }
        }
        if (b.parts.size() == before) return {};
        return model::change{&kind_of<changes::add_constraint>, t->name, b.parts.back()->name, b.parts.back()};
      }
      case 10:
      case 11: {
        const auto constraints = constraints_of(t->parts);
        if (constraints.empty()) return {};
        const dt::identifier& constraint = random_.pick(constraints)->name;
        if (which == 10) return model::change{&kind_of<changes::drop_constraint>, t->name, constraint};
        if (constraint.empty()) return {};
        return rename(&kind_of<changes::rename_constraint>, constraint, fresh_constraint(taken, "renamed_"));
      }
      case 12: {
        // No row is inserted with a default that a check of the column refuses.
        for (const model::part* p : t->parts)
          if (const model::check* k = model::as_check(p); k != nullptr && model::mentions(k->expression, c->name)) return {};
        dt::run::column_options options;
        options.value = default_for(c->type);
        if (const model::table* numbers = sequence_in(now); numbers != nullptr && is_whole(c->type) && random_.percent(50))
          options.value = {model::default_kind::next_value, numbers->name.text()};
        return model::change{&kind_of<changes::set_default>, t->name, c->name,
                             store_.column(str(c->name), c->type, options)};
      }
      case 13: return model::change{&kind_of<changes::set_default>, t->name, c->name};
      case 14:
        if (t->find_sync_of(c->name) != nullptr) return {};  // a value by itself, where the other side has none
        for (const model::part* p : t->parts) {
          if (p->kind == model::part_kind::exclusion && model::depends(*p, c->name)) return {};
          if (const model::index* i = model::as_index(p);
              model::as_key(p) != nullptr || (i != nullptr && i->unique))
            for (const dt::identifier& name : model::columns_of(p))
              if (name == c->name) return {};  // the rows that have no value would get the same
        }
        return model::change{&kind_of<changes::set_not_null>, t->name, c->name};
      case 15:
        for (const model::part* p : t->parts)
          if (const model::check* k = model::as_check(p); k != nullptr && model::mentions(k->expression, c->name))
            return {};  // which may say that there is no NULL
        return model::change{&kind_of<changes::drop_not_null>, t->name, c->name};
      case 16: {
        dt::run::column_options options;
        options.identity = static_cast<model::identity_kind>(random_.below(3));
        return model::change{&kind_of<changes::set_identity>, t->name, c->name,
                             store_.column(str(c->name), c->type, options)};
      }
      case 27: {
        dt::run::column_options options;
        if (random_.percent(70)) options.more.comment = store_.text(some_comment());
        return model::change{&kind_of<changes::set_column_comment>, t->name, c->name,
                             store_.column(str(c->name), c->type, options)};
      }
      case 28:
        return model::change{&kind_of<changes::set_comment>, t->name, {},
                             random_.percent(30) ? nullptr : store_.comment(some_comment())};
      case 29: {
        if (c->is_generated()) return {};
        dt::run::column_options options;
        options.nullable = true;
        const model::column* twin = store_.column(fresh(taken, "column_"), c->type, options);
        const std::string from = quoted(str(c->name));
        const std::string name = fresh_or_used(relations_, "sync_", now);
        dt::run::schema_store::assignments older{{str(c->name), quoted(str(twin->name))}};
        if (random_.percent(20)) older.clear();
        const model::sync* made = store_.sync(name, older, {{str(twin->name), from}}, model::sync_side::newer);
        return model::change{&kind_of<changes::add_sync>, t->name, made->name, made, store_.table("twin", {twin})};
      }
      case 38: {  // copies of a column of another table, or a column on its way from there
        std::vector<std::pair<const model::table*, const model::foreign_key*>> ways;
        for (const model::table* each : all)
          for (const model::part* p : each->parts)
            if (const model::foreign_key* f = model::as_foreign_key(p); f != nullptr && !(f->target == each->name)) ways.emplace_back(each, f);
        if (ways.empty()) return {};
        const auto& [child, along] = random_.pick(ways);
        const model::table* parent = now.find(along->target);
        const std::vector<const model::column*> sources = columns_of({parent->parts.begin(), parent->parts.end()});
        const model::column* source = random_.pick(sources);
        dt::run::column_options options;
        options.nullable = true;
        options.more.collation = source->details().collation;
        std::set<std::string> names;
        for (const model::part* p : child->parts) names.insert(lower(str(p->name)));
        const model::column* copy = store_.column(fresh(names, "copy_"), source->type, options);
        const model::sync* made = store_.copies(fresh_or_used(relations_, "copies_", now), *along, {{str(copy->name), str(source->name)}},
                                                model::sync_side::newer, random_.percent(50));
        return model::change{&kind_of<changes::add_sync>, child->name, made->name, made, store_.table("copy", {copy})};
      }
      case 39: {
        if (c->is_generated()) return {};
        dt::run::column_options options;
        options.nullable = true;
        options.more.collation = c->details().collation;
        const model::column* shadow = store_.column(fresh(taken, "shadow_"), wider_shadow(c->type), options);
        const model::sync* made = store_.shadows(fresh_or_used(relations_, "sync_", now), {{str(shadow->name), quoted(str(c->name))}},
                                                 model::sync_side::newer);
        return model::change{&kind_of<changes::add_sync>, t->name, made->name, made, store_.table("shadow", {shadow})};
      }
      case 30:
      case 31:
      case 32:
      case 40: {
        const model::sync* sync = nullptr;
        for (const model::table* each : now.tables)
          for (const model::part* p : each->parts)
            if (model::as_sync(p) != nullptr && (sync == nullptr || random_.percent(50))) {
              sync = model::as_sync(p);
              t = each;
            }
        if (sync == nullptr) return {};
        if (which == 40 && sync->stale == model::sync_side::none) {
          for (const model::part* p : t->parts)
            if (const model::column* of = model::as_column(p);
                sync->follows && of != nullptr && quoted(str(of->name)) == str(sync->newer[0].expression) &&
                !(of->type == t->find_column(sync->newer[0].column)->type))
              return model::change{&kind_of<changes::swap>, t->name, sync->name, nullptr, nullptr, of->name};
          return {};
        }
        if (which == 31 && random_.percent(50)) return model::change{&kind_of<changes::drop_sync>, t->name, sync->name};
        if (which == 32) {
          if (sync->older.empty()) return {};
          std::vector<const model::part*> users;
          for (const model::part* p : t->parts)
            if (p->kind != model::part_kind::column && p->kind != model::part_kind::sync && !p->name.empty() &&
                depends(*p, sync->older[0].column))
              users.push_back(p);
          if (users.empty()) return {};
          return model::change{&kind_of<changes::add_twin>, t->name, sync->name, random_.pick(users), nullptr,
                               store_.name(fresh_or_used(relations_, "twin_", now))};
        }
        if (sync->stale != model::sync_side::none) return model::change{&kind_of<changes::fill_sync>, t->name, sync->name};
        const auto side = sync->older.empty() || random_.percent(40) ? model::sync_side::newer : model::sync_side::older;
        return model::change{&kind_of<changes::retire_sync>, t->name, sync->name, store_.sync("side", {}, {}, side)};
      }
      case 26: {
        dt::run::column_options options;
        if (random_.percent(70)) options.more.collation = store_.text(random_.pick(server_.collations));
        return model::change{&kind_of<changes::set_collation>, t->name, c->name,
                             store_.column(str(c->name), c->type, options)};
      }
      case 33: {
        begun b{str(t->name), {t->parts.begin(), t->parts.end()}, taken};
        add_trigger(b, fresh_or_used(taken, "trigger_", now));
        if (b.parts.size() == t->parts.size()) return {};
        return model::change{&kind_of<changes::add_trigger>, t->name, b.parts.back()->name, b.parts.back()};
      }
      case 34:
      case 35: {
        std::vector<const model::part*> triggers;
        for (const model::part* p : t->parts)
          if (p->kind == model::part_kind::trigger) triggers.push_back(p);
        if (triggers.empty()) return {};
        const dt::identifier& trigger = random_.pick(triggers)->name;
        if (which == 34) return model::change{&kind_of<changes::drop_trigger>, t->name, trigger};
        return rename(&kind_of<changes::rename_trigger>, trigger, fresh_constraint(taken, "renamed_"));
      }
      case 36:
      case 37: {
        if (!server_.routines) return {};
        const model::table* found = nullptr;
        for (const model::table* each : now.tables)
          if (each->kind == model::source_kind::routine) found = each;
        if (found != nullptr && which == 36) return model::change{&kind_of<changes::drop_view>, found->name, {}};
        if (found != nullptr && random_.percent(60))
          return model::change{&kind_of<changes::replace_view>, found->name, {}, nullptr, routine(str(found->name))};
        const model::table* made = routine(placed(fresh_or_used(relations_, "routine_", now)));
        return model::change{&kind_of<changes::create_view>, made->name, {}, nullptr, made};
      }
      case 47:
      case 48:
      case 49:
      case 50: {
        if (!server_.routines) return {};
        const model::table* found = sequence_in(now);
        if (found == nullptr || which == 47) {
          const model::table* made = sequence(placed(fresh_or_used(relations_, "sequence_", now)), t);
          return model::change{&kind_of<changes::create_sequence>, made->name, {}, nullptr, made};
        }
        if (which == 48) return model::change{&kind_of<changes::drop_sequence>, found->name, {}};
        if (which == 49) return model::change{&kind_of<changes::alter_sequence>, found->name, {}, nullptr, sequence(str(found->name), t)};
        return model::change{&kind_of<changes::rename_sequence>, found->name, {}, nullptr, nullptr,
                             store_.name(beside(found->name, fresh_or_used(relations_, "sequence_", now)))};
      }
      case 51: {
        if (!server_.routines) return {};
        const model::table* chosen = store_.named_schema(random_.pick(places_.empty() || random_.percent(50) ? hostile_places() : places_));
        if (const model::table* made = now.find(chosen->name)) return model::change{&kind_of<changes::drop_schema>, made->name, {}};
        return model::change{&kind_of<changes::create_schema>, chosen->name, {}, nullptr, chosen};
      }
      case 52:
      case 53: {
        const model::table* moved = sequence_in(now);
        if (moved == nullptr || random_.percent(75)) moved = t;
        return model::change{&kind_of<changes::set_schema>, moved->name, {}, nullptr, nullptr,
                             store_.name(placed(str(without_schema(moved->name))))};
      }
      case 54:
      case 55:
      case 56: {
        std::vector<const model::table*> partitioned;
        for (const model::table* each : all)
          if (each->find_partitioning() != nullptr) partitioned.push_back(each);
        if (partitioned.empty()) return {};
        t = random_.pick(partitioned);
        const model::partitioning& by = *t->find_partitioning();
        const dt::sql_type& type = t->find_column(by.columns[0])->type;
        if (!detached_.empty() && random_.percent(30)) {
          const auto& [table, partition] = random_.pick(detached_);
          return model::change{&kind_of<changes::attach_partition>, table, {}, partition};
        }
        if (which == 54) {
          const model::partition* made = nullptr;
          if (by.by == model::partition_method::hash) return {};
          if (by.by == model::partition_method::list)
            made = listed(t->name, {spare_values(type).back()});
          else if (const auto bounds = bounds_of(type); random_.percent(50))
            made = range(t->name, bounds, spare, spare + 1 + random_.below(2));
          else
            made = range(t->name, bounds, spare + 1, spare + 2);
          return model::change{&kind_of<changes::create_partition>, t->name, {}, made};
        }
        // Its rows have a place then, or none are left (prepare).
        std::vector<const model::partition*> partitions;
        const model::partition* const rest = t->default_partition();
        t->each_partition([&](const model::partition& p) {
          if (&p != rest) partitions.push_back(&p);
        });
        const model::partition* chosen = partitions.empty() ? rest : random_.pick(partitions);
        if (random_.percent(20)) return model::change{&kind_of<changes::unpartition_table>, t->name, {}, nullptr, nullptr, chosen->name};
        if (rest == nullptr || rest == chosen) return {};
        if (which == 55 && random_.percent(40)) return model::change{&kind_of<changes::drop_partition>, t->name, {}, nullptr, nullptr, chosen->name};
        detached_.emplace_back(t->name, chosen);
        return model::change{&kind_of<changes::detach_partition>, t->name, {}, nullptr, alone(*t, chosen->name), chosen->name};
      }
      case 57:
      case 58:
      case 59: {
        if (!server_.routines || t->find_partitioning() != nullptr) return {};
        begun b{str(t->name), {t->parts.begin(), t->parts.end()}, taken};
        add_partitions(b, true);
        if (b.parts.size() == t->parts.size()) return {};
        const model::table* made = store_.table(b.name, {b.parts.begin() + static_cast<std::ptrdiff_t>(t->parts.size()), b.parts.end()});
        return model::change{&kind_of<changes::partition_table>, t->name, {}, nullptr, made, made->parts[1]->name};
      }
      case 25: {
        const auto constraints = constraints_of(t->parts);
        if (constraints.empty()) return {};
        const dt::identifier& constraint = random_.pick(constraints)->name;
        if (random_.percent(40)) return model::change{&kind_of<changes::set_deferrable>, t->name, constraint};
        return model::change{&kind_of<changes::set_deferrable>, t->name, constraint,
                             store_.foreign_key("f", {}, "", {}, {dt::no_action, dt::no_action, some_deferral()})};
      }
      case 22:
      case 23:
      case 24: {
        for (const model::table* each : now.tables)
          for (const model::part* p : each->parts)
            if (model::enumeration_of(p) != nullptr && random_.percent(50)) c = model::as_column(p);
        if (c->type.kind != dt::type_kind::enumeration) return {};
        std::vector<std::string> labels;
        std::set<std::string> used;
        for (const dt::identifier& each : c->type.labels->labels) labels.push_back(str(each));
        for (const std::string& each : labels) used.insert(lower(each));
        const auto at = static_cast<std::ptrdiff_t>(random_.below(labels.size()));
        std::string label = labels[static_cast<std::size_t>(at)];
        const model::change_kind* kind = &kind_of<changes::drop_label>;
        dt::identifier renamed;
        if (which == 22) {
          kind = &kind_of<changes::add_label>;
          label = fresh(used, "label_");
          labels.insert(labels.begin() + (random_.percent(40) ? static_cast<std::ptrdiff_t>(labels.size()) : at), label);
        } else if (which == 23) {
          if (labels.size() == static_cast<std::size_t>(rows_per_table)) return {};
          labels.erase(labels.begin() + at);
        } else {
          kind = &kind_of<changes::rename_label>;
          renamed = store_.name(fresh(used, "label_"));
          labels[static_cast<std::size_t>(at)] = str(renamed);
        }
        const dt::sql_type type = store_.enumeration(str(c->type.labels->name), labels);
        return model::change{kind, {}, store_.name(label), store_.column("labels", type), nullptr, renamed};
      }
      default: {
        // PostgreSQL writes raw SQL anew when its column changes its type, and not as it was when it changes back.
        for (const model::part* p : t->parts) {
          if (model::any_sql(*p, [&](dt::text_view sql) { return model::mentions(sql, c->name); })) return {};
        }
        if (c->value.kind == model::default_kind::expression) return {};
        return model::change{&kind_of<changes::set_type>, t->name, c->name,
                             store_.column(str(c->name), wider(c->type), {})};
      }
    }
    return {};
  }

 public:
  static std::string quoted(const std::string& name) {
    std::string result = "\"";
    for (char c : name) result += c == '"' ? std::string("\"\"") : c == dt::schema_mark ? std::string("\".\"") : std::string(1, c);
    return result + '"';
  }

 private:
  schema_store& store_;
  random_source& random_;
  const server& server_;
  std::vector<begun> begun_;
  std::vector<dt::sql_type> enumerations_;
  std::vector<dt::identifier> labels_;
  std::vector<std::string> callable_;  ///< routines that a trigger may call
  std::vector<std::pair<dt::identifier, const model::partition*>> detached_;  ///< and of which table each has been
  std::vector<std::string> places_;    ///< schemas of the server's, in which a table may be
  std::set<std::string> relations_;  ///< tables, indexes and types share their names on some server
  int serial_ = 100;
};

// ---- Saying what they are -------------------------------------------------------------------------------------------

/// Between quotes and without ambiguity.
inline std::string shown(std::string_view text) {
  constexpr char digits[] = "0123456789abcdef";
  std::string result = "\"";
  for (char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\')
      result += {'\\', c};
    else if (byte < 0x20 || byte == 0x7f)
      result += {'\\', 'x', digits[byte >> 4], digits[byte & 15U]};
    else
      result += c;
  }
  return result + '"';
}
inline std::string shown(dt::text_view text) { return shown(std::string_view(text.data(), text.size())); }
inline std::string shown(dt::array_view<dt::identifier> names) {
  std::string result = "(";
  for (const dt::identifier& name : names) result += (result.size() == 1 ? "" : ", ") + shown(name.text());
  return result + ')';
}

inline std::string to_text(const dt::sql_type& type) {
  std::string result =
      str(dt::type_word(type.kind)) + ' ' + std::to_string(type.length) + ' ' + std::to_string(type.scale);
  if (type.element != nullptr)
    result += " of " + to_text(type.element->type);
  else if (type.labels != nullptr)
    result += ' ' + shown(type.labels->name.text()) + shown(type.labels->labels);
  return result;
}
inline std::string to_text(const model::part& p) {
  std::string result = str(model::word(p.kind)) + ' ' + shown(p.name.text());
  if (const model::column* c = model::as_column(&p))
    result += ' ' + to_text(c->type) + (c->nullable ? " null" : "") + " default " +
              std::to_string(static_cast<int>(c->value.kind)) + shown(c->value.text) + " identity " +
              std::to_string(static_cast<int>(c->identity)) + " generated " +
              std::to_string(static_cast<int>(c->details().generated)) + shown(c->details().expression) + " collate " +
              shown(c->details().collation) + " said " + shown(c->details().comment);
  if (const model::sync* s = model::as_sync(&p)) {
    for (const auto& side : {s->older, s->newer}) {
      for (const model::assignment& a : side) result += ' ' + shown(a.column.text()) + " = " + shown(a.expression);
      result += ';';
    }
    result += " stale " + std::to_string(static_cast<int>(s->stale)) + (s->follows ? " follows" : "") + (s->moves ? " moves" : "");
    if (s->along != nullptr)
      result += " along " + shown(s->along->columns) + " to " + shown(s->along->target.text()) + shown(s->along->target_columns);
  }
  const auto values = [&](const char* word, dt::array_view<model::default_value> all) {
    result += word;
    for (const model::default_value& each : all) result += ' ' + std::to_string(static_cast<int>(each.kind)) + shown(each.text);
  };
  if (const model::partitioning* by = model::as_partitioning(&p)) result += " by " + std::to_string(static_cast<int>(by->by));
  if (const model::partition* each = model::as_partition(&p)) {
    values(" from", each->from);
    values(" until", each->until);
    values(" values", each->values);
    result += ' ' + std::to_string(static_cast<int>(each->by)) + ' ' + std::to_string(each->modulus) + ' ' + std::to_string(each->remainder);
  }
  if (p.kind == model::part_kind::comment) result += ' ' + shown(static_cast<const model::comment&>(p).text);
  if (p.kind == model::part_kind::trigger)
    result += ' ' + shown(static_cast<const model::trigger&>(p).event) + shown(static_cast<const model::trigger&>(p).action);
  if (const model::check* c = model::as_check(&p)) result += ' ' + shown(c->expression);
  if (const model::sequence* s = model::as_sequence(&p)) {
    result += ' ' + str(dt::type_word(s->type)) + (s->cycles ? " cycles " : " ") + shown(s->owner.text()) + shown(s->owner_column.text());
    for (std::int64_t each : {s->start, s->increment, s->min, s->max, s->cache}) result += ' ' + std::to_string(each);
  }
  result += ' ' + shown(model::columns_of(&p));
  if (const model::key* k = model::as_key(&p))
    result += " deferred " + std::to_string(static_cast<int>(k->deferred)) + (k->nulls_not_distinct ? " nulls" : "");
  if (const model::foreign_key* f = model::as_foreign_key(&p))
    result += " to " + shown(f->target.text()) + shown(f->target_columns) + " delete " +
              std::to_string(static_cast<int>(f->on_delete)) + " update " +
              std::to_string(static_cast<int>(f->on_update)) + " deferred " +
              std::to_string(static_cast<int>(f->deferred));
  if (const model::index* i = model::as_elements(&p))
    result += " deferred " + std::to_string(static_cast<int>(i->details().deferred)) + std::string(i->unique ? " unique " : " ") + shown(i->details().elements) + " where " + shown(i->details().predicate) + " by " +
              shown(i->details().method) + " with " + shown(i->details().included);
  return result;
}
/// What an index or exclusion constraint stands on, as it could have been declared.
inline std::vector<model::index_key> keys_of(const model::index& i) {
  std::vector<model::index_key> keys;
  std::size_t column = 0;
  if (i.details().elements.empty())
    for (const dt::identifier& name : i.columns) keys.push_back({name});
  else
    i.each_element([&](const model::index_element& e) {
      const std::string order = str(e.order);
      model::index_key k;
      if (e.is_sql)
        k.expression = e.body;
      else
        k.column = i.columns[column++];
      k.with = e.with;
      k.descending = order.find(" DESC") != std::string::npos;
      for (const char* nulls : {"NULLS FIRST", "NULLS LAST"})
        if (order.find(nulls) != std::string::npos) k.nulls = nulls;
      keys.push_back(k);
    });
  return keys;
}
/// A line per table and part, sorted: two schemas are equal when their texts are. An oracle for model::compare that
/// shares nothing with it.
inline std::string to_text(const model::schema& s) {
  std::vector<std::string> lines;
  for (const model::table* t : s.tables) {
    std::string line = shown(t->name.text());
    if (const model::routine_details* r = t->routine)
      line += shown(t->query) + shown(r->language) + shown(r->arguments) + shown(r->result) + shown(r->attributes);
    lines.push_back(line);
    for (const model::part* p : t->parts) lines.push_back(shown(t->name.text()) + ' ' + to_text(*p));
  }
  std::sort(lines.begin(), lines.end());
  std::string result;
  for (const std::string& line : lines) result += line + '\n';
  return result;
}
inline std::string to_text(const model::change& c) {
  std::string result = str(c.kind->name) + ' ' + shown(c.table.text()) + ' ' + shown(c.object.text());
  if (!c.renamed.empty()) result += " to " + shown(c.renamed.text());
  if (c.declared != nullptr) result += "\n    " + to_text(*c.declared);
  if (c.created != nullptr && c.created->routine != nullptr) result += "\n    " + shown(c.created->query);
  if (c.created != nullptr)
    for (const model::part* p : c.created->parts) result += "\n    " + to_text(*p);
  return result;
}

inline std::string to_text(const dt::list<dt::finding>& found) {
  std::string result;
  for (const dt::finding& f : found) {
    result += str(dt::diagnose::name_of(f.what));
    for (std::size_t i = 0; i != dt::diagnose::count_lines(f); ++i) {
      dt::text_buffer line;
      dt::diagnose::put_line(line, f, i);
      result += "; " + str(line.all());
    }
    result += '\n';
  }
  return result;
}

/// Everything that is wrong with the declaration of a schema.
inline dt::list<dt::finding> findings_of(const model::schema& s) {
  dt::list<dt::finding> found;
  for (const model::table* t : s.tables)
    model::validate(*t, [&](const dt::identifier& name) { return s.find(name); }, dt::finding{}, found);
  model::validate_names(s, dt::finding{}, found);
  return found;
}
inline dt::list<dt::finding> differences(const model::schema& a, const model::schema& b) {
  dt::list<dt::finding> found;
  dt::finding proto;
  proto.what = dt::code::SC_DIFFERS;
  model::compare(a, b, proto, found);
  return found;
}

// ---- Scenarios ------------------------------------------------------------------------------------------------------

/// A schema and changes of it, one after the other.
struct scenario {
  const model::schema* start = nullptr;
  std::vector<model::change> steps;
};

inline std::string to_text(const scenario& s) {
  std::string result = to_text(*s.start);
  for (const model::change& c : s.steps) result += "  " + to_text(c) + '\n';
  return result;
}

/// The versions of a scenario, from the first to the last; empty if its start is not valid or a step or its inverse
/// cannot be applied.
inline std::vector<const model::schema*> versions_of(schema_store& store, const scenario& s) {
  if (!findings_of(*s.start).empty()) return {};
  std::vector<const model::schema*> versions{s.start};
  dt::list<dt::finding> found;
  for (const model::change& c : s.steps) {
    const model::schema* after = store.apply(*versions.back(), c, found);
    if (after == nullptr || store.apply(*after, model::natural_inverse(c, *versions.back()), found) == nullptr)
      return {};
    versions.push_back(after);
  }
  return versions;
}

/// A server can have all tables of these versions.
inline bool is_supported(const server& target, const std::vector<const model::schema*>& versions) {
  for (const model::schema* s : versions)
    for (const model::table* t : s->tables)
      for (const model::part* p : t->parts)
        if (target.refuses != nullptr && !target.refuses(*p, *t).empty()) return false;
  return !versions.empty();
}

inline scenario make_scenario(schema_store& store, random_source& random, const server& target, int tables, int steps) {
  generator g(store, random, target);
  scenario s{g.schema(tables), {}};
  const model::schema* now = s.start;
  for (int n = random.between(1, steps); n != 0; --n) {
    const std::optional<model::change> c = g.change(*now);
    if (!c) continue;
    dt::list<dt::finding> found;
    const model::schema* after = store.apply(*now, *c, found);
    // A step that only data could undo (of a required column) has no place in a migration.
    if (store.apply(*after, model::natural_inverse(*c, *now), found) == nullptr) continue;
    s.steps.push_back(*c);
    now = after;
  }
  return s;
}

/// What is wrong, or empty.
using property = std::function<std::string(schema_store&, const scenario&)>;

inline std::string outcome(const property& holds, schema_store& store, const scenario& s) {
  try {
    return holds(store, s);
  } catch (const std::exception& e) {
    return e.what();
  }
}

namespace detail {

/// Only raw SQL does not say what it needs, and no partition which rows have their places in it.
inline bool is_checked(const model::table& t, std::size_t part) {
  if (t.parts[part]->kind == model::part_kind::partition || t.parts[part]->kind == model::part_kind::partitioning) return true;
  if (model::as_column(t.parts[part]) == nullptr) return false;
  const auto names_it = [&](dt::text_view sql) { return model::mentions(sql, t.parts[part]->name); };
  for (const model::part* p : t.parts)
    if (model::any_sql(*p, names_it)) return true;
  return false;
}
/// A table without one of its parts.
inline const model::table* without(schema_store& store, const model::table& t, std::size_t part) {
  std::vector<const model::part*> parts(t.parts.begin(), t.parts.end());
  parts.erase(parts.begin() + static_cast<std::ptrdiff_t>(part));
  return store.table(t.name, {parts.data(), parts.size()});
}

/// A table that is not partitioned.
inline const model::table* whole(schema_store& store, const model::table& t) {
  std::vector<const model::part*> parts;
  for (const model::part* p : t.parts)
    if (p->kind != model::part_kind::partitioning && p->kind != model::part_kind::partition) parts.push_back(p);
  return store.table(t.name, {parts.data(), parts.size()});
}

/// Calls `attempt(scenario)` with each scenario that is smaller by one thing, until it says true.
template <class Attempt>
bool each_smaller(schema_store& store, const scenario& s, Attempt attempt) {
  for (std::size_t i = s.steps.size(); i-- != 0;) {
    // A trigger may call what it makes.
    if (s.steps[i].created != nullptr && s.steps[i].created->routine != nullptr) continue;
    scenario smaller = s;
    smaller.steps.erase(smaller.steps.begin() + static_cast<std::ptrdiff_t>(i));
    if (attempt(smaller)) return true;
  }
  const auto tables = [&](auto edit) {
    std::vector<const model::table*> list(s.start->tables.begin(), s.start->tables.end());
    edit(list);
    return scenario{store.schema(s.start->version, {list.data(), list.size()}), s.steps};
  };
  for (std::size_t i = 0; i != s.start->tables.size(); ++i)
    if (s.start->tables[i]->routine == nullptr && attempt(tables([&](auto& list) { list.erase(list.begin() + static_cast<std::ptrdiff_t>(i)); }))) return true;
  for (std::size_t i = 0; i != s.start->tables.size(); ++i)
    if (s.start->tables[i]->find_partitioning() != nullptr && attempt(tables([&](auto& list) { list[i] = whole(store, *list[i]); }))) return true;
  for (std::size_t i = 0; i != s.start->tables.size(); ++i)
    for (std::size_t j = s.start->tables[i]->parts.size(); j-- != 0;)
      if (!is_checked(*s.start->tables[i], j) &&
          attempt(tables([&](auto& list) { list[i] = without(store, *list[i], j); })))
        return true;
  for (std::size_t i = 0; i != s.steps.size(); ++i) {
    if (s.steps[i].created == nullptr) continue;
    for (std::size_t j = s.steps[i].created->parts.size(); j-- != 0;) {
      if (is_checked(*s.steps[i].created, j)) continue;
      scenario smaller = s;
      smaller.steps[i].created = without(store, *s.steps[i].created, j);
      if (attempt(smaller)) return true;
    }
  }
  return false;
}

}  // namespace detail

/// The smallest scenario that is found, by leaving out one thing after the other, and still fails.
inline scenario shrink(schema_store& store, scenario failing, const server& target, const property& holds,
                       int most_attempts = 2000) {
  const auto smaller_fails = [&](const scenario& s) {
    if (--most_attempts < 0 || !is_supported(target, versions_of(store, s)) || outcome(holds, store, s).empty())
      return false;
    failing = s;
    return true;
  };
  while (most_attempts > 0 && detail::each_smaller(store, scenario(failing), smaller_fails)) {
  }
  return failing;
}

inline std::uint64_t environment(const char* name, std::uint64_t otherwise) {
  const char* given = std::getenv(name);
  return given == nullptr || *given == '\0' ? otherwise : std::strtoull(given, nullptr, 10);
}

struct verdict {
  std::uint64_t cases = 0;
  std::uint64_t steps = 0;
  std::string failure;  ///< the smallest scenario, what is wrong with it, and how to see it again; or empty
};

/// Tries a property on so many random scenarios of up to `tables` tables and `steps` steps, up to the first that fails.
inline verdict try_all(std::uint64_t cases, const server& target, int tables, int steps, const property& holds) {
  const std::uint64_t seed = environment("DOVETAIL_SEED", 1);
  verdict v;
  for (cases = environment("DOVETAIL_CASES", cases); v.cases != cases; ++v.cases) {
    schema_store store;
    random_source random(seed + v.cases);
    const scenario s = make_scenario(store, random, target, tables, steps);
    v.steps += s.steps.size();
    scenario smallest = s;
    std::string wrong;
    if (!is_supported(target, versions_of(store, s))) {
      wrong = "the generator made what it may not: " + to_text(findings_of(*s.start));
    } else {
      wrong = outcome(holds, store, s);
      if (wrong.empty()) continue;
      smallest = shrink(store, s, target, holds);
      if (const std::string again = outcome(holds, store, smallest); !again.empty()) wrong = again;
    }
    v.failure = wrong + "\nDOVETAIL_SEED=" + std::to_string(seed + v.cases) + " DOVETAIL_CASES=1 fails; smallest:\n" +
                to_text(smallest);
    break;
  }
  return v;
}

// ---- Statements at run time -----------------------------------------------------------------------------------------

struct run_statement {
  std::string text;
  dt::statement facts;
};

inline std::vector<run_statement> statements_of(const dt::detail::script_builder& b) {
  std::vector<run_statement> result;
  std::size_t begin = 0;
  for (std::size_t i = 0; i != b.size(); ++i) {
    result.push_back({str(b.text().all().substr(begin, b.ends()[i] - begin)), b.facts()[i]});
    begin = b.ends()[i];
  }
  return result;
}
template <class Dialect>
std::vector<run_statement> creation_of(const model::schema& s) {
  dt::detail::script_builder b;
  Dialect::create_begin(b);
  for (const model::table* t : s.tables) {
    Dialect::create(b, s, *t);
    dt::detail::partition_ddl<Dialect>::create(b, *t);
  }
  for (const model::table* t : s.tables) Dialect::create_references(b, s, *t);
  Dialect::create_end(b, s);
  return statements_of(b);
}
template <class Dialect>
std::vector<run_statement> change_of(const model::change& c, const model::schema& before, const model::schema& after) {
  dt::detail::script_builder b;
  if (model::any_partitioned(before.tables) || model::any_partitioned(after.tables))
    dt::detail::put_change<Dialect, true>(b, c, before, after);
  else
    dt::detail::put_change<Dialect>(b, c, before, after);
  return statements_of(b);
}

// ---- Rows, and what differs ---------------------------------------------------------------------------------------

/// Whether some key needs the column to have a value in every row.
inline bool is_in_key(const model::table& t, const model::column& c) {
  for (const model::part* p : t.parts)
    if (model::as_key(p) != nullptr)
      for (const dt::identifier& name : model::columns_of(p))
        if (name == c.name) return true;
  return false;
}
inline bool is_null_in(const model::table& t, const model::column& c, int row) {
  return row == 1 && c.nullable && !is_in_key(t, c);
}

/// Lines that only one of the two has.
inline std::string difference_of(const std::vector<std::string>& wanted, const std::vector<std::string>& found) {
  std::string result;
  std::vector<std::string> only;
  std::set_difference(wanted.begin(), wanted.end(), found.begin(), found.end(), std::back_inserter(only));
  for (const std::string& line : only) result += "  missing: " + line + '\n';
  only.clear();
  std::set_difference(found.begin(), found.end(), wanted.begin(), wanted.end(), std::back_inserter(only));
  for (const std::string& line : only) result += "  extra:   " + line + '\n';
  return result;
}

}  // namespace test
