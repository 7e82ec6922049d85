// SPDX-License-Identifier: BSL-1.0
// Schemas of the server that DOVETAIL_POSTGRES names: tables and sequences that are made in one, and that move to another
// while they are read and written.
#include <libpq-fe.h>

#include <atomic>
#include <cstdint>
#include <exception>
#include <functional>
#include <string>
#include <thread>

#include <dovetail/dovetail.hpp>
#include <dovetail/extract.hpp>
#include <dovetail/partitions.hpp>
#include <dovetail/run/postgresql.hpp>
#include <dovetail/run/script.hpp>

#include <support/catch.hpp>
#include <support/postgresql_catalogue.hpp>

using namespace test;
using dt::in_schema;

namespace {

using postgresql = dt::postgresql<15>;
constexpr const char* place_name = "dovetail schemas";
constexpr dt::fixed_string there = "dovetail 100% \"there\"";
const std::string quoted_there = generator::quoted("dovetail 100% \"there\"");

template <dt::fixed_string Name, class... Parts>
using customer = dt::table<Name, dt::column<"id", dt::bigint, dt::identity>, dt::column<"name's", dt::text>, dt::primary_key<"id">,
                           dt::unique<"odd \"key\"", "name's", "id">, dt::index<"by name", "name's">, Parts...>;
template <dt::fixed_string Target>
using invoice = dt::table<"invoice", dt::column<"nr", dt::bigint>, dt::column<"customer_id", dt::bigint>, dt::primary_key<"nr">,
                          dt::foreign_key<"fk", dt::columns<"customer_id">, dt::references<Target, "id">>>;
constexpr auto moved = in_schema<there, "the customer">;
constexpr auto numbers = in_schema<there, "numbers">;
constexpr auto extension = in_schema<there, "the extension">;
constexpr auto line = in_schema<there, "line">;
constexpr auto part = in_schema<there, "line 100%">;

struct place {
  postgres_connection c;
  postgres_schema schema{c, place_name};
  dt::run::postgresql_connection migrating{postgres_conninfo()};
  postgres_words words{c};

  place() {
    c.run("DROP SCHEMA IF EXISTS " + quoted_there + " CASCADE");
    migrating.execute(("SET search_path = " + generator::quoted(place_name)).c_str());
  }
  ~place() { c.run("DROP SCHEMA IF EXISTS " + quoted_there + " CASCADE"); }
  void run(const dt::ddl_script& script) {
    dt::run::patience patience;
    patience.first_wait = std::chrono::milliseconds(20);
    patience.tries = 50;
    dt::run::run_script(migrating, script, patience);
  }
  /// What is in the one schema, and in the other, is what these versions say, which name none.
  template <class Here, class There>
  bool is() {
    const bool right = catalogue_of(c) == postgresql_catalogue_of(Here::value, words);
    c.run("SET search_path = " + quoted_there);
    const std::string wrong = difference_of(postgresql_catalogue_of(There::value, words), catalogue_of(c));
    c.run("SET search_path = " + generator::quoted(place_name));
    UNSCOPED_INFO(wrong);
    return right && wrong.empty();
  }
};

/// What a schema says with one table in it, and foreign keys apart: those that lead out of it name another one.
template <class... Tables>
struct only : dt::schema<"only", Tables...> {};

}  // namespace

TEST_CASE("a table moves to another schema and back, with all that stands on it") {
  struct v1 : dt::schema<"1", dt::named_schema<there>, customer<"the customer">, invoice<"the customer">> {};
  struct moving : dt::migration<v1,
      dt::step<dt::set_schema<"the customer", there>, dt::set_schema<moved, "">>> {};
  struct v2 : dt::after<"2", moving> {};
  static_assert(dt::reversible<moving>);
  struct bare : dt::schema<"bare", invoice<moved>> {};
  place here;
  here.run(dt::ddl<postgresql, v1>);
  const auto before = catalogue_of(here.c);
  const std::string rows = "SELECT string_agg(id || \"name's\", ';' ORDER BY id) FROM ";
  here.c.run("INSERT INTO \"the customer\" (\"name's\") VALUES ('Ada'), ('Bob')");
  here.c.run("INSERT INTO invoice VALUES (7, 2)");
  for (int round = 0; round != 2; ++round) {
    here.run(dt::up<postgresql, moving>);
    CHECK(here.is<bare, only<customer<"the customer">>>());
    here.c.run("INSERT INTO " + quoted_there + ".\"the customer\" (\"name's\") VALUES ('Cid')");
    CHECK_THROWS(here.c.run("INSERT INTO invoice VALUES (8, 20)"));
    here.run(dt::down<postgresql, moving>);
    CHECK(catalogue_of(here.c) == before);
  }
  CHECK(here.c.value(rows + "\"the customer\"") == "1Ada;2Bob;3Cid;4Cid");
}

TEST_CASE("who moves a table locks no other") {
  struct v1 : dt::schema<"1", dt::named_schema<there>, customer<"the customer">, invoice<"the customer">> {};
  place here;
  here.run(dt::ddl<postgresql, v1>);
  here.c.run("BEGIN");
  here.c.run("ALTER TABLE \"the customer\" SET SCHEMA " + quoted_there);
  CHECK(here.c.value("SELECT string_agg(DISTINCT relname || mode, ',') FROM pg_locks JOIN pg_class ON pg_class.oid = relation WHERE "
                     "relkind = 'r' AND pid = pg_backend_pid() AND relname !~ '^pg_'") == "the customerAccessExclusiveLock");
  here.c.run("ROLLBACK");
}

TEST_CASE("a primary key that comes later takes no name that is taken in the schema of its table") {
  constexpr auto t = in_schema<there, "t">;
  using other = dt::table<in_schema<there, "t_pkey">, dt::column<"nr", dt::bigint>, dt::primary_key<"nr">>;
  struct v1 : dt::schema<"1", dt::named_schema<there>, dt::table<t, dt::column<"id", dt::bigint>>, other> {};
  struct keyed : dt::migration<v1, dt::step<dt::add_constraint<t, dt::primary_key<"id">>, dt::drop_primary_key<t>>> {};
  place here;
  here.run(dt::ddl<postgresql, v1>);
  here.run(dt::up<postgresql, keyed>);
  CHECK(here.c.value("SELECT string_agg(conname || ' of ' || relname, ', ' ORDER BY relname) FROM pg_constraint "
                     "JOIN pg_class ON pg_class.oid = conrelid WHERE contype = 'p' AND conrelid::regclass::text LIKE '%100%'") ==
        "t_pkey1 of t, t_pkey_pkey of t_pkey");
}

TEST_CASE("all that a table has is made, changed and dropped in a schema") {
  struct v1 : dt::schema<"1", dt::table<"here", dt::column<"id", dt::bigint>, dt::primary_key<"id">>> {};
  using made = customer<moved, dt::column<"nr", dt::bigint, dt::next_value_of<numbers>>, dt::comment<"said">,
                        dt::column<"here", dt::bigint, dt::null>, dt::foreign_key<"to here", dt::columns<"here">, dt::references<"here", "id">>,
                        dt::check<"positive", "\"id\" > 0">>;
  struct making : dt::migration<v1,
      dt::step<dt::create_schema<there>, dt::drop_schema<there>>,
      dt::step<dt::create_sequence<dt::sequence<numbers, dt::bigint>>, dt::drop_sequence<numbers>>,
      dt::step<dt::create_table<made>, dt::drop_table<moved>>,
      dt::step<dt::rename_index<moved, "by name", "i">, dt::rename_index<moved, "i", "by name">>,
      dt::step<dt::drop_index<moved, "i">, dt::add_index<moved, dt::index<"i", "name's">>>,
      dt::step<dt::drop_primary_key<moved>, dt::add_constraint<moved, dt::primary_key<"id">>>,
      dt::step<dt::drop_constraint<moved, "to here">, dt::add_constraint<moved, dt::foreign_key<"to here", dt::columns<"here">, dt::references<"here", "id">>>>,
      dt::step<dt::add_column<moved, dt::column<"more", dt::text, dt::null, dt::comment<"more">>>, dt::drop_column<moved, "more">>,
      dt::step<dt::set_not_null<moved, "here">, dt::drop_not_null<moved, "here">>,
      dt::step<dt::drop_identity<moved, "id">, dt::set_identity<moved, "id", dt::identity>>,
      dt::step<dt::drop_column_default<moved, "nr">, dt::set_column_default<moved, "nr", dt::next_value_of<numbers>>>,
      dt::step<dt::rename_table<moved, in_schema<there, "client">>, dt::rename_table<in_schema<there, "client">, moved>>,
      dt::step<dt::set_schema<numbers, "">, dt::set_schema<"numbers", there>>> {};
  struct v2 : dt::after<"2", making> {};
  static_assert(dt::reversible<making>);
  using bare = dt::table<"client", dt::column<"id", dt::bigint>, dt::column<"name's", dt::text>, dt::unique<"odd \"key\"", "name's", "id">,
                         dt::column<"nr", dt::bigint>, dt::comment<"said">, dt::column<"here", dt::bigint>,
                         dt::check<"positive", "\"id\" > 0">, dt::column<"more", dt::text, dt::null, dt::comment<"more">>>;
  struct here_2 : dt::schema<"here 2", dt::table<"here", dt::column<"id", dt::bigint>, dt::primary_key<"id">>, dt::sequence<"numbers", dt::bigint>> {};
  place here;
  here.run(dt::ddl<postgresql, v1>);
  const auto before = catalogue_of(here.c);
  for (int round = 0; round != 2; ++round) {
    here.run(dt::up<postgresql, making>);
    CHECK(here.is<here_2, only<bare>>());
    here.run(dt::down<postgresql, making>);
    CHECK(catalogue_of(here.c) == before);
    CHECK(here.c.value("SELECT count(*) FROM pg_namespace WHERE nspname = $1", {"dovetail 100% \"there\""}) == "0");
  }
}

TEST_CASE("columns of tables in a schema are renamed, widened, moved, copied and extracted, and a table is partitioned") {
  using by_id = dt::partitioned_by_range<"id">;
  struct v1 : dt::schema<"1", dt::named_schema<there>,
      customer<moved, dt::column<"a", dt::text, dt::null>, dt::column<"b", dt::text, dt::null>, dt::column<"c", dt::text, dt::null>,
               dt::column<"n", dt::integer, dt::null>, dt::index<"by n", "n">>,
      dt::table<extension, dt::column<"id", dt::bigint>, dt::primary_key<"id">,
                dt::foreign_key<"of", dt::columns<"id">, dt::references<moved, "id">>>,
      dt::table<line, dt::column<"id", dt::bigint, dt::identity>, dt::primary_key<"id">, dt::index<"line by id", "id">>> {};
  using named = dt::gradual_rename_column<moved, "a", "the a">;
  using widened = dt::gradual_widen_column<moved, "n", dt::bigint>;
  using moving = dt::gradual_move_column<moved, extension, "of", dt::synced<"b">>;
  using extracted = dt::gradual_extract_table<moved, in_schema<there, "the c">, "c">;
  using copied = dt::gradual_denormalise<extension, "of", dt::synced<"copy", "name's">>;
  struct m1 : dt::expand<v1, named> {};   struct v2 : dt::after<"2", m1> {};
  struct m2 : dt::fill<v2, named> {};     struct v3 : dt::after<"3", m2> {};
  struct m3 : dt::contract<v3, named> {}; struct v4 : dt::after<"4", m3> {};
  struct m4 : dt::expand<v4, widened> {};   struct v5 : dt::after<"5", m4> {};
  struct m5 : dt::fill<v5, widened> {};     struct v6 : dt::after<"6", m5> {};
  struct m6 : dt::contract<v6, widened> {}; struct v7 : dt::after<"7", m6> {};
  struct m7 : dt::expand<v7, moving> {};   struct v8 : dt::after<"8", m7> {};
  struct m8 : dt::fill<v8, moving> {};     struct v9 : dt::after<"9", m8> {};
  struct m9 : dt::contract<v9, moving> {}; struct v10 : dt::after<"10", m9> {};
  struct m10 : dt::expand<v10, extracted> {};   struct v11 : dt::after<"11", m10> {};
  struct m11 : dt::fill<v11, extracted> {};     struct v12 : dt::after<"12", m11> {};
  struct m12 : dt::contract<v12, extracted> {}; struct v13 : dt::after<"13", m12> {};
  struct m13 : dt::expand<v13, copied> {}; struct v14 : dt::after<"14", m13> {};
  struct m14 : dt::fill<v14, copied> {};   struct v15 : dt::after<"15", m14> {};
  struct m15 : dt::migration<v15,
      dt::step<dt::partition_table<line, by_id, dt::range_partition<part, dt::from<>, dt::until<1000>>>, dt::unpartition_table<line, part>>,
      dt::step<dt::create_partition<line, dt::range_partition<"line 2", dt::from<1000>, dt::until<2000>>>, dt::drop_partition<line, "line 2">>,
      dt::step<dt::drop_index<line, "line by id">, dt::add_index<line, dt::index<"line by id", "id">>>,
      dt::step<dt::add_index<line, dt::index<"id's", "id">>, dt::drop_index<line, "id's">>> {};
  struct v16 : dt::after<"16", m15> {};
  place here;
  here.run(dt::ddl<postgresql, v1>);
  const auto catalogue_there = [&] {
    here.c.run("SET search_path = " + quoted_there);
    const auto found = catalogue_of(here.c);
    here.c.run("SET search_path = " + generator::quoted(place_name));
    return found;
  };
  const auto before = catalogue_there();
  const std::string in = quoted_there + '.';
  here.c.run("INSERT INTO " + in + "\"the customer\" (\"name's\", a, b, c, n) VALUES ('Ada', '1', 'x', 'u', 5), ('Bob', '2', 'y', NULL, 6)");
  here.c.run("INSERT INTO " + in + "\"the extension\" VALUES (1), (2)");
  here.c.run("INSERT INTO " + in + "line DEFAULT VALUES");
  const std::string rows = "SELECT string_agg(concat_ws(',', id, \"name's\", a, b, c, n), ';' ORDER BY id) FROM " + in + "\"the customer\"";
  const std::string first = here.c.value(rows).value();
  const auto each = [&](auto run) {
    run.template operator()<m1, m2, m3, m4, m5, m6, m7, m8, m9, m10, m11, m12, m13, m14, m15>();
  };
  for (int round = 0; round != 2; ++round) {
    each([&]<class... M>() { (here.run(dt::up<postgresql, M>), ...); });
    CHECK(here.c.value("SELECT string_agg(concat_ws(',', e.id, e.b, e.copy, c.c, p.n, p.\"the a\"), ';' ORDER BY e.id) FROM " + in +
                       "\"the extension\" e JOIN " + in + "\"the customer\" p USING (id) LEFT JOIN " + in + "\"the c\" c USING (id)") ==
          "1,x,Ada,u,5,1;2,y,Bob,6,2");
    here.c.run("UPDATE " + in + "\"the customer\" SET \"name's\" = \"name's\" || 'a' WHERE id = 2");
    CHECK(here.c.value("SELECT copy FROM " + in + "\"the extension\" WHERE id = 2") == here.c.value("SELECT \"name's\" FROM " + in + "\"the customer\" WHERE id = 2"));
    here.c.run("UPDATE " + in + "\"the customer\" SET \"name's\" = 'Bob' WHERE id = 2");
    each([&]<class... M>() {
      const dt::ddl_script* const down[]{&dt::down<postgresql, M>...};
      for (std::size_t i = sizeof...(M); i-- != 0;) here.run(*down[i]);
    });
    CHECK(catalogue_there() == before);
    CHECK(here.c.value(rows) == first);
    CHECK(here.c.value("SELECT count(*) FROM pg_class c JOIN pg_namespace n ON n.oid = relnamespace WHERE nspname = $1", {place_name}) == "0");
    CHECK(here.c.value("SELECT count(*) FROM pg_proc p JOIN pg_namespace n ON n.oid = pronamespace WHERE nspname = ANY (ARRAY[$1, $2])",
                       {place_name, "dovetail 100% \"there\""}) == "0");
  }
}

TEST_CASE("a table moves behind an alias while older and newer releases read and write it") {
  struct v1 : dt::schema<"1", dt::named_schema<there>, customer<"the customer">> {};
  using gradually = dt::gradual_rename_table<"the customer", moved>;
  struct expand : dt::expand<v1, gradually> {};
  struct v2 : dt::after<"2", expand> {};
  struct contract : dt::contract<v2, gradually> {};
  struct v3 : dt::after<"3", contract> {};
  struct name { std::string of; };
  struct row { std::int64_t id; std::string of; };
  using field = dt::field<&name::of, "name's">;
  using field_of_row = dt::field<&row::of, "name's">;
  using older_put = dt::inserts<"the customer", name, field>;
  using older_get = dt::reads<"the customer", row, field_of_row, dt::single<"id">>;
  using newer_put = dt::inserts<moved, name, field>;
  using newer_get = dt::reads<moved, row, field_of_row, dt::single<"id">>;
  struct older : dt::release<"older", older_put, older_get> {};
  struct newer : dt::release<"newer", newer_put, newer_get> {};
  static_assert(dt::safe<dt::rollout<dt::live<v1, older>, dt::migrate<expand>, dt::start<newer>, dt::stop<older>, dt::migrate<contract>>>);

  place here;
  here.run(dt::ddl<postgresql, v1>);
  const auto before = catalogue_of(here.c);
  here.c.run("INSERT INTO \"the customer\" (\"name's\") VALUES ('first')");
  std::atomic<bool> stop{false};
  std::atomic<bool> with_newer{false};
  std::atomic<bool> with_older{true};
  std::atomic<int> written{1};
  std::atomic<int> done{0};
  std::string failures[4];
  const auto work = [&](std::string& failure, std::atomic<bool>& may, std::atomic<bool>& busy, auto each) {
    try {
      dt::run::postgresql_connection db{postgres_conninfo()};
      db.execute(("SET search_path = " + generator::quoted(place_name)).c_str());
      while (!stop) {
        busy = true;
        if (may) {
          each(db);
          ++done;
        }
        busy = false;
        if (!may) std::this_thread::sleep_for(std::chrono::milliseconds(1));
      }
    } catch (const std::exception& e) {
      failure = e.what();
    }
    busy = false;
  };
  std::atomic<bool> busy[4]{};
  std::vector<std::thread> threads;
  threads.emplace_back([&] { work(failures[0], with_older, busy[0], [&](auto& db) { db.template insert<older_put>(name{"older"}); ++written; }); });
  threads.emplace_back([&] { work(failures[1], with_older, busy[1], [&](auto& db) {
    if (!db.template find<older_get>(std::int64_t{1})) throw std::runtime_error("an older reader misses a row"); }); });
  threads.emplace_back([&] { work(failures[2], with_newer, busy[2], [&](auto& db) { db.template insert<newer_put>(name{"newer"}); ++written; }); });
  threads.emplace_back([&] { work(failures[3], with_newer, busy[3], [&](auto& db) {
    if (!db.template find<newer_get>(std::int64_t{1})) throw std::runtime_error("a newer reader misses a row"); }); });
  const auto some = [&] {
    for (const int goal = done + 60; done < goal && failures[0].empty() && failures[2].empty();) std::this_thread::sleep_for(std::chrono::milliseconds(1));
  };
  /// No release of this kind is at work any more.
  const auto stopped = [&](std::atomic<bool>& may, std::size_t first) {
    may = false;
    while (busy[first] || busy[first + 1]) std::this_thread::sleep_for(std::chrono::milliseconds(1));
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
    while (busy[first] || busy[first + 1]) std::this_thread::sleep_for(std::chrono::milliseconds(1));
  };
  for (int round = 0; round != 3; ++round) {
    some();
    here.run(dt::up<postgresql, expand>);
    with_newer = true;
    some();
    stopped(with_older, 0);
    here.run(dt::up<postgresql, contract>);
    some();
    here.run(dt::down<postgresql, contract>);
    with_older = true;
    some();
    stopped(with_newer, 2);
    here.run(dt::down<postgresql, expand>);
  }
  stop = true;
  for (std::thread& t : threads) t.join();
  for (const std::string& each : failures) CHECK(each == "");
  CHECK(catalogue_of(here.c) == before);
  CHECK(here.c.value("SELECT count(*) FROM \"the customer\"") == std::to_string(written));
  CHECK(here.c.value("SELECT count(DISTINCT \"name's\") FROM \"the customer\"") == "3");
}
