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
static_assert(test::are(dt::reversibility<dt::expand<w1, dt::gradual_rename_table<"nobody", "x">>>::findings, code::MG_TARGET));
static_assert(test::are(dt::reversibility<dt::expand<w1, dt::gradual_rename_table<"client", "order">>>::findings, code::MG_EXISTS));

}  // namespace
