// SPDX-License-Identifier: BSL-1.0
// Partitions on the server that DOVETAIL_POSTGRES names: how they come and go, and how a table gets them while it is
// written and read.
#include <libpq-fe.h>

#include <atomic>
#include <mutex>
#include <thread>

#include <dovetail/dovetail.hpp>
#include <dovetail/partitions.hpp>
#include <dovetail/run/postgresql.hpp>
#include <dovetail/run/script.hpp>

#include <support/catch.hpp>
#include <support/postgresql_autovacuum.hpp>
#include <support/postgresql_catalogue.hpp>

using namespace test;

namespace {

using postgresql = dt::postgresql<15>;
constexpr const char* place_name = "dovetail partitions";

/// Runs scripts in a place of its own, and compares the catalogue with what is declared.
class place {
 public:
  explicit place(postgres_connection& c) : c_(c), schema_(c, place_name), words_(c), migrating_(postgres_conninfo()) {}
  void run(const dt::ddl_script& script) {
    // A script that has failed leaves its session as new.
    migrating_.execute(("SET search_path = " + generator::quoted(place_name)).c_str());
    dt::run::patience patience;
    patience.first_wait = std::chrono::milliseconds(20);
    patience.tries = 50;
    dt::run::run_script(migrating_, script, patience);
  }
  void holds(const model::schema& now) { CHECK(catalogue_of(c_) == postgresql_catalogue_of(now, words_)); }
  /// Whose search path is the place's once a script has been run.
  dt::run::postgresql_connection& migrating() { return migrating_; }

 private:
  postgres_connection& c_;
  const postgres_schema schema_;
  postgres_words words_;
  dt::run::postgresql_connection migrating_;
};
std::string all_rows(postgres_connection& c, const std::string& table) {
  return c.value("SELECT string_agg(t::text, ' ' ORDER BY t::text) FROM " + table + " t").value_or("none");
}

/// Up and down, step by step, from rows to the same rows: the catalogue is what is declared, and then what it was.
template <class Migration>
void there_and_back(postgres_connection& c, place& at, const std::string& table) {
  const auto before = catalogue_of(c);
  const std::string rows = all_rows(c, table);
  at.run(dt::up<postgresql, Migration>);
  at.holds(*dt::detail::migration_done<Migration>::versions[Migration::step_count]);
  CHECK(all_rows(c, table) == rows);
  at.run(dt::down<postgresql, Migration>);
  CHECK(catalogue_of(c) == before);
  CHECK(all_rows(c, table) == rows);
}

struct owner : dt::table<"owner", dt::column<"id", dt::bigint>, dt::primary_key<"id">> {};
template <class... Parts>
using measure = dt::table<"measure", dt::column<"id", dt::bigint, dt::identity>, dt::column<"at", dt::timestamptz>,
                          dt::column<"what", dt::text, dt::default_value<"a\\b">>, dt::column<"owner", dt::bigint, dt::null>,
                          dt::column<"half", dt::bigint, dt::generated_stored<"id / 2">>, dt::primary_key<"id", "at">,
                          dt::unique<"measure_what_key", "what", "at">, dt::index<"measure_owner_idx", "owner">,
                          dt::check<"measure_check", "what <> ''">,
                          dt::foreign_key<"measure_owner_fkey", dt::columns<"owner">, dt::references<"owner", "id">>, Parts...>;
using by_time = dt::partitioned_by_range<"at">;
using old_days = dt::range_partition<"measure old", dt::from<>, dt::until<"2026-01-01 00:00:00+00">>;
using this_year = dt::range_partition<"measure_2026", dt::from<"2026-01-01 00:00:00+00">, dt::until<"2027-01-01 00:00:00+00">>;
using next_year = dt::range_partition<"measure_2027", dt::from<"2027-01-01 00:00:00+00">, dt::until<"2028-01-01 00:00:00+00">>;
using rest = dt::default_partition<"measure_rest">;

struct v1 : dt::schema<"1", owner, measure<by_time, old_days, this_year>> {};
struct more : dt::migration<v1,
    dt::step<dt::create_partition<"measure", next_year>, dt::drop_partition<"measure", "measure_2027">>,
    dt::step<dt::create_partition<"measure", rest>, dt::drop_partition<"measure", "measure_rest">>,
    dt::step<dt::create_partition<"measure", dt::range_partition<"measure_2028", dt::from<"2028-01-01 00:00:00+00">, dt::until<>>>,
             dt::drop_partition<"measure", "measure_2028">>> {};
static_assert(dt::reversible<more>);

constexpr const char* some_rows =
    "INSERT INTO measure (at, what) VALUES ('2025-02-03', 'x'), ('2026-02-03', 'y'), ('2026-05-06', 'z')";

struct other_keys : dt::schema<"other keys",
    dt::table<"place", dt::column<"country", dt::varchar<3>, dt::null>, dt::column<"n", dt::integer>, dt::partitioned_by_list<"country">,
              dt::list_partition<"place_eu", "de", "f'r">, dt::default_partition<"place_rest">>,
    dt::table<"event", dt::column<"id", dt::bigint>, dt::column<"day", dt::date>, dt::primary_key<"day", "id">,
              dt::partitioned_by_hash<"id", "day">, dt::hash_partition<"event_0", 2, 0>>,
    dt::table<"span", dt::column<"a", dt::integer>, dt::column<"b", dt::text>, dt::partitioned_by_range<"a", "b">,
              dt::range_partition<"span_1", dt::from<1, "x">, dt::until<3, "y">>, dt::default_partition<"span_rest">>,
    dt::table<"place_nil", dt::column<"country", dt::varchar<3>, dt::null>, dt::column<"n", dt::integer>>,
    dt::table<"event_1", dt::column<"id", dt::bigint>, dt::column<"day", dt::date>, dt::primary_key<"day", "id">>,
    dt::table<"span_2", dt::column<"a", dt::integer>, dt::column<"b", dt::text>>> {};
struct attach_others : dt::migration<other_keys,
    dt::step<dt::attach_partition<"place", dt::list_partition<"place_nil", "at", dt::null{}>>,
             dt::detach_partition<"place", dt::table<"place_nil", dt::column<"country", dt::varchar<3>, dt::null>, dt::column<"n", dt::integer>>>>,
    dt::step<dt::attach_partition<"event", dt::hash_partition<"event_1", 2, 1>>,
             dt::detach_partition<"event", dt::table<"event_1", dt::column<"id", dt::bigint>, dt::column<"day", dt::date>, dt::primary_key<"day", "id">>>>,
    dt::step<dt::attach_partition<"span", dt::range_partition<"span_2", dt::from<3, "y">, dt::until<5, "">>>,
             dt::detach_partition<"span", dt::table<"span_2", dt::column<"a", dt::integer>, dt::column<"b", dt::text>>>>> {};
static_assert(dt::reversible<attach_others>);

/// The table alone, with names of its own for its indexes.
struct year : dt::table<"measure_2027", dt::column<"at", dt::timestamptz>, dt::column<"id", dt::bigint>,
                        dt::column<"what", dt::text, dt::default_value<"a\\b">>, dt::column<"owner", dt::bigint, dt::null>,
                        dt::column<"half", dt::bigint, dt::generated_stored<"id / 2">>, dt::primary_key<"id", "at">,
                        dt::unique<"year's key", "what", "at">, dt::index<"year idx", "owner">, dt::check<"measure_check", "what <> ''">,
                        dt::foreign_key<"measure_owner_fkey", dt::columns<"owner">, dt::references<"owner", "id">>> {};
struct with_year : dt::schema<"with year", owner, measure<by_time, old_days, this_year>, year> {};
struct attach_year : dt::migration<with_year,
    dt::step<dt::attach_partition<"measure", next_year>, dt::detach_partition<"measure", year>>> {};
static_assert(dt::reversible<attach_year>);

struct whole : dt::schema<"whole", owner, measure<dt::comment<"what was seen">>> {};
struct convert : dt::migration<whole,
    dt::step<dt::partition_table<"measure", by_time, old_days, this_year, next_year>, dt::unpartition_table<"measure", "measure old">>> {};
struct partitioned : dt::after<"partitioned", convert> {};
static_assert(dt::reversible<convert> && dt::lossless<partitioned>);

/// How often the table has been read in this transaction.
std::string reads(dt::run::postgresql_connection& c, const std::string& table) {
  const auto found = c.query("SELECT coalesce(sum(seq_scan), 0)::text FROM pg_stat_xact_user_tables WHERE relname = $1", {table});
  return found[0][0].value();
}

}  // namespace

TEST_CASE("partitions are created and dropped, and the catalogue is what is declared") {
  postgres_connection c;
  place at(c);
  at.run(dt::ddl<postgresql, v1>);
  at.holds(v1::value);
  c.run(some_rows);
  there_and_back<more>(c, at, "measure");
}

TEST_CASE("tables become partitions by range, list and hash, and tables again, without a scan under the lock") {
  postgres_connection c;
  place at(c);
  at.run(dt::ddl<postgresql, other_keys>);
  at.holds(other_keys::value);
  c.run("INSERT INTO place_nil VALUES (NULL, 1), ('at', 2)");
  c.run("INSERT INTO event_1 SELECT n, '2026-01-01' FROM generate_series(1, 50) n "
        "WHERE satisfies_hash_partition('event'::regclass, 2, 1, n::bigint, '2026-01-01'::date)");
  c.run("INSERT INTO span_2 VALUES (3, 'y'), (4, 'a'), (3, 'z')");
  const std::string tables[]{all_rows(c, "place_nil"), all_rows(c, "event_1"), all_rows(c, "span_2")};
  const auto before = catalogue_of(c);
  int attached = 0;
  for (const dt::statement& s : dt::up<postgresql, attach_others>) {
    const bool attaches = str(s.text).find(" ATTACH PARTITION ") != std::string::npos;
    std::string counts[2];
    const auto count = [&] {
      std::string all;
      for (const char* name : {"place_nil", "event_1", "span_2", "place_rest", "span_rest"}) all += reads(at.migrating(), name) + ' ';
      return all;
    };
    if (attaches) counts[0] = count();
    at.migrating().execute(s.text);
    if (attaches) counts[1] = count();
    CHECK(counts[0] == counts[1]);
    attached += attaches;
  }
  CHECK(attached == 3);
  at.holds(*dt::detail::migration_done<attach_others>::versions[3]);
  CHECK(all_rows(c, "place") == tables[0]);
  CHECK(all_rows(c, "event") == tables[1]);
  CHECK(all_rows(c, "span") == tables[2]);
  at.run(dt::down<postgresql, attach_others>);
  CHECK(catalogue_of(c) == before);
  CHECK(all_rows(c, "place_nil") == tables[0]);
  CHECK(all_rows(c, "event_1") == tables[1]);
  CHECK(all_rows(c, "span_2") == tables[2]);
}

TEST_CASE("a table with keys, indexes and foreign keys becomes a partition, and has its own names again") {
  postgres_connection c;
  place at(c);
  at.run(dt::ddl<postgresql, with_year>);
  c.run(some_rows);
  c.run("INSERT INTO owner VALUES (1)");
  c.run("INSERT INTO measure_2027 (id, at, what, owner) VALUES (100, '2027-03-04', 'y', 1)");
  const auto before = catalogue_of(c);
  const std::string rows = all_rows(c, "measure");
  const std::string alone = all_rows(c, "measure_2027");
  at.run(dt::up<postgresql, attach_year>);
  CHECK(c.value("SELECT what FROM measure WHERE id = 100") == "y");
  at.run(dt::down<postgresql, attach_year>);
  CHECK(catalogue_of(c) == before);
  CHECK(all_rows(c, "measure") == rows);
  CHECK(all_rows(c, "measure_2027") == alone);
}

TEST_CASE("a row that does not belong to a partition stops the step that makes it, and nothing is changed") {
  postgres_connection c;
  place at(c);
  at.run(dt::ddl<postgresql, with_year>);
  c.run("INSERT INTO measure_2027 (id, at, what) VALUES (100, '2029-03-04', 'y')");
  CHECK_THROWS_AS(at.run(dt::up<postgresql, attach_year>), dt::run::script_error);
  CHECK(c.value("SELECT count(*) FROM measure_2027") == "1");
  c.run("DELETE FROM measure_2027");
  at.run(dt::up<postgresql, attach_year>);  // what it has left is not in its way
  CHECK(c.value("SELECT count(*) FROM pg_inherits WHERE inhparent = 'measure'::regclass") == "3");
}

TEST_CASE("a table becomes a partition while autovacuum is at work on the target of its foreign key") {
  postgres_connection c;
  place at(c);
  at.run(dt::ddl<postgresql, with_year>);
  c.run("INSERT INTO owner SELECT n FROM generate_series(1, 20000) n");
  c.run("UPDATE owner SET id = id");
  wait_for_autovacuum(c, "owner");
  dt::run::patience once;
  once.tries = 1;
  REQUIRE_NOTHROW(dt::run::run_script(at.migrating(), dt::up<postgresql, attach_year>, once));
}

TEST_CASE("a partition comes while a writer's transaction is open") {
  postgres_connection c;
  postgres_connection writer;
  place at(c);
  struct bare : dt::schema<"bare", dt::table<"t", dt::column<"n", dt::integer>, dt::partitioned_by_range<"n">,
                                             dt::range_partition<"t1", dt::from<1>, dt::until<5>>>> {};
  struct next : dt::migration<bare,
      dt::step<dt::create_partition<"t", dt::range_partition<"t2", dt::from<5>, dt::until<9>>>, dt::drop_partition<"t", "t2">>> {};
  at.run(dt::ddl<postgresql, bare>);
  writer.run("SET search_path = " + generator::quoted(place_name));
  writer.run("BEGIN");
  writer.run("INSERT INTO t VALUES (1)");
  dt::run::patience once;
  once.tries = 1;
  CHECK(dt::run::run_script(at.migrating(), dt::up<postgresql, next>, once).retries == 0);
  writer.run("INSERT INTO t VALUES (7)");
  writer.run("COMMIT");
  CHECK(c.value("SELECT count(*) FROM t2") == "1");
}

TEST_CASE("a partition whose way out was stopped goes, when the script is run again") {
  postgres_connection c;
  postgres_connection reader;
  postgres_connection detaching;
  place at(c);
  at.run(dt::ddl<postgresql, with_year>);
  at.run(dt::up<postgresql, attach_year>);
  const std::string path = "SET search_path = " + generator::quoted(place_name);
  reader.run(path);
  detaching.run(path);
  reader.run("BEGIN");
  reader.run("SELECT * FROM measure");
  detaching.send("ALTER TABLE measure DETACH PARTITION measure_2027 CONCURRENTLY");
  const std::string pending = "SELECT count(*) FROM pg_inherits WHERE inhdetachpending AND inhrelid = 'measure_2027'::regclass";
  while (c.value(pending) == "0") std::this_thread::sleep_for(std::chrono::milliseconds(2));
  c.run("SELECT pg_cancel_backend(" + std::to_string(detaching.pid()) + ")");
  CHECK_THROWS(detaching.finish());
  reader.run("COMMIT");
  CHECK(c.value(pending) == "1");
  at.run(dt::down<postgresql, attach_year>);
  at.holds(with_year::value);
}

namespace {

template <class Step>
struct one_step : dt::migration<v1, Step> {};
using index_step = dt::step<dt::add_index<"measure", dt::index<"measure_half_idx", "half">>, dt::drop_index<"measure", "measure_half_idx">>;
using key_step = dt::step<dt::add_constraint<"measure", dt::unique<"measure_half_key", "half", "at", "id">>,
                          dt::drop_constraint<"measure", "measure_half_key">>;
using primary_step = dt::step<dt::drop_primary_key<"measure">, dt::add_constraint<"measure", dt::primary_key<"id", "at">>>;
using foreign_step =
    dt::step<dt::add_constraint<"measure", dt::foreign_key<"measure_id_fkey", dt::columns<"id">, dt::references<"owner", "id">>>,
             dt::drop_constraint<"measure", "measure_id_fkey">>;
using check_step = dt::step<dt::add_constraint<"measure", dt::check<"big", "id < 1000">>, dt::drop_constraint<"measure", "big">>;
using column_step = dt::step<dt::add_column<"measure", dt::column<"note", dt::text, dt::null>>, dt::drop_column<"measure", "note">>;
using name_step = dt::step<dt::rename_column<"measure", "at", "time">, dt::rename_column<"measure", "time", "at">>;

}  // namespace

namespace {

dt::lock_mode mode_of(const std::string& name) {
  const char* const words[]{"", "RowShareLock", "RowExclusiveLock", "ShareUpdateExclusiveLock", "ShareLock", "ShareRowExclusiveLock", "AccessExclusiveLock"};
  for (int i = 1; i != 7; ++i)
    if (name == words[i]) return static_cast<dt::lock_mode>(i);
  return dt::lock_mode::none;
}
/// Runs a script, and names each statement in a transaction after which a table that others see is locked otherwise than
/// all statements of the transaction say, up to there. A lock of a table is one of its partitions, too; what an idempotent
/// statement says it may do; and the partition that is attached or detached is named by the statement.
std::string unlike_facts(postgres_connection& others, dt::run::postgresql_connection& c, const dt::ddl_script& script) {
  std::string wrong;
  std::map<std::string, dt::lock_mode> said;
  std::map<std::string, dt::lock_mode> sure;
  const std::string pid = c.query("SELECT pg_backend_pid()::text")[0][0].value();
  for (const dt::statement& s : script) {
    c.execute(s.text);
    if (s.transaction == dt::transaction_mode::begin) said.clear(), sure.clear();
    if (s.transaction != dt::transaction_mode::inside) continue;
    said[str(s.table)] = std::max(said[str(s.table)], s.lock);
    said[str(s.also)] = std::max(said[str(s.also)], s.also_lock);
    if (!s.idempotent) sure[str(s.table)] = std::max(sure[str(s.table)], s.lock);
    std::map<std::string, dt::lock_mode> held;
    for (const auto& r : others.run("SELECT relname, mode FROM pg_locks JOIN pg_class c ON c.oid = relation WHERE granted AND relkind IN ('r', 'p') AND "
                                    "relnamespace = (SELECT oid FROM pg_namespace WHERE nspname = '" + std::string(place_name) + "') AND pid = " + pid))
      held[*r[0]] = std::max(held[*r[0]], mode_of(*r[1]));
    for (const auto& [name, mode] : held)
      if (const auto told = said.find(name); mode != dt::lock_mode::none && (told == said.end() || told->second < mode) &&
                                               said["t"] < mode && str(s.text).find("PARTITION \"" + name) == std::string::npos)
        wrong += "locks " + name + " by " + std::to_string(static_cast<int>(mode)) + ": " + str(s.text) + '\n';
    for (const auto& [name, mode] : sure)
      if (held.contains(name) && mode > held[name]) wrong += "does not lock " + name + ": " + str(s.text) + '\n';
  }
  return wrong;
}

template <class... Parts>
using t = dt::table<"t", dt::column<"n", dt::integer>, dt::primary_key<"n">, dt::index<"t_idx", "n">, Parts...>;
struct apart : dt::table<"t2", dt::column<"n", dt::integer>, dt::primary_key<"n">, dt::index<"t2_idx", "n">> {};
using t1 = dt::range_partition<"t1", dt::from<>, dt::until<5>>;
using t2 = dt::range_partition<"t2", dt::from<5>, dt::until<9>>;
struct alone_t : dt::schema<"alone", t<>> {};
struct without_rest : dt::schema<"without rest", t<dt::partitioned_by_range<"n">, t1>> {};
struct with_rest : dt::schema<"with rest", t<dt::partitioned_by_range<"n">, t1, dt::default_partition<"t3">>, apart> {};
template <class From, class... Steps>
struct doing : dt::migration<From, Steps...> {};
using come = dt::step<dt::create_partition<"t", t2>, dt::drop_partition<"t", "t2">>;
using go_apart = dt::step<dt::attach_partition<"t", t2>, dt::detach_partition<"t", apart>>;
using split = dt::step<dt::partition_table<"t", dt::partitioned_by_range<"n">, t1, t2>, dt::unpartition_table<"t", "t1">>;
using indexed = dt::step<dt::add_index<"t", dt::index<"u", "n">>, dt::drop_index<"t", "u">>;

}  // namespace

TEST_CASE("the statements of partitions lock what their facts say") {
  postgres_connection c;
  const auto follows = [&](const dt::ddl_script& made, const dt::ddl_script& up, const dt::ddl_script& down) {
    place at(c);
    at.run(made);
    CHECK(unlike_facts(c, at.migrating(), up) == "");
    CHECK(unlike_facts(c, at.migrating(), down) == "");
  };
  follows(dt::ddl<postgresql, without_rest>, dt::up<postgresql, doing<without_rest, come>>, dt::down<postgresql, doing<without_rest, come>>);
  follows(dt::ddl<postgresql, without_rest>, dt::up<postgresql, doing<without_rest, indexed>>, dt::down<postgresql, doing<without_rest, indexed>>);
  follows(dt::ddl<postgresql, with_rest>, dt::up<postgresql, doing<with_rest, go_apart>>, dt::down<postgresql, doing<with_rest, go_apart>>);
  follows(dt::ddl<postgresql, alone_t>, dt::up<postgresql, doing<alone_t, split>>, dt::down<postgresql, doing<alone_t, split>>);
}

TEST_CASE("what is added to a partitioned table comes to its partitions") {
  postgres_connection c;
  place at(c);
  at.run(dt::ddl<postgresql, v1>);
  c.run("INSERT INTO owner VALUES (1), (2), (3)");
  c.run(some_rows);
  const auto same_catalogue = [&](auto step) {
    const auto before = catalogue_of(c);
    using migration = one_step<decltype(step)>;
    at.run(dt::up<postgresql, migration>);
    at.holds(*dt::detail::migration_done<migration>::versions[1]);
    at.run(dt::down<postgresql, migration>);
    CHECK(catalogue_of(c) == before);
  };
  same_catalogue(index_step{});
  same_catalogue(key_step{});
  same_catalogue(primary_step{});
  same_catalogue(foreign_step{});
  same_catalogue(check_step{});
  same_catalogue(column_step{});
  same_catalogue(name_step{});
}

TEST_CASE("a table with rows is partitioned by a hash") {
  using by_id = dt::table<"by id", dt::column<"id", dt::bigint>, dt::primary_key<"id">>;
  struct alone : dt::schema<"alone", by_id> {};
  struct hashing : dt::migration<alone, dt::step<dt::partition_table<"by id", dt::partitioned_by_hash<"id">, dt::hash_partition<"all", 1, 0>>,
                                                 dt::unpartition_table<"by id", "all">>> {};
  postgres_connection c;
  place at(c);
  at.run(dt::ddl<postgresql, alone>);
  c.run("INSERT INTO \"by id\" SELECT generate_series(1, 5)");
  there_and_back<hashing>(c, at, "\"by id\"");
  CHECK(unlike_facts(c, at.migrating(), dt::up<postgresql, hashing>) == "");
}

TEST_CASE("a table is partitioned, and is one table again, while it is written and read") {
  postgres_connection c;
  place at(c);
  at.run(dt::ddl<postgresql, whole>);
  at.holds(whole::value);
  c.run("CREATE ROLE \"measure reader\"");
  c.run("GRANT SELECT ON measure TO \"measure reader\"");
  c.run(some_rows);
  const auto before = catalogue_of(c);

  std::atomic<bool> stop{false};
  std::atomic<int> done{0};
  std::mutex lock;
  std::string failure;
  std::map<std::string, std::string> wanted[3];
  std::vector<std::thread> workers;
  for (std::size_t w = 0; w != 3; ++w)
    workers.emplace_back([&, w] {
      try {
        postgres_connection worker;
        worker.run("SET search_path = " + generator::quoted(place_name));
        // Plans that are kept are made of the table as it was.
        worker.run("PREPARE put AS INSERT INTO measure (at, what) VALUES ($1, $2) RETURNING id");
        worker.run("PREPARE change AS UPDATE measure SET what = $2 WHERE id = $1 RETURNING id");
        worker.run("PREPARE look AS SELECT what FROM measure WHERE id = $1");
        random_source random(w + 3);
        auto& mine = wanted[w];
        const auto literal = [](const std::string& text) { return "'" + text + "'"; };
        for (int n = 0; !stop; ++n, ++done) {
          const std::string what = "w" + std::to_string(w) + '-' + std::to_string(n);
          if (mine.empty() || n % 3 == 0) {
            // Before the end of the first partition: nobody writes beyond it until it is one.
            const std::string day = "2025-01-" + std::to_string(1 + random.below(28)) + " 00:00:00+00";
            mine[worker.value("EXECUTE put(" + literal(day) + ", " + literal(what) + ")").value()] = what;
          } else if (n % 3 == 1) {
            auto& row = *std::next(mine.begin(), static_cast<std::ptrdiff_t>(random.below(mine.size())));
            row.second = what;
            if (worker.run("EXECUTE change(" + row.first + ", " + literal(what) + ")").size() != 1)
              throw std::runtime_error("no row " + row.first + " to change");
          } else {
            const auto& row = *std::next(mine.begin(), static_cast<std::ptrdiff_t>(random.below(mine.size())));
            const auto found = worker.run("EXECUTE look(" + row.first + ")");
            if (found.size() != 1 || found[0][0] != row.second) throw std::runtime_error("row " + row.first + " is stale or lost");
          }
        }
      } catch (const std::exception& e) {
        const std::lock_guard held(lock);
        failure += e.what();
        stop = true;
      }
    });
  const auto work_on = [&] {
    const int goal = done + 200;
    while (done < goal && !stop) std::this_thread::sleep_for(std::chrono::milliseconds(2));
  };
  c.run("DELETE FROM measure WHERE at >= '2026-01-01'");
  std::string kept;
  for (int times = 0; times != 3; ++times) {
    work_on();
    at.run(dt::up<postgresql, convert>);
    at.holds(partitioned::value);
    work_on();
    CHECK(c.value("SELECT has_table_privilege('measure reader', 'measure', 'SELECT')") == "t");
    // Rows of another partition come along on the way back.
    c.run("INSERT INTO measure (at, what) VALUES ('2026-07-07', 'new " + std::to_string(times) + "')");
    work_on();
    at.run(dt::down<postgresql, convert>);
    at.holds(whole::value);
    CHECK(c.value("SELECT count(*) FROM measure WHERE what = 'new " + std::to_string(times) + "'") == "1");
    c.run("DELETE FROM measure WHERE at >= '2026-01-01'");
    work_on();
  }
  stop = true;
  for (std::thread& each : workers) each.join();
  CHECK(failure == "");
  CHECK(done > 1500);
  CHECK(catalogue_of(c) == before);
  std::size_t lost = 0;
  for (const auto& mine : wanted)
    for (const auto& [id, what] : mine) lost += c.value("SELECT count(*) FROM measure WHERE id = $1 AND what = $2", {id, what}) != "1";
  CHECK(lost == 0);
  CHECK(c.value("SELECT count(*) FROM measure") == std::to_string(1 + wanted[0].size() + wanted[1].size() + wanted[2].size()));
  c.run("REVOKE ALL ON measure FROM \"measure reader\"");
  c.run("DROP ROLE \"measure reader\"");
}
