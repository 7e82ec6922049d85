// SPDX-License-Identifier: BSL-1.0
#include <dovetail/compat/check.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

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
constexpr dt::array_view<dt::finding> found = dt::compatibility<app<Units...>, v1>::findings;

template <class Row, class... Options>
constexpr dt::array_view<dt::finding> reading = found<dt::reads<"customer", Row, Options...>>;
template <class Row, class... Options>
constexpr dt::array_view<dt::finding> inserting = found<dt::inserts<"customer", Row, Options...>>;
template <class Row, class... Options>
constexpr dt::array_view<dt::finding> updating = found<dt::updates<"customer", Row, Options...>>;

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
              reading<plain_nick>[0].type->spelled == "std::string");

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
              *reading<narrow>[0].column_type == dt::bigint::type &&
              reading<narrow>[0].type == &dt::detail::field_type_of<std::int32_t>);
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
              inserting<maybe>[0].type->holds.null);

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
static_assert(updating<renaming>[1].object.empty() &&
              updating<renaming>[1].detail == "declare the key: key<\"column\", ...>");
static_assert(test::are(updating<signup, dt::key<"id">>, code::WR_KEY));
static_assert(is(updating<signup, dt::key<"id">>[0], subject_kind::writer, "signup", "", "id"));
static_assert(updating<signup, dt::key<"id">>[0].detail == "give the struct a field for this column of its key");
static_assert(test::are(updating<signup, dt::key<"id", "nr">>, code::WR_KEY, code::WR_KEY));
struct only_id {
  std::int64_t id;
};
static_assert(test::are(updating<only_id, dt::key<"id">>, code::WR_KEY), "nothing is set");
static_assert(updating<only_id, dt::key<"id">>[0].detail == "give the struct a field to set, beside its key");
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

// ---- Readers of several sources: a purchase, who bought it, and who sold it

struct purchase : dt::table<"purchase", dt::column<"id", dt::bigint>, dt::column<"buyer", dt::bigint>,
                            dt::column<"seller", dt::bigint, dt::null>, dt::column<"amount", dt::numeric<12, 2>>,
                            dt::column<"tags", dt::array<dt::text>>, dt::primary_key<"id">> {};
struct shop : dt::schema<"1", customer, purchase> {};
struct overview {
  dt::decimal<12, 2> amount;
  std::string buyer_name;
};
struct outer_overview {
  std::optional<dt::decimal<12, 2>> amount;
  std::optional<std::string> buyer_name;
};
struct two_names {
  std::string buyer_name;
  std::string seller_name;
};

template <class Row, class... Options>
constexpr dt::array_view<dt::finding> joining =
    dt::compatibility<app<dt::reads<"purchase", Row, Options...>>, shop>::findings;
template <template <dt::fixed_string, class, dt::fixed_string> class Join, class Row, class... More>
constexpr dt::array_view<dt::finding> joining_buyer =
    joining<Row, Join<"customer", dt::on<"buyer", "id">, "">, dt::field<&Row::buyer_name, "name", "customer">, More...>;

static_assert(joining_buyer<dt::join, overview>.empty() && joining_buyer<dt::full_join, outer_overview>.empty());
constexpr dt::finding by_join = joining_buyer<dt::left_join, overview>[0];
static_assert(test::are(joining_buyer<dt::left_join, overview>, code::RD_NULL));
static_assert(by_join.table == "customer" && by_join.object == "name" && by_join.field == "buyer_name" &&
              *by_join.column_type == dt::text::type && by_join.detail == "an outer join makes it null");
static_assert(test::are(joining_buyer<dt::right_join, overview>, code::RD_NULL) &&
              joining_buyer<dt::right_join, overview>[0].object == "amount" &&
              joining_buyer<dt::right_join, overview>[0].table == "purchase");
static_assert(test::are(joining_buyer<dt::full_join, overview>, code::RD_NULL, code::RD_NULL));
// What is null in its table needs no join to be so.
struct with_nick {
  std::string buyer_name;
  std::string nick;
};
static_assert(test::are(joining_buyer<dt::left_join, with_nick, dt::field<&with_nick::nick, "nick", "customer">>,
                        code::RD_NULL, code::RD_NULL));
static_assert(
    joining_buyer<dt::left_join, with_nick, dt::field<&with_nick::nick, "nick", "customer">>[1].detail.empty());

// One table twice, under names of their own. A later join makes NULLs of the earlier ones, or the other way round.
using buyer = dt::field<&two_names::buyer_name, "name", "b">;
using seller = dt::field<&two_names::seller_name, "name", "s">;
template <class First, class Second>
constexpr dt::array_view<dt::finding> joining_both = joining<two_names, First, Second, buyer, seller>;
using by_buyer = dt::on<"buyer", "id">;
using by_seller = dt::on<"seller", "id">;
static_assert(joining_both<dt::join<"customer", by_buyer, "b">, dt::join<"customer", by_seller, "s">>.empty());
constexpr bool is_null(dt::array_view<dt::finding> all, bool buyer_is, bool seller_is) {
  if (all.size() != (buyer_is ? 1U : 0U) + (seller_is ? 1U : 0U)) return false;
  if (buyer_is && !(all[0].field == "buyer_name")) return false;
  return !seller_is || all[all.size() - 1].field == "seller_name";
}
static_assert(is_null(joining_both<dt::left_join<"customer", by_buyer, "b">, dt::join<"customer", by_seller, "s">>,
                      true, false));
static_assert(is_null(joining_both<dt::join<"customer", by_buyer, "b">, dt::left_join<"customer", by_seller, "s">>,
                      false, true));
static_assert(is_null(joining_both<dt::right_join<"customer", by_buyer, "b">, dt::join<"customer", by_seller, "s">>,
                      false, false),
              "who is joined from the right is there");
static_assert(is_null(joining_both<dt::join<"customer", by_buyer, "b">, dt::right_join<"customer", by_seller, "s">>,
                      true, false));
static_assert(is_null(joining_both<dt::full_join<"customer", by_buyer, "b">, dt::join<"customer", by_seller, "s">>,
                      true, false));
static_assert(is_null(joining_both<dt::join<"customer", by_buyer, "b">, dt::full_join<"customer", by_seller, "s">>,
                      true, true));

// What a join names has to be there.
struct only_amount {
  dt::decimal<12, 2> amount;
};
template <class Join>
constexpr dt::array_view<dt::finding> joined_by = joining<only_amount, Join>;
static_assert(test::are(joined_by<dt::join<"client", by_buyer>>, code::RD_TABLE_MISSING) &&
              joined_by<dt::join<"client", by_buyer>>[0].table == "client");
static_assert(test::are(joined_by<dt::join<"customer", dt::on<"bought_by", "id">>>, code::RD_COL_MISSING) &&
              joined_by<dt::join<"customer", dt::on<"bought_by", "id">>>[0].table == "purchase" &&
              joined_by<dt::join<"customer", dt::on<"bought_by", "id">>>[0].object == "bought_by");
static_assert(test::are(joined_by<dt::join<"customer", dt::on<"buyer", "number">>>, code::RD_COL_MISSING) &&
              joined_by<dt::join<"customer", dt::on<"buyer", "number">>>[0].table == "customer");
static_assert(test::are(
    joining<overview, dt::join<"customer", by_buyer>, dt::field<&overview::buyer_name, "full_name", "customer">>,
    code::RD_COL_MISSING));
static_assert(
    test::are(joining<overview, dt::join<"client", by_buyer>, dt::field<&overview::buyer_name, "name", "client">>,
              code::RD_TABLE_MISSING),
    "of a source that is not there, nothing more");
struct narrow_overview {
  std::int32_t visits;
};
static_assert(test::are(
    joining<narrow_overview, dt::join<"customer", by_buyer>, dt::field<&narrow_overview::visits, "id", "customer">>,
    code::RD_RANGE));

// Elements of an array.
struct tagged {
  std::vector<std::string> tags;
};
constexpr dt::finding of_elements = joining<tagged>[0];
static_assert(test::are(joining<tagged>, code::RD_NULL) && of_elements.object == "tags" &&
              of_elements.detail == "each element of an array may be NULL");

// ---- What an expression makes

struct totals {
  std::int64_t count;
  dt::decimal<12, 2> amount;
};
template <class... Options>
constexpr dt::array_view<dt::finding> totalling = joining<totals, Options...>;
using counted = dt::computed<"count", dt::bigint, dt::expression<"count(*)">>;
static_assert(totalling<counted>.empty());
static_assert(totalling<counted, dt::computed<"amount", dt::numeric<12, 2>, dt::columns<"amount", "id">>>.empty());
static_assert(test::are(totalling<>, code::RD_COL_MISSING), "count is no column");
static_assert(test::are(totalling<dt::computed<"count", dt::bigint, dt::null>>, code::RD_NULL));
static_assert(test::are(totalling<dt::computed<"count", dt::numeric<20>>>, code::RD_RANGE));
constexpr dt::finding too_wide = totalling<dt::computed<"count", dt::numeric<20>>>[0];
static_assert(too_wide.field == "count" && too_wide.object == "count" && too_wide.table == "purchase" &&
              *too_wide.column_type == dt::numeric<20>::type);
static_assert(test::are(totalling<dt::computed<"count", dt::text, dt::null>>, code::RD_NULL, code::RD_TYPE));
static_assert(test::are(totalling<dt::computed<"count", dt::bigint, dt::columns<"id", "price">>>,
                        code::RD_COL_MISSING));
static_assert(totalling<dt::computed<"count", dt::bigint, dt::columns<"price">>>[0].object == "price");

// ---- A field that stands for no column

struct with_cache {
  std::string name;
  std::string shown;
};
static_assert(reading<with_cache, dt::ignore<&with_cache::shown>>.empty() &&
              inserting<with_cache, dt::ignore<&with_cache::shown>>.empty() &&
              test::are(reading<with_cache>, code::RD_COL_MISSING) &&
              test::are(inserting<with_cache>, code::WR_COL_MISSING));
static_assert(test::are(inserting<with_cache, dt::ignore<&with_cache::shown>, dt::ignore<&with_cache::name>>,
                        code::WR_REQUIRED),
              "what is ignored is omitted");
struct cached_twice {
  std::string name;
  std::string shown;
  std::string printed;
};
static_assert(inserting<cached_twice, dt::ignore<&cached_twice::shown>, dt::ignore<&cached_twice::printed>>.empty());
static_assert(test::are(inserting<with_cache, dt::field<&with_cache::shown, "name">>, code::SC_DUPLICATE),
              "one column cannot be sent twice, but read");
static_assert(inserting<with_cache, dt::field<&with_cache::shown, "name">>[0].field == "shown" &&
              reading<with_cache, dt::field<&with_cache::shown, "name">>.empty());

// ---- A single row: some key has none but these columns

struct account : dt::table<"account", dt::column<"bank", dt::text>, dt::column<"number", dt::text>,
                           dt::column<"iban", dt::text>, dt::column<"owner", dt::bigint>, dt::column<"label", dt::text>,
                           dt::primary_key<"bank", "number">, dt::unique<"account_iban_key", "iban">,
                           dt::unique_index<"account_label", "label">, dt::index<"account_owner", "owner">> {};
struct bank : dt::schema<"1", account, customer> {};
struct balance {
  std::int64_t owner;
};
template <class... Options>
constexpr dt::array_view<dt::finding> finding_one =
    dt::compatibility<app<dt::reads<"account", balance, Options...>>, bank>::findings;
static_assert(finding_one<dt::single<"number", "bank">>.empty() && finding_one<dt::single<"iban">>.empty() &&
              finding_one<dt::single<"label">>.empty() && finding_one<dt::single<"iban", "owner">>.empty());
static_assert(test::are(finding_one<dt::single<"number">>, code::RD_CARD), "half a key");
static_assert(finding_one<dt::single<"number">>[0].object == "number" &&
              finding_one<dt::single<"number">>[0].table == "account" &&
              finding_one<dt::single<"number">>[0].subject == subject_kind::reader);
static_assert(test::are(finding_one<dt::single<"owner">>, code::RD_CARD), "an index that is not unique");
template <class... Each>
struct unique_owner
    : dt::schema<"1", dt::table<"account", dt::column<"owner", dt::bigint>,
                                dt::unique_index_on<"i", dt::element<"owner", dt::descending>, Each...>>> {};
template <class... Each>
constexpr dt::array_view<dt::finding> finding_owner =
    dt::compatibility<app<dt::reads<"account", balance, dt::single<"owner">>>, unique_owner<Each...>>::findings;
static_assert(finding_owner<>.empty() && test::are(finding_owner<dt::where<"owner > 0">>, code::RD_CARD) &&
              test::are(finding_owner<dt::element_sql<"1">>, code::RD_CARD));
static_assert(test::are(finding_one<dt::single<"holder">>, code::RD_COL_MISSING));
// A joined source may multiply the row.
static_assert(finding_one<dt::single<"iban">, dt::join<"customer", dt::on<"owner", "id">>>.empty());
static_assert(test::are(finding_one<dt::single<"iban">, dt::left_join<"customer", dt::on<"owner", "nr">>>,
                        code::RD_CARD));
static_assert(finding_one<dt::single<"iban">, dt::left_join<"customer", dt::on<"owner", "nr">>>[0].table ==
                  "customer" &&
              finding_one<dt::single<"iban">, dt::left_join<"customer", dt::on<"owner", "nr">>>[0].object == "nr");

// ---- What is used, and not read

static_assert(found<dt::uses<"customer", "id", "nick">>.empty() && found<dt::uses<"customer">>.empty());
static_assert(test::are(found<dt::uses<"customer", "id", "city">>, code::RD_COL_MISSING));
constexpr dt::finding used = found<dt::uses<"customer", "id", "city">>[0];
static_assert(used.subject == subject_kind::reader && used.row.empty() && used.field.empty() &&
              used.table == "customer" && used.object == "city" && used.column_type == nullptr);
static_assert(test::are(found<dt::uses<"client", "id">>, code::RD_TABLE_MISSING));

// ---- Views and functions: are read as tables are, and not written to

struct open_state
    : dt::view<"open_state", dt::query<"SELECT id, name, nick FROM customer">, dt::column<"id", dt::bigint>,
               dt::column<"name", dt::text>, dt::column<"nick", dt::text, dt::null>> {};
struct top : dt::function<"top", dt::query<"SELECT id FROM customer LIMIT 9">, dt::column<"id", dt::bigint>> {};
struct with_views : dt::schema<"1", customer, open_state, top> {};
template <class... Units>
constexpr dt::array_view<dt::finding> through_views = dt::compatibility<app<Units...>, with_views>::findings;
struct only_name {
  std::string name;
};
struct id_and_name {
  std::int64_t id;
  std::string name;
};
static_assert(through_views<dt::reads<"open_state", id_and_name>, dt::reads<"top", only_id, dt::called>,
                            dt::uses<"open_state", "nick">>.empty());
static_assert(test::are(through_views<dt::reads<"open_state", plain_nick>, dt::reads<"top", only_name, dt::called>>, code::RD_NULL,
                        code::RD_COL_MISSING));
static_assert(test::are(through_views<dt::reads<"top", only_id, dt::called, dt::single<"id">>>, code::RD_CARD), "it has no key");
// A statement calls a function, and nothing else.
static_assert(test::are(through_views<dt::reads<"top", only_id>>, code::RD_SOURCE));
static_assert(test::are(through_views<dt::reads<"open_state", only_id, dt::called>, dt::reads<"customer", only_id, dt::called>>,
                        code::RD_SOURCE, code::RD_SOURCE));
constexpr dt::array_view<dt::finding> written_views =
    through_views<dt::inserts<"open_state", only_name>, dt::updates<"open_state", id_and_name, dt::key<"id">>,
                  dt::upserts<"open_state", id_and_name, dt::conflict<"id">>, dt::deletes<"top", only_id>>;
static_assert(test::are(written_views, code::WR_SOURCE, code::WR_SOURCE, code::WR_SOURCE, code::WR_SOURCE));
static_assert(written_views[0].detail == "view" && written_views[3].detail == "function" &&
              written_views[0].table == "open_state" && written_views[0].subject == subject_kind::writer);

// ---- Writers: UPSERT follows the rules of INSERT, and its target is a key

template <class Row, class... Options>
constexpr dt::array_view<dt::finding> upserting =
    dt::compatibility<app<dt::upserts<"account", Row, Options...>>, bank>::findings;
struct full_account {
  std::string bank;
  std::string number;
  std::string iban;
  std::int64_t owner;
  std::string label;
};
static_assert(upserting<full_account, dt::conflict<"bank", "number">>.empty() &&
              upserting<full_account, dt::conflict<"number", "bank">>.empty() &&
              upserting<full_account, dt::conflict<"iban">>.empty() &&
              upserting<full_account, dt::conflict<"label">>.empty() &&
              upserting<full_account, dt::conflict<"iban">, dt::set<"label", "owner">>.empty() &&
              upserting<full_account, dt::conflict<"iban">, dt::set<>>.empty());
static_assert(test::are(upserting<full_account, dt::conflict<"bank">>, code::WR_ARBITER), "half a key");
static_assert(test::are(upserting<full_account, dt::conflict<"bank", "number", "iban">>, code::WR_ARBITER), "two keys");
static_assert(test::are(upserting<full_account, dt::conflict<"owner">>, code::WR_ARBITER));
static_assert(upserting<full_account, dt::conflict<"owner">>[0].object == "owner" &&
              upserting<full_account, dt::conflict<"owner">>[0].subject == subject_kind::writer);
static_assert(test::are(upserting<full_account>, code::WR_KEY) &&
              upserting<full_account>[0].detail == "declare the conflict target: conflict<\"column\", ...>");
static_assert(test::are(upserting<full_account, dt::conflict<"iban">, dt::set<"label", "owner", "label">>, code::SC_DUPLICATE) &&
              upserting<full_account, dt::conflict<"iban">, dt::set<"label", "owner", "label">>[0].object == "label");
static_assert(test::are(upserting<full_account, dt::conflict<"iban">, dt::set<"colour">>, code::WR_KEY) &&
              upserting<full_account, dt::conflict<"iban">, dt::set<"colour">>[0].object == "colour");
struct no_iban {
  std::string bank;
  std::optional<std::string> number;
  std::int64_t owner;
  std::string label;
};
static_assert(test::are(upserting<no_iban, dt::conflict<"bank", "number">>, code::WR_NULL, code::WR_REQUIRED),
              "the target is stored as well");
static_assert(test::are(upserting<no_iban, dt::conflict<"iban">>, code::WR_NULL, code::WR_REQUIRED, code::WR_KEY));
static_assert(test::are(found<dt::upserts<"customer", with_id, dt::conflict<"id">>>, code::WR_GENERATED));

// A key that may be put off is no target, also beside one that may not.
struct deferred : dt::table<"account", dt::column<"number", dt::bigint>, dt::column<"iban", dt::bigint>, dt::column<"rank", dt::bigint>,
                            dt::primary_key<"number">, dt::unique_on<"a", dt::columns<"iban">, dt::nulls_not_distinct>,
                            dt::unique<"b", "rank">, dt::unique_on<"c", dt::columns<"rank">, dt::deferrable>> {};
struct with_deferred : dt::schema<"1", deferred> {};
struct ranked {
  std::int64_t number;
  std::int64_t iban;
  std::int64_t rank;
};
template <dt::fixed_string Column>
constexpr dt::array_view<dt::finding> at_conflict =
    dt::compatibility<app<dt::upserts<"account", ranked, dt::conflict<Column>>>, with_deferred>::findings;
static_assert(at_conflict<"number">.empty() && at_conflict<"iban">.empty());
static_assert(test::are(at_conflict<"rank">, code::WR_ARBITER));
static_assert(dt::compatibility<app<dt::reads<"account", ranked, dt::single<"rank">>>, with_deferred>::findings.empty());

// ---- Writers: DELETE

template <class Row, class... Options>
constexpr dt::array_view<dt::finding> deleting = found<dt::deletes<"customer", Row, Options...>>;
static_assert(deleting<only_id>.empty() && deleting<signup>.empty(), "it needs no key");
static_assert(test::are(deleting<nothing>, code::WR_KEY) &&
              deleting<nothing>[0].detail == "give the struct a field by which the rows are found");
static_assert(test::are(deleting<with_phone>, code::WR_COL_MISSING) && test::are(deleting<by_text>, code::WR_TYPE));
static_assert(test::are(found<dt::deletes<"client", only_id>>, code::WR_TABLE_MISSING));

// ---- What a writer promises of its fields

struct priced {
  std::int64_t visits;
  std::string name;
};
static_assert(test::are(inserting<priced>, code::WR_RANGE) &&
              inserting<priced, dt::refines<"visits", dt::between<0, 100>>>.empty() &&
              test::are(inserting<priced, dt::refines<"visits", dt::between<0, 3'000'000'000>>>, code::WR_RANGE) &&
              test::are(inserting<priced, dt::refines<"name", dt::at_most<100>>>, code::WR_RANGE));
struct renamed_price {
  std::int64_t count;
  std::string name;
};
using as_visits = dt::field<&renamed_price::count, "visits">;
static_assert(inserting<renamed_price, as_visits, dt::refines<"count", dt::between<0, 9>>>.empty() &&
                  inserting<renamed_price, as_visits, dt::refines<"visits", dt::between<0, 9>>>.empty(),
              "of the field or of its column");
struct stated {
  std::string name;
  std::string state;
};
static_assert(test::are(inserting<stated>, code::WR_TYPE) &&
              inserting<stated, dt::refines<"state", dt::one_of<"open">>>.empty() &&
              test::are(inserting<stated, dt::refines<"state", dt::one_of<"open", "sent">>>, code::WR_ENUM));

// ---- What becomes tighter: a release that works without a constraint has to satisfy it before it is there

using quantity = dt::column<"quantity", dt::integer>;
using ratio = dt::column<"ratio", dt::double_precision, dt::null>;
using status = dt::column<"status", dt::text>;
template <class... Parts>
struct line : dt::table<"line", dt::column<"id", dt::bigint>, dt::column<"number", dt::bigint>, quantity, ratio, status,
                        dt::column<"article", dt::bigint>, Parts...> {};
struct article : dt::table<"article", dt::column<"id", dt::bigint>, dt::primary_key<"id">> {};
struct loose : dt::schema<"1", line<>, article> {};
template <class... Parts>
struct tight : dt::schema<"2", line<Parts...>, article> {};

template <class Unit, class... Parts>
constexpr dt::array_view<dt::finding> tightened = dt::compatibility<app<Unit>, loose, tight<Parts...>>::findings;
enum class line_status { open, done };
struct new_line {
  std::int64_t id;
  std::int64_t number;
  std::int16_t quantity;
  double ratio;
  line_status status;
  std::int64_t article;
};
template <class... Options>
using insert = dt::inserts<"line", new_line, Options...>;
struct any_line {
  std::int64_t id;
  std::int64_t number;
  std::int32_t quantity;
  std::string status;
  std::int64_t article;
};
template <class... Options>
using insert_any = dt::inserts<"line", any_line, Options...>;

// One that has only got another name asks no more than before; one of other columns does.
template <class Before, class After>
constexpr dt::array_view<dt::finding> replaced =
    dt::compatibility<app<insert_any<>>, tight<Before>, dt::schema<"3", line<After>, article>>::findings;
static_assert(replaced<dt::unique<"a", "number">, dt::unique<"b", "number">>.empty());
static_assert(replaced<dt::check<"a", "number <> 7">, dt::check<"b", "number <> 7">>.empty());
static_assert(replaced<dt::foreign_key<"a", dt::columns<"article">, dt::references<"article", "id">>,
                      dt::foreign_key<"b", dt::columns<"article">, dt::references<"article", "id">>>.empty());
static_assert(test::are(replaced<dt::unique<"a", "number">, dt::unique<"b", "article">>, code::WR_UNIQUE, code::WR_UNIQUE));

// One that may be put off asks no more than one that may not; NULLs that are the same ask more.
template <class... Options>
using of_number = dt::unique_on<"a", dt::columns<"number">, Options...>;
template <class... Options>
using fk_of_article = dt::foreign_key<"a", dt::columns<"article">, dt::references<"article", "id">, Options...>;
// Only the version with the tighter one has a finding, whichever it is.
template <class Looser, class Tighter>
constexpr bool is_tighter(code what) {
  return test::are(replaced<Looser, Tighter>, what) && replaced<Looser, Tighter>[0].version == "3" &&
         test::are(replaced<Tighter, Looser>, what) && replaced<Tighter, Looser>[0].version == "2";
}
static_assert(is_tighter<of_number<dt::deferrable>, of_number<>>(code::WR_UNIQUE));
static_assert(is_tighter<of_number<dt::initially_deferred>, of_number<dt::deferrable>>(code::WR_UNIQUE));
static_assert(is_tighter<of_number<>, of_number<dt::nulls_not_distinct>>(code::WR_UNIQUE));
template <class... Options>
using excluding = dt::exclude<"a", dt::element<"number", dt::with<"=">>, Options...>;
static_assert(is_tighter<excluding<dt::deferrable>, excluding<>>(code::WR_EXCLUSION));
static_assert(test::are(replaced<excluding<dt::where<"number > 1">>, excluding<dt::where<"number > 2">>>,
                        code::WR_EXCLUSION, code::WR_EXCLUSION));
static_assert(is_tighter<fk_of_article<dt::initially_deferred>, fk_of_article<>>(code::WR_REFERENCE));
static_assert(test::are(replaced<fk_of_article<dt::deferrable>, fk_of_article<dt::deferrable, dt::on_delete<dt::cascade>>>,
                        code::WR_REFERENCE, code::WR_REFERENCE));

// A check that is understood: what the type of the field, or a promise, implies.
using small = dt::check_values<"small", "quantity", dt::between<-32768, 32767>>;
static_assert(tightened<insert<>, small>.empty(), "as std::int16_t is");
static_assert(test::are(tightened<insert_any<>, small>, code::WR_CHECK));
constexpr dt::finding refused = tightened<insert_any<>, small>[0];
static_assert(refused.version == "2" && refused.release == "7" && refused.row == "any_line" &&
              refused.field == "quantity" && refused.table == "line" && refused.object == "quantity" &&
              refused.other == "small" && refused.detail == "\"quantity\" BETWEEN -32768 AND 32767" &&
              refused.subject == subject_kind::writer && *refused.column_type == dt::integer::type &&
              refused.type->spelled == "std::int32_t");
static_assert(tightened<insert_any<dt::refines<"quantity", dt::between<1, 9>>>, small>.empty() &&
              tightened<insert_any<dt::satisfies<"small">>, small>.empty() &&
              test::are(tightened<insert_any<dt::refines<"quantity", dt::between<1, 32768>>>, small>, code::WR_CHECK) &&
              test::are(tightened<insert_any<dt::satisfies<"other">>, small>, code::WR_CHECK));
using known = dt::check_values<"known", "status", dt::one_of<"open", "done">>;
static_assert(tightened<insert<>, known>.empty() && test::are(tightened<insert_any<>, known>, code::WR_CHECK) &&
              tightened<insert_any<dt::refines<"status", dt::one_of<"open">>>, known>.empty());
using shorter = dt::check_values<"shorter", "status", dt::at_most<4>>;
static_assert(tightened<insert<>, shorter>.empty() && test::are(tightened<insert_any<>, shorter>, code::WR_CHECK) &&
              tightened<insert_any<dt::refines<"status", dt::at_most<3>>>, shorter>.empty());
using shaped = dt::check_values<"shaped", "status", dt::like<"o%">>;
static_assert(test::are(tightened<insert_any<>, shaped>, code::WR_CHECK) &&
              tightened<insert_any<dt::refines<"status", dt::like<"o%">>>, shaped>.empty() &&
              test::are(tightened<insert_any<dt::refines<"status", dt::like<"%">>>, shaped>, code::WR_CHECK));
// One whose rule says nothing of such a column: the very same promise.
using bounded = dt::check_values<"bounded", "ratio", dt::between<0, 1>>;
static_assert(test::are(tightened<insert<>, bounded>, code::WR_CHECK) &&
              tightened<insert<dt::refines<"ratio", dt::between<0, 1>>>, bounded>.empty() &&
              test::are(tightened<insert<dt::refines<"ratio", dt::between<0, 2>>>, bounded>, code::WR_CHECK));
static_assert(tightened<insert_any<>, bounded>.empty(), "who does not write the column, or only leaves it NULL");
// Of a generated column: every writer of what it is computed from.
using doubled = dt::column<"doubled", dt::bigint, dt::generated_stored<"quantity * 2">>;
template <class Unit, class Constraint>
constexpr dt::array_view<dt::finding> computed =
    dt::compatibility<app<Unit>, tight<doubled>, dt::schema<"3", line<doubled, Constraint>, article>>::findings;
using even = dt::check<"even", "doubled % 2 = 0">;
static_assert(test::are(computed<insert<>, even>, code::WR_CHECK) && computed<insert<>, even>[0].field == "quantity");
static_assert(computed<insert<dt::satisfies<"even">>, even>.empty());
static_assert(test::are(computed<insert<>, dt::check_values<"few", "doubled", dt::between<0, 9>>>, code::WR_CHECK));
static_assert(test::are(computed<insert<>, dt::unique<"u", "doubled">>, code::WR_UNIQUE));
static_assert(test::are(computed<insert<>, dt::foreign_key<"f", dt::columns<"doubled">, dt::references<"article", "id">>>,
                        code::WR_REFERENCE));
struct only_status {
  std::int64_t id;
  line_status status;
};
static_assert(computed<dt::updates<"line", only_status, dt::key<"id">>, even>.empty());
static_assert(tightened<insert<>, doubled>.empty(), "it need not be sent");
struct sends_doubled {
  std::int64_t id;
  std::int64_t doubled;
};
static_assert(test::are(dt::compatibility<app<dt::updates<"line", sends_doubled, dt::key<"id">>>, tight<doubled>>::findings,
                        code::WR_GENERATED));
static_assert(dt::compatibility<app<dt::updates<"line", sends_doubled, dt::key<"doubled">>>, tight<doubled>>::findings.empty(),
              "which is compared, not stored");
struct reads_doubled {
  std::int16_t doubled;
};
struct reads_byte {
  std::int8_t doubled;
};
template <class... Options>
using computes = dt::schema<"4", dt::table<"line", dt::column<"id", dt::bigint>, dt::column<"status", dt::text>,
                                           dt::column<"doubled", dt::smallint, dt::generated_stored<"id * 2">, Options...>>>;
template <class Version, class Row = reads_doubled>
constexpr dt::array_view<dt::finding> stored =
    dt::compatibility<app<dt::reads<"line", Row>>,
                      dt::closed<Version, dt::release<"8", dt::inserts<"line", only_status>>>>::findings;
static_assert(stored<computes<>>.empty() && test::are(stored<computes<dt::null>>, code::RD_NULL) &&
                  test::are(stored<computes<>, reads_byte>, code::RD_RANGE), "any value may be stored");

// An expression: every writer of a column that it mentions.
using together = dt::check<"together", "quantity > 0 or status = 'done'">;
static_assert(test::are(tightened<insert<>, together>, code::WR_CHECK, code::WR_CHECK) &&
              tightened<insert<dt::satisfies<"together">>, together>.empty());
static_assert(tightened<insert<>, together>[0].object == "quantity" &&
              tightened<insert<>, together>[1].object == "status");
// It was there before, or it is there no more: both versions are meant.
static_assert(dt::compatibility<app<insert_any<>>, tight<small>>::findings.empty());
static_assert(test::are(dt::compatibility<app<insert_any<>>, tight<small>, loose>::findings, code::WR_CHECK));
static_assert(test::are(dt::compatibility<app<insert_any<>>, loose, tight<small>, tight<small, known>>::findings,
                        code::WR_CHECK, code::WR_CHECK, code::WR_CHECK),
              "in each version that has it");
using careful = insert_any<dt::refines<"status", dt::one_of<"open">>>;
static_assert(dt::compatibility<app<careful>, tight<small>, tight<small, known>>::findings.empty(), "small is not new");
using otherwise = dt::check_values<"small", "quantity", dt::between<0, 9>>;
static_assert(test::are(dt::compatibility<app<insert<>>, tight<small>, tight<otherwise>>::findings, code::WR_CHECK),
              "the same name, another rule");

// UNIQUE, and foreign keys.
using one_number = dt::unique<"one_number", "number">;
static_assert(test::are(tightened<insert<>, one_number>, code::WR_UNIQUE) &&
              tightened<insert<>, one_number>[0].object == "one_number" &&
              tightened<insert<>, one_number>[0].field.empty());
static_assert(tightened<insert<dt::satisfies<"one_number">>, one_number>.empty());
static_assert(test::are(tightened<insert<>, dt::unique_index<"i", "article", "number">>, code::WR_UNIQUE) &&
              tightened<insert<>, dt::index<"i", "number">>.empty());
template <class... Each>
using unique_on = dt::unique_index_on<"i", Each...>;
static_assert(test::are(tightened<insert<>, unique_on<dt::element<"number">, dt::where<"id > 0">>>, code::WR_UNIQUE) &&
              test::are(tightened<insert<>, unique_on<dt::element_sql<"article + number">>>, code::WR_UNIQUE) &&
              test::are(tightened<insert<>, unique_on<dt::element<"id">, dt::where<"number > 0">>>, code::WR_UNIQUE) &&
              tightened<insert<>, dt::index_on<"i", dt::element_sql<"number + 1">>>.empty() &&
              tightened<insert<dt::satisfies<"i">>, unique_on<dt::element_sql<"number + 1">>>.empty());
template <class... Each>
using excluding_on = dt::exclude<"e", Each...>;
using dt::with;
static_assert(test::are(tightened<insert<>, excluding_on<dt::element<"number", with<"=">>>>, code::WR_EXCLUSION) &&
              tightened<insert<>, excluding_on<dt::element<"number", with<"=">>>>[0].object == "e" &&
              test::are(tightened<insert<>, excluding_on<dt::element_sql<"number + 1", with<"=">>>>, code::WR_EXCLUSION) &&
              test::are(tightened<insert<>, excluding_on<dt::element_sql<"1", with<"=">>, dt::where<"number > 0">>>,
                        code::WR_EXCLUSION) &&
              tightened<insert<>, excluding_on<dt::element_sql<"1", with<"=">>>>.empty() &&
              tightened<insert<dt::satisfies<"e">>, excluding_on<dt::element<"number", with<"=">>>>.empty());
static_assert(test::are(tightened<insert<>, dt::primary_key<"id">>, code::WR_UNIQUE) &&
              tightened<insert<>, dt::primary_key<"id">>[0].object == "primary key" &&
              tightened<insert<dt::satisfies<"primary key">>, dt::primary_key<"id">>.empty());
using to_article = dt::foreign_key<"to_article", dt::columns<"article">, dt::references<"article", "id">>;
static_assert(test::are(tightened<insert<>, to_article>, code::WR_REFERENCE) &&
              tightened<insert<>, to_article>[0].object == "to_article" &&
              tightened<insert<dt::satisfies<"to_article">>, to_article>.empty());
static_assert(test::are(tightened<insert<>, to_article, one_number, small, known>, code::WR_REFERENCE,
                        code::WR_UNIQUE));

// An update: only of what it stores, which its key is not.
struct by_number {
  std::int64_t number;
  std::int32_t quantity;
};
template <class... Options>
using update = dt::updates<"line", by_number, dt::key<"number">, Options...>;
static_assert(test::are(tightened<update<>, small>, code::WR_CHECK) && tightened<update<>, known>.empty());
static_assert(tightened<update<>, one_number>.empty() && tightened<update<>, to_article>.empty() &&
              tightened<update<>, dt::check<"above", "number > 0">>.empty());
static_assert(test::are(tightened<dt::updates<"line", by_number, dt::key<"quantity">>, one_number>, code::WR_UNIQUE));
static_assert(tightened<dt::reads<"line", by_number>, small, one_number, to_article>.empty(), "readers do not mind");
static_assert(tightened<dt::deletes<"line", by_number>, small, one_number, to_article>.empty());
static_assert(test::are(tightened<dt::upserts<"line", any_line, dt::conflict<"number">>, one_number>, code::WR_ARBITER,
                        code::WR_UNIQUE),
              "a version before has no such key");
// A table that is new has constraints of its own.
struct later : dt::schema<"3", line<>, article, account> {};
static_assert(test::are(dt::compatibility<app<dt::inserts<"account", full_account>>, loose, later>::findings,
                        code::WR_TABLE_MISSING));

// Deleters: of the rows that a foreign key of another table protects, or takes with them.
struct delete_article : dt::deletes<"article", only_id> {};
template <dt::referential_action Action>
using deleting_with =
    dt::foreign_key<"to_article", dt::columns<"article">, dt::references<"article", "id">, dt::on_delete<Action>>;
constexpr dt::array_view<dt::finding> protected_rows = tightened<delete_article, to_article>;
static_assert(test::are(protected_rows, code::WR_RESTRICT));
static_assert(protected_rows[0].table == "article" && protected_rows[0].other == "to_article" &&
              protected_rows[0].detail == "line" && protected_rows[0].version == "2" &&
              protected_rows[0].row == "only_id" && protected_rows[0].subject == subject_kind::writer);
static_assert(test::are(tightened<delete_article, deleting_with<dt::referential_action::restrict>>,
                        code::WR_RESTRICT) &&
              test::are(tightened<delete_article, deleting_with<dt::cascade>>, code::WR_CASCADE));
struct with_optional_article
    : dt::schema<"2", article,
                 dt::table<"line", dt::column<"article", dt::bigint, dt::null, dt::default_value<1>>,
                           deleting_with<dt::set_null>>> {};
struct with_default_article
    : dt::schema<"2", article,
                 dt::table<"line", dt::column<"article", dt::bigint, dt::null, dt::default_value<1>>,
                           deleting_with<dt::set_default>>> {};
static_assert(dt::compatibility<app<delete_article>, loose, with_optional_article>::findings.empty() &&
              dt::compatibility<app<delete_article>, loose, with_default_article>::findings.empty());
static_assert(tightened<dt::deletes<"article", only_id, dt::satisfies<"to_article">>, to_article>.empty());
static_assert(dt::compatibility<app<delete_article>, tight<to_article>>::findings.empty() &&
                  test::are(dt::compatibility<app<delete_article>, tight<to_article>,
                                              tight<deleting_with<dt::cascade>>>::findings,
                            code::WR_RESTRICT, code::WR_CASCADE),
              "each in its version");
struct before_line : dt::schema<"0", article> {};
static_assert(test::are(dt::compatibility<app<delete_article>, before_line, tight<to_article>>::findings,
                        code::WR_RESTRICT),
              "a new table with it");
static_assert(dt::compatibility<app<dt::deletes<"line", by_number>>, loose, tight<to_article>>::findings.empty(),
              "the referencing rows may go");

// ---- A version all of whose writers are known: what they have stored is what its readers have to hold

template <class Row, class... Writers>
constexpr dt::array_view<dt::finding> closed_reading =
    dt::compatibility<app<dt::reads<"customer", Row>>, dt::closed<v1, Writers...>>::findings;
template <class... Units>
struct writer : dt::release<"w", Units...> {};
struct short_signup {
  std::string name;
  std::string nick;
  std::int16_t visits;
  old_state state;
};
struct small_card {
  std::string nick;
  std::int16_t visits;
  old_state state;
};
using writes_short = writer<dt::inserts<"customer", short_signup>>;
static_assert(test::are(reading<small_card>, code::RD_NULL, code::RD_RANGE, code::RD_ENUM));
static_assert(closed_reading<small_card, writes_short>.empty());
static_assert(closed_reading<small_card>.empty(), "nobody writes");
static_assert(test::are(closed_reading<small_card, writer<dt::inserts<"customer", full_signup>>>, code::RD_NULL,
                        code::RD_RANGE, code::RD_ENUM));
// Several writers write together.
static_assert(
    test::are(closed_reading<small_card, writes_short, writer<dt::updates<"customer", priced, dt::key<"name">>>>,
              code::RD_RANGE),
    "an update as well");
static_assert(closed_reading<small_card, writes_short, writer<dt::deletes<"customer", only_id>>>.empty() &&
              closed_reading<small_card, writes_short, writer<dt::reads<"customer", card>>>.empty());
static_assert(closed_reading<small_card, writer<dt::inserts<"customer", priced, dt::refines<"visits", dt::between<0, 9>>>,
                                                dt::updates<"customer", short_signup, dt::key<"name">>>>.size() == 1,
              "and what is omitted is NULL");
// What is omitted: the default, or NULL.
static_assert(test::are(closed_reading<small_card, writer<dt::inserts<"customer", signup>>>, code::RD_NULL),
              "visits is 0 and state is open");
struct paid_only {
  enum class just { paid } state;
};
static_assert(test::are(closed_reading<paid_only, writer<dt::inserts<"customer", signup>>>, code::RD_ENUM) &&
              closed_reading<paid_only, writer<dt::inserts<"customer", signup>>>[0].other == "open");
struct unsigned_visits {
  std::uint8_t visits;
};
static_assert(closed_reading<unsigned_visits, writer<dt::inserts<"customer", signup>>>.empty() &&
              test::are(closed_reading<unsigned_visits, writes_short>, code::RD_RANGE));
// Numbers of the server's are any.
struct small_number {
  std::int32_t nr;
};
static_assert(test::are(closed_reading<small_number, writer<dt::inserts<"customer", signup>>>, code::RD_RANGE));
// What is stored is no more than the column takes.
struct wide_visits {
  std::int32_t visits;
};
static_assert(closed_reading<wide_visits, writer<dt::updates<"customer", priced, dt::key<"name">>>>.empty());
// Of columns that are not there, and of computed values, the writers say nothing.
static_assert(test::are(closed_reading<with_phone, writes_short>, code::RD_COL_MISSING));
static_assert(test::are(dt::compatibility<app<dt::reads<"customer", small_number, dt::computed<"nr", dt::bigint>>>,
                                          dt::closed<v1>>::findings,
                        code::RD_RANGE));
static_assert(
    test::are(dt::compatibility<app<dt::inserts<"customer", nothing>>, dt::closed<v1, writes_short>>::findings,
              code::WR_REQUIRED),
    "writers as in every version");

// Through joins, of each table; an outer join makes NULLs that nobody wrote.
struct written_purchase {
  std::int64_t id;
  std::int32_t buyer;
  std::int32_t seller;
  dt::decimal<6, 2> amount;
  std::vector<std::string> tags;
};
using purchases = writer<dt::inserts<"purchase", written_purchase>, dt::inserts<"customer", short_signup>>;
struct small_overview {
  std::int32_t seller;
  dt::decimal<6, 2> amount;
  std::vector<std::string> tags;
  std::string nick;
};
template <template <dt::fixed_string, class, dt::fixed_string> class Join, class Policy>
constexpr dt::array_view<dt::finding> small_joined =
    dt::compatibility<app<dt::reads<"purchase", small_overview, Join<"customer", by_buyer, "">,
                                    dt::field<&small_overview::nick, "nick", "customer">>>,
                      Policy>::findings;
static_assert(small_joined<dt::join, dt::closed<shop, purchases>>.empty());
static_assert(test::are(small_joined<dt::join, shop>, code::RD_NULL, code::RD_RANGE, code::RD_RANGE, code::RD_NULL,
                        code::RD_NULL));
static_assert(test::are(dt::compatibility<app<dt::reads<"purchase", overview, dt::left_join<"customer", by_buyer>,
                                                        dt::field<&overview::buyer_name, "name", "customer">>>,
                                          dt::closed<shop, purchases>>::findings,
                        code::RD_NULL));

// A row of another table that is deleted sets a column, too.
struct set_null_line
    : dt::schema<"1", article,
                 dt::table<"line", dt::column<"article", dt::bigint, dt::null>, deleting_with<dt::set_null>>> {};
struct set_default_line
    : dt::schema<"1", article,
                 dt::table<"line", dt::column<"article", dt::bigint, dt::null, dt::default_value<-1>>,
                           deleting_with<dt::set_default>>> {};
struct of_article {
  std::uint64_t article;
};
struct article_id {
  std::uint32_t article;
};
using links = writer<dt::inserts<"line", article_id>>;
static_assert(test::are(
    dt::compatibility<app<dt::reads<"line", of_article>>, dt::closed<set_null_line, links>>::findings, code::RD_NULL));
static_assert(
    test::are(dt::compatibility<app<dt::reads<"line", of_article>>, dt::closed<set_default_line, links>>::findings,
              code::RD_RANGE));

// Both policies in one list, the writers' promises in each.
static_assert(
    test::are(dt::compatibility<app<dt::reads<"customer", small_card>>, dt::closed<v1, writes_short>, v1>::findings,
              code::RD_NULL, code::RD_RANGE, code::RD_ENUM));
static_assert(
    test::are(dt::compatibility<app<insert_any<>>, loose, dt::closed<tight<small>, app<insert_any<>>>>::findings,
              code::WR_CHECK));
