// SPDX-License-Identifier: BSL-1.0
#include <dovetail/rollout/plans.hpp>

#include <cstdint>
#include <string>

#include <dovetail/change/version.hpp>
#include <dovetail/diagnose/predicates.hpp>

#include "../../support/findings.hpp"

namespace dt = dovetail;
using dt::code;

struct stage_1 : dt::enumeration<"stage", "open"> {};
struct stage_2 : dt::enumeration<"stage", "open", "paid"> {};
struct purchase : dt::table<"purchase", dt::column<"id", dt::bigint>, dt::column<"count", dt::integer>,
                            dt::column<"code", dt::varchar<10>>, dt::column<"stage", stage_1>,
                            dt::column<"other", dt::integer>, dt::primary_key<"id">> {};
struct client : dt::table<"client", dt::column<"name", dt::text>, dt::column<"purchase", dt::bigint>> {};
struct v1 : dt::schema<"1", purchase, client> {};

template <class... Steps>
using from_1 = dt::migration<v1, Steps...>;
template <dt::fixed_string Column, class Type, class Old>
using retype = dt::step<dt::set_type<"purchase", Column, Type>, dt::set_type<"purchase", Column, Old>>;
struct widen_count : from_1<retype<"count", dt::bigint, dt::integer>> {};
struct widen_code : from_1<retype<"code", dt::varchar<20>, dt::varchar<10>>> {};
struct widen_other : from_1<retype<"other", dt::bigint, dt::integer>> {};
struct grow : from_1<dt::step<dt::add_column<"purchase", dt::column<"note", dt::text, dt::null>>, dt::drop_column<"purchase", "note">>,
                     dt::step<dt::drop_not_null<"purchase", "other">, dt::set_not_null<"purchase", "other">>> {};
struct more_stages : from_1<dt::step<dt::add_label<stage_2, "paid">, dt::drop_label<stage_1, "paid">>> {};
struct v2 : dt::after<"2", more_stages> {};
struct fewer_stages : dt::migration<v2, dt::step<dt::drop_label<stage_1, "paid">, dt::add_label<stage_2, "paid">>> {};
struct stage_3 : dt::enumeration<"stage", "open", "settled"> {};
struct rename_stage : dt::migration<v2, dt::step<dt::rename_label<stage_3, "paid", "settled">, dt::rename_label<stage_2, "settled", "paid">>> {};
struct compare_otherwise : from_1<dt::step<dt::set_collation<"purchase", "code", "C">, dt::drop_collation<"purchase", "code">>> {};

struct line {
  std::int64_t count;
  std::string code;
};
struct staged {
  std::int64_t id;
  std::string stage;
};
struct total {
  std::int64_t doubled;
};
struct joined {
  std::string name;
  std::int64_t count;
};
struct reads_line : dt::release<"7", dt::reads<"purchase", line>> {};
struct writes_line : dt::release<"8", dt::inserts<"purchase", line>> {};
struct reads_stage : dt::release<"9", dt::reads<"purchase", staged>> {};
struct computes : dt::release<"10", dt::reads<"purchase", total,
    dt::computed<"doubled", dt::bigint, dt::expression<"2 * count">, dt::columns<"count">>>> {};
struct joins : dt::release<"11", dt::reads<"client", joined, dt::join<"purchase", dt::on<"purchase", "id">>,
                                           dt::field<&joined::count, "count", "purchase">>> {};

template <class Migration, class... Releases>
constexpr dt::array_view<dt::finding> outdated = dt::outdated_plans<dt::rollout<dt::live<v1, Releases...>, dt::migrate<Migration>>>;

// ---- What is read as another type

constexpr dt::array_view<dt::finding> counted = outdated<widen_count, reads_line>;
static_assert(test::are(counted, code::RD_PLAN));
static_assert(counted[0].release == "7" && counted[0].field == "count" && counted[0].table == "purchase" && counted[0].object == "count" &&
              *counted[0].column_type == dt::bigint::type && counted[0].migration == "widen_count" && counted[0].event == 2 &&
              counted[0].version == "1" && counted[0].subject == dt::subject_kind::reader);
static_assert(test::are(outdated<widen_code, reads_line>, code::RD_PLAN) && outdated<widen_code, reads_line>[0].object == "code",
              "a length is of the type");
static_assert(test::are(outdated<compare_otherwise, reads_line>, code::RD_PLAN), "and so is a collation");
static_assert(test::are(outdated<widen_count, computes>, code::RD_PLAN) && outdated<widen_count, computes>[0].field == "doubled" &&
              outdated<widen_count, computes>[0].object == "count");
static_assert(test::are(outdated<widen_count, joins>, code::RD_PLAN) && outdated<widen_count, joins>[0].table == "purchase");
static_assert(outdated<widen_count, reads_line, writes_line, reads_stage, computes>.size() == 2);

// ---- What is not

static_assert(outdated<widen_other, reads_line, joins>.empty() && outdated<widen_count, writes_line, reads_stage>.empty());
static_assert(outdated<grow, reads_line, joins>.empty(), "other columns come, and NULL");
static_assert(outdated<more_stages, reads_stage>.empty() &&
                  dt::outdated_plans<dt::rollout<dt::live<v2, reads_stage>, dt::migrate<rename_stage>>>.empty(),
              "it is the same enumeration");
static_assert(test::are(dt::outdated_plans<dt::rollout<dt::live<v2, reads_stage, reads_line>, dt::migrate<fewer_stages>>>, code::RD_PLAN),
              "which is made anew without a label");
static_assert(dt::outdated_plans<dt::rollout<dt::live<v1>, dt::migrate<widen_count>, dt::start<reads_line>>>.empty(),
              "it begins with the new type");
static_assert(dt::outdated_plans<dt::rollout<dt::live<v1, reads_line>, dt::stop<reads_line>, dt::migrate<widen_count>>>.empty());
static_assert(dt::safe<dt::rollout<dt::live<v1, reads_line>, dt::migrate<widen_count>>>, "it fails no check");
