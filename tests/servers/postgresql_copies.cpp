// SPDX-License-Identifier: BSL-1.0
// Copies of a parent's columns in its children, on the server that DOVETAIL_POSTGRES names, while both are written and read.
#include <libpq-fe.h>

#include <atomic>
#include <exception>
#include <functional>
#include <mutex>
#include <thread>

#include <dovetail/dovetail.hpp>
#include <dovetail/run/postgresql.hpp>
#include <dovetail/run/script.hpp>

#include <support/catch.hpp>
#include <support/postgresql_catalogue.hpp>

using namespace test;

namespace {

using postgresql = dt::postgresql<15>;
constexpr const char* place_name = "dovetail copies";

using id = dt::column<"id", dt::bigint>;
using key = dt::primary_key<"id">;
template <class... Parts>
using purchase = dt::table<"odd \"purchase\"", id, dt::column<"customer's", dt::text>, dt::column<"note", dt::text, dt::null>,
                           dt::column<"total", dt::bigint, dt::default_value<0>>, key, Parts...>;
using to_purchase = dt::foreign_key<"item's", dt::columns<"of \"purchase\"">, dt::references<"odd \"purchase\"", "id">>;
struct item : dt::table<"item", id, dt::column<"of \"purchase\"", dt::bigint>, key, to_purchase, dt::index<"by_purchase", "of \"purchase\"">> {};
using copying = dt::gradual_denormalise<"item", "item's", dt::synced<"name's", "customer's">, dt::synced<"note">>;

template <class... Parts>
struct phases {
  struct v1 : dt::schema<"1", purchase<Parts...>, item> {};
  struct expand : dt::expand<v1, copying> {};
  struct v2 : dt::after<"2", expand> {};
  struct fill : dt::fill<v2, copying> {};
  struct v3 : dt::after<"3", fill> {};
  static_assert(dt::reversible<expand> && dt::reversible<fill>);
};

constexpr const char* wrong_rows =
    "SELECT count(*) FROM item JOIN \"odd \"\"purchase\"\"\" p ON p.id = \"of \"\"purchase\"\"\" "
    "WHERE item.\"name's\" IS DISTINCT FROM p.\"customer's\" OR item.note IS DISTINCT FROM p.note";

struct place {
  postgres_connection c;
  postgres_schema schema{c, place_name};
  dt::run::postgresql_connection migrating{postgres_conninfo()};

  place() { migrating.execute(("SET search_path = " + generator::quoted(place_name)).c_str()); }
  void run(const dt::ddl_script& script) {
    dt::run::patience patience;
    patience.first_wait = std::chrono::milliseconds(20);
    patience.tries = 50;
    patience.rest = 0;
    dt::run::run_script(migrating, script, patience);
  }
};
struct guest : postgres_connection {
  guest() { run("SET search_path = " + generator::quoted(place_name)); }
};

/// Everybody at work, each on a connection of its own, until `stop`.
class workers {
 public:
  using work = std::function<void(guest&, random_source&)>;

  explicit workers(const std::vector<work>& all) {
    for (std::size_t w = 0; w != all.size(); ++w)
      threads_.emplace_back([this, each = all[w], w] {
        try {
          guest c;
          random_source random(w + 7);
          while (!stop_) {
            each(c, random);
            ++done_;
          }
        } catch (const std::exception& e) {
          const std::lock_guard lock(failure_lock_);
          failure_ += std::string(failure_.empty() ? "" : "; ") + e.what();
        }
      });
  }
  ~workers() { stop(); }
  void stop() {
    stop_ = true;
    for (std::thread& t : threads_)
      if (t.joinable()) t.join();
  }
  void work_on(int more) {
    const int goal = done_ + more;
    while (done_ < goal && failure().empty()) std::this_thread::sleep_for(std::chrono::milliseconds(2));
  }
  std::string failure() {
    const std::lock_guard lock(failure_lock_);
    return failure_;
  }

 private:
  std::atomic<bool> stop_{false};
  std::atomic<int> done_{0};
  std::mutex failure_lock_;
  std::string failure_;
  std::vector<std::thread> threads_;
};

constexpr std::size_t parents = 12;
std::string some_parent(random_source& random) { return std::to_string(random.below(parents)); }
std::string some_text(random_source& random) { return "it's " + std::to_string(random.below(1000)); }

/// Goes through both phases, and back, while everybody works: nothing fails, and whoever reads children and parents in one
/// statement finds them equal once they are filled.
template <class Phases>
void copies_while(const std::vector<workers::work>& writers) {
  place here;
  postgres_words words(here.c);
  here.run(dt::ddl<postgresql, typename Phases::v1>);
  const auto before = catalogue_of(here.c);
  here.c.run("INSERT INTO \"odd \"\"purchase\"\"\" (id, \"customer's\", note) SELECT i, 'old ' || i, nullif('n' || i % 3, 'n0') "
             "FROM generate_series(0, 2999) i");
  here.c.run("INSERT INTO item (id, \"of \"\"purchase\"\"\") SELECT -i, i % 3000 FROM generate_series(1, 4000) i");

  std::atomic<bool> filled{false};
  std::atomic<int> looked{0};
  auto all = writers;
  all.push_back([&](guest& c, random_source&) {
    if (!filled) return void(std::this_thread::sleep_for(std::chrono::milliseconds(1)));
    if (const std::string wrong = *c.value(wrong_rows); filled && wrong != "0") throw std::runtime_error(wrong + " rows are wrong");
    ++looked;
  });
  workers at_work(all);
  const auto holds = [&](const dt::model::schema& now) {
    at_work.work_on(150);
    CHECK(at_work.failure() == "");
    CHECK(catalogue_of(here.c) == postgresql_catalogue_of(now, words));
  };
  at_work.work_on(50);
  here.run(dt::up<postgresql, typename Phases::expand>);
  holds(Phases::v2::value);
  for (int again = 0; again != 2; ++again) {
    here.run(dt::up<postgresql, typename Phases::fill>);
    filled = true;
    holds(Phases::v3::value);
    filled = false;
    here.run(dt::down<postgresql, typename Phases::fill>);
    holds(Phases::v2::value);
  }
  CHECK(here.c.value(wrong_rows) == "0");
  CHECK(here.c.value("SELECT count(*) > 4000 FROM item") == "t");
  here.run(dt::down<postgresql, typename Phases::expand>);
  at_work.work_on(50);
  at_work.stop();
  CHECK(at_work.failure() == "");
  CHECK(looked > 3);
  CHECK(catalogue_of(here.c) == before);
}

std::atomic<int> next_item{1};
void insert_item(guest& c, random_source& random) {
  c.run("INSERT INTO item (id, \"of \"\"purchase\"\"\") VALUES ($1, $2)", {std::to_string(next_item++), some_parent(random)});
}
void rename_parent(guest& c, random_source& random) {
  c.run("UPDATE \"odd \"\"purchase\"\"\" SET \"customer's\" = $2, note = nullif($3, 'it''s 0') WHERE id = $1",
        {some_parent(random), some_text(random), some_text(random)});
}

/// Runs `second` while `first` has not been committed yet, until it is done or waits for a lock.
void meet(postgres_connection& watch, const std::string& first, const std::string& second) {
  guest a;
  guest b;
  const std::string waits = "SELECT count(*) FROM pg_locks WHERE NOT granted AND pid = " + *b.value("SELECT pg_backend_pid()");
  a.run("BEGIN");
  a.run(first);
  b.send(second);
  while (b.is_busy() && watch.value(waits) == "0") std::this_thread::yield();
  a.run("COMMIT");
  b.finish();
}

}  // namespace

TEST_CASE("children have what their parents have, while both are written") {
  copies_while<phases<>>({
      insert_item,
      [](guest& c, random_source& random) {
        if (random.below(3) != 0) return rename_parent(c, random);
        c.run("UPDATE item SET \"of \"\"purchase\"\"\" = $2 WHERE id = $1",
              {std::to_string(-1 - static_cast<int>(random.below(4000))), some_parent(random)});
      },
      rename_parent,
      [](guest& c, random_source& random) {
        c.run("BEGIN");
        c.run("UPDATE \"odd \"\"purchase\"\"\" SET total = total + 1 WHERE id = $1", {some_parent(random)});
        insert_item(c, random);
        c.run("COMMIT");
      },
  });
}

TEST_CASE("with a unique constraint of what is copied, nobody who writes a child first waits in a circle") {
  copies_while<phases<dt::unique<"whole", "id", "customer's", "note">>>({
      [](guest& c, random_source& random) {
        const std::string parent = some_parent(random);
        c.run("BEGIN");
        c.run("INSERT INTO item (id, \"of \"\"purchase\"\"\") VALUES ($1, $2)", {std::to_string(next_item++), parent});
        c.run("UPDATE \"odd \"\"purchase\"\"\" SET total = total + 1 WHERE id = $1", {parent});
        c.run("COMMIT");
      },
      rename_parent,
      rename_parent,
  });
}

TEST_CASE("a child that comes and a parent that changes meet, whoever is first") {
  place here;
  here.run(dt::ddl<postgresql, phases<>::v3>);
  here.c.run("INSERT INTO \"odd \"\"purchase\"\"\" (id, \"customer's\") VALUES (1, 'old'), (2, 'old'), (3, 'other')");
  const std::string insert = "INSERT INTO item (id, \"of \"\"purchase\"\"\") VALUES (1, 1)";
  const std::string rename = "UPDATE \"odd \"\"purchase\"\"\" SET \"customer's\" = \"customer's\" || '!', note = 'n' WHERE id = 1";
  meet(here.c, insert, rename);
  CHECK(here.c.value("SELECT \"name's\" || note FROM item") == "old!n");
  here.c.run("DELETE FROM item");
  meet(here.c, rename, insert);
  CHECK(here.c.value("SELECT \"name's\" || note FROM item") == "old!!n");

  // A child that moves, one that is written to by hand, and one whose parent is left as it is.
  here.c.run("UPDATE item SET \"of \"\"purchase\"\"\" = 3");
  CHECK(here.c.value("SELECT \"name's\" || coalesce(note, '-') FROM item") == "other-");
  here.c.run("UPDATE item SET \"name's\" = 'mine', note = 'mine'");
  CHECK(here.c.value("SELECT \"name's\" || coalesce(note, '-') FROM item") == "other-");
  meet(here.c, "UPDATE item SET \"of \"\"purchase\"\"\" = 2", "UPDATE \"odd \"\"purchase\"\"\" SET \"customer's\" = 'new' WHERE id = 2");
  CHECK(here.c.value(wrong_rows) == "0");
  // From wherever the tables are written.
  guest elsewhere;
  elsewhere.run("SET search_path = public");
  elsewhere.run("UPDATE \"dovetail copies\".\"odd \"\"purchase\"\"\" SET \"customer's\" = 'from afar'");
  CHECK(here.c.value("SELECT \"name's\" FROM item") == "from afar");
}

TEST_CASE("the fill waits for parents before it holds children") {
  place here;
  here.run(dt::ddl<postgresql, phases<>::v1>);
  here.c.run("INSERT INTO \"odd \"\"purchase\"\"\" (id, \"customer's\") VALUES (1, 'one')");
  here.c.run("INSERT INTO item (id, \"of \"\"purchase\"\"\") SELECT i, 1 FROM generate_series(1, 3) i");
  here.run(dt::up<postgresql, phases<>::expand>);
  guest renaming;
  renaming.run("BEGIN");
  renaming.run("SELECT 1 FROM \"odd \"\"purchase\"\"\" FOR UPDATE");
  const std::string waits =
      "SELECT count(*) FROM pg_locks WHERE NOT granted AND pid = " + here.migrating.query("SELECT pg_backend_pid()", {})[0][0].value();
  std::thread filling([&] { here.run(dt::up<postgresql, phases<>::fill>); });
  while (here.c.value(waits) == "0") std::this_thread::yield();
  CHECK_NOTHROW(here.c.run("SELECT 1 FROM item FOR UPDATE NOWAIT"));
  renaming.run("ROLLBACK");
  filling.join();
  CHECK(here.c.value(wrong_rows) == "0");
}

namespace {

template <class State>
struct with_state {
  struct order : dt::table<"order", id, key, dt::column<"state", State>> {};
  struct line : dt::table<"line", id, key, dt::column<"order_id", dt::bigint>, dt::column<"state", State>, dt::index<"by_order", "order_id">,
                          dt::foreign_key<"of", dt::columns<"order_id">, dt::references<"order", "id">>,
                          dt::copies<"states", dt::columns<"order_id">, dt::references<"order", "id">, dt::newer<dt::synced<"state">>>> {};
  struct v : dt::schema<"1", order, line> {};
};
struct state : dt::enumeration<"state", "open", "paid"> {};
struct more_states : dt::enumeration<"state", "open", "paid", "gone"> {};
struct another_state : dt::migration<with_state<state>::v, dt::step<dt::add_label<more_states, "gone">, dt::drop_label<state, "gone">>> {};

}  // namespace

TEST_CASE("an enumeration that is copied gets a label, and loses it") {
  place here;
  here.run(dt::ddl<postgresql, with_state<state>::v>);
  here.c.run("INSERT INTO \"order\" VALUES (1, 'open')");
  here.c.run("INSERT INTO line (id, order_id) VALUES (1, 1)");
  here.run(dt::up<postgresql, another_state>);
  here.c.run("UPDATE \"order\" SET state = 'gone'");
  CHECK(here.c.value("SELECT state FROM line") == "gone");
  here.c.run("UPDATE \"order\" SET state = 'paid'");
  here.run(dt::down<postgresql, another_state>);
  here.c.run("UPDATE \"order\" SET state = 'open'");
  CHECK(here.c.value("SELECT state FROM line") == "open");
}

TEST_CASE("what its parent does not allow to copy is told, and no copy is left out") {
  place here;
  here.run(dt::ddl<postgresql, phases<>::v2>);
  here.c.run("INSERT INTO \"odd \"\"purchase\"\"\" (id, \"customer's\") VALUES (1, 'one')");
  here.c.run("INSERT INTO item (id, \"of \"\"purchase\"\"\") SELECT i, 1 FROM generate_series(1, 3) i");
  // What was not kept in step is found, and mended.
  here.c.run("ALTER TABLE item DISABLE TRIGGER USER");
  here.c.run("UPDATE item SET note = 'drifted' WHERE id = 2");
  here.c.run("ALTER TABLE item ENABLE TRIGGER USER");
  here.run(dt::up<postgresql, phases<>::fill>);
  CHECK(here.c.value(wrong_rows) == "0");
  CHECK_THROWS(here.c.run("INSERT INTO item (id, \"of \"\"purchase\"\"\") VALUES (9, 77)"));
}
