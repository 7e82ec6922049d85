// SPDX-License-Identifier: BSL-1.0
// Random schemas and changes on the server that DOVETAIL_POSTGRES names.
#include <libpq-fe.h>

#include <support/catch.hpp>
#include <support/postgresql_catalogue.hpp>
#include <support/random_rows.hpp>
#include <support/up_and_down.hpp>

using namespace test;

namespace {

/// An empty place on the server.
class postgresql_server_at_work {
 public:
  using dialect = dt::postgresql<15>;
  static constexpr const char* overriding = " OVERRIDING SYSTEM VALUE";

  postgresql_server_at_work(postgres_connection& c, postgres_words& words,
                            const std::string& name = "dovetail property")
      : c_(c),
        words_(words),
        place_(c, name) {
    references(true);
    drop_places();
  }
  ~postgresql_server_at_work() {
    c_.run("ROLLBACK");  // a warning, where no transaction was left open
    drop_places();
  }
  template <class... Arguments>
  auto run(const Arguments&... arguments) {
    return c_.run(arguments...);
  }
  static std::string parameter(std::size_t n, const dt::sql_type&) { return "$" + std::to_string(n); }
  static std::string as_text(const std::string& expression) { return expression + "::text"; }
  /// Foreign keys are triggers, which a replica does not fire.
  void references(bool held) {
    c_.run(held ? "RESET session_replication_role" : "SET session_replication_role = replica");
  }
  std::vector<std::string> catalogue() { return catalogue_of(c_, std::string(place_mark) + '%'); }
  std::vector<std::string> catalogue(const model::schema& s) { return postgresql_catalogue_of(s, words_); }
  bool holds_default(const model::column& c, const std::string& found) {
    const std::string wanted = str(c.value.text);
    if (c.type.kind == dt::type_kind::enumeration) return found == wanted;
    // A numeric gets the digits of its column, and char its blanks.
    return found == c_.value("SELECT CAST($1 AS " + postgres_type(c.type) + ")", {wanted});
  }

 private:
  void drop_places() {
    for (const std::string& each : hostile_places()) c_.run("DROP SCHEMA IF EXISTS " + generator::quoted(each) + " CASCADE");
  }

  postgres_connection& c_;
  postgres_words& words_;
  const postgres_schema place_;
};

}  // namespace

TEST_CASE("up and then down on PostgreSQL leaves the catalogue and the rows as they were") {
  postgres_connection c;
  postgres_words words(c);
  const verdict v = try_all(40, postgresql_server(), 3, 4, [&](schema_store& store, const scenario& s) {
    postgresql_server_at_work db(c, words);
    return goes_up_and_down(db, store, s);
  });
  INFO("cases " << v.cases << ", steps " << v.steps);
  CHECK(v.failure == "");
}

TEST_CASE("a default is read back from PostgreSQL as it was declared") {
  postgres_connection c;
  postgres_words words(c);
  const verdict v = try_all(40, postgresql_server(), 3, 3, [&](schema_store& store, const scenario& s) {
    postgresql_server_at_work db(c, words);
    // The escapes hold under either setting.
    db.run(s.steps.size() % 2 == 0 ? "SET standard_conforming_strings = off" : "SET standard_conforming_strings = on");
    return has_its_defaults(db, store, s);
  });
  INFO("cases " << v.cases << ", steps " << v.steps);
  CHECK(v.failure == "");
}

TEST_CASE("a step inserts and deletes rows of any table on PostgreSQL") {
  postgres_connection c;
  postgres_words words(c);
  row_counts counts;
  const verdict v = try_all(40, postgresql_server(), 4, 1, [&](schema_store&, const scenario& s) {
    postgresql_server_at_work db(c, words);
    return inserts_and_deletes(db, *s.start, counts);
  });
  INFO(counts.done << " done, " << counts.refused << " refused");
  CHECK(v.failure == "");
  CHECK((v.cases < 40 || counts.done > 10));
}

TEST_CASE("every hostile literal and name keeps to its place on PostgreSQL") {
  postgres_connection c;
  postgres_words words(c);
  postgresql_server_at_work db(c, words, "'; \"hostile\"\\ place");
  CHECK(holds_hostile_texts(db) == "");
}

TEST_CASE("what SQLite is held to, PostgreSQL refuses or rounds") {
  postgres_connection c;
  postgres_words words(c);
  postgresql_server_at_work db(c, words);
  CHECK(keeps_or_refuses(db) == "");
}

TEST_CASE("views and functions on PostgreSQL") {
  postgres_connection c;
  postgres_words words(c);
  {
    postgresql_server_at_work db(c, words);
    CHECK(keeps_its_views(db) == "");
  }
  struct count : dt::function<"it's a \"function\"",
                              dt::query<"SELECT p.state, count(*) FROM purchase p "
                                        "WHERE p.state <> 'it''s paid' GROUP BY p.state">,
                              dt::column<"the \"state\"", status>, dt::column<"how many", dt::bigint>> {};
  struct version : dt::schema<"1", count, purchase, customer> {};
  postgresql_server_at_work db(c, words);
  db.run(creation_of<postgresql_server_at_work::dialect>(version::value));
  db.run("INSERT INTO customer (name) VALUES ('Ada')");
  db.run("INSERT INTO purchase VALUES (1, 'open', 1), (2, 'it''s paid', 1), (3, 'open', 1)");
  const auto rows = c.run(R"(SELECT "the ""state""", "how many" FROM "it's a ""function"""())");
  CHECK(rows == postgres_connection::rows{{"open", "2"}});
}

TEST_CASE("triggers and routines on PostgreSQL") {
  using dt::arguments, dt::attributes, dt::body, dt::column, dt::returns, dt::routine;
  using touch = routine<"it's to \"touch\"", body<"plpgsql", "BEGIN NEW.state = 'it''s \\ ' || NEW.nr; RETURN NEW; END">, returns<"trigger">>;
  using other = routine<"it's to \"touch\"", body<"plpgsql", "BEGIN NEW.state = 'other'; RETURN NEW; END">, returns<"trigger">>;
  using twice = routine<"twice", body<"sql", "SELECT 2 * a">, arguments<"a bigint">, returns<"bigint">, attributes<"IMMUTABLE STRICT">>;
  using clear = routine<"clear", body<"sql", "DELETE FROM \"work\"">>;
  using trigger = dt::trigger<"a \"trigger\"", "BEFORE INSERT OR UPDATE OF nr", "FOR EACH ROW WHEN (NEW.nr > 1) EXECUTE FUNCTION \"it's to \"\"touch\"\"\"()">;
  struct work : dt::table<"work", column<"nr", dt::bigint>, column<"state", dt::text, dt::default_value<"new">>,
                          column<"double", dt::bigint, dt::generated_stored<"twice(nr)">>, dt::check<"c", "twice(nr) < 100">, trigger> {};
  struct version : dt::schema<"1", work, clear, touch, twice> {};
  postgres_connection c;
  postgres_words words(c);
  postgresql_server_at_work db(c, words);
  using dialect = postgresql_server_at_work::dialect;
  schema_store store;
  const model::schema& before = version::value;
  CHECK(to_text(findings_of(before)) == "");
  db.run(creation_of<dialect>(before));
  CHECK(compared(db, before, "created") == "");
  const auto rows = [&] {
    std::string result;
    db.run("CALL clear()");
    db.run("INSERT INTO work (nr) VALUES (1), (7)");
    for (const auto& r : c.run("SELECT nr, state, double FROM work ORDER BY nr")) result += *r[0] + *r[1] + *r[2] + ";";
    return result;
  };
  CHECK(rows() == "1new2;7it's \\ 714;");
  const auto catalogue = db.catalogue();
  const auto does = [&](const model::change& change, const std::string& wanted) {
    INFO(to_text(change));
    dt::list<dt::finding> found;
    const model::schema* after = store.apply(before, change, found);
    REQUIRE(to_text(found) == "");
    db.run(change_of<dialect>(change, before, *after));
    CHECK(compared(db, *after, "after it") == "");
    CHECK(rows() == wanted);
    db.run(change_of<dialect>(model::natural_inverse(change, before), *after, before));
    CHECK(difference_of(catalogue, db.catalogue()) == "");
    CHECK(rows() == "1new2;7it's \\ 714;");
  };
  does(dt::replace_view<other>::value, "1new2;7other14;");
  does(dt::drop_trigger<"work", "a \"trigger\"">::value, "1new2;7new14;");
  does(dt::rename_trigger<"work", "a \"trigger\"", "b">::value, "1new2;7it's \\ 714;");
  does(dt::create_view<routine<"thrice", body<"sql", "SELECT 3 * a">, arguments<"a bigint">, returns<"bigint">>>::value,
       "1new2;7it's \\ 714;");
  does(dt::create_table<dt::table<"more", column<"nr", dt::bigint>, column<"state", dt::text>, trigger>>::value,
       "1new2;7it's \\ 714;");
}
