// SPDX-License-Identifier: BSL-1.0
// Sequences on the server that DOVETAIL_POSTGRES names: up and down, what they hand out, and who draws meanwhile.
#include <libpq-fe.h>

#include <atomic>
#include <exception>
#include <thread>

#include <dovetail/dovetail.hpp>
#include <dovetail/run/postgresql.hpp>
#include <dovetail/run/script.hpp>

#include <support/catch.hpp>
#include <support/postgresql_catalogue.hpp>

using namespace test;

namespace {

using postgresql = dt::postgresql<15>;
constexpr const char* place_name = "dovetail sequences";

using id = dt::column<"id", dt::bigint, dt::identity>;
template <class... Options>
using number = dt::column<"nr", dt::bigint, Options...>;
template <class... Parts>
using invoice = dt::table<"odd 'invoice'", id, Parts..., dt::primary_key<"id">, dt::unique<"once", "nr">>;
constexpr dt::fixed_string name = "it's \\ \"numbers\"";
template <class... Options>
using numbers = dt::sequence<name, dt::bigint, dt::start_with<1000>, dt::increment_by<10>, Options...>;
using owned = numbers<dt::owned_by<"odd 'invoice'", "nr">>;

struct v1 : dt::schema<"1", invoice<number<dt::null>>> {};
struct counting : dt::migration<v1,
    dt::step<dt::create_sequence<numbers<>>, dt::drop_sequence<name>>,
    dt::step<dt::set_column_default<"odd 'invoice'", "nr", dt::next_value_of<name>>, dt::drop_column_default<"odd 'invoice'", "nr">>> {};
struct v2 : dt::after<"2", counting> {};
struct changing : dt::migration<v2,
    dt::step<dt::rename_sequence<name, "other \"numbers\"">, dt::rename_sequence<"other \"numbers\"", name>>,
    dt::step<dt::alter_sequence<dt::sequence<"other \"numbers\"", dt::integer, dt::increment_by<-1>, dt::min_value<-50>, dt::max_value<90000>,
                                             dt::start_with<7>, dt::cache<3>, dt::cycle, dt::owned_by<"odd 'invoice'", "nr">>>,
             dt::alter_sequence<dt::sequence<"other \"numbers\"", dt::bigint, dt::start_with<1000>, dt::increment_by<10>>>>> {};
struct v3 : dt::after<"3", changing> {};
struct adding : dt::migration<v2,
    dt::step<dt::add_column<"odd 'invoice'", dt::column<"more", dt::numeric<24, 2>, dt::next_value_of<name>>>, dt::drop_column<"odd 'invoice'", "more">>,
    dt::step<dt::alter_sequence<owned>, dt::alter_sequence<numbers<>>>> {};
struct v4 : dt::after<"4", adding> {};
static_assert(dt::reversible<counting> && dt::reversible<changing> && dt::reversible<adding>);

struct place {
  postgres_connection c;
  postgres_schema schema{c, place_name};
  dt::run::postgresql_connection migrating{postgres_conninfo()};
  postgres_words words{c};

  place() { migrating.execute(("SET search_path = " + generator::quoted(place_name)).c_str()); }
  void run(const dt::ddl_script& script) {
    dt::run::patience patience;
    patience.first_wait = std::chrono::milliseconds(20);
    patience.tries = 50;
    dt::run::run_script(migrating, script, patience);
  }
  std::string inserted() { return c.value("INSERT INTO \"odd 'invoice'\" DEFAULT VALUES RETURNING nr").value_or("none"); }
  bool is(const dt::model::schema& s) { return difference_of(postgresql_catalogue_of(s, words), catalogue_of(c)).empty(); }
  postgres_connection::rows rows() { return c.run("SELECT id, nr FROM \"odd 'invoice'\" ORDER BY id"); }
};

}  // namespace

TEST_CASE("sequences go up and down, and rows and position stay") {
  place here;
  here.run(dt::ddl<postgresql, v1>);
  const auto before = catalogue_of(here.c);
  CHECK(here.inserted() == "none");
  here.run(dt::up<postgresql, counting>);
  CHECK(here.is(v2::value));
  CHECK(here.inserted() == "1000");
  const auto rows = here.rows();

  here.run(dt::up<postgresql, changing>);
  CHECK(here.is(v3::value));
  here.run(dt::down<postgresql, changing>);
  CHECK(here.is(v2::value));
  CHECK(here.rows() == rows);
  CHECK(here.inserted() == "1010");

  here.run(dt::up<postgresql, adding>);
  CHECK(here.is(v4::value));
  CHECK(here.c.value("SELECT min(more) || ' ' || max(more) FROM \"odd 'invoice'\"") == "1020.00 1040.00");
  here.run(dt::down<postgresql, adding>);
  CHECK(here.is(v2::value));
  CHECK(here.inserted() == "1050");

  here.run(dt::down<postgresql, counting>);
  CHECK(catalogue_of(here.c) == before);
  CHECK(here.inserted() == "none");
  CHECK(here.rows().size() == 5);
}

TEST_CASE("a sequence that is made again hands out no number twice that is stored") {
  place here;
  here.run(dt::ddl<postgresql, v1>);
  here.run(dt::up<postgresql, counting>);
  here.inserted();
  CHECK(here.inserted() == "1010");
  here.run(dt::down<postgresql, counting>);
  here.run(dt::up<postgresql, counting>);
  CHECK(here.inserted() == "1020");
  // A number between two of them, one before the first, and one that the sequence never gives.
  here.run(dt::down<postgresql, counting>);
  here.c.run("INSERT INTO \"odd 'invoice'\" (nr) VALUES (1033), (0)");
  here.run(dt::up<postgresql, counting>);
  CHECK(here.inserted() == "1050");
  here.run(dt::down<postgresql, counting>);
  here.c.run("DELETE FROM \"odd 'invoice'\"");
  here.c.run("INSERT INTO \"odd 'invoice'\" (nr) VALUES (7), (-3000)");
  here.run(dt::up<postgresql, counting>);
  CHECK(here.inserted() == "1000");
}

TEST_CASE("one that is further than what is stored stays where it is, and one that goes down goes on below") {
  struct bare : dt::schema<"bare", invoice<number<dt::null>>, numbers<>, dt::sequence<"down", dt::smallint, dt::increment_by<-3>, dt::max_value<100>>> {};
  struct upwards : dt::migration<bare, dt::step<dt::set_column_default<"odd 'invoice'", "nr", dt::next_value_of<name>>, dt::drop_column_default<"odd 'invoice'", "nr">>> {};
  struct downwards : dt::migration<bare, dt::step<dt::set_column_default<"odd 'invoice'", "nr", dt::next_value_of<"down">>, dt::drop_column_default<"odd 'invoice'", "nr">>> {};
  place here;
  here.run(dt::ddl<postgresql, bare>);
  CHECK(here.is(bare::value));
  here.c.run("SELECT setval('\"it''s \\ \"\"numbers\"\"\"', 5000)");
  here.c.run("INSERT INTO \"odd 'invoice'\" (nr) VALUES (95)");
  here.run(dt::up<postgresql, upwards>);
  CHECK(here.inserted() == "5010");
  here.run(dt::down<postgresql, upwards>);
  here.run(dt::up<postgresql, downwards>);
  CHECK(here.inserted() == "91");  // 100, 97, 94, 91
  CHECK(here.inserted() == "88");
}

TEST_CASE("while others draw, no number comes twice and none of them fails") {
  // Both tables draw from one sequence at the end; the second one does so all the time.
  struct first : dt::schema<"first", invoice<number<dt::null>>, numbers<>, dt::table<"other", number<dt::next_value_of<name>>>> {};
  struct drawing : dt::migration<first,
      dt::step<dt::set_column_default<"odd 'invoice'", "nr", dt::next_value_of<name>>, dt::drop_column_default<"odd 'invoice'", "nr">>,
      dt::step<dt::rename_sequence<name, "n">, dt::rename_sequence<"n", name>>,
      dt::step<dt::alter_sequence<dt::sequence<"n", dt::bigint, dt::start_with<1000>, dt::increment_by<2>>>,
               dt::alter_sequence<dt::sequence<"n", dt::bigint, dt::start_with<1000>, dt::increment_by<10>>>>> {};
  place here;
  here.run(dt::ddl<postgresql, first>);
  std::atomic<bool> stop{false};
  std::atomic<int> done{0};
  std::vector<std::string> failures(3);
  std::vector<std::thread> writers;
  for (std::size_t w = 0; w != failures.size(); ++w)
    writers.emplace_back([&, w] {
      try {
        postgres_connection c;
        c.run("SET search_path = " + generator::quoted(place_name));
        for (; !stop; ++done) {
          if (w != 0) c.run("INSERT INTO \"other\" DEFAULT VALUES");
          if (w != 1) c.run("INSERT INTO \"odd 'invoice'\" DEFAULT VALUES");
        }
      } catch (const std::exception& e) {
        failures[w] = e.what();
        stop = true;
      }
    });
  const auto work = [&] {
    const int goal = done + 60;
    while (done < goal && !stop) std::this_thread::sleep_for(std::chrono::milliseconds(1));
  };
  for (int round = 0; round != 4; ++round) {
    work();
    here.run(dt::up<postgresql, drawing>);
    work();
    here.run(dt::down<postgresql, drawing>);
  }
  stop = true;
  for (std::thread& t : writers) t.join();
  for (const std::string& each : failures) CHECK(each == "");
  CHECK(here.is(first::value));
  CHECK(here.c.value("SELECT count(*) - count(DISTINCT nr) FROM (SELECT nr FROM \"other\" UNION ALL SELECT nr FROM \"odd 'invoice'\" "
                     "WHERE nr IS NOT NULL) all_numbers") == "0");
  CHECK(here.c.value("SELECT count(nr) > 100 FROM \"odd 'invoice'\"") == "t");
}
