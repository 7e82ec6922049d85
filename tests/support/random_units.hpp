// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <array>
#include <deque>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include <dovetail/run/statement.hpp>

#include <support/cells.hpp>

/// Random tables, readers and writers of them, and changes: the verdict of compat/check.hpp is compared with what the
/// statements do on a server. `try_units<Server>` draws, runs, and makes a failing case smaller.
namespace test::units {

using cells::text_value;

// ---- What is drawn from ---------------------------------------------------------------------------------------------

/// A type of field without what a connection does with it.
struct any_field {
  const dt::field_type* type;
  std::string own;
  std::vector<cells::text_pair> values;
  text_value (*reread)(std::string_view);  ///< what the type makes of a text; throws unreadable
};
struct unreadable : std::runtime_error {
  using runtime_error::runtime_error;
};
struct any_fields {
  std::vector<any_field> all;

  template <class T>
  void add(const std::string& own, const std::vector<cells::sample<T>>& samples) {
    any_field made{&dt::detail::field_type_of<T>, own, {}, [](std::string_view text) -> text_value {
                     typename dt::run::detail::element_value<T>::type value{};
                     if (const dt::text_view fault = dt::run::parse_text(text, value); !fault.empty())
                       throw unreadable(test::str(fault));
                     return cells::text_of_value(value);
                   }};
    for (const cells::sample<T>& each : samples)
      if (!each.rare) made.values.push_back({each.text, each.sqlite});
    all.push_back(made);
  }
};

template <class Server>
struct material {
  std::vector<any_field> fields;
  std::vector<cells::column_case> columns;
  /// Of a column, the fields that the verdict of the single cell accepts.
  std::vector<std::vector<std::size_t>> readers;
  std::vector<std::vector<std::size_t>> writers;

  material() {
    any_fields list;
    cells::add_numbers(list);
    cells::add_texts(list);
    cells::add_times(list);
    if (!Server::is_sqlite) cells::add_arrays(list);
    fields = std::move(list.all);
    for (const cells::column_case& c : cells::columns()) {
      if (c.column().nullable || !Server::dialect::refuses(c.column(), c.table()).empty()) continue;
      columns.push_back(c);
      readers.emplace_back();
      writers.emplace_back();
      for (std::size_t i = 0; i != fields.size(); ++i) {
        if (dt::compat::reading(*fields[i].type, c.table().domain_of(c.column())).ok) readers.back().push_back(i);
        if (dt::compat::writing(*fields[i].type, c.column().type).ok) writers.back().push_back(i);
      }
    }
  }
};

// ---- A case ---------------------------------------------------------------------------------------------------------

struct column_plan {
  std::string name;
  std::size_t type = 0;  ///< of material::columns, its check included
  bool nullable = false;
  bool has_check = true;
  bool has_default = false;
  bool unique = false;

  friend bool operator==(const column_plan&, const column_plan&) = default;
};
/// `"t"`, and `"other"`, whose `"t_id"` points at it.
struct version_plan {
  model::identity_kind identity = model::identity_kind::none;
  std::vector<column_plan> columns;
  bool has_other = false;
  std::vector<column_plan> other;
  std::optional<dt::referential_action> reference;
};
struct field_plan {
  std::string column;
  std::size_t type = 0;  ///< of material::fields
  bool of_other = false;
  bool promised = false;  ///< to satisfy the check of its column
};
struct unit_plan {
  model::unit_kind kind = model::unit_kind::reads;
  std::vector<field_plan> fields;
  std::vector<std::string> key;
  std::optional<model::join_kind> join;
};
struct plan {
  std::vector<version_plan> versions;
  std::optional<unit_plan> writer;
  std::optional<unit_plan> reader;
  std::uint64_t seed = 0;
};

template <class Server>
class planner {
 public:
  planner(const material<Server>& from, random_source& random) : from_(from), random_(random) {}

  plan make(std::uint64_t seed) {
    plan p;
    p.seed = seed;
    p.versions.push_back(first());
    for (int n = random_.between(0, 2); n != 0; --n) p.versions.push_back(next(p.versions.back()));
    p.writer = writer(random_.pick(p.versions));
    p.reader = reader(random_.pick(p.versions));
    return p;
  }

 private:
  column_plan column(const std::vector<column_plan>& beside) {
    column_plan c;
    const auto is_taken = [&] {
      for (const column_plan& other : beside)
        if (other.name == c.name) return true;
      return c.name == "id" || c.name == "t_id";
    };
    do c.name = random_.percent(30) ? random_.pick(test::hostile_names()) : "c" + std::to_string(random_.between(1, 9));
    while (is_taken());
    c.type = random_.below(from_.columns.size());
    c.nullable = random_.percent(40);
    c.has_check = random_.percent(70);
    c.has_default = random_.percent(30);
    return c;
  }
  version_plan first() {
    version_plan v;
    if (random_.percent(30))
      v.identity = random_.percent(70) ? model::identity_kind::by_default : model::identity_kind::always;
    for (int n = random_.between(1, 4); n != 0; --n) v.columns.push_back(column(v.columns));
    v.has_other = random_.percent(60);
    for (int n = random_.between(1, 2); n != 0; --n) v.other.push_back(column(v.other));
    if (random_.percent(50)) v.reference = random_action();
    return v;
  }
  dt::referential_action random_action() {
    return random_.pick(std::array{dt::no_action, dt::cascade, dt::set_null, dt::referential_action::restrict});
  }
  version_plan next(version_plan v) {
    const std::size_t at = v.columns.empty() ? 0 : random_.below(v.columns.size());
    switch (v.columns.empty() ? 0 : random_.below(10)) {
      case 0: v.columns.push_back(column(v.columns)); break;
      case 1: v.columns.erase(v.columns.begin() + static_cast<std::ptrdiff_t>(at)); break;
      case 2: v.columns[at].type = random_.below(from_.columns.size()); break;
      case 3: v.columns[at].nullable = !v.columns[at].nullable; break;
      case 4: v.columns[at].has_check = !v.columns[at].has_check; break;
      case 5: v.columns[at].has_default = !v.columns[at].has_default; break;
      case 6: v.columns[at].unique = !v.columns[at].unique; break;
      case 7: v.has_other = !v.has_other; break;
      case 8:
        if (v.reference)
          v.reference.reset();
        else
          v.reference = random_action();
        break;
      default: v.identity = v.identity == model::identity_kind::none ? model::identity_kind::by_default
                                                                       : model::identity_kind::none;
    }
    return v;
  }

  /// Mostly one that the verdict of the cell accepts.
  std::size_t field_for(const std::vector<std::vector<std::size_t>>& accepted, const column_plan& c) {
    const auto& good = accepted[c.type];
    return good.empty() || random_.percent(15) ? random_.below(from_.fields.size()) : random_.pick(good);
  }
  std::size_t field_of(const dt::field_type& type) {
    for (std::size_t i = 0; i != from_.fields.size(); ++i)
      if (from_.fields[i].type == &type) return i;
    throw std::logic_error("no such type of field");
  }
  std::vector<field_plan> fields(const std::vector<column_plan>& columns, bool writes, int percent) {
    std::vector<field_plan> result;
    for (const column_plan& c : columns)
      if (random_.percent(percent))
        result.push_back({c.name, field_for(writes ? from_.writers : from_.readers, c), false, random_.percent(40)});
    return result;
  }

  unit_plan writer(const version_plan& v) {
    unit_plan u;
    u.kind = random_.pick(std::array{model::unit_kind::inserts, model::unit_kind::inserts, model::unit_kind::updates,
                                     model::unit_kind::upserts, model::unit_kind::deletes});
    const std::string key = find_by(v, 15);
    if (u.kind != model::unit_kind::deletes) {
      u.fields = fields(v.columns, true, u.kind == model::unit_kind::updates ? 60 : 90);
      if (random_.percent(4)) u.fields.push_back({"gone", random_.below(from_.fields.size())});
    }
    const bool has_id = u.kind != model::unit_kind::inserts ? key == "id" || u.kind == model::unit_kind::upserts
                                                            : v.identity == model::identity_kind::none || random_.percent(30);
    if (has_id && !random_.percent(3))
      u.fields.insert(u.fields.begin(), {"id", field_of(dt::detail::field_type_of<std::int64_t>)});
    if (u.kind == model::unit_kind::updates || u.kind == model::unit_kind::upserts) u.key = {key};
    if (key != "id" && !has(u, key))
      for (const column_plan& c : v.columns)
        if (c.name == key) u.fields.push_back({key, field_for(from_.writers, c)});
    return u;
  }
  unit_plan reader(const version_plan& v) {
    unit_plan u;
    if (random_.percent(10)) u.kind = model::unit_kind::uses;
    u.fields = fields(v.columns, false, 80);
    if (random_.percent(4)) u.fields.push_back({"gone", random_.below(from_.fields.size())});
    if (u.kind == model::unit_kind::reads && v.has_other && random_.percent(40)) {
      u.join = random_.pick(std::array{model::join_kind::inner, model::join_kind::left, model::join_kind::right,
                                       model::join_kind::full});
      for (field_plan f : fields(v.other, false, 80)) {
        f.of_other = true;
        u.fields.push_back(f);
      }
    } else if (u.kind == model::unit_kind::reads && !v.columns.empty() && random_.percent(20)) {
      u.key = {find_by(v, 50)};
    }
    if (u.fields.empty()) u.fields.push_back({"id", field_of(dt::detail::field_type_of<std::int64_t>)});
    return u;
  }
  /// A column by which rows are found. PostgreSQL's json cannot be compared, which no verdict looks at.
  std::string find_by(const version_plan& v, int percent) {
    if (v.columns.empty() || !random_.percent(percent)) return "id";
    const column_plan& c = random_.pick(v.columns);
    return from_.columns[c.type].column().type.kind == dt::type_kind::json ? "id" : c.name;
  }
  static bool has(const unit_plan& u, const std::string& column) {
    for (const field_plan& f : u.fields)
      if (f.column == column) return true;
    return false;
  }

  const material<Server>& from_;
  random_source& random_;
};

/// Each case that is smaller by one thing.
inline std::vector<plan> smaller(const plan& p) {
  std::vector<plan> result;
  const auto without = [&](auto edit) {
    plan q = p;
    edit(q);
    result.push_back(q);
  };
  for (std::size_t i = 0; p.versions.size() > 1 && i != p.versions.size(); ++i)
    without([&](plan& q) { q.versions.erase(q.versions.begin() + static_cast<std::ptrdiff_t>(i)); });
  if (p.writer) without([](plan& q) { q.writer.reset(); });
  if (p.reader) without([](plan& q) { q.reader.reset(); });
  for (auto which : {&plan::writer, &plan::reader}) {
    if (!(p.*which)) continue;
    for (std::size_t i = 0; i != (p.*which)->fields.size(); ++i)
      without([&](plan& q) { (q.*which)->fields.erase((q.*which)->fields.begin() + static_cast<std::ptrdiff_t>(i)); });
    if ((p.*which)->join) without([&](plan& q) { (q.*which)->join.reset(); });
    for (std::size_t i = 0; i != (p.*which)->fields.size(); ++i)
      if ((p.*which)->fields[i].promised) without([&](plan& q) { (q.*which)->fields[i].promised = false; });
  }
  std::set<std::string> names;
  for (const version_plan& v : p.versions)
    for (const column_plan& c : v.columns) names.insert(c.name);
  const auto each = [&](const std::string& name, auto edit) {
    plan q = p;
    bool any = false;
    for (version_plan& v : q.versions)
      for (column_plan& c : v.columns)
        if (c.name == name) any = edit(c) || any;
    if (any) result.push_back(q);
  };
  for (const std::string& name : names) {
    without([&](plan& q) {
      for (version_plan& v : q.versions) std::erase_if(v.columns, [&](const column_plan& c) { return c.name == name; });
    });
    each(name, [](column_plan& c) { return std::exchange(c.has_default, false); });
    each(name, [](column_plan& c) { return std::exchange(c.has_check, false); });
    each(name, [](column_plan& c) { return std::exchange(c.unique, false); });
    each(name, [](column_plan& c) { return std::exchange(c.nullable, false); });
  }
  without([](plan& q) {
    for (version_plan& v : q.versions) v.has_other = false;
  });
  // What changed nothing is no smaller.
  if (!p.versions.front().has_other && !p.versions.back().has_other) result.pop_back();
  return result;
}

// ---- A case as values of the library --------------------------------------------------------------------------------

/// A unit that is made at run time, and what it points at.
struct made_unit {
  model::unit value;
  model::row row;
  std::vector<model::field> fields;
  std::vector<dt::identifier> columns;
  std::vector<dt::identifier> key;
  std::vector<model::origin> origins;
  std::vector<model::promise> promises;
  std::vector<const model::promise*> promise_list;
  model::join join;
  const model::join* join_list[1]{};
};

template <class Server>
class builder {
 public:
  builder(const material<Server>& from, test::schema_store& store) : from_(from), store_(store) {}

  const cells::column_case& case_of(const column_plan& c) const { return from_.columns[c.type]; }
  const model::check* rule_of(const column_plan& c) const {
    if (c.has_check && c.name.find('\\') == std::string::npos)  // which no expression may hold
      for (const model::part* p : case_of(c).table().parts)
        if (const model::check* found = model::as_check(p)) return found;
    return nullptr;
  }

  const model::schema* schema(const version_plan& v, const std::string& name) {
    std::vector<const model::part*> parts{store_.column("id", dt::bigint::type, {false, {}, v.identity}),
                                          store_.primary_key({"id"})};
    add(parts, v.columns, "t");
    std::vector<const model::table*> tables{store_.table("t", parts)};
    if (v.has_other) {
      parts = {store_.column("id", dt::bigint::type), store_.primary_key({"id"}),
               store_.column("t_id", dt::bigint::type, {true, {}, {}})};
      add(parts, v.other, "other");
      if (v.reference)
        parts.push_back(store_.foreign_key("other_t_fkey", {"t_id"}, "t", {"id"}, {*v.reference, dt::no_action}));
      tables.push_back(store_.table("other", parts));
    }
    return store_.schema(name, tables);
  }

  const made_unit& unit(const unit_plan& p, const std::vector<version_plan>& versions) {
    made_unit& u = units_.emplace_back();
    for (const field_plan& f : p.fields) {
      const dt::identifier column = store_.name(f.column);
      u.fields.push_back({column, from_.fields[f.type].type});
      u.columns.push_back(column);
      u.origins.push_back({f.of_other ? 1U : 0U, nullptr});
      if (const model::check* rule = promised(f, versions)) u.promises.push_back({column, rule->rule, {}});
    }
    for (const std::string& name : p.key) u.key.push_back(store_.name(name));
    for (const model::promise& each : u.promises) u.promise_list.push_back(&each);
    u.row = {"row", {u.fields.data(), u.fields.size()}};
    u.value.kind = p.kind;
    u.value.table = "t";
    u.value.fields = &u.row;
    u.value.columns = {u.columns.data(), u.columns.size()};
    u.value.key = {u.key.data(), u.key.size()};
    u.value.promises = {u.promise_list.data(), u.promise_list.size()};
    if (p.join) {
      u.join = {*p.join, "other", "other", "id", "t_id"};
      u.join_list[0] = &u.join;
      u.value.joins = {u.join_list, 1};
      u.value.origins = {u.origins.data(), u.origins.size()};
    }
    return u;
  }
  /// The check that a field promises to satisfy.
  const model::check* promised(const field_plan& f, const std::vector<version_plan>& versions) const {
    if (f.promised)
      for (const version_plan& v : versions)
        for (const column_plan& c : v.columns)
          if (c.name == f.column)
            if (const model::check* rule = rule_of(c)) return rule;
    return nullptr;
  }

 private:
  void add(std::vector<const model::part*>& parts, const std::vector<column_plan>& columns, const std::string& table) {
    for (const column_plan& c : columns) {
      const std::string number = ' ' + std::to_string(dt::identifier(c.name.c_str()).hash % 1'000'000);
      dt::run::column_options options;
      options.nullable = c.nullable;
      if (c.has_default) options.value = default_of(c);
      parts.push_back(store_.column(c.name, case_of(c).column().type, options));
      if (const model::check* rule = rule_of(c))
        parts.push_back(store_.check("rule of " + table + number, c.name, rule->rule));
      if (c.unique && case_of(c).column().type.kind != dt::type_kind::json)
        parts.push_back(store_.index("unique in " + table + number, {c.name}, true));
    }
  }
  /// The column's first value, where servers agree on how it is written.
  model::default_value default_of(const column_plan& c) {
    const model::column& column = case_of(c).column();
    model::default_value value{model::default_kind::text, store_.text(*case_of(c).values.front().text)};
    switch (dt::facts_of(column.type.kind).literal) {
      case dt::literal_form::none: return {};
      case dt::literal_form::whole: value.kind = model::default_kind::number; break;
      case dt::literal_form::truth: value.kind = model::default_kind::boolean; break;
      default: break;
    }
    model::column with = column;
    with.value = value;
    return model::default_fault(with).empty() ? value : model::default_value{};
  }

  const material<Server>& from_;
  test::schema_store& store_;
  std::deque<made_unit> units_;
};

/// The statement of a unit, from the parts that statement_of puts together at compile time.
inline std::string statement_of(const model::unit& u) {
  using namespace dt::run::detail;
  dt::text_buffer out;
  switch (u.kind) {
    case model::unit_kind::reads: put_select(out, u); break;
    case model::unit_kind::inserts: put_insert(out, u); break;
    case model::unit_kind::upserts:
      put_insert(out, u);
      put_conflict(out, u);
      break;
    case model::unit_kind::updates:
      out << "UPDATE " << dt::sql::quoted{u.table};
      put_pairs(out, u, " SET ", ", ", false);
      put_pairs(out, u, " WHERE ", " AND ", true);
      break;
    case model::unit_kind::deletes:
      out << "DELETE FROM " << dt::sql::quoted{u.table};
      put_pairs(out, u, " WHERE ", " AND ", false);
      break;
    case model::unit_kind::uses:
      out << "SELECT 1 FROM " << dt::sql::quoted{u.table} << " WHERE 1 = 1";
      for (const dt::identifier& c : u.columns) out << " AND " << dt::sql::quoted{c} << " IS NOT NULL";
      break;
  }
  return test::str(out.all());
}

// ---- Running it -----------------------------------------------------------------------------------------------------

/// Why a server refuses a statement.
enum class refusal : unsigned char {
  value,      ///< one that the column's type does not take
  rule,       ///< a check
  unique,
  reference,
  other,
};
struct server_error : std::runtime_error {
  server_error(refusal kind, const std::string& what) : runtime_error(what), kind(kind) {}
  refusal kind;
};
/// A value on its way to the server.
struct parameter {
  dt::family kind;
  std::string own;
  text_value text;
};

inline std::string quoted(const std::string& name) { return test::generator::quoted(name); }

struct tally {
  std::uint64_t cases = 0;
  std::uint64_t accepted = 0;
  std::uint64_t refused = 0;
  std::map<std::string, int> price;
  std::string failure;

  std::string summary() const {
    int strict = 0;
    for (const auto& [code, count] : price) strict += count;
    std::string result = std::to_string(cases) + " cases, " + std::to_string(accepted) + " units accepted, " +
                         std::to_string(refused) + " refused, of which " + std::to_string(strict) + " would have worked:";
    for (const auto& [code, count] : price) result += ' ' + code + ' ' + std::to_string(count);
    return result + '\n';
  }
};

inline const std::string invalid = "the case is not valid";

template <class Server>
class runner {
 public:
  runner(const material<Server>& from, Server& db, tally& to) : from_(from), db_(db), tally_(to), build_(from, store_) {}

  /// What is wrong with a case, or empty.
  std::string run(const plan& p) {
    plan_ = &p;
    for (std::size_t i = 0; i != p.versions.size(); ++i) {
      versions_.push_back(build_.schema(p.versions[i], std::to_string(i + 1)));
      if (const auto found = test::findings_of(*versions_[i]); !found.empty())
        return invalid;
    }
    for (now_ = 0; now_ != p.versions.size(); ++now_) {
      if (now_ == 0 || !migrate()) db_.create(test::creation_of<typename Server::dialect>(*versions_[now_]));
      fill();
      for (const auto& u : {p.writer, p.reader}) {
        if (!u || u->fields.empty()) continue;
        const std::string wrong = hold(*u);
        if (!wrong.empty())
          return "version " + std::to_string(now_ + 1) + ": " + wrong + "\n" + statement_of(build_.unit(*u, p.versions).value);
      }
    }
    return {};
  }

  std::string describe() {
    std::string result;
    for (std::size_t i = 0; i != versions_.size(); ++i)
      result += "version " + std::to_string(i + 1) + ":\n" + test::to_text(*versions_[i]);
    for (const auto& u : {plan_->writer, plan_->reader}) {
      if (!u) continue;
      const model::unit& value = build_.unit(*u, plan_->versions).value;
      result += statement_of(value) + '\n';
      for (std::size_t i = 0; i != value.columns.size(); ++i) {
        dt::text_buffer type;
        type << *value.fields->fields[i].type;
        result += "  " + test::shown(value.columns[i].text()) + ": " + test::str(type.all()) +
                  (build_.promised(u->fields[i], plan_->versions) != nullptr ? ", promised" : "") + '\n';
      }
    }
    return result;
  }

 private:
  const version_plan& version() const { return plan_->versions[now_]; }
  random_source random_for(const std::string& what) const {
    std::uint64_t seed = plan_->seed;
    for (char c : what) seed = (seed ^ static_cast<unsigned char>(c)) * 1099511628211U;
    return random_source(seed);
  }

  /// From the version before, where that is one change that a migration has; its rows stay.
  bool migrate() {
    const model::schema& before = *versions_[now_ - 1];
    const model::schema& after = *versions_[now_];
    std::vector<model::change> changes;
    bool others = false;
    dt::list<dt::finding> found;
    const model::table* t = before.find("t");
    model::compare(*t, *after.find("t"), [&](const model::part& p, dt::text_view how) {
      using model::kind_of;
      namespace changes_of = model::changes;
      const bool added = how == "extra";
      if (p.kind == model::part_kind::column && added && static_cast<const model::column&>(p).optional())
        changes.push_back({&kind_of<changes_of::add_column>, "t", p.name, &p});
      else if (p.kind == model::part_kind::column && how == "missing")
        changes.push_back({&kind_of<changes_of::drop_column>, "t", p.name});
      else if (p.kind == model::part_kind::index && (added || how == "missing"))
        changes.push_back(added ? model::change{&kind_of<changes_of::add_index>, "t", p.name, &p}
                                : model::change{&kind_of<changes_of::drop_index>, "t", p.name});
      else
        others = true;
    });
    const model::table* other = after.find("other");
    if (before.find("other") == nullptr && other != nullptr)
      changes.push_back({&model::kind_of<model::changes::create_table>, "other", {}, nullptr, other});
    else if (before.find("other") != nullptr && other == nullptr)
      changes.push_back({&model::kind_of<model::changes::drop_table>, "other", {}});
    else if (other != nullptr)
      model::compare(*before.find("other"), *other, [&](const model::part&, dt::text_view) { others = true; });
    if (others || changes.size() > 1) return false;
    if (changes.empty()) return true;
    if (store_.apply(before, changes[0], found) == nullptr) return false;
    try {
      db_.change(test::change_of<typename Server::dialect>(changes[0], before, after));
      return true;
    } catch (const server_error& e) {
      if (e.kind == refusal::unique) return false;  // by chance
      throw;
    }
  }

  // Rows.

  text_value text_of(const auto& value) const { return Server::is_sqlite ? value.sqlite : value.text; }
  /// Rows of all that the columns may store.
  void fill() {
    for (int row = 0; row != 4; ++row) {
      const std::int64_t id = -static_cast<std::int64_t>(10 * now_) - row - 1;
      insert_raw("t", version().columns, id, {});
      if (version().has_other) insert_raw("other", version().other, id, row < 2 ? std::optional(id) : std::nullopt);
    }
  }
  void insert_raw(const std::string& table, const std::vector<column_plan>& columns, std::int64_t id,
                  std::optional<std::int64_t> t_id) {
    std::string names = "\"id\"";
    std::string values = std::to_string(id);
    if (t_id) {
      names += ", \"t_id\"";
      values += ", " + std::to_string(*t_id);
    }
    for (const column_plan& c : columns) {
      random_source random = random_for(table + c.name + std::to_string(id));
      std::vector<text_value> usable;
      for (const cells::stored& each : build_.case_of(c).values)
        if (!each.rare && (each.on_sqlite || !Server::is_sqlite)) usable.push_back(text_of(each));
      if (c.nullable) usable.push_back({});
      names += ", " + quoted(c.name);
      const bool last = id % 10 == -4;  // with every NULL that there may be
      values += ", " + Server::literal(build_.case_of(c).column().type, last ? usable.back() : random.pick(usable));
    }
    try {
      db_.run("INSERT INTO \"" + table + "\" (" + names + ") " + std::string(Server::overriding) + "VALUES (" + values + ")",
              {});
    } catch (const server_error& e) {
      if (e.kind != refusal::unique && e.kind != refusal::reference) throw;  // by chance
    }
  }

  // Verdicts.

  std::vector<dt::code> codes_of(const model::unit& u) const {
    dt::list<dt::finding> found;
    dt::compat::check(u, *versions_[now_], {}, found);
    for (const model::schema* other : versions_)
      if (other != versions_[now_] && u.writes()) dt::compat::check_tightened(u, *versions_[now_], *other, {}, found);
    std::vector<dt::code> codes;
    for (const dt::finding& f : found) codes.push_back(f.what);
    return codes;
  }
  const column_plan* column_of(const field_plan& f) const {
    for (const column_plan& c : f.of_other ? version().other : version().columns)
      if (c.name == f.column) return &c;
    return nullptr;
  }
  /// The cell is accepted for what a wrapper says, or as text whose length nobody knows: a value may be refused.
  bool is_loose(const field_plan& f, bool writes) const {
    const column_plan* c = column_of(f);
    if (c == nullptr) return false;
    dt::field_type type = *from_.fields[f.type].type;
    type.checked = type.approximate = false;
    const model::column& column = build_.case_of(*c).column();
    if (writes)
      return !dt::compat::writing(type, column.type).ok ||
             (type.holds.kind == dt::family::text && type.holds.length == dt::domain::unlimited &&
              dt::domain_of(column.type).length != dt::domain::unlimited);
    // SQLite leaves it to the reader to round what a writer says may be rounded.
    if (plan_->writer)
      for (const field_plan& w : plan_->writer->fields)
        if (w.column == f.column && from_.fields[w.type].type->approximate && is_loose(w, true)) return true;
    return !dt::compat::reading(type, domain_of(*c)).ok;
  }
  dt::domain domain_of(const column_plan& c) const {
    dt::domain d = dt::domain_of(build_.case_of(c).column().type);
    if (const model::check* rule = build_.rule_of(c)) rule->rule.apply(d);
    return d;
  }

  /// What one unit does in one version.
  struct happened {
    int done = 0;
    std::string wrong;    ///< what an accepted unit may not do
    std::string trouble;  ///< what explains that a unit is refused, that among it
  };

  std::string hold(const unit_plan& p) {
    const model::unit& u = build_.unit(p, plan_->versions).value;
    const std::vector<dt::code> codes = codes_of(u);
    happened seen;
    if (u.writes())
      write(p, u, codes.empty(), seen);
    else
      read(p, u, seen);
    if (codes.empty()) {
      ++tally_.accepted;
      return seen.wrong.empty() ? "" : "accepted, and yet " + seen.wrong;
    }
    ++tally_.refused;
    if (seen.done != 0 && seen.trouble.empty()) ++tally_.price[test::str(dt::diagnose::name_of(codes.front()))];
    return {};
  }

  // Writers.

  /// Some value of the field, that satisfies what it promises; none if there is no such value.
  std::optional<text_value> value_for(const field_plan& f, const std::string& what) {
    random_source random = random_for(what + f.column);
    const any_field& type = from_.fields[f.type];
    const model::check* rule = build_.promised(f, plan_->versions);
    std::vector<text_value> usable;
    for (const cells::text_pair& each : type.values)
      if (rule == nullptr || !text_of(each) || satisfies(rule->rule, *text_of(each))) usable.push_back(text_of(each));
    if (usable.empty()) return {};
    const dt::domain& d = type.type->holds;
    if (rule == nullptr && d.kind == dt::family::number && !d.decimal && random.percent(40))
      return std::to_string(static_cast<std::int64_t>(random.next() & (d.high.magnitude >> random.below(60))));
    if (rule == nullptr && d.kind == dt::family::text && d.length == dt::domain::unlimited && random.percent(40))
      return std::string(random.below(9), static_cast<char>('a' + random.below(26)));
    return random.pick(usable);
  }
  static bool satisfies(const dt::narrowing& rule, const std::string& text) {
    switch (rule.kind) {
      case dt::narrowing::what::range: {
        const std::int64_t number = std::strtoll(text.c_str(), nullptr, 10);
        return text.size() < 19 && text.find('.') == std::string::npos && rule.low <= dt::limit(number) &&
               dt::limit(number) <= rule.high;
      }
      case dt::narrowing::what::labels:
        for (const dt::identifier& each : rule.labels)
          if (test::str(each.text()) == text) return true;
        return false;
      case dt::narrowing::what::length:
        return dt::domains::count_characters({text.data(), text.size()}) <= rule.length;
      case dt::narrowing::what::pattern: return text.starts_with("A-");
      case dt::narrowing::what::finite: return text.find("infinity") == std::string::npos;
      case dt::narrowing::what::nothing: break;
    }
    return true;
  }

  void write(const unit_plan& p, const model::unit& u, bool keeps, happened& seen) {
    std::string text = statement_of(u);
    if (u.kind == model::unit_kind::inserts) text += " RETURNING \"id\"";
    for (int row = 0; row != 4; ++row) {
      const std::string what = "write" + std::to_string(now_) + ',' + std::to_string(row) + ',';
      // A row that is there, or a new one.
      const bool is_new = u.kind == model::unit_kind::inserts || (u.kind == model::unit_kind::upserts && row % 2 == 0);
      std::string id = std::to_string(is_new ? 100 + 10 * static_cast<int>(now_) + row : -10 * static_cast<int>(now_) - row - 1);
      std::vector<parameter> sent;
      bool complete = true;
      for (const field_plan& f : p.fields) {
        const any_field& type = from_.fields[f.type];
        std::optional<text_value> value = f.column == "id" ? text_value(id) : value_for(f, what);
        if (type.type->holds.null && row == 3) value = text_value();
        complete = complete && value.has_value();
        if (value) sent.push_back({type.type->holds.kind, type.own, *value});
      }
      if (!complete) continue;
      db_.begin();
      bool kept = false;
      try {
        const std::string others = count_others();
        const auto rows = db_.run(text, sent);
        if (u.kind == model::unit_kind::inserts) id = *rows.at(0).at(0).text;
        ++seen.done;
        if (u.kind == model::unit_kind::deletes && others != count_others()) {
          seen.trouble = "it deletes rows of another table";
          if (is_new_reference()) seen.wrong = seen.trouble;
        }
        const std::string wrong = u.kind == model::unit_kind::deletes ? "" : altered(p, u, id, sent, seen);
        if (!wrong.empty()) seen.wrong = seen.trouble = wrong;
        kept = keeps;
      } catch (const server_error& e) {
        note_refused(p, e, seen);
      }
      kept ? db_.commit() : db_.rollback();
    }
  }
  /// A foreign key that all versions have was there when the unit was written.
  bool is_new_reference() const {
    for (const version_plan& v : plan_->versions)
      if (!v.has_other || v.reference != version().reference) return true;
    return false;
  }
  std::string count_others() {
    return version().has_other ? *db_.run("SELECT count(*) FROM \"other\"", {}).at(0).at(0).text : "";
  }
  std::string altered(const unit_plan& p, const model::unit& u, const std::string& id, const std::vector<parameter>& sent,
                      happened& seen) {
    // Of the others it is not known which row they have written.
    if (u.kind != model::unit_kind::inserts && (p.key.at(0) != "id" || p.fields.empty() || p.fields[0].column != "id"))
      return {};
    if (db_.run("SELECT 1 FROM \"t\" WHERE \"id\" = " + id, {}).empty()) return {};  // there was none to update
    for (std::size_t i = 0; i != p.fields.size(); ++i) {
      const column_plan* c = column_of(p.fields[i]);
      if (c == nullptr) continue;
      const std::string wrong = db_.compare("t", id, c->name, build_.case_of(*c).column().type, sent[i].own, sent[i].text);
      if (wrong.empty()) continue;
      const std::string sentence = "alters " + test::shown(p.fields[i].column) + ": " +
                                   (sent[i].text ? test::shown(sent[i].text->substr(0, 60)) : "NULL") + ", " + wrong;
      if (!is_loose(p.fields[i], true)) return sentence;
      seen.trouble = sentence;
    }
    return {};
  }
  void note_refused(const unit_plan& p, const server_error& e, happened& seen) {
    if (e.kind == refusal::unique || e.kind == refusal::reference) {
      // By chance; but what a constraint protects is why its verdict refuses.
      if (codes_of(build_.unit(p, plan_->versions).value) != std::vector<dt::code>{}) seen.trouble = e.what();
      return;
    }
    seen.trouble = e.what();
    bool loose = false;
    for (const field_plan& f : p.fields) loose = loose || is_loose(f, true);
    // A check that all versions have was there when the writer was written.
    if (e.kind == refusal::rule || (e.kind == refusal::value && loose)) return;
    seen.wrong = "it fails: " + std::string(e.what());
  }

  // Readers.

  void read(const unit_plan& p, const model::unit& u, happened& seen) {
    const std::string text = statement_of(u);
    std::vector<std::string> ids;
    for (const auto& row : db_.run("SELECT \"id\" FROM \"t\"", {})) ids.push_back(*row.at(0).text);
    try {
      read_rows(p, u, text, {}, seen);
      if (u.kind == model::unit_kind::uses) return;
      for (const std::string& id : ids) read_rows(p, u, text + " WHERE \"t\".\"id\" = " + id, id, seen);
      if (!u.key.empty()) read_single(p, u, text, ids, seen);
    } catch (const server_error& e) {
      seen.wrong = seen.trouble = "it fails: " + std::string(e.what());
    }
  }
  void read_rows(const unit_plan& p, const model::unit& u, const std::string& text, const std::string& id, happened& seen) {
    for (const auto& row : db_.run(text, {})) {
      ++seen.done;
      if (u.kind == model::unit_kind::uses) return;
      for (std::size_t i = 0; i != p.fields.size(); ++i) {
        const field_plan& f = p.fields[i];
        const any_field& type = from_.fields[f.type];
        const auto note = [&](const std::string& wrong, bool loose) {
          seen.trouble = "the reader of " + test::shown(f.column) + ": " + wrong;
          if (!loose) seen.wrong = seen.trouble;
        };
        if (!row[i].text) {
          if (!type.type->holds.null) note("NULL", false);
          continue;
        }
        try {
          if (!Server::has_form(row[i], type.type->holds)) throw unreadable("it is kept in another form");
          const text_value read = type.reread(*row[i].text);
          const column_plan* c = column_of(f);
          if (c == nullptr || f.of_other || id.empty()) continue;
          const std::string wrong = db_.compare("t", id, c->name, build_.case_of(*c).column().type, type.own, read);
          if (!wrong.empty()) note(test::shown(row[i].text->substr(0, 60)) + " is " + wrong, is_loose(f, false));
        } catch (const unreadable& e) {
          note(test::shown(row[i].text->substr(0, 60)) + " is refused: " + e.what(), is_loose(f, false));
        } catch (const cells::unsendable&) {
          // The fallback of an enum class.
        }
      }
    }
  }
  /// Each row is the only one with its key.
  void read_single(const unit_plan& p, const model::unit& u, const std::string& text, const std::vector<std::string>& ids,
                   happened& seen) {
    dt::text_buffer suffix;
    dt::run::detail::put_single(suffix, u);
    for (const std::string& id : ids) {
      std::vector<parameter> key;
      for (const std::string& name : p.key) {
        const auto row = db_.run("SELECT " + quoted(name) + " FROM \"t\" WHERE \"id\" = " + id, {}).at(0);
        key.push_back({row[0].kind, "", row[0].text});
      }
      if (db_.run(text + test::str(suffix.all()), key).size() > 1)
        seen.wrong = seen.trouble = "it finds several rows where it expects one";
    }
  }

  const material<Server>& from_;
  Server& db_;
  tally& tally_;
  test::schema_store store_;
  builder<Server> build_;
  const plan* plan_ = nullptr;
  std::vector<const model::schema*> versions_;
  std::size_t now_ = 0;
};

template <class Server>
tally try_units(std::uint64_t cases, Server& db) {
  const material<Server> from;
  const std::uint64_t seed = test::environment("DOVETAIL_SEED", 1);
  tally all;
  const auto outcome = [&](const plan& p, std::string* description = nullptr) {
    tally ignored;
    runner<Server> r(from, db, description == nullptr ? all : ignored);
    std::string wrong;
    try {
      wrong = r.run(p);
    } catch (const std::exception& e) {
      wrong = e.what();
    }
    if (description != nullptr) *description = r.describe();
    db.rollback();
    return wrong;
  };
  for (cases = test::environment("DOVETAIL_CASES", cases); all.cases != cases; ++all.cases) {
    random_source random(seed + all.cases);
    plan smallest = planner<Server>(from, random).make(seed + all.cases);
    std::string wrong = outcome(smallest);
    if (wrong.empty()) continue;
    const std::uint64_t found = seed + all.cases;
    for (bool shrunk = true; shrunk;) {
      shrunk = false;
      for (const plan& each : smaller(smallest)) {
        std::string description;
        const std::string again = outcome(each, &description);
        if (!again.empty() && again != invalid) {
          wrong = again;
          smallest = each;
          shrunk = true;
          break;
        }
      }
    }
    std::string description;
    outcome(smallest, &description);
    all.failure = wrong + "\nDOVETAIL_SEED=" + std::to_string(found) + " DOVETAIL_CASES=1 fails; smallest:\n" + description;
    break;
  }
  return all;
}

}  // namespace test::units
