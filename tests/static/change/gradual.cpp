// SPDX-License-Identifier: BSL-1.0
#include <dovetail/change/gradual.hpp>

#include <string>

#include <dovetail/dovetail.hpp>

#include "done.hpp"

namespace dt = dovetail;
using dt::code;

namespace {

using id = dt::column<"id", dt::bigint, dt::identity>;
using key = dt::primary_key<"id">;

/// A recipe's phases, from a version with this one table.
template <class Recipe, class... Parts>
struct phases {
  struct v1 : dt::schema<"1", dt::table<"customer", id, key, Parts...>> {};
  struct expand : dt::expand<v1, Recipe> {};
  struct v2 : dt::after<"2", expand> {};
  struct fill : dt::fill<v2, Recipe> {};
  struct v3 : dt::after<"3", fill> {};
  struct contract : dt::contract<v3, Recipe> {};
  struct v4 : dt::after<"4", contract> {};

  static constexpr bool reverse = dt::reversible<expand> && dt::reversible<fill> && dt::reversible<contract> &&
                                  dt::lossless<v4>;
  template <class... Wanted>
  static constexpr bool leads_to = dt::same<v4, dt::schema<"4", dt::table<"customer", id, key, Wanted...>>>;
};

// ---- rename

using naming = dt::gradual_rename_column<"customer", "full_name", "display_name">;
using renamed = phases<naming, dt::column<"full_name", dt::text, dt::default_value<"?">>, dt::index<"by_name", "full_name">,
                       dt::unique<"name_key", "full_name", "id">, dt::check<"not_empty", "full_name <> ''">>;
static_assert(renamed::reverse);
static_assert(renamed::leads_to<dt::column<"display_name", dt::text, dt::default_value<"?">>, dt::index<"by_name", "display_name">,
                                dt::unique<"name_key", "display_name", "id">, dt::check<"not_empty", "\"display_name\" <> ''">>);
constexpr const dt::model::table& expanded = *renamed::v2::value.find("customer");
static_assert(expanded.is_stale("display_name") && expanded.find_column("display_name")->nullable &&
              expanded.find_column("display_name")->value.kind == dt::model::default_kind::none);
constexpr bool has_part(dt::text_view name) {
  for (const dt::model::part* p : renamed::v3::value.find("customer")->parts)
    if (p->name == dt::identifier(name)) return true;
  return false;
}
constexpr const dt::model::table& filled = *renamed::v3::value.find("customer");
static_assert(!filled.is_stale("display_name") && !filled.find_column("display_name")->nullable &&
              has_part("by_name_new") && has_part("not_empty_new") && has_part("by_name"));
static_assert(naming::name == dt::identifier("customer_display_name_sync"));
using long_names = dt::gradual_rename_column<"a123456789b123456789c123456789d123456789", "x", "e123456789f123456789g123456789">;
static_assert(long_names::name == dt::identifier("a123456789b123456789c123456789d123456789_e123456789f12345_sync") ||
              long_names::name.text().size() <= dt::longest_identifier);

// Older and newer releases, side by side.
struct row_7 { std::int64_t id; std::string full_name; };
struct row_8 { std::int64_t id; std::string display_name; };
struct new_7 { std::string full_name; };
struct new_8 { std::string display_name; };
struct app_7 : dt::release<"7", dt::reads<"customer", row_7>, dt::inserts<"customer", new_7>,
                           dt::updates<"customer", row_7, dt::key<"id">>> {};
struct app_8 : dt::release<"8", dt::reads<"customer", row_8>, dt::inserts<"customer", new_8>,
                           dt::updates<"customer", row_8, dt::key<"id">>> {};
static_assert(dt::compatible<app_7, renamed::v1, renamed::v2, renamed::v3>);
static_assert(dt::compatible<app_8, renamed::v3, renamed::v4>);
static_assert(test::are(dt::compatibility<app_8, renamed::v2>::findings, code::RD_STALE, code::WR_STALE));
static_assert(test::are(dt::compatibility<app_7, renamed::v4>::findings, code::RD_COL_MISSING, code::WR_COL_MISSING,
                        code::WR_COL_MISSING));
static_assert(dt::safe<dt::rollout<dt::live<renamed::v1, app_7>, dt::migrate<renamed::expand>, dt::migrate<renamed::fill>,
                                   dt::start<app_8>, dt::stop<app_7>, dt::migrate<renamed::contract>>>);

constexpr auto undone = dt::reversals<renamed::contract>;
static_assert([] {
  int restoring = 0;
  for (const dt::reversal each : undone) restoring += each == dt::reversal::restoring;
  return restoring == 1 && undone.size() == renamed::contract::step_count;
}());
static_assert(dt::reversals<renamed::expand>.size() == 1 && dt::reversals<renamed::expand>[0] == dt::reversal::exact);

// ---- What is in the way is said before the first phase.

using of_key = phases<dt::gradual_rename_column<"customer", "id", "number">>;
static_assert(test::are(dt::reversibility<of_key::expand>::findings, code::MG_DEPENDENT, code::MG_DEPENDENT));
template <class Recipe, class... Tables>
struct first_phase {
  struct v1 : dt::schema<"1", Tables...> {};
  struct expand : dt::expand<v1, Recipe> {};
  static constexpr dt::array_view<dt::finding> findings = dt::reversibility<expand>::findings;
};
using name = dt::column<"full_name", dt::text>;
struct customer : dt::table<"customer", name, dt::unique<"name_key", "full_name">> {};
struct viewed : dt::view<"names", dt::query<"SELECT full_name FROM customer">, name> {};
struct refers : dt::table<"refers", name, dt::foreign_key<"f", dt::columns<"full_name">, dt::references<"customer", "full_name">>> {};
static_assert(first_phase<naming, customer>::findings.empty());
using in_view = first_phase<naming, customer, viewed>;
static_assert(test::are(in_view::findings, code::MG_DEPENDENT) && in_view::findings[0].other == "names" &&
              in_view::findings[0].migration == dt::detail::type_name<in_view::expand>);
static_assert(test::are(first_phase<naming, customer, refers>::findings, code::MG_DEPENDENT));
static_assert(test::are(first_phase<naming, dt::table<"client", name>>::findings, code::MG_TARGET));
static_assert(test::are(first_phase<dt::gradual_rename_column<"customer", "name", "display_name">, customer>::findings,
                        code::SC_NO_COLUMN));
static_assert(test::are(first_phase<dt::gradual_rename_column<"customer", "full_name", "full_name">, customer>::findings,
                        code::MG_EXISTS));

// ---- retype

struct state : dt::enumeration<"state", "open", "done"> {};
using retyping = dt::gradual_retype_column<"customer", dt::synced<"state", "state_text::state">,
                                           dt::twin<dt::column<"state_text", dt::text>, "state::text">>;
using retyped = phases<retyping, dt::column<"state", state>, dt::index<"by_state", "state">>;
static_assert(retyped::reverse && retyped::leads_to<dt::column<"state_text", dt::text>, dt::index<"by_state", "state_text">>);

// A check of other values would be another check.
using checked = phases<retyping, dt::column<"state", state>, dt::check<"open", "state <> 'done'">, dt::index_on<"i", dt::element<"state">, dt::where<"state = 'open'">>>;
static_assert(test::are(dt::reversibility<checked::expand>::findings, code::MG_DEPENDENT, code::MG_DEPENDENT));

// ---- split and merge

using splitting = dt::gradual_split_column<"customer", dt::synced<"full_name", "first_name || ' ' || last_name">,
                                           dt::twin<dt::column<"first_name", dt::text>, "split_part(full_name, ' ', 1)">,
                                           dt::twin<dt::column<"last_name", dt::text, dt::null>, "split_part(full_name, ' ', 2)">>;
using split = phases<splitting, name>;
static_assert(split::reverse && split::leads_to<dt::column<"first_name", dt::text>, dt::column<"last_name", dt::text, dt::null>>);
using merging = dt::gradual_merge_columns<"customer", dt::twin<name, "first_name || ' ' || last_name">,
                                          dt::synced<"first_name", "split_part(full_name, ' ', 1)">,
                                          dt::synced<"last_name", "split_part(full_name, ' ', 2)">>;
using merged = phases<merging, dt::column<"first_name", dt::text>, dt::column<"last_name", dt::text, dt::null>>;
static_assert(merged::reverse && merged::leads_to<name>);
// An index of one of several columns has no like on the other side.
using indexed = phases<splitting, name, dt::index<"by_name", "full_name">>;
static_assert(test::are(dt::reversibility<indexed::expand>::findings, code::MG_DEPENDENT));

// ---- add

using adding = dt::gradual_add_column<"customer", dt::twin<dt::column<"initial", dt::text>, "left(full_name, 1)">>;
using with_initial = phases<adding, name>;
static_assert(with_initial::reverse && with_initial::leads_to<name, dt::column<"initial", dt::text>>);
struct row_9 { std::string full_name; std::string initial; };
struct app_9 : dt::release<"9", dt::reads<"customer", row_9>, dt::inserts<"customer", row_9>> {};
struct app_0 : dt::release<"0", dt::inserts<"customer", new_7>> {};
static_assert(dt::compatible<app_0, with_initial::v1, with_initial::v2, with_initial::v3>, "the trigger fills it in");
static_assert(test::are(dt::compatibility<app_0, with_initial::v4>::findings, code::WR_REQUIRED));
static_assert(dt::compatible<app_9, with_initial::v3, with_initial::v4>);

// A default comes when the trigger has gone, and goes before it comes back.
using counted = phases<dt::gradual_add_column<"customer", dt::twin<dt::column<"n", dt::integer, dt::default_value<0>>, "length(full_name)">>, name>;
static_assert(counted::reverse && counted::leads_to<name, dt::column<"n", dt::integer, dt::default_value<0>>>);

// ---- rename a table

struct client : dt::table<"client", id, name, key, dt::unique<"name_key", "full_name">> {};
struct order : dt::table<"order", id, dt::column<"client_id", dt::bigint>, key,
                         dt::foreign_key<"client_fkey", dt::columns<"client_id">, dt::references<"client", "id">>> {};
struct w1 : dt::schema<"1", client, order> {};
using to_customer = dt::gradual_rename_table<"client", "customer">;
struct expand_client : dt::expand<w1, to_customer> {};
struct w2 : dt::after<"2", expand_client> {};
struct contract_client : dt::contract<w2, to_customer> {};
struct w3 : dt::after<"3", contract_client> {};
static_assert(dt::reversible<expand_client> && dt::reversible<contract_client> && dt::lossless<w3>);
struct customer_now : dt::table<"customer", id, name, key, dt::unique<"name_key", "full_name">> {};
struct order_now : dt::table<"order", id, dt::column<"client_id", dt::bigint>, key,
                             dt::foreign_key<"client_fkey", dt::columns<"client_id">, dt::references<"customer", "id">>> {};
static_assert(dt::same<w3, dt::schema<"3", customer_now, order_now>>);
static_assert(dt::same<w2, dt::schema<"2", customer_now, order_now, dt::alias<"client", customer_now>>>);

template <dt::fixed_string Table>
struct app : dt::release<"1", dt::reads<Table, row_7>, dt::inserts<Table, new_7>, dt::updates<Table, row_7, dt::key<"id">>,
                         dt::upserts<Table, new_7, dt::conflict<"full_name">>, dt::reads<Table, row_7, dt::single<"full_name">>> {};
static_assert(dt::compatible<app<"client">, w1, w2> && dt::compatible<app<"customer">, w2, w3>);
static_assert(test::are(dt::compatibility<app<"customer">, w1>::findings, code::RD_TABLE_MISSING, code::WR_TABLE_MISSING,
                        code::WR_TABLE_MISSING, code::WR_TABLE_MISSING, code::RD_TABLE_MISSING));
static_assert(dt::safe<dt::rollout<dt::live<w1, app<"client">>, dt::migrate<expand_client>, dt::start<app<"customer">>,
                                   dt::stop<app<"client">>, dt::migrate<contract_client>>>);
// What is wrong behind an alias is said as of the table: a required column, and one that only the table has.
struct nobody { std::int64_t id; };
struct writes_no_name : dt::release<"2", dt::inserts<"client", nobody>> {};
static_assert(test::are(dt::compatibility<writes_no_name, w2>::findings, code::WR_GENERATED, code::WR_REQUIRED));
struct add_note : dt::migration<w2, dt::step<dt::add_column<"customer", dt::column<"note", dt::text, dt::null>>,
                                             dt::drop_column<"customer", "note">>> {};
struct w2_note : dt::after<"2b", add_note> {};
struct noted { std::string full_name; std::string note; };
struct writes_note : dt::release<"3", dt::inserts<"client", noted>> {};
struct writes_note_now : dt::release<"4", dt::inserts<"customer", noted>> {};
static_assert(test::are(dt::compatibility<writes_note, w2_note>::findings, code::WR_COL_MISSING) &&
              dt::compatible<writes_note_now, w2_note> && dt::compatible<app<"client">, w2_note>);
// And what comes to the table is seen behind an alias that stays the same.
struct add_check : dt::migration<w2, dt::step<dt::add_constraint<"customer", dt::check<"named", "full_name <> ''">>,
                                              dt::drop_constraint<"customer", "named">>> {};
struct w2_checked : dt::after<"2c", add_check> {};
template <dt::fixed_string Table>
struct inserts_7 : dt::release<"7", dt::inserts<Table, new_7>> {};
static_assert(test::are(dt::compatibility<inserts_7<"customer">, w2, w2_checked>::findings, code::WR_CHECK) &&
              test::are(dt::compatibility<inserts_7<"client">, w2, w2_checked>::findings, code::WR_CHECK));
static_assert(test::are(dt::reversibility<dt::expand<w1, dt::gradual_rename_table<"nobody", "x">>>::findings, code::MG_TARGET));
static_assert(test::are(dt::reversibility<dt::expand<w1, dt::gradual_rename_table<"client", "order">>>::findings, code::MG_EXISTS));

// ---- widen

struct buyer : dt::table<"buyer", dt::column<"id", dt::integer, dt::identity>, name, key, dt::unique<"name_id", "full_name", "id">,
                         dt::index<"by_id", "id">, dt::check<"positive", "id > 0">> {};
struct sale : dt::table<"sale", id, dt::column<"buyer", dt::integer, dt::default_value<1>>, key,
                        dt::foreign_key<"buyer_fkey", dt::columns<"buyer">, dt::references<"buyer", "id">>> {};
struct x1 : dt::schema<"1", buyer, sale> {};
using widening = dt::gradual_widen_column<"buyer", "id", dt::bigint>;
struct expand_id : dt::expand<x1, widening> {};
struct x2 : dt::after<"2", expand_id> {};
struct fill_id : dt::fill<x2, widening> {};
struct x3 : dt::after<"3", fill_id> {};
struct contract_id : dt::contract<x3, widening> {};
struct x4 : dt::after<"4", contract_id> {};
static_assert(dt::reversible<expand_id> && dt::reversible<fill_id> && dt::reversible<contract_id> && dt::lossless<x4>);
struct wide_buyer : dt::table<"buyer", id, name, key, dt::unique<"name_id", "full_name", "id">, dt::index<"by_id", "id">,
                              dt::check<"positive", "id > 0">> {};
static_assert(dt::same<x4, dt::schema<"4", wide_buyer, sale>>);
// The shadow is there until the end; no release writes it, reads it before the fill, or has to know it.
constexpr const dt::model::table& buyer_2 = *x2::value.find("buyer");
constexpr const dt::model::table& buyer_3 = *x3::value.find("buyer");
static_assert(buyer_2.is_stale("id_new") && buyer_2.is_shadow("id_new") && !buyer_2.is_shadow("id") && !buyer_2.is_stale("id") &&
              buyer_2.find_column("id_new")->nullable && buyer_2.find_column("id_new")->identity == dt::model::identity_kind::none);
static_assert(!buyer_3.is_stale("id_new") && !buyer_3.find_column("id_new")->nullable &&
              buyer_3.find_column("id")->type == dt::integer::type && x4::value.find("buyer")->find_column("id_new") == nullptr);
struct buyer_32 { std::int32_t id; std::string full_name; };
struct buyer_64 { std::int64_t id; std::string full_name; };
struct new_buyer { std::string full_name; };
struct shadowed { std::string full_name; std::int64_t id_new; };
struct app_32 : dt::release<"32", dt::reads<"buyer", buyer_32>, dt::inserts<"buyer", new_buyer>,
                            dt::updates<"buyer", buyer_32, dt::key<"id">>> {};
struct app_64 : dt::release<"64", dt::reads<"buyer", buyer_64>, dt::inserts<"buyer", new_buyer>> {};
struct app_shadow : dt::release<"65", dt::inserts<"buyer", shadowed>> {};
static_assert(dt::compatible<app_32, x1, x2, x3> && dt::compatible<app_64, x1, x2, x3, x4>);
static_assert(test::are(dt::compatibility<app_32, x4>::findings, code::RD_RANGE));
static_assert(test::are(dt::compatibility<app_shadow, x3>::findings, code::WR_GENERATED));
static_assert(dt::safe<dt::rollout<dt::live<x1, app_32>, dt::migrate<expand_id>, dt::start<app_64>, dt::migrate<fill_id>,
                                   dt::stop<app_32>, dt::migrate<contract_id>>>);
using too_late = dt::rollout<dt::live<x1, app_32>, dt::migrate<expand_id>, dt::migrate<fill_id>, dt::migrate<contract_id>,
                             dt::start<app_64>, dt::stop<app_32>>;
static_assert(test::are(dt::findings<dt::safety<too_late>>, code::RO_STOP_FIRST));

static_assert(dt::reversals<contract_id>.size() == 4 && dt::reversals<contract_id>[0] == dt::reversal::exact &&
              dt::reversals<contract_id>[3] == dt::reversal::restoring);

// The foreign key's own column: null stays null, and its default stays.
using of_sale = dt::gradual_widen_column<"sale", "buyer", dt::bigint>;
struct expand_buyer : dt::expand<x4, of_sale> {};
struct x5 : dt::after<"5", expand_buyer> {};
struct fill_buyer : dt::fill<x5, of_sale> {};
struct x6 : dt::after<"6", fill_buyer> {};
struct contract_buyer : dt::contract<x6, of_sale> {};
struct x7 : dt::after<"7", contract_buyer> {};
static_assert(dt::reversible<expand_buyer> && dt::reversible<fill_buyer> && dt::reversible<contract_buyer>);
struct wide_sale : dt::table<"sale", id, dt::column<"buyer", dt::bigint, dt::default_value<1>>, key,
                             dt::foreign_key<"buyer_fkey", dt::columns<"buyer">, dt::references<"buyer", "id">>> {};
static_assert(dt::same<x7, dt::schema<"7", wide_buyer, wide_sale>>);
using nullable = phases<dt::gradual_widen_column<"customer", "code", dt::varchar<20>>, dt::column<"code", dt::varchar<9>, dt::null, dt::default_value<"?">>>;
static_assert(nullable::reverse && nullable::leads_to<dt::column<"code", dt::varchar<20>, dt::null, dt::default_value<"?">>> &&
              nullable::fill::step_count == 1 && nullable::contract::step_count == 3);

// What would fail later is said before the first phase, once.
template <class Type, class... Tables>
constexpr dt::array_view<dt::finding> widened_to = first_phase<dt::gradual_widen_column<"buyer", "id", Type>, Tables...>::findings;
static_assert(test::are(widened_to<dt::smallint, buyer, sale>, code::MG_NARROWER) &&
              widened_to<dt::smallint, buyer, sale>[0].object == "id" &&
              widened_to<dt::smallint, buyer, sale>[0].column_type->kind == dt::type_kind::integer);
static_assert(test::are(widened_to<dt::integer, buyer, sale>, code::MG_NARROWER), "it is that already");
static_assert(test::are(widened_to<dt::text, buyer, sale>, code::MG_NARROWER), "no server compares them");
static_assert(test::are(widened_to<dt::numeric<20>, buyer, sale>, code::SC_IDENTITY, code::SC_FK_TYPE));
static_assert(test::are(widened_to<dt::bigint, sale>, code::MG_TARGET));
static_assert(test::are(widened_to<dt::bigint, dt::table<"buyer", name>>, code::MG_TARGET) &&
              widened_to<dt::bigint, dt::table<"buyer", name>>[0].object == "id");
static_assert(test::are(widened_to<dt::bigint, dt::table<"buyer", dt::column<"id", dt::integer>, dt::column<"id_new", dt::text>>>, code::MG_EXISTS));
struct in_sight : dt::view<"ids", dt::query<"SELECT id FROM buyer">, dt::column<"id", dt::integer>> {};
static_assert(test::are(widened_to<dt::bigint, buyer, in_sight>, code::MG_DEPENDENT));
// Out of order.
// An exclusion constraint and a trigger stay on the column that they name.
using range = dt::table<"buyer", dt::column<"id", dt::integer>,
                        dt::exclude<"apart", dt::element_sql<"int4range(id, id, '[]')", dt::with<"&&">>, dt::method<"gist">>>;
static_assert(test::are(widened_to<dt::bigint, range>, code::MG_DEPENDENT) && widened_to<dt::bigint, range>[0].other == "apart");
using watched = dt::table<"buyer", dt::column<"id", dt::integer>, dt::trigger<"watch", "AFTER UPDATE OF id", "FOR EACH ROW EXECUTE FUNCTION f()">>;
static_assert(test::are(widened_to<dt::bigint, watched>, code::MG_DEPENDENT) && widened_to<dt::bigint, watched>[0].other == "watch");
static_assert(test::are(dt::reversibility<dt::contract<x2, widening>>::findings, code::MG_TARGET, code::MG_NO_CHANGE,
                        code::MG_NO_CHANGE, code::MG_INVERSE));
static_assert(test::are(dt::reversibility<dt::fill<x1, widening>>::findings, code::MG_TARGET, code::MG_TARGET));

}  // namespace
