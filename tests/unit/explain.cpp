// SPDX-License-Identifier: BSL-1.0
#include <dovetail/explain.hpp>

#include <cstdint>
#include <stdexcept>
#include <string>

#include <dovetail/dovetail.hpp>
#include <dovetail/transform.hpp>
#include <support/catch.hpp>

namespace dt = dovetail;

namespace {

struct customer : dt::table<"customer", dt::column<"id", dt::bigint>, dt::column<"note", dt::text, dt::null>,
                            dt::primary_key<"id">> {};
struct v1 : dt::schema<"1", customer> {};
struct fill : dt::migration<v1, dt::step<dt::run_sql<"statistics", "ANALYZE">, dt::run_sql<"nothing to undo", "SELECT 1">>,
                            dt::step<dt::backfill<"customer", "note", "'x'">, dt::keep_rows<"customer">>> {};
struct wrong : dt::migration<v1, dt::step<dt::insert_rows<"customer", dt::columns<"id">, dt::row<"7">>,
                                          dt::delete_rows<"customer", dt::columns<"id">, dt::row<"7">>>> {};

struct number {
  std::int64_t id;
};
struct same_number {
  std::int64_t copy;
};
constexpr same_number there(const number& n) { return {n.id}; }
constexpr number back(const same_number& n) { return {n.copy}; }
struct pair : dt::table<"pair", dt::column<"key", dt::bigint>, dt::column<"id", dt::bigint>,
                        dt::column<"copy", dt::bigint, dt::null>, dt::primary_key<"key">> {};
struct copying : dt::migration<dt::schema<"1", pair>, dt::transform<"pair", there, back>> {};

}  // namespace

TEST_CASE("a script without the functions that it needs has no text") {
  CHECK_THROWS_AS(fmt::format("{}", dt::up<dt::postgresql<15>, copying>), std::logic_error);
  CHECK_THROWS_AS(fmt::format("{}", dt::down<dt::sqlite<3, 40>, copying>), std::logic_error);
}

TEST_CASE("a script as text says which statements are repeated") {
  const std::string text = fmt::format("{}", dt::up<dt::sqlite<3, 40>, fill>);
  const std::string repeated = "-- The next two are repeated for each batch of rows, by run_script.\nSELECT last FROM";
  CHECK(text.substr(0, 33) == "BEGIN IMMEDIATE;\nANALYZE;\nCOMMIT;");
  CHECK(text.find(repeated) == 34);
  CHECK(fmt::format("{}", dt::down<dt::sqlite<3, 40>, fill>) == "BEGIN IMMEDIATE;\nSELECT 1;\nCOMMIT;\n");
}

TEST_CASE("what is not proven, and what does not fit, as text") {
  CHECK(dt::explain(dt::unproven<fill>[0]) ==
        "[dovetail/DT_UNPROVEN] the SQL of a step is not proven\n  migration fill, step 1\n"
        "  in version 1 under migration fill\n  fix: none, while the reason holds: statistics");
  CHECK(dt::explain(dt::findings<dt::reversibility<wrong>>) ==
        "[dovetail/MG_VALUE] a step stores a value that its column cannot hold\n  migration wrong, step 1\n"
        "  at customer.id, bigint\n  in version 1 under migration wrong\n  about 7\n"
        "  fix: not a whole number of 64 bits; give a literal of type bigint, or null where the column may be");
}
