// SPDX-License-Identifier: BSL-1.0
// Steps that need no gradual change, on filled tables of the server that DOVETAIL_POSTGRES names, while others write.
#include <libpq-fe.h>

#include <support/postgresql_autovacuum.hpp>
#include <support/postgresql_way.hpp>

using namespace test;

namespace {

struct state : dt::enumeration<"state", "open", "paid"> {};
struct state_2 : dt::enumeration<"state", "open", "paid", "gone"> {};
using number = dt::column<"number", dt::bigint>;
using parent_key = dt::foreign_key<"t_p_fkey", dt::columns<"p">, dt::references<"p", "number">>;
using by_name = dt::index<"by_name", "name">;
using by_name_and_amount = dt::index<"by_name_and_amount", "name", "amount">;
using positive = dt::check<"positive", "amount >= 0">;
using one_name = dt::unique<"t_name_key", "name">;
using note = dt::column<"note", dt::text, dt::default_value<"none">>;

struct v1 : dt::schema<"1", dt::table<"p", number, dt::primary_key<"number">>,
                       dt::table<"t", number, dt::column<"name", dt::text>, dt::column<"amount", dt::bigint, dt::null>,
                                 dt::column<"p", dt::bigint, dt::null>, dt::column<"state", state>, dt::primary_key<"number">,
                                 by_name>> {};
struct required : dt::migration<v1, dt::step<dt::set_not_null<"t", "amount">, dt::drop_not_null<"t", "amount">>> {};
struct v2 : dt::after<"2", required> {};
struct checked : dt::migration<v2, dt::step<dt::add_constraint<"t", positive>, dt::drop_constraint<"t", "positive">>> {};
struct v3 : dt::after<"3", checked> {};
struct unique : dt::migration<v3, dt::step<dt::add_constraint<"t", one_name>, dt::drop_constraint<"t", "t_name_key">>> {};
struct v4 : dt::after<"4", unique> {};
struct referenced
    : dt::migration<v4, dt::step<dt::add_constraint<"t", parent_key>, dt::drop_constraint<"t", "t_p_fkey">>> {};
struct v5 : dt::after<"5", referenced> {};
struct index_replaced
    : dt::migration<v5, dt::step<dt::add_index<"t", by_name_and_amount>, dt::drop_index<"t", "by_name_and_amount">>,
                    dt::step<dt::drop_index<"t", "by_name">, dt::add_index<"t", by_name>>> {};
struct v6 : dt::after<"6", index_replaced> {};
struct added : dt::migration<v6, dt::step<dt::add_column<"t", note>, dt::drop_column<"t", "note">>> {};
struct v7 : dt::after<"7", added> {};
struct labelled : dt::migration<v7, dt::step<dt::add_label<state_2, "gone">, dt::drop_label<state, "gone">>> {};
struct v8 : dt::after<"8", labelled> {};
struct key_replaced
    : dt::migration<v8, dt::step<dt::rename_constraint<"t", "t_name_key", "name_is_unique">,
                                 dt::rename_constraint<"t", "name_is_unique", "t_name_key">>,
                    dt::step<dt::rename_index<"t", "by_name_and_amount", "by_name_2">,
                             dt::rename_index<"t", "by_name_2", "by_name_and_amount">>,
                    dt::step<dt::set_column_default<"t", "amount", dt::default_value<1>>, dt::drop_column_default<"t", "amount">>> {};
struct v9 : dt::after<"9", key_replaced> {};

template <class...>
struct list_of {};
using history = list_of<required, checked, unique, referenced, index_replaced, added, labelled, key_replaced>;
static_assert(dt::valid<v9>);

/// What a worker writes and reads: its own rows, in the two tables.
class writing {
 public:
  void operator()(postgres_connection& c, random_source& random, std::size_t w) {
    held& mine = rows[w];
    const std::string amount = std::to_string(random.below(100000));
    if (mine.empty() || random.below(3) == 0) {
      const std::string n = std::to_string(1000000 * (w + 1) + mine.size());
      c.run("BEGIN");
      c.run("INSERT INTO p (number) VALUES ($1)", {n});
      c.run("INSERT INTO t (number, name, amount, p, state) VALUES ($1, 'name ' || $1::bigint, $2, $1, 'open')", {n, amount});
      c.run("COMMIT");
      mine[n] = amount;
      return;
    }
    const auto row = any(mine, random);
    if (random.below(2) == 0) {
      c.run("UPDATE t SET amount = $2, state = 'paid', name = 'name ' || $2::bigint || ' of ' || $1::bigint WHERE number = $1",
            {row->first, amount});
      row->second = amount;
    } else {
      const std::string read = "SELECT amount FROM t JOIN p ON p.number = t.p WHERE t.number = $1";
      expect_held(c.run(read, {row->first}), row->first, row->second, read);
    }
  }
  held rows[worker_count];
};

template <class V>
struct from {
  using v1 = V;
};

}  // namespace

TEST_CASE("constraints, indexes, columns and labels come and go while their table is written and read") {
  postgres_connection c;
  way<from<v1>> through(c);
  c.run("INSERT INTO p SELECT n FROM generate_series(1, 20000) n");
  c.run("INSERT INTO t SELECT n, 'name ' || n, n, n, 'open' FROM generate_series(1, 20000) n");
  const auto before = catalogue_of(c);

  writing what;
  workers at_work([&](postgres_connection& worker, random_source& random, std::size_t w, bool) { what(worker, random, w); },
                  worker_count);
  postgres_words words(c);
  const auto pass = [&]<class Migration>(Migration, const dt::ddl_script& script, const dt::model::schema& then) {
    INFO(str(then.version.text()));
    REQUIRE_NOTHROW(through.run(script));
    at_work.work_on(30);
    REQUIRE(at_work.failure() == "");
    REQUIRE(catalogue_of(c) == postgresql_catalogue_of(then, words));
  };
  at_work.work_on(30);
  for (int round = 0; round != 2; ++round) {
    [&]<class... Ms>(list_of<Ms...>) { (pass(Ms{}, dt::up<postgresql, Ms>, dt::after<"next", Ms>::value), ...); }(history{});
    const auto back = [&]<class M>(M m) { pass(m, dt::down<postgresql, M>, M::from::value); };
    back(key_replaced{}), back(labelled{}), back(added{}), back(index_replaced{}), back(referenced{}), back(unique{}),
        back(checked{}), back(required{});
  }
  at_work.stop();
  CHECK(at_work.failure() == "");
  CHECK(at_work.done() > 500);
  CHECK(catalogue_of(c) == before);

  std::size_t written = 0;
  for (const held& some : what.rows) {
    written += some.size();
    for (const auto& [n, amount] : some)
      expect_held(c.run("SELECT amount FROM t WHERE number = $1", {n}), n, amount, "a look at the end");
  }
  CHECK(c.value("SELECT count(*) FROM t WHERE number <= 20000 AND amount = number") == "20000");
  CHECK(c.value("SELECT count(*) FROM t") == std::to_string(20000 + written));
}

// It makes way for who has waited a second (deadlock_timeout), and a lock beside another is not waited for that long.
TEST_CASE("a foreign key comes and goes while autovacuum is at work on either table") {
  postgres_connection c;
  way<from<v4>> through(c);
  c.run("INSERT INTO p SELECT n FROM generate_series(1, 20000) n");
  c.run("INSERT INTO t SELECT n, 'name ' || n, n, n, 'open' FROM generate_series(1, 20000) n");
  for (const std::string table : {"t", "p"}) {
    INFO(table);
    for (const auto& script : {dt::up<postgresql, referenced>, dt::down<postgresql, referenced>}) {
      c.run("UPDATE " + table + " SET number = number");
      wait_for_autovacuum(c, table);
      REQUIRE_NOTHROW(through.run(script, 1));
    }
    stop_autovacuum(c, table);
  }
}
