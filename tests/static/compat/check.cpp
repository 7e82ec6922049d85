// SPDX-License-Identifier: BSL-1.0
#include <dovetail/compat/check.hpp>

#include <cstdint>
#include <optional>
#include <string>

#include "../../support/findings.hpp"

namespace dt = dovetail;
using dt::code;
using dt::subject_kind;

struct state_type : dt::enumeration<"state", "open", "paid"> {};
struct customer
    : dt::table<"customer", dt::column<"id", dt::bigint, dt::identity>,
                dt::column<"nr", dt::bigint, dt::identity_by_default>, dt::column<"name", dt::text>,
                dt::column<"nick", dt::text, dt::null>, dt::column<"visits", dt::integer, dt::default_value<0>>,
                dt::column<"since", dt::timestamptz, dt::default_sql<"now()">>,
                dt::column<"state", state_type, dt::default_value<"open">>, dt::primary_key<"id">> {};
struct v1 : dt::schema<"1", customer> {};

template <class... Units>
struct app : dt::release<"7", Units...> {};
template <class... Units>
constexpr dt::view<dt::finding> found = dt::compatibility<app<Units...>, v1>::findings;

template <class Row, class... Options>
constexpr dt::view<dt::finding> reading = found<dt::reads<"customer", Row, Options...>>;
template <class Row, class... Options>
constexpr dt::view<dt::finding> inserting = found<dt::inserts<"customer", Row, Options...>>;
template <class Row, class... Options>
constexpr dt::view<dt::finding> updating = found<dt::updates<"customer", Row, Options...>>;

constexpr bool is(const dt::finding& f, subject_kind subject, dt::text_view row, dt::text_view field,
                  dt::text_view column) {
  return f.subject == subject && f.row == row && f.field == field && f.object == column && f.table == "customer" &&
         f.release == "7" && f.version == "1" && f.event == 0 && f.migration.empty();
}

enum class any_state { open, paid };
enum class old_state { open };
enum class new_state { open, paid, sent };

// ---- Readers

struct card {
  std::int64_t id;
  std::string name;
  std::optional<std::string> nick;
  std::int32_t visits;
  any_state state;
};
struct nothing {};
struct some {
  std::optional<std::int64_t> id;
  std::optional<std::string> name;
};
static_assert(reading<card>.empty() && reading<nothing>.empty());
static_assert(reading<some>.empty(), "a field may hold NULL where the column does not");

struct plain_nick {
  std::string nick;
};
static_assert(test::are(reading<plain_nick>, code::RD_NULL));
static_assert(is(reading<plain_nick>[0], subject_kind::reader, "plain_nick", "nick", "nick"));
static_assert(*reading<plain_nick>[0].column_type == dt::text::type &&
              reading<plain_nick>[0].type.spelled == "std::string");

struct with_phone {
  std::string phone;
};
static_assert(test::are(reading<with_phone>, code::RD_COL_MISSING));
static_assert(is(reading<with_phone>[0], subject_kind::reader, "with_phone", "phone", "phone") &&
              reading<with_phone>[0].column_type == nullptr);
using renamed = dt::field<&with_phone::phone, "name">;
static_assert(reading<with_phone, renamed>.empty());
static_assert(test::are(reading<card, dt::field<&card::name, "full_name">>, code::RD_COL_MISSING));
static_assert(is(reading<card, dt::field<&card::name, "full_name">>[0], subject_kind::reader, "card", "name",
                 "full_name"));

struct narrow {
  std::int32_t id;
  std::int32_t name;
  float visits;
  old_state state;
};
static_assert(test::are(reading<narrow>, code::RD_RANGE, code::RD_TYPE, code::RD_LOSSY, code::RD_ENUM), "all of them");
static_assert(is(reading<narrow>[0], subject_kind::reader, "narrow", "id", "id") &&
              *reading<narrow>[0].column_type == dt::bigint::type && reading<narrow>[0].type.bits == 32);
static_assert(is(reading<narrow>[1], subject_kind::reader, "narrow", "name", "name"));
static_assert(is(reading<narrow>[2], subject_kind::reader, "narrow", "visits", "visits"));
static_assert(is(reading<narrow>[3], subject_kind::reader, "narrow", "state", "state") &&
              reading<narrow>[3].other == "paid");
// NULL and the type are two findings.
struct twice_wrong {
  std::int64_t nick;
};
static_assert(test::are(reading<twice_wrong>, code::RD_NULL, code::RD_TYPE));

static_assert(test::are(found<dt::reads<"client", card>>, code::RD_TABLE_MISSING));
static_assert(found<dt::reads<"client", card>>[0].table == "client" &&
              found<dt::reads<"client", card>>[0].row == "card" &&
              found<dt::reads<"client", card>>[0].subject == subject_kind::reader);

// ---- Writers: INSERT

struct signup {
  std::string name;
};
struct full_signup {
  std::int64_t nr;
  std::string name;
  std::optional<std::string> nick;
  std::int32_t visits;
  any_state state;
};
static_assert(inserting<signup>.empty(), "what it omits is null, has a default, or is numbered by the server");
static_assert(inserting<full_signup>.empty());

static_assert(test::are(inserting<nothing>, code::WR_REQUIRED));
static_assert(is(inserting<nothing>[0], subject_kind::writer, "nothing", "", "name"));
static_assert(*inserting<nothing>[0].column_type == dt::text::type);

struct maybe {
  std::optional<std::string> name;
  std::optional<std::int32_t> visits;
};
static_assert(test::are(inserting<maybe>, code::WR_NULL, code::WR_NULL), "a default is for a column that is not named");
static_assert(is(inserting<maybe>[0], subject_kind::writer, "maybe", "name", "name") &&
              inserting<maybe>[0].type.optional);

struct with_id {
  std::int64_t id;
  std::string name;
};
static_assert(test::are(inserting<with_id>, code::WR_GENERATED));
static_assert(is(inserting<with_id>[0], subject_kind::writer, "with_id", "id", "id"));
static_assert(inserting<with_id, dt::field<&with_id::id, "nr">>.empty(), "identity_by_default takes a value");

struct wrong {
  std::string name;
  std::string fax;
  std::int64_t visits;
  std::string since;
  new_state state;
};
static_assert(test::are(inserting<wrong>, code::WR_COL_MISSING, code::WR_RANGE, code::WR_TYPE, code::WR_ENUM),
              "all of them");
static_assert(is(inserting<wrong>[0], subject_kind::writer, "wrong", "fax", "fax") &&
              inserting<wrong>[0].column_type == nullptr);
static_assert(is(inserting<wrong>[1], subject_kind::writer, "wrong", "visits", "visits"));
static_assert(is(inserting<wrong>[2], subject_kind::writer, "wrong", "since", "since"));
static_assert(inserting<wrong>[3].other == "sent");
struct rounding {
  std::string name;
  double visits;
};
static_assert(test::are(inserting<rounding>, code::WR_LOSSY));
static_assert(is(inserting<rounding>[0], subject_kind::writer, "rounding", "visits", "visits"));

static_assert(test::are(found<dt::inserts<"client", signup>>, code::WR_TABLE_MISSING));
static_assert(found<dt::inserts<"client", signup>>[0].subject == subject_kind::writer);

// ---- Writers: UPDATE

struct renaming {
  std::int64_t id;
  std::string name;
};
static_assert(updating<renaming, dt::key<"id">>.empty(), "the key is compared, not stored; what it omits stays");
static_assert(test::are(updating<renaming, dt::key<"name">>, code::WR_GENERATED), "then the id is stored");
struct maybe_id {
  std::optional<std::int64_t> id;
  std::optional<std::string> name;
};
static_assert(test::are(updating<maybe_id, dt::key<"id">>, code::WR_NULL));
static_assert(is(updating<maybe_id, dt::key<"id">>[0], subject_kind::writer, "maybe_id", "name", "name"));

static_assert(test::are(updating<renaming>, code::WR_GENERATED, code::WR_KEY), "every row of the table?");
static_assert(updating<renaming>[1].object.empty() && updating<renaming>[1].detail == "no key is declared");
static_assert(test::are(updating<signup, dt::key<"id">>, code::WR_KEY));
static_assert(is(updating<signup, dt::key<"id">>[0], subject_kind::writer, "signup", "", "id"));
static_assert(updating<signup, dt::key<"id">>[0].detail == "the struct has no field for it");
static_assert(test::are(updating<signup, dt::key<"id", "nr">>, code::WR_KEY, code::WR_KEY));
struct only_id {
  std::int64_t id;
};
static_assert(test::are(updating<only_id, dt::key<"id">>, code::WR_KEY), "nothing is set");
static_assert(updating<only_id, dt::key<"id">>[0].detail == "every field is of the key");
struct by_text {
  std::string id;
  std::string name;
};
static_assert(test::are(updating<by_text, dt::key<"id">>, code::WR_TYPE), "the key as well is sent as what it is");
static_assert(test::are(found<dt::updates<"client", renaming, dt::key<"id">>>, code::WR_TABLE_MISSING));

// ---- Releases and versions

static_assert(found<>.empty());
static_assert(test::are(
    found<dt::reads<"customer", plain_nick>, dt::inserts<"customer", signup>, dt::inserts<"customer", nothing>>,
    code::RD_NULL, code::WR_REQUIRED));

using phone = dt::column<"phone", dt::text, dt::default_value<"">>;
struct m1 : dt::migration<v1, dt::step<dt::add_column<"customer", phone>, dt::drop_column<"customer", "phone">>> {};
struct v2 : dt::after<"2", m1> {};
struct v3_change : dt::migration<v2, dt::step<dt::create_table<dt::table<"product", dt::column<"id", dt::bigint>>>,
                                              dt::drop_table<"product">>> {};
struct v3 : dt::after<"3", v3_change> {};
struct v4_change
    : dt::migration<
          v3, dt::lossy<"so", dt::step<dt::drop_column<"customer", "phone">, dt::add_column<"customer", phone>>>> {};
struct v4 : dt::after<"4", v4_change> {};
using caller = app<dt::reads<"customer", with_phone>>;
// Each version is checked, but a table that did not change only once.
using all_versions = dt::compatibility<caller, v1, v2, v3, v4>;
static_assert(test::are(all_versions::findings, code::RD_COL_MISSING, code::RD_COL_MISSING));
static_assert(all_versions::findings[0].version == "1" && all_versions::findings[1].version == "4");
static_assert(dt::compatibility<caller, v2, v3>::findings.empty());
struct v5_change
    : dt::migration<v4,
                    dt::lossy<"so", dt::step<dt::drop_table<"product">,
                                             dt::create_table<dt::table<"product", dt::column<"id", dt::bigint>>>>>> {};
struct v5 : dt::after<"5", v5_change> {};
static_assert(test::are(dt::compatibility<caller, v4, v5>::findings, code::RD_COL_MISSING),
              "version 5 has the same table");
static_assert(test::are(dt::compatibility<caller, v4>::findings, code::RD_COL_MISSING));
static_assert(dt::compatibility<app<dt::reads<"customer", card>, dt::inserts<"customer", signup>>, v1, v2, v3,
                                v4>::findings.empty());

// A version that is not sound says so, before anything else.
struct broken : dt::schema<"9", dt::table<"customer", dt::column<"phone", dt::text>, dt::primary_key<"id">>> {};
static_assert(test::are(dt::compatibility<app<dt::reads<"customer", plain_nick>>, broken>::findings, code::SC_NO_COLUMN,
                        code::RD_COL_MISSING));
