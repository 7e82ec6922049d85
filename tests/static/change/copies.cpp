// SPDX-License-Identifier: BSL-1.0
#include <dovetail/change/copies.hpp>

#include <optional>
#include <string>

#include <dovetail/dovetail.hpp>

#include "done.hpp"

namespace dt = dovetail;
using dt::code;

namespace {

using id = dt::column<"id", dt::bigint, dt::identity_by_default>;
using key = dt::primary_key<"id">;
using name = dt::column<"customer_name", dt::varchar<40>, dt::collate<"C">, dt::default_value<"?">>;
using note = dt::column<"note", dt::text, dt::null>;
using total = dt::column<"total", dt::integer, dt::default_value<0>>;
struct purchase : dt::table<"purchase", id, name, note, total, key> {};
using to_purchase = dt::foreign_key<"item_purchase_fkey", dt::columns<"purchase_id">, dt::references<"purchase", "id">>;
using by_purchase = dt::index<"item_by_purchase", "purchase_id">;
using purchase_id = dt::column<"purchase_id", dt::bigint>;
using label = dt::column<"label", dt::text, dt::null>;
template <class... Parts>
using item_with = dt::table<"item", id, purchase_id, key, to_purchase, by_purchase, Parts...>;
struct v1 : dt::schema<"1", purchase, item_with<label>> {};

using copying = dt::gradual_denormalise<"item", "item_purchase_fkey", dt::synced<"customer_name">, dt::synced<"purchase_note", "note">>;
struct expand : dt::expand<v1, copying> {};
struct v2 : dt::after<"2", expand> {};
struct fill : dt::fill<v2, copying> {};
struct v3 : dt::after<"3", fill> {};
static_assert(dt::reversible<expand> && dt::reversible<fill> && dt::lossless<v3>);
static_assert(copying::name == dt::identifier("item_item_purchase_fkey_sync"));

// The version as it would be declared.
template <class Stale = dt::detail::not_stale>
using copied = dt::copies<"item_item_purchase_fkey_sync", dt::columns<"purchase_id">, dt::references<"purchase", "id">,
                          dt::newer<dt::synced<"customer_name">, dt::synced<"purchase_note", "note">>, Stale>;
using copy_of_name = dt::column<"customer_name", dt::varchar<40>, dt::collate<"C">>;
using copy_of_note = dt::column<"purchase_note", dt::text, dt::null>;
static_assert(dt::same<v3, dt::schema<"3", purchase, item_with<label, copy_of_name, copy_of_note, copied<>>>>);
static_assert(dt::same<v2, dt::schema<"2", purchase, item_with<label, dt::column<"customer_name", dt::varchar<40>, dt::collate<"C">, dt::null>,
                                                               copy_of_note, copied<dt::stale<dt::newer<>>>>>>);
static_assert(dt::valid<dt::schema<"3", purchase, item_with<copy_of_name, copy_of_note, copied<>>>>);
// Of two foreign keys that lead this way, one that cannot be put off is enough, wherever it stands.
using beside = dt::foreign_key<"beside", dt::columns<"purchase_id">, dt::references<"purchase", "id">, dt::deferrable>;
struct before_it : dt::table<"item", id, purchase_id, key, beside, to_purchase, by_purchase, copy_of_name, copy_of_note, copied<>> {};
struct behind_it : dt::table<"item", id, purchase_id, key, to_purchase, by_purchase, copy_of_name, copy_of_note, copied<>, beside> {};
static_assert(dt::valid<dt::schema<"3", purchase, before_it>> && dt::valid<dt::schema<"3", purchase, behind_it>>);
using elsewhere = dt::copies<"item_item_purchase_fkey_sync", dt::columns<"id">, dt::references<"purchase", "id">,
                             dt::newer<dt::synced<"customer_name">, dt::synced<"purchase_note", "note">>>;
static_assert(!dt::model::difference(copied<>::value, elsewhere::value).empty() && dt::model::difference(copied<>::value, copied<>::value).empty());

// Where a row may have no parent, its copies may be NULL.
using maybe = dt::column<"purchase_id", dt::bigint, dt::null>;
struct orphans : dt::schema<"1", purchase, dt::table<"item", id, maybe, key, to_purchase, by_purchase>> {};
struct expand_orphans : dt::expand<orphans, copying> {};
struct orphans_2 : dt::after<"2", expand_orphans> {};
struct fill_orphans : dt::fill<orphans_2, copying> {};
struct orphans_3 : dt::after<"3", fill_orphans> {};
static_assert(dt::reversible<fill_orphans> && orphans_3::value.find("item")->find_column("customer_name")->nullable);

// Releases: those of before write on; the copies are read once they are filled, and written by nobody.
struct row_7 { std::int64_t purchase_id; std::optional<std::string> label; };
struct row_8 { std::int64_t id; std::string customer_name; std::optional<std::string> purchase_note; };
struct purchase_7 { std::string customer_name; };
struct app_7 : dt::release<"7", dt::reads<"item", row_7>, dt::inserts<"item", row_7>, dt::inserts<"purchase", purchase_7>> {};
struct app_8 : dt::release<"8", dt::reads<"item", row_8>, dt::inserts<"item", row_7>, dt::inserts<"purchase", purchase_7>> {};
struct app_9 : dt::release<"9", dt::updates<"item", row_8, dt::key<"id">>> {};
static_assert(dt::compatible<app_7, v1, v2, v3> && dt::compatible<app_8, v3>);
static_assert(test::are(dt::compatibility<app_8, v2>::findings, code::RD_STALE, code::RD_STALE));
static_assert(test::are(dt::compatibility<app_9, v3>::findings, code::WR_GENERATED, code::WR_GENERATED));
static_assert(dt::safe<dt::rollout<dt::live<v1, app_7>, dt::migrate<expand>, dt::migrate<fill>, dt::start<app_8>, dt::stop<app_7>>>);

// ---- What a declaration cannot keep.

template <class... Parts>
struct declared {
  struct v : dt::schema<"1", purchase, dt::table<"item", id, key, Parts...>> {};
  /// For this one reason.
  static constexpr bool is_refused = test::are(dt::validity<v>::findings, code::SC_SYNC);
  static constexpr dt::text_view why = is_refused ? dt::validity<v>::findings[0].detail : dt::text_view();
};
template <class... Synced>
using copies = dt::copies<"s", dt::columns<"purchase_id">, dt::references<"purchase", "id">, dt::newer<Synced...>>;
using one = copies<dt::synced<"customer_name">>;
static_assert(dt::valid<declared<purchase_id, to_purchase, by_purchase, copy_of_name, one>::v>);
static_assert(declared<purchase_id, by_purchase, copy_of_name, one>::why == "no foreign key of its table leads this way");
using put_off = dt::foreign_key<"f", dt::columns<"purchase_id">, dt::references<"purchase", "id">, dt::deferrable>;
static_assert(declared<purchase_id, put_off, by_purchase, copy_of_name, one>::is_refused);
static_assert(declared<purchase_id, to_purchase, copy_of_name, one>::is_refused);
using of_few = dt::index_on<"few", dt::element<"purchase_id">, dt::where<"purchase_id > 0">>;
using from_second = dt::index<"second", "id", "purchase_id">;
static_assert(declared<purchase_id, to_purchase, of_few, from_second, copy_of_name, one>::is_refused);
using more = dt::unique<"first", "purchase_id", "id">;
static_assert(dt::valid<declared<purchase_id, to_purchase, more, copy_of_name, one>::v>);
static_assert(declared<purchase_id, to_purchase, by_purchase, one>::why == "its table has no such column");
static_assert(declared<purchase_id, to_purchase, by_purchase, copy_of_name, copies<dt::synced<"customer_name", "nme">>>::is_refused);
static_assert(declared<purchase_id, to_purchase, by_purchase, dt::column<"customer_name", dt::text>, one>::is_refused);
static_assert(declared<purchase_id, to_purchase, by_purchase, dt::column<"customer_name", dt::varchar<40>, dt::default_value<"">>, one>::is_refused);
static_assert(declared<purchase_id, to_purchase, by_purchase, dt::column<"customer_name", dt::varchar<40>>, one>::is_refused);
static_assert(declared<maybe, to_purchase, by_purchase, copy_of_name, one>::is_refused);
static_assert(declared<purchase_id, to_purchase, by_purchase, dt::column<"customer_name", dt::text>,
                       copies<dt::synced<"customer_name", "note">>>::is_refused);
static_assert(declared<purchase_id, to_purchase, by_purchase, copy_of_name, copies<>>::is_refused);
static_assert(declared<purchase_id, to_purchase, by_purchase, copies<dt::synced<"purchase_id", "id">>>::why ==
              "the column is one of its foreign key");
struct tree : dt::schema<"1", dt::table<"node", id, dt::column<"parent", dt::bigint>, key, copy_of_name,
                                        dt::column<"of_parent", dt::varchar<40>, dt::collate<"C">>, dt::index<"i", "parent">,
                                        dt::foreign_key<"f", dt::columns<"parent">, dt::references<"node", "id">>,
                                        dt::copies<"s", dt::columns<"parent">, dt::references<"node", "id">,
                                                   dt::newer<dt::synced<"of_parent", "customer_name">>>>> {};
static_assert(test::are(dt::validity<tree>::findings, code::SC_SYNC));

// ---- What is in the way is said before the first phase.

template <class Recipe, class From>
struct first_phase : dt::expand<From, Recipe> {};
static_assert(test::are(dt::reversibility<first_phase<dt::gradual_denormalise<"item", "item_fkey", dt::synced<"note">>, v1>>::findings,
                        code::MG_TARGET));
static_assert(test::are(dt::reversibility<first_phase<dt::gradual_denormalise<"itm", "item_purchase_fkey", dt::synced<"note">>, v1>>::findings,
                        code::MG_TARGET));
static_assert(test::are(dt::reversibility<first_phase<dt::gradual_denormalise<"item", "item_purchase_fkey", dt::synced<"label", "note">>, v1>>::findings,
                        code::MG_EXISTS));
struct bare : dt::schema<"1", purchase, dt::table<"item", id, purchase_id, key, to_purchase>> {};
static_assert(test::are(dt::reversibility<first_phase<copying, bare>>::findings, code::SC_SYNC));

// ---- What the copies need, stays.

template <class Change, class Inverse>
struct then : dt::migration<v3, dt::step<Change, Inverse>> {};
template <class Change, class Inverse = dt::drop_column<"item", "label">>
constexpr dt::array_view<dt::finding> findings = dt::reversibility<then<Change, Inverse>>::findings;
static_assert(test::are(findings<dt::drop_column<"purchase", "customer_name">>, code::MG_DEPENDENT));
static_assert(test::are(findings<dt::rename_column<"purchase", "note", "remark">>, code::MG_DEPENDENT));
static_assert(test::are(findings<dt::rename_column<"purchase", "id", "number">>, code::MG_DEPENDENT));
static_assert(test::are(findings<dt::rename_column<"item", "purchase_id", "of">>, code::MG_DEPENDENT));
static_assert(test::are(findings<dt::rename_column<"item", "purchase_note", "of">>, code::MG_DEPENDENT));
static_assert(test::are(findings<dt::rename_table<"item", "line">>, code::MG_DEPENDENT));
static_assert(test::are(findings<dt::rename_table<"purchase", "sale">>, code::MG_DEPENDENT));
static_assert(test::are(findings<dt::drop_table<"item">>, code::MG_DEPENDENT));
static_assert(test::are(findings<dt::set_type<"purchase", "customer_name", dt::text>>, code::MG_DEPENDENT));
static_assert(test::are(findings<dt::set_collation<"purchase", "customer_name", "POSIX">>, code::MG_DEPENDENT));
static_assert(test::are(findings<dt::drop_not_null<"purchase", "customer_name">>, code::SC_SYNC));
static_assert(test::are(findings<dt::drop_constraint<"item", "item_purchase_fkey">>, code::SC_SYNC));
static_assert(test::are(findings<dt::set_deferrable<"item", "item_purchase_fkey", dt::deferrable>>, code::SC_SYNC));
static_assert(test::are(findings<dt::drop_index<"item", "item_by_purchase">>, code::SC_SYNC));
using in_step = dt::sync<"in_step", dt::older<>, dt::newer<dt::synced<"purchase_id", "1">>>;
static_assert(test::are(findings<dt::add_sync<"item", in_step>>, code::SC_SYNC));
struct twice : dt::schema<"1", dt::table<"purchase", id, key, note, dt::column<"remark", dt::text, dt::null>,
                                         dt::sync<"remarks", dt::older<dt::synced<"note">>, dt::newer<dt::synced<"remark">>>>,
                          item_with<note, dt::copies<"s", dt::columns<"purchase_id">, dt::references<"purchase", "id">,
                                                     dt::newer<dt::synced<"note", "remark">>>>> {};
static_assert(dt::valid<twice>);
struct stale_source : dt::migration<twice, dt::step<dt::retire_sync<"purchase", "remarks", dt::newer<>>, dt::fill_sync<"purchase", "remarks">>> {};
static_assert(test::are(dt::reversibility<stale_source>::findings, code::SC_SYNC));
static_assert(dt::reversible<then<dt::rename_column<"purchase", "total", "sum">, dt::rename_column<"purchase", "sum", "total">>>);
static_assert(dt::reversible<then<dt::drop_sync<"item", "item_item_purchase_fkey_sync">,
                                  dt::add_sync<"item", copied<>>>>);

}  // namespace
