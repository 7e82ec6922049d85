// SPDX-License-Identifier: BSL-1.0
#include <dovetail/rollout/losses.hpp>

#include <cstdint>
#include <optional>
#include <string>

#include <dovetail/change/version.hpp>

#include "../../support/findings.hpp"

namespace dt = dovetail;
using dt::code;

using fax = dt::column<"fax", dt::text, dt::null>;
using nick = dt::column<"nick", dt::text, dt::null>;
using by_name = dt::index<"by_name", "name">;
struct customer : dt::table<"customer", dt::column<"name", dt::text>, fax, by_name> {};
struct product : dt::table<"product", dt::column<"code", dt::text>> {};
struct invoice : dt::table<"invoice", dt::column<"number", dt::bigint>> {};
struct v1 : dt::schema<"1", customer, product> {};

struct clean_up
    : dt::migration<
          v1, dt::step<dt::drop_index<"customer", "by_name">, dt::add_index<"customer", by_name>>,
          dt::lossy<"no faxes", dt::step<dt::drop_column<"customer", "fax">, dt::add_column<"customer", fax>>>,
          dt::lossy<"sold out", dt::step<dt::drop_table<"product">, dt::create_table<product>>>> {};
struct v2 : dt::after<"2", clean_up> {};
struct grow : dt::migration<v2, dt::step<dt::add_column<"customer", nick>, dt::drop_column<"customer", "nick">>,
                            dt::step<dt::create_table<invoice>, dt::drop_table<"invoice">>> {};
struct v3 : dt::after<"3", grow> {};

// ---- Of a migration: what its lossy steps destroy, and why

static_assert(dt::losses<grow>.empty());
constexpr dt::array_view<dt::finding> lost = dt::losses<clean_up>;
static_assert(test::are(lost, code::DT_DROPPED, code::DT_DROPPED), "an index is no data");
static_assert(lost[0].table == "customer" && lost[0].object == "fax" && lost[0].detail == "no faxes" &&
              lost[0].step == 2 && lost[0].migration == "clean_up" && lost[0].version == "1");
static_assert(lost[1].table == "product" && lost[1].object.empty() && lost[1].detail == "sold out" &&
              lost[1].step == 3);

// ---- Of a history: what all its migrations destroy; and where nothing may be

struct drop_invoices
    : dt::migration<v3, dt::lossy<"paid", dt::step<dt::drop_table<"invoice">, dt::create_table<invoice>>>> {};
struct v4 : dt::after<"4", drop_invoices> {};
static_assert(dt::losses<v1>.empty() && dt::losses<v2>.size() == 2 && dt::losses<v3>.size() == 2);
static_assert(dt::losses<v4>.size() == 3 && dt::losses<v4>[0].object == "fax" && dt::losses<v4>[2].table == "invoice" &&
              dt::losses<v4>[2].detail == "paid" && dt::losses<v4>[2].version == "3");
static_assert(dt::losslessness<v1>::findings.empty() && dt::losslessness<grow>::findings.empty());
static_assert(test::are(dt::losslessness<v2>::findings, code::DT_FORBIDDEN, code::DT_FORBIDDEN));
static_assert(dt::losslessness<drop_invoices>::findings[0].detail == "paid" &&
              dt::losslessness<drop_invoices>::findings[0].table == "invoice");

// ---- Of a rollout: what rolling back would destroy of what its releases have written

struct profile {
  std::string name;
  std::optional<std::string> nick;
};
struct card {
  std::string name;
};
struct bill {
  std::int64_t number;
};
struct writes_nick : dt::release<"8", dt::inserts<"customer", profile>> {};
struct renames : dt::release<"9", dt::updates<"customer", profile, dt::key<"name">>> {};
struct reads_nick : dt::release<"7", dt::reads<"customer", profile>> {};
struct old : dt::release<"6", dt::inserts<"customer", card>> {};
struct bills : dt::release<"10", dt::inserts<"invoice", bill>> {};

template <class... Events>
constexpr dt::array_view<dt::finding> losing = dt::losses<dt::rollout<Events...>>;
using dt::live;
using dt::migrate;
using dt::start;
using dt::stop;

static_assert(losing<live<v2, old>, migrate<grow>, start<reads_nick>>.empty(),
              "who writes nothing of it loses nothing");
static_assert(test::are(losing<live<v2, old>, migrate<grow>, start<writes_nick>, stop<old>>, code::DT_LOST));
constexpr dt::finding nick_lost = losing<live<v2, old>, migrate<grow>, start<writes_nick>, stop<old>>[0];
static_assert(nick_lost.release == "8" && nick_lost.row == "profile" && nick_lost.field == "nick" &&
              nick_lost.table == "customer" && nick_lost.object == "nick" && nick_lost.migration == "grow" &&
              nick_lost.version == "2" && nick_lost.step == 1 && nick_lost.inverse && nick_lost.event == 2 &&
              nick_lost.subject == dt::subject_kind::writer);
static_assert(test::are(losing<live<v2>, migrate<grow>, start<renames>>, code::DT_LOST), "an update writes as well");
static_assert(test::are(losing<live<v2>, migrate<grow>, start<bills>>, code::DT_LOST));
constexpr dt::finding table_lost = losing<live<v2>, migrate<grow>, start<bills>>[0];
static_assert(table_lost.table == "invoice" && table_lost.object.empty() && table_lost.field.empty() &&
              table_lost.row == "bill");
static_assert(test::are(losing<live<v2>, migrate<grow>, start<writes_nick>, start<renames>, start<bills>>,
                        code::DT_LOST, code::DT_LOST, code::DT_LOST));
static_assert(losing<live<v2>, start<writes_nick>, stop<writes_nick>, migrate<grow>>.empty(), "it was gone before");
// What is dropped on the way is listed as well.
static_assert(test::are(losing<live<v1, old>, migrate<clean_up>, migrate<grow>>, code::DT_DROPPED, code::DT_DROPPED));
