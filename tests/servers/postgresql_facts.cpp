// SPDX-License-Identifier: BSL-1.0
// What each statement says of itself is measured on the server that DOVETAIL_POSTGRES names: its locks, whether it
// writes the table anew, whether it reads all of it, whether it builds an index.
#include <libpq-fe.h>

#include <chrono>
#include <set>
#include <thread>

#include <dovetail/change/inverse.hpp>

#include <support/catch.hpp>
#include <support/postgresql_catalogue.hpp>

using namespace test;

namespace {

using postgresql = dt::postgresql<15>;
using model::kind_of;
namespace changes_of = model::changes;
using dt::lock_mode;
using dt::transaction_mode;

const char* const place_name = "dovetail facts";

lock_mode mode_of(const std::string& name) {
  if (name == "RowShareLock") return lock_mode::row_share;
  if (name == "RowExclusiveLock") return lock_mode::row_exclusive;
  if (name == "ShareUpdateExclusiveLock") return lock_mode::share_update_exclusive;
  if (name == "ShareLock") return lock_mode::share;
  if (name == "ShareRowExclusiveLock") return lock_mode::share_row_exclusive;
  if (name == "AccessExclusiveLock") return lock_mode::access_exclusive;
  if (name == "AccessShareLock") return lock_mode::none;  // every SELECT has it
  throw std::runtime_error("a statement takes a lock that no fact can name: " + name);
}
const char* word(lock_mode mode) {
  const char* words[]{
      "none", "ROW SHARE", "ROW EXCLUSIVE", "SHARE UPDATE EXCLUSIVE", "SHARE", "SHARE ROW EXCLUSIVE", "ACCESS EXCLUSIVE", "database"};
  return words[static_cast<std::size_t>(mode)];
}

const std::string of_place = "(SELECT oid FROM pg_namespace WHERE nspname = '" + std::string(place_name) + "')";

/// The storage of every table and index, by name: a statement that gives one another has written it anew.
std::map<std::string, std::string> storage(postgres_connection& c, char kind) {
  std::map<std::string, std::string> found;
  for (const auto& r : c.run("SELECT relname, pg_relation_filenode(oid) FROM pg_class WHERE relkind = '" +
                             std::string(1, kind) + "' AND relnamespace = " + of_place))
    found[*r[0]] = *r[1];
  return found;
}
/// The strongest lock that a backend has on each of the tables that another one sees, and on the declared sequences.
std::map<std::string, lock_mode> locks(postgres_connection& seen_by, int pid) {
  std::map<std::string, lock_mode> found;
  for (const auto& r : seen_by.run("SELECT relname, mode FROM pg_locks JOIN pg_class c ON c.oid = relation "
                                   "WHERE (relkind = 'r' OR relname IN ('numbers', 'more', 'it''s \"renumbered\"')) AND granted AND relnamespace = " + of_place + " AND pid = " +
                                   std::to_string(pid)))
    found[*r[0]] = std::max(found[*r[0]], mode_of(*r[1]));
  return found;
}

/// Runs scripts, and compares each statement with its facts. `others` sees only what is committed, as other sessions
/// do.
class meter {
 public:
  meter(postgres_connection& c, postgres_connection& others) : c_(c), others_(others) {}

  void run(const std::string& label, const std::vector<run_statement>& script) {
    for (const run_statement& s : script) {
      label_ = label + ": " + s.text;
      switch (s.facts.transaction) {
        case transaction_mode::begin:
          c_.run(s.text);
          had_.clear();
          break;
        case transaction_mode::commit: c_.run(s.text); break;
        case transaction_mode::inside: inside(s); break;
        case transaction_mode::outside: outside(s); break;
      }
    }
  }

  std::string wrong;
  int measured = 0;
  int restraint = 0;  ///< statements whose facts say more than happened, since nobody knows the expression

 private:
  void expect(bool right, const std::string& what) {
    if (!right) wrong += label_ + "\n    " + what + '\n';
  }

  void inside(const run_statement& s) {
    const auto tables = storage(others_, 'r');
    const auto indexes = storage(c_, 'i');
    const auto own_tables = storage(c_, 'r');
    const auto scans = scans_in_transaction();
    c_.run(s.text);
    auto now = locks(others_, c_.pid());
    const auto held = now;
    for (auto& [table, mode] : now)
      if (had_.contains(table) && had_[table] >= mode)
        // What an earlier statement of the transaction has taken cannot be seen to be taken again, nor what is weaker.
        mode = table == str(s.facts.table) && s.facts.lock <= had_[table] ? s.facts.lock : lock_mode::none;
    had_ = held;
    compare_locks(s, now);

    bool rewrites = false;
    const auto own_after = storage(c_, 'r');
    for (const auto& [table, file] : own_tables)
      if (tables.contains(table) && own_after.contains(table) && own_after.at(table) != file) {
        rewrites = true;
        expect(table == str(s.facts.table), "writes table " + table + " anew");
      }
    const bool new_index = compare_indexes(s, indexes, storage(c_, 'i'), rewrites);
    bool reads = false;
    for (const auto& [table, count] : scans_in_transaction()) {
      const auto before = scans.find(table);
      if (table == str(s.facts.table) && count != (before == scans.end() ? "0" : before->second)) reads = true;
    }
    if (s.facts.rewrites && !rewrites && s.text.find("DEFAULT (") != std::string::npos) {
      ++restraint;
    } else {
      expect(rewrites == s.facts.rewrites, rewrites ? "writes the table anew" : "does not write the table anew");
      expect(reads == s.facts.scans, reads ? "reads all of the table" : "does not read the table");
    }
    if (!s.facts.table.empty() && tables.contains(str(s.facts.table)))
      expect(new_index == s.facts.builds_index, new_index ? "builds an index" : "builds no index");
    ++measured;
  }

  /// A statement outside of transactions is held up by another one's transaction, and looked at while it waits.
  void outside(const run_statement& s) {
    if (s.facts.table.empty()) {
      c_.run(s.text);
      return;
    }
    c_.run("BEGIN");
    try {
      c_.run(s.text);
      expect(false, "can be run in a transaction");
    } catch (const postgres_error& e) {
      expect(e.sqlstate == "25001", "fails in a transaction with " + e.sqlstate);
    }
    c_.run("ROLLBACK");

    const std::string table = generator::quoted(str(s.facts.table));
    const auto tables = storage(others_, 'r');
    const auto indexes = storage(others_, 'i');
    c_.run("SELECT pg_stat_force_next_flush()");
    const auto scans = scans_of(table);
    postgres_connection holder;
    holder.run("SET search_path = " + generator::quoted(place_name));
    holder.run("BEGIN");
    holder.run("LOCK TABLE " + table + " IN ROW EXCLUSIVE MODE");  // as an INSERT does
    c_.send(s.text);
    bool waits = false;
    for (int i = 0; i != 400 && c_.is_busy() && !waits; ++i) {
      std::this_thread::sleep_for(std::chrono::milliseconds(5));
      waits =
          others_.value("SELECT count(*) FROM pg_locks WHERE NOT granted AND pid = " + std::to_string(c_.pid())) != "0";
    }
    if (waits) {
      // Others read and write meanwhile, though they come later.
      others_.run("BEGIN");
      others_.run("SET LOCAL lock_timeout = '1s'");
      others_.run("SET LOCAL search_path = " + generator::quoted(place_name));
      others_.run("INSERT INTO " + table + " DEFAULT VALUES");
      others_.run("SELECT FROM " + table + " LIMIT 0");  // a scan would be counted
      others_.run("ROLLBACK");
      compare_locks(s, locks(others_, c_.pid()));
    }
    holder.run("ROLLBACK");
    c_.finish();
    c_.run("SELECT pg_stat_force_next_flush()");
    expect(tables == storage(others_, 'r'), "writes a table anew");
    expect(compare_indexes(s, indexes, storage(others_, 'i'), false) == s.facts.builds_index,
           s.facts.builds_index ? "builds no index" : "builds an index");
    const bool changes = storage(others_, 'i') != indexes;
    expect(waits == changes, waits ? "waits for nothing" : "was over before it could be looked at");
    expect((scans_of(table) != scans) == s.facts.scans,
           s.facts.scans ? "does not read the table" : "reads all of the table");
    ++measured;
  }

  void compare_locks(const run_statement& s, const std::map<std::string, lock_mode>& taken) {
    const auto on = [&](const std::string& table) {
      const auto found = taken.find(table);
      return found == taken.end() ? lock_mode::none : found->second;
    };
    const std::string table = str(s.facts.table);
    const std::string also = str(s.facts.also);
    // Tables of this transaction are nobody else's yet.
    auto seen = storage(others_, 'r');
    seen.merge(storage(others_, 'S'));
    if (seen.contains(table))
      expect(on(table) == s.facts.lock,
             std::string("locks its table: ") + word(on(table)) + ", not " + word(s.facts.lock));
    if (seen.contains(also) && also != table)
      expect(on(also) == s.facts.also_lock,
             std::string("locks the other table: ") + word(on(also)) + ", not " + word(s.facts.also_lock));
    for (const auto& [other, mode] : taken)
      if (other != table && other != also) expect(mode == lock_mode::none, "locks " + other + ": " + word(mode));
  }

  /// Whether an index is built; one that was there only with its table, or where the facts say so.
  bool compare_indexes(const run_statement& s, const std::map<std::string, std::string>& before,
                       const std::map<std::string, std::string>& after, bool rewrites) {
    bool fresh = false;
    std::set<std::string> files;
    for (const auto& [index, file] : before) files.insert(file);
    for (const auto& [index, file] : after)
      if (!before.contains(index))
        fresh = fresh || !files.contains(file);  // or it is one that has another name now
      else if (before.at(index) != file) {
        expect(rewrites || s.facts.builds_index, "builds index " + index + " again");
        fresh = fresh || !rewrites;
      }
    return fresh;
  }

  std::map<std::string, std::string> scans_in_transaction() {
    std::map<std::string, std::string> found;
    for (const auto& r : c_.run("SELECT relname, seq_scan FROM pg_stat_xact_user_tables WHERE schemaname = '" +
                                std::string(place_name) + "'"))
      found[*r[0]] = *r[1];
    return found;
  }
  std::optional<std::string> scans_of(const std::string& table) {
    return others_.value("SELECT seq_scan FROM pg_stat_user_tables WHERE relid = $1::regclass",
                         {generator::quoted(place_name) + "." + table});
  }

  postgres_connection& c_;
  postgres_connection& others_;
  std::map<std::string, lock_mode> had_;
  std::string label_;
};

/// As it stands in CREATE TABLE.
std::string postgres_declared(const dt::sql_type& type) {
  const std::string word = postgres_type(type);
  const bool label = type.labels != nullptr;
  return label ? str(type.labels->name.text()) + (type.element != nullptr ? "[]" : "") : word;
}

/// Tables that refer to each other, with an index and some rows; every change starts from them.
struct shop {
  schema_store store;
  dt::sql_type status = store.enumeration("status", {"open", "it's \\ paid"});
  const model::schema* schema = store.schema(
      "1",
      {store.table(
           "customer",
           {store.column("id", dt::bigint::type, {false, {}, model::identity_kind::by_default}),
            store.column("email", dt::text::type, {true, {}, {}}), store.column("name", dt::varchar<9>::type, {true, {}, {}}),
            store.column("nick", dt::character<9>::type, {true, {}, {}}), store.column("note", dt::text::type, {true, {}, {}}), store.column("status", status, {true, {}, {}}),
            store.column("region", dt::integer::type, {false, {model::default_kind::number, "1"}, {}}),
            store.primary_key({"id"}), store.unique("customer_email_key", {"email"}),
            store.index("customer_region_idx", {"region"}), store.check("customer_note_check", "note <> 'x'"),
            store.index_on("customer_nick_idx", {{"region"}}, false, "nick <> 'x'")}),
       store.table("purchase", {store.column("id", dt::bigint::type, {false, {}, model::identity_kind::by_default}),
                                store.column("customer_id", dt::bigint::type, {true, {}, {}}),
                                store.column("before_id", dt::bigint::type, {true, {}, {}}),
                                store.column("state", store.enumeration("state", {"a", "b"}), {true, {}, {}}),
                                store.primary_key({"id"}), store.check("purchase_id_check", "\"id\" > 0"),
                                store.foreign_key("purchase_customer_fkey", {"customer_id"}, "customer", {"id"}),
                                store.foreign_key("purchase_before_fkey", {"before_id"}, "purchase", {"id"})}),
       store.table("types", columns_of_types()),
       store.table("numbers", {numbers(1, {}, {})}),
       store.routine("touch", "BEGIN RETURN NEW; END", {"plpgsql", {}, "trigger"}),
       store.routine("untouched", "SELECT 1", {"sql", "a bigint", "bigint", "IMMUTABLE"})});

  const model::sequence* numbers(std::int64_t increment, dt::identifier owner, dt::identifier owner_column) {
    model::sequence s{};
    s.kind = model::part_kind::sequence;
    s.type = dt::type_kind::integer;
    s.increment = increment;
    s.max = 100000;
    s.owner = owner;
    s.owner_column = owner_column;
    return store.sequence(s);
  }

  /// Types that are changed into each other.
  std::vector<dt::sql_type> types() const {
    return {dt::smallint::type,
            dt::integer::type,
            dt::bigint::type,
            dt::numeric<9, 2>::type,
            dt::numeric<12, 2>::type,
            dt::numeric<12, 4>::type,
            dt::any_numeric::type,
            dt::real::type,
            dt::double_precision::type,
            dt::text::type,
            dt::varchar<9>::type,
            dt::varchar<20>::type,
            dt::character<9>::type,
            dt::character<20>::type,
            dt::precise<dt::time, 3>::type,
            dt::time::type,
            dt::precise<dt::timestamp, 0>::type,
            dt::timestamp::type,
            dt::precise<dt::timestamptz, 3>::type,
            dt::timestamptz::type,
            dt::json::type,
            dt::jsonb::type,
            dt::array<dt::integer>::type,
            dt::array<dt::bigint>::type,
            status};
  }
  std::vector<const model::part*> columns_of_types() {
    std::vector<const model::part*> columns{
        store.column("id", dt::bigint::type, {false, {}, model::identity_kind::by_default}), store.primary_key({"id"}),
        store.column("number", dt::bigint::type, {false, {}, model::identity_kind::by_default}),
        store.trigger("touched", "BEFORE UPDATE", "FOR EACH ROW EXECUTE FUNCTION touch()")};
    for (const dt::sql_type& type : types())
      columns.push_back(store.column("type " + std::to_string(columns.size()), type, {true, {}, {}}));
    return columns;
  }

  void create(postgres_connection& c) const {
    c.run(creation_of<postgresql>(*schema));
    // The server's own housekeeping would take locks as well.
    c.run("ALTER TABLE customer SET (autovacuum_enabled = off)");
    c.run("ALTER TABLE purchase SET (autovacuum_enabled = off)");
    c.run("ALTER TABLE types SET (autovacuum_enabled = off)");
    c.run("INSERT INTO types DEFAULT VALUES");
    c.run("INSERT INTO customer (email) SELECT 'c' || n FROM generate_series(1, 200) n");
    c.run("INSERT INTO purchase (customer_id, before_id) SELECT n, n FROM generate_series(1, 200) n");
  }
  const model::schema* after(const model::change& c) {
    dt::list<dt::finding> found;
    const model::schema* result = store.apply(*schema, c, found);
    if (result == nullptr) throw std::runtime_error(to_text(found));
    return result;
  }
  model::change add(const model::column* c) {
    return {&kind_of<changes_of::add_column>, "customer", c->name, c};
  }
  model::change add(const model::index* i) { return {&kind_of<changes_of::add_index>, "customer", i->name, i}; }
  model::change create(const model::table* t) { return {&kind_of<changes_of::create_table>, t->name, {}, nullptr, t}; }

  void more_changes(std::vector<model::change>& all) {
    const auto renamed = [&](const model::change_kind* kind, const char* table, const char* object, const char* other) {
      all.push_back({kind, table, object, nullptr, nullptr, other});
    };
    renamed(&kind_of<changes_of::rename_table>, "customer", "", "client");
    renamed(&kind_of<changes_of::rename_column>, "customer", "id", "it's \"nr\"");
    renamed(&kind_of<changes_of::rename_index>, "customer", "customer_region_idx", "it's \"idx\"");
    renamed(&kind_of<changes_of::rename_constraint>, "customer", "customer_email_key", "it's \"key\"");
    renamed(&kind_of<changes_of::rename_constraint>, "purchase", "purchase_id_check", "it's \"check\"");
    renamed(&kind_of<changes_of::rename_constraint>, "purchase", "purchase_customer_fkey", "it's \"fkey\"");
    const auto constraint = [&](const char* table, const model::part* p) {
      all.push_back({&kind_of<changes_of::add_constraint>, table, p->name, p});
    };
    constraint("purchase", store.check("it's \"positive\"", "\"id\" > 0"));
    constraint("purchase", store.unique("it's \"unique\"", {"id", "state"}));
    constraint("purchase", store.foreign_key("it's \"fkey\"", {"before_id"}, "customer", {"id"}, {dt::cascade, dt::no_action}));
    constraint("purchase", store.foreign_key("its own fkey", {"customer_id"}, "purchase", {"id"}));
    constraint("purchase", store.foreign_key("a deferrable fkey", {"customer_id"}, "customer", {"id"},
                                             {dt::no_action, dt::no_action, model::deferral::initially_deferred}));
    constraint("purchase", store.unique("a deferrable key", {"id", "state"}, {model::deferral::deferrable, true}));
    constraint("customer", store.unique("nulls", {"id", "status"}, {model::deferral::none, true}));
    for (const model::deferral deferred : {model::deferral::deferrable, model::deferral::initially_deferred})
      for (const char* name : {"purchase_customer_fkey", "purchase_before_fkey"})
        all.push_back({&kind_of<changes_of::set_deferrable>, "purchase", name,
                       store.foreign_key("f", {}, "", {}, {dt::no_action, dt::no_action, deferred})});
    all.push_back({&kind_of<changes_of::add_trigger>, "purchase", "it's a \"trigger\"",
                   store.trigger("it's a \"trigger\"", "BEFORE UPDATE OF state", "FOR EACH ROW EXECUTE FUNCTION touch()")});
    all.push_back({&kind_of<changes_of::drop_trigger>, "types", "touched"});
    renamed(&kind_of<changes_of::rename_trigger>, "types", "touched", "it's \"touched\"");
    all.push_back(dt::create_view<dt::routine<"it's a routine", dt::body<"sql", "SELECT id FROM types">>>::value);
    all.push_back(dt::replace_view<dt::routine<"touch", dt::body<"plpgsql", "BEGIN RETURN OLD; END">, dt::returns<"trigger">>>::value);
    all.push_back({&kind_of<changes_of::drop_view>, "untouched", {}});
    model::index_key same_id{"id"};
    model::index_key same_region{{}, "int8range(before_id, before_id, '[]')"};
    same_id.with = "=";
    same_region.with = "&&";
    constraint("purchase", store.exclusion("it's \"exclusion\"", {same_region}, "", "gist"));
    constraint("purchase", store.exclusion("a deferrable exclusion", {same_id}, "before_id > 7", "", {"state"},
                                           model::deferral::deferrable));
    constraint("types", store.check("types_check", "true"));
    const auto dropped = [&](const char* table, const char* name) {
      all.push_back({&kind_of<changes_of::drop_constraint>, table, name});
    };
    dropped("purchase", "purchase_id_check");
    dropped("purchase", "purchase_customer_fkey");
    dropped("purchase", "purchase_before_fkey");
    dropped("customer", "customer_email_key");
    dropped("types", "");
    all.push_back(dt::create_view<dt::view<"it's a view", dt::query<"SELECT id FROM types">, dt::column<"id", dt::bigint>>>::value);
    all.push_back(dt::create_view<dt::function<"it's a function", dt::query<"SELECT id FROM types">, dt::column<"id", dt::bigint>>>::value);
    const auto set = [&](const model::change_kind* kind, const char* table, const char* name, const dt::sql_type& type,
                         const dt::run::column_options& options) {
      all.push_back({kind, table, name, store.column(name, type, options)});
    };
    using dk = model::default_kind;
    set(&kind_of<changes_of::set_default>, "customer", "region", dt::integer::type, {false, {dk::number, "2"}, {}});
    set(&kind_of<changes_of::set_default>, "customer", "region", dt::integer::type, {false, {dk::expression, "1 + 1"}, {}});
    set(&kind_of<changes_of::set_default>, "customer", "region", dt::integer::type, {});
    set(&kind_of<changes_of::set_default>, "customer", "region", dt::integer::type, {false, {dk::next_value, "numbers"}, {}});
    set(&kind_of<changes_of::set_default>, "purchase", "before_id", dt::bigint::type, {false, {dk::next_value, "numbers"}, {}});
    all.push_back(add(store.column("numbered", dt::integer::type, {false, {dk::next_value, "numbers"}, {}})));
    all.push_back({&kind_of<changes_of::create_sequence>, "more", {}, nullptr, store.table("more", {numbers(7, "types", "number")})});
    all.push_back({&kind_of<changes_of::alter_sequence>, "numbers", {}, nullptr, store.table("numbers", {numbers(-7, "purchase", "id")})});
    all.push_back({&kind_of<changes_of::drop_sequence>, "numbers", {}});
    renamed(&kind_of<changes_of::rename_sequence>, "numbers", "", "it's \"renumbered\"");
    all.push_back({&kind_of<changes_of::set_comment>, "customer", {}, store.comment("it's a \\ comment")});
    set(&kind_of<changes_of::set_column_comment>, "customer", "email", dt::text::type,
        {true, {}, {}, {model::generated_kind::none, {}, {}, "it's a \\ comment"}});
    all.push_back(add(store.column("said", dt::text::type, {true, {}, {}, {model::generated_kind::none, {}, {}, "new"}})));
    for (const char* name : {"email", "name", "nick", "note"}) {
      const dt::run::column_options collated{true, {}, {}, {model::generated_kind::none, {}, "C"}};
      set(&kind_of<changes_of::set_collation>, "customer", name, dt::text::type, collated);
    }
    set(&kind_of<changes_of::set_identity>, "customer", "id", dt::bigint::type, {false, {}, model::identity_kind::always});
    set(&kind_of<changes_of::set_identity>, "customer", "id", dt::bigint::type, {});
    set(&kind_of<changes_of::set_identity>, "types", "number", dt::bigint::type, {});
    all.push_back({&kind_of<changes_of::set_not_null>, "customer", "email"});
    all.push_back({&kind_of<changes_of::drop_not_null>, "customer", "region"});
    const auto labels = [&](const model::change_kind* kind, const char* label, const schema_store::names& after,
                            const char* other = "") {
      all.push_back({kind, {}, label, store.column("c", store.enumeration("state", after)), nullptr, other});
    };
    labels(&kind_of<changes_of::add_label>, "it's \\ c", {"a", "b", "it's \\ c"});
    labels(&kind_of<changes_of::add_label>, "c", {"c", "a", "b"});
    labels(&kind_of<changes_of::drop_label>, "b", {"a"});
    labels(&kind_of<changes_of::rename_label>, "a", {"it's \\", "b"}, "it's \\");
    // Every change of type that is exact one way, and its way back.
    for (const model::part* p : schema->find("types")->parts)
      for (const dt::sql_type& type : types()) {
        const model::change c{&kind_of<changes_of::set_type>, "types", p->name, store.column("c", type)};
        dt::list<dt::finding> found;
        const model::schema* after = store.apply(*schema, c, found);
        if (after != nullptr && store.apply(*after, model::natural_inverse(c, *schema), found) != nullptr)
          all.push_back(c);
      }
  }

  /// Every form of every change.
  std::vector<model::change> changes() {
    std::vector<model::change> all;
    int n = 0;
    const auto name = [&] { return "added " + std::to_string(++n); };
    using dk = model::default_kind;
    const std::vector<std::pair<dt::sql_type, model::default_value>> columns{
        {dt::smallint::type, {dk::number, "1"}},
        {dt::integer::type, {dk::number, "-1"}},
        {dt::bigint::type, {dk::number, "1"}},
        {dt::boolean::type, {dk::boolean, "true"}},
        {dt::text::type, {dk::text, "it's \\"}},
        {dt::varchar<9>::type, {dk::text, "it's \\"}},
        {dt::character<9>::type, {dk::text, "it's \\"}},
        {dt::numeric<9, 2>::type, {dk::text, "12.5"}},
        {dt::any_numeric::type, {dk::text, "12.5"}},
        {dt::real::type, {dk::text, "12.5"}},
        {dt::double_precision::type, {dk::text, "-12.5"}},
        {dt::timestamptz::type, {dk::text, "2024-02-29 12:00:00+00"}},
        {dt::precise<dt::timestamptz, 3>::type, {dk::text, "2024-02-29 12:00:00+00"}},
        {dt::timestamp::type, {dk::text, "2024-02-29 12:00:00"}},
        {dt::precise<dt::timestamp, 0>::type, {dk::text, "2024-02-29 12:00:00"}},
        {dt::time::type, {dk::text, "12:00:00"}},
        {dt::precise<dt::time, 3>::type, {dk::text, "12:00:00"}},
        {dt::date::type, {dk::text, "2024-02-29"}},
        {dt::uuid::type, {dk::text, "01234567-89ab-cdef-0123-456789abcdef"}},
        {dt::bytea::type, {dk::expression, "decode('00ff', 'hex')"}},
        {dt::json::type, {dk::expression, "'{}'"}},
        {dt::jsonb::type, {dk::expression, "'{}'"}},
        {dt::interval::type, {dk::expression, "'1 day'"}},
        {dt::array<dt::text>::type, {dk::expression, "'{}'"}},
        {store.array(status), {dk::expression, "'{open}'"}},
        {store.array(store.enumeration("new array", {"x", "y"})), {dk::expression, "'{x}'"}},
        {status, {dk::text, "it's \\ paid"}},
        {store.enumeration("new enumeration", {"x", "y"}), {dk::text, "x"}},
        {dt::timestamptz::type, {dk::expression, "now()"}},
        {dt::precise<dt::timestamptz, 0>::type, {dk::expression, "now()"}},
        {dt::timestamptz::type, {dk::expression, "CURRENT_TIMESTAMP"}},
        {dt::timestamptz::type, {dk::expression, "current_timestamp"}},
        {dt::timestamptz::type, {dk::expression, "transaction_timestamp()"}},
        {dt::date::type, {dk::expression, "CURRENT_DATE"}},
        {dt::date::type, {dk::expression, "current_date"}},
        {dt::timestamptz::type, {dk::expression, "clock_timestamp()"}},
        {dt::double_precision::type, {dk::expression, "random()"}},
        {dt::uuid::type, {dk::expression, "gen_random_uuid()"}},
        {dt::bigint::type, {dk::expression, "nextval('customer_id_seq')"}},
        {dt::integer::type, {dk::expression, "1 + 1"}},
    };
    for (const auto& [type, value] : columns) {
      all.push_back(add(store.column(name(), type, {true, {}, {}})));
      all.push_back(add(store.column(name(), type, {true, value, {}})));
      all.push_back(add(store.column(name(), type, {false, value, {}})));
    }
    for (const bool nullable : {true, false}) {
      dt::run::column_options options{nullable, {}, {}, {model::generated_kind::stored, "region * 2"}};
      all.push_back(add(store.column(name(), dt::bigint::type, options)));
    }
    for (const dt::sql_type& type : {dt::smallint::type, dt::integer::type, dt::bigint::type})
      for (const model::identity_kind kind : {model::identity_kind::always, model::identity_kind::by_default})
        all.push_back(add(store.column(name(), type, {false, {}, kind})));
    all.push_back(add(store.index("new index", {"region", "email"})));
    all.push_back(add(store.index("new unique index", {"id", "region"}, true)));
    const dt::text_view lower = "lower(email) || 'it''s'";
    all.push_back(add(store.index_on("an order", {{"region", {}, true, "NULLS LAST"}, {"email", {}, false, "NULLS FIRST"}}, false)));
    all.push_back(add(store.index_on("an expression", {{{}, lower, true, {}}, {"id"}}, true)));
    all.push_back(add(store.index_on("a condition", {{"id"}}, true, "email IS NULL AND region > 0", "", {"email", "status"})));
    all.push_back(add(store.index_on("no row", {{"email"}}, false, "region < 0")));
    all.push_back(add(store.index_on("hash", {{"email"}}, false, "region > 0", "hash")));
    all.push_back(add(store.index_on("brin", {{"id"}, {"region"}, {{}, lower}}, false, "", "brin")));
    all.push_back(add(store.index_on("spgist", {{"email"}}, false, "", "spgist", {"id"})));
    all.push_back(add(store.index_on("gin", {{{}, "to_tsvector('simple', email)"}}, false, "", "gin")));
    all.push_back(add(store.index_on("gist", {{{}, "to_tsvector('simple', email)"}}, false, "", "gist", {"id"})));
    all.push_back({&kind_of<changes_of::drop_index>, "customer", "customer_region_idx"});
    all.push_back({&kind_of<changes_of::drop_column>, "customer", "status"});
    all.push_back({&kind_of<changes_of::drop_column>, "purchase", "state"});
    all.push_back({&kind_of<changes_of::drop_table>, "purchase", {}});
    more_changes(all);
    const model::column* id = store.column("id", dt::bigint::type, {false, {}, model::identity_kind::always});
    const model::column* to = store.column("to", dt::bigint::type, {true, {}, {}});
    all.push_back(create(store.table(
        "alone",
        {id, to, store.column("s", status, {}), store.column("o", store.enumeration("own", {"x"}), {}),
         store.primary_key({"id"}), store.unique("alone_key", {"id"}), store.check("alone_check", "\"id\" > 0"),
         store.index("alone_idx", {"to"}), store.foreign_key("alone_fkey", {"to"}, "alone", {"id"})})));
    all.push_back(create(store.table(
        "child", {id, to, store.primary_key({"id"}),
                  store.foreign_key("child_customer_fkey", {"to"}, "customer", {"id"}, {dt::cascade, dt::set_null}),
                  store.foreign_key("child_purchase_fkey", {"to"}, "purchase", {"id"})})));
    return all;
  }
};

}  // namespace

TEST_CASE("every statement does to its table what its facts say") {
  postgres_connection c;
  postgres_connection others;
  const postgres_schema place(c, place_name);
  shop s;
  s.create(c);
  meter m(c, others);
  std::set<const model::change_kind*> kinds;
  for (const model::change& change : s.changes()) {
    kinds.insert(change.kind);
    const model::schema* after = s.after(change);
    m.run(to_text(change) + " up", change_of<postgresql>(change, *s.schema, *after));
    m.run(to_text(change) + " down",
          change_of<postgresql>(model::natural_inverse(change, *s.schema), *after, *s.schema));
  }
  INFO(m.measured << " statements measured, " << m.restraint << " with an expression that nobody knows");
  CHECK(m.wrong == "");
  CHECK(kinds.size() == 34);
  CHECK(m.measured > 200);
  // 1 + 1, decode() and six texts are constant, which only PostgreSQL knows.
  CHECK(m.restraint == 16);
}

namespace {

using kept_mail = dt::sync<"email sync", dt::older<dt::synced<"email">>, dt::newer<dt::synced<"mail">>, dt::stale<dt::newer<>>>;
using mail = dt::column<"mail", dt::text, dt::null>;
using filled_mail = dt::sync<"filled", dt::older<>, dt::newer<dt::synced<"email", "'x'">>>;

}  // namespace

TEST_CASE("the statements of a sync and of an alias do what their facts say") {
  postgres_connection c;
  postgres_connection others;
  const postgres_schema place(c, place_name);
  shop s;
  s.create(c);
  meter m(c, others);
  model::table alias("customer", {}, model::source_kind::view, "SELECT \"id\", \"email\" FROM \"client\"");
  alias.alias_of = dt::identifier("client");
  const std::vector<const model::part*> columns{s.schema->find("customer")->find_column("id"),
                                                s.schema->find("customer")->find_column("email")};
  alias.parts = {columns.data(), columns.size()};
  const model::change changes[]{
      dt::add_sync<"customer", kept_mail, mail>::value,
      dt::add_sync<"customer", filled_mail>::value,
      {&kind_of<changes_of::rename_behind_alias>, "customer", {}, nullptr, &alias, "client"},
  };
  for (const model::change& change : changes) {
    const model::schema* after = s.after(change);
    m.run(to_text(change) + " up", change_of<postgresql>(change, *s.schema, *after));
    m.run(to_text(change) + " down", change_of<postgresql>(model::natural_inverse(change, *s.schema), *after, *s.schema));
  }
  CHECK(m.wrong == "");
  CHECK(m.measured == 26);
}

namespace {

using parent_id = dt::foreign_key<"of", dt::columns<"parent_id">, dt::references<"parent", "id">>;
struct copies_from : dt::schema<"1", dt::table<"parent", dt::column<"id", dt::bigint>, dt::column<"name", dt::text>, dt::primary_key<"id">>,
                                dt::table<"child", dt::column<"id", dt::bigint>, dt::column<"parent_id", dt::bigint>, dt::primary_key<"id">,
                                          dt::index<"by_parent", "parent_id">, parent_id>> {};
using copied_name = dt::copies<"names", dt::columns<"parent_id">, dt::references<"parent", "id">, dt::newer<dt::synced<"name">>,
                               dt::stale<dt::newer<>>>;

}  // namespace

TEST_CASE("the statements of copies lock one table at a time, as their facts say") {
  postgres_connection c;
  postgres_connection others;
  const postgres_schema place(c, place_name);
  c.run(creation_of<postgresql>(copies_from::value));
  c.run("ALTER TABLE parent SET (autovacuum_enabled = off)");
  c.run("ALTER TABLE child SET (autovacuum_enabled = off)");
  c.run("INSERT INTO parent SELECT n, 'n' FROM generate_series(1, 200) n");
  c.run("INSERT INTO child SELECT n, n FROM generate_series(1, 200) n");
  meter m(c, others);
  schema_store store;
  const model::change add = dt::add_sync<"child", copied_name, dt::column<"name", dt::text, dt::null>>::value;
  dt::list<dt::finding> found;
  const model::schema* after = store.apply(copies_from::value, add, found);
  REQUIRE(after != nullptr);
  m.run("up", change_of<postgresql>(add, copies_from::value, *after));
  m.run("down", change_of<postgresql>(model::natural_inverse(add, copies_from::value), *after, copies_from::value));
  CHECK(m.wrong == "");
  CHECK(m.measured == 20);
}

TEST_CASE("the statements of two columns that exchange their values do what their facts say") {
  postgres_connection c;
  postgres_connection others;
  const postgres_schema place(c, place_name);
  shop s;
  s.create(c);
  meter m(c, others);
  const model::assignment of_id[]{{"id_new", "\"id\""}};
  const model::sync shadow{{model::part_kind::sync, "id sync"}, {}, of_id, model::sync_side::newer, true};
  const model::table columns = *s.store.table("customer", {s.store.column("id_new", dt::integer::type, {true, {}, {}})});
  const model::change changes[]{
      {&kind_of<changes_of::add_sync>, "customer", "id sync", &shadow, &columns},
      {&kind_of<changes_of::fill_sync>, "customer", "id sync"},
      {&kind_of<changes_of::set_not_null>, "customer", "id_new"},
      {&kind_of<changes_of::swap>, "customer", "id sync", nullptr, nullptr, "id"},
  };
  std::vector<const model::schema*> versions{s.schema};
  for (const model::change& change : changes) {
    dt::list<dt::finding> found;
    versions.push_back(s.store.apply(*versions.back(), change, found));
    REQUIRE(versions.back() != nullptr);
  }
  // To the narrower type, and back.
  c.run(change_of<postgresql>(changes[0], *versions[0], *versions[1]));
  c.run("UPDATE customer SET id_new = id");
  c.run(change_of<postgresql>(changes[2], *versions[2], *versions[3]));
  m.run("there", change_of<postgresql>(changes[3], *versions[3], *versions[4]));
  m.run("back", change_of<postgresql>(changes[3], *versions[4], *versions[3]));
  CHECK(m.wrong == "");
  CHECK(m.measured == 50);
  postgres_words words(c);
  CHECK(catalogue_of(c) == postgresql_catalogue_of(*versions[3], words));
}

TEST_CASE("a unique index whose build failed is built again by the same script") {
  postgres_connection c;
  const postgres_schema place(c, place_name);
  shop s;
  s.create(c);
  c.run("UPDATE customer SET region = id");
  c.run("UPDATE customer SET region = 1 WHERE id = 2");
  const model::change change = s.add(s.store.index("region is \"unique\"", {"region"}, true));
  const model::schema* after = s.after(change);
  const auto script = change_of<postgresql>(change, *s.schema, *after);
  const auto is_valid = [&] {
    return c.run("SELECT indisvalid FROM pg_index WHERE indexrelid = to_regclass($1)", {R"("region is ""unique""")"});
  };
  try {
    c.run(script);
    FAIL("rows that are the same were made unique");
  } catch (const postgres_error& e) {
    CHECK(e.sqlstate == "23505");
  }
  REQUIRE(is_valid().size() == 1);
  CHECK(is_valid()[0][0] == "f");
  c.run("UPDATE customer SET region = id");
  c.run(script);
  REQUIRE(is_valid().size() == 1);
  CHECK(is_valid()[0][0] == "t");
  // It can also be run once more.
  c.run(script);
  CHECK(is_valid()[0][0] == "t");
  postgres_words words(c);
  CHECK(difference_of(postgresql_catalogue_of(*after, words), catalogue_of(c)) == "");
}

TEST_CASE("a script that does not get its lock gives up within seconds, and has done nothing by halves") {
  postgres_connection c;
  postgres_connection holder;
  const postgres_schema place(c, place_name);
  shop s;
  s.create(c);
  holder.run("SET search_path = " + generator::quoted(place_name));
  postgres_words words(c);
  const auto before = catalogue_of(c);
  const model::column* to = s.store.column("to", dt::bigint::type, {true, {}, {}});
  const model::change changes[]{
      s.add(s.store.column("new", s.store.enumeration("new type", {"x"}), {true, {}, {}})),
      {&kind_of<changes_of::drop_column>, "customer", "status"},
      {&kind_of<changes_of::drop_table>, "purchase", {}},
      s.create(s.store.table("child", {to, s.store.foreign_key("child_fkey", {"to"}, "customer", {"id"})})),
  };
  for (const model::change& change : changes) {
    INFO(to_text(change));
    const model::schema* after = s.after(change);
    const auto script = change_of<postgresql>(change, *s.schema, *after);
    holder.run("BEGIN");
    holder.run("INSERT INTO customer DEFAULT VALUES");
    std::size_t begun = 0;  // the first statement of the transaction that failed
    const auto start = std::chrono::steady_clock::now();
    try {
      for (std::size_t i = 0; i != script.size(); ++i) {
        if (script[i].facts.transaction == transaction_mode::begin) begun = i;
        c.run(script[i].text);
      }
      FAIL("the lock was not needed");
    } catch (const postgres_error& e) {
      CHECK(e.sqlstate == "55P03");
    }
    const std::chrono::duration<double> waited = std::chrono::steady_clock::now() - start;
    CHECK(waited.count() > 0.3);  // less where it locks two tables
    CHECK(waited.count() < 5);
    c.run("ROLLBACK");
    // No transaction before the failed one belongs to a change that is done in one.
    if (begun == 0) CHECK(difference_of(before, catalogue_of(c)) == "");
    CHECK(c.value("SHOW lock_timeout") == "0");
    holder.run("ROLLBACK");
    c.run(std::vector<run_statement>(script.begin() + static_cast<std::ptrdiff_t>(begun), script.end()));
    CHECK(difference_of(postgresql_catalogue_of(*after, words), catalogue_of(c)) == "");
    c.run(change_of<postgresql>(model::natural_inverse(change, *s.schema), *after, *s.schema));
    CHECK(difference_of(before, catalogue_of(c)) == "");
  }
}

TEST_CASE("a script leaves the settings of its session as they were") {
  postgres_connection c(" options='-c lock_timeout=66s -c statement_timeout=77s'");
  const postgres_schema place(c, place_name);
  shop s;
  s.create(c);
  for (const model::change& change :
       {s.add(s.store.index("i", {"region"})), s.add(s.store.column("c", dt::text::type, {true, {}, {}}))}) {
    c.run(change_of<postgresql>(change, *s.schema, *s.after(change)));
    CHECK(c.value("SHOW lock_timeout") == "66s");
    CHECK(c.value("SHOW statement_timeout") == "77s");
  }
}

TEST_CASE("names that PostgreSQL has for itself are refused") {
  postgres_connection c;
  schema_store store;
  const auto refused = [&](const model::part* p, const std::string& table) {
    const model::table* t = store.table(table, {p});
    return !postgresql::refuses(*t).empty() || !postgresql::refuses(*p, *t).empty();
  };
  int types = 0;
  for (const auto& r : c.run("SELECT typname FROM pg_type WHERE typnamespace = 'pg_catalog'::regnamespace")) {
    CAPTURE(*r[0]);
    CHECK(refused(store.column("c", store.enumeration(*r[0], {"x"}), {}), "t"));
    ++types;
  }
  CHECK(types > 400);
  for (const auto& r : c.run("SELECT relname FROM pg_class WHERE relnamespace = 'pg_catalog'::regnamespace")) {
    CAPTURE(*r[0]);
    CHECK(refused(store.column("c", dt::text::type, {}), *r[0]));
    CHECK(refused(store.index(*r[0], {"c"}), "t"));
  }
  for (const auto& r : c.run("SELECT attname FROM pg_attribute WHERE attnum < 0 AND attrelid = 'pg_class'::regclass")) {
    CAPTURE(*r[0]);
    CHECK(refused(store.column(*r[0], dt::text::type, {}), "t"));
  }
  for (const std::string& name : hostile_names()) CHECK_FALSE(refused(store.column(name, dt::text::type, {}), name));
  CHECK_FALSE(refused(store.column("c", store.enumeration("names", {"x"}), {}), "t"));
}

TEST_CASE("a key, index or foreign key that PostgreSQL cannot have is refused, and no other") {
  postgres_connection c;
  schema_store store;
  const auto time_of = [](int digits) { return dt::sql_type{dt::type_kind::time, digits}; };
  const dt::sql_type labels = store.enumeration("labels", {"x", "y"});
  std::vector<dt::sql_type> types{dt::json::type,       dt::jsonb::type, dt::varchar<9>::type,  dt::character<9>::type,
                                  dt::numeric<9>::type, time_of(0),      dt::any_numeric::type, dt::interval::type,
                                  dt::bytea::type,      time_of(6),      dt::text::type,        labels};
  for (std::size_t i = 0; i != 12; ++i) types.push_back(store.array(types[i]));
  int refused = 0;
  for (const dt::sql_type& type : types) {
    const model::column* column = store.column("c", type);
    const std::vector<const model::part*> parts{column, store.unique("u", {"c"}), store.index("i", {"c"}),
                                                store.foreign_key("f", {"c"}, "t", {"c"})};
    for (std::size_t n = 1; n != parts.size(); ++n) {
      const postgres_schema place(c, place_name);
      std::vector<const model::part*> some{column, parts[n]};
      if (n == 3) some.push_back(parts[1]);
      const model::table* t = store.table("t", some);
      bool refuses = false;
      for (const model::part* p : t->parts) refuses = refuses || !postgresql::refuses(*p, *t).empty();
      bool done = true;
      try {
        c.run(creation_of<postgresql>(*store.schema("1", {t})));
        for (int row = 0; row != rows_per_table; ++row) c.run("INSERT INTO t VALUES ($1)", {value_of(type, row)});
      } catch (const postgres_error&) {
        done = false;
      }
      INFO(to_text(*column) << ", " << to_text(*parts[n]));
      CHECK(done != refuses);
      refused += refuses;
    }
  }
  CHECK(refused == 2 * 3 + 4);
}

TEST_CASE("an index of a method that PostgreSQL cannot have is refused, and no other") {
  postgres_connection c;
  schema_store store;
  const postgres_schema place(c, place_name);
  std::vector<dt::sql_type> types{dt::smallint::type, dt::integer::type,      dt::bigint::type,           dt::boolean::type,
                                  dt::text::type,     dt::varchar<9>::type,   dt::character<9>::type,     dt::numeric<9>::type,
                                  dt::real::type,     dt::any_numeric::type,  dt::double_precision::type, dt::date::type,
                                  dt::time::type,     dt::timestamp::type,    dt::timestamptz::type,      dt::interval::type,
                                  dt::uuid::type,     dt::bytea::type,        dt::json::type,             dt::jsonb::type,
                                  store.enumeration("labels", {"x", "y"})};
  // Arrays of json fail at the first rows that are compared.
  for (std::size_t i = types.size(); i-- != 0;)
    if (types[i].kind != dt::type_kind::json) types.push_back(store.array(types[i]));
  c.run("CREATE TYPE labels AS ENUM ('x', 'y')");
  int refused = 0;
  int all = 0;
  for (const dt::sql_type& type : types) {
    const model::column* first = store.column("c", type);
    const model::column* second = store.column("d", type);
    c.run("CREATE TABLE t (c " + postgres_declared(type) + ", d " + postgres_declared(type) + ")");
    for (const char* method : {"", "gin", "gist", "hash", "brin", "spgist"})
      for (const model::index* i : {store.index_on("i", {{"c"}}, false, "", method),
                                    store.index_on("i", {{"c"}}, true, "", method),
                                    store.index_on("i", {{"c"}}, false, "d IS NULL", method),
                                    store.index_on("i", {{"c", {}, true, {}}}, false, "", method),
                                    store.index_on("i", {{"c", {}, false, "NULLS LAST"}}, false, "", method),
                                    store.index_on("i", {{"c"}, {"d"}}, false, "", method),
                                    store.index_on("i", {{"c"}}, false, "", method, {"d"})}) {
        const bool refuses = !postgresql::refuses(*i, *store.table("t", {first, second, i})).empty();
        dt::text_buffer sql;
        dt::sql::put_create_index(sql, *i, "t", "");
        bool done = true;
        try {
          c.run(str(sql.all()));
          c.run("DROP INDEX i");
        } catch (const postgres_error&) {
          done = false;
        }
        INFO(to_text(*first) << ", " << to_text(*i));
        CHECK(done != refuses);
        refused += refuses;
        ++all;
      }
    c.run("DROP TABLE t");
  }
  INFO(refused << " of " << all << " refused");
  CHECK(refused > 500);
  CHECK(all - refused > 400);
}
