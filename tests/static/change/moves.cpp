// SPDX-License-Identifier: BSL-1.0
#include <dovetail/change/moves.hpp>

#include <optional>
#include <string>

#include <dovetail/dovetail.hpp>

#include "done.hpp"

namespace dt = dovetail;
using dt::code;

namespace {

using id = dt::column<"id", dt::bigint, dt::identity_by_default>;
using key = dt::primary_key<"id">;
using bio = dt::column<"bio", dt::varchar<40>, dt::collate<"C">, dt::default_value<"?">>;
using note = dt::column<"note", dt::text, dt::null>;
using email = dt::column<"email", dt::text>;
struct customer : dt::table<"customer", id, bio, note, email, key> {};
using customer_id = dt::column<"customer_id", dt::bigint>;
using own_key = dt::primary_key<"customer_id">;
using to_customer = dt::foreign_key<"profile_fkey", dt::columns<"customer_id">, dt::references<"customer", "id">>;
using photo = dt::column<"photo", dt::text, dt::null>;
template <class... Parts>
using profile_with = dt::table<"profile", customer_id, photo, own_key, to_customer, Parts...>;
struct v1 : dt::schema<"1", customer, profile_with<>> {};

using moving = dt::gradual_move_column<"customer", "profile", "profile_fkey", dt::synced<"bio">, dt::synced<"remark", "note">>;
struct expand : dt::expand<v1, moving> {};
struct v2 : dt::after<"2", expand> {};
struct fill : dt::fill<v2, moving> {};
struct v3 : dt::after<"3", fill> {};
struct contract : dt::contract<v3, moving> {};
struct v4 : dt::after<"4", contract> {};
static_assert(dt::reversible<expand> && dt::reversible<fill> && dt::reversible<contract> && dt::lossless<v4>);
static_assert(moving::name == dt::identifier("profile_profile_fkey_sync"));

// The versions as they would be declared.
template <class Stale = dt::detail::not_stale>
using moved = dt::moved<"profile_profile_fkey_sync", dt::columns<"customer_id">, dt::references<"customer", "id">,
                        dt::newer<dt::synced<"bio">, dt::synced<"remark", "note">>, Stale>;
using bare_bio = dt::column<"bio", dt::varchar<40>, dt::collate<"C">, dt::null>;
using moving_bio = dt::column<"bio", dt::varchar<40>, dt::collate<"C">>;
using remark = dt::column<"remark", dt::text, dt::null>;
static_assert(dt::same<v2, dt::schema<"2", customer, profile_with<bare_bio, remark, moved<dt::stale<dt::newer<>>>>>>);
static_assert(dt::same<v3, dt::schema<"3", customer, profile_with<moving_bio, remark, moved<>>>>);
static_assert(dt::same<v4, dt::schema<"4", dt::table<"customer", id, email, key>, profile_with<bio, remark>>>);
static_assert(dt::valid<dt::schema<"3", customer, profile_with<moving_bio, remark, moved<>>>>);
static_assert(!dt::model::difference(moved<>::value, dt::copies<"s", dt::columns<"customer_id">, dt::references<"customer", "id">,
                                                               dt::newer<dt::synced<"bio">, dt::synced<"remark", "note">>>::value).empty());
static_assert(dt::reversals<contract>[0] == dt::reversal::exact && dt::reversals<contract>[1] == dt::reversal::restoring);

// Releases: the older ones know the one table, the newer ones the other.
struct customer_7 { std::string bio; std::optional<std::string> note; std::string email; };
struct profile_7 { std::int64_t customer_id; std::optional<std::string> photo; };
struct customer_8 { std::string email; };
struct profile_8 { std::int64_t customer_id; std::string bio; std::optional<std::string> remark; };
struct app_7 : dt::release<"7", dt::reads<"customer", customer_7>, dt::inserts<"customer", customer_7>, dt::inserts<"profile", profile_7>> {};
struct app_8 : dt::release<"8", dt::reads<"profile", profile_8>, dt::inserts<"customer", customer_8>, dt::inserts<"profile", profile_8>,
                           dt::updates<"profile", profile_8, dt::key<"customer_id">>> {};
static_assert(dt::compatible<app_7, v1, v2, v3> && dt::compatible<app_8, v3, v4>);
static_assert(test::are(dt::compatibility<app_8, v2>::findings, code::RD_STALE, code::RD_STALE, code::WR_STALE, code::WR_STALE));
static_assert(dt::safe<dt::rollout<dt::live<v1, app_7>, dt::migrate<expand>, dt::migrate<fill>, dt::start<app_8>, dt::stop<app_7>,
                                   dt::migrate<contract>>>);
static_assert(test::are(dt::findings<dt::safety<dt::rollout<dt::live<v1, app_7>, dt::migrate<expand>, dt::start<app_8>, dt::migrate<fill>>>>,
                        code::RO_MIGRATE_FIRST, code::RO_MIGRATE_FIRST, code::RO_MIGRATE_FIRST, code::RO_MIGRATE_FIRST));
static_assert(dt::findings<dt::safety<dt::rollout<dt::live<v3, app_7>, dt::migrate<contract>, dt::stop<app_7>>>>[0].what == code::RO_STOP_FIRST);
// What newer releases write is not lost on the way back.
static_assert(dt::reversible<dt::rollout<dt::live<v1, app_7>, dt::migrate<expand>, dt::migrate<fill>, dt::start<app_8>, dt::stop<app_7>,
                                         dt::migrate<contract>>>);
// All that the newer ones may write, the older ones have to read.
struct noted { std::string note; };
struct reads_note : dt::release<"r", dt::reads<"customer", noted>> {};
struct writes_note : dt::release<"w", dt::inserts<"customer", noted>> {};
static_assert(dt::compatible<reads_note, dt::closed<v1, writes_note>>);
static_assert(test::are(dt::compatibility<reads_note, dt::closed<v3, writes_note>>::findings, code::RD_NULL));

// ---- What a declaration cannot keep.

template <class... Parts>
struct declared {
  struct v : dt::schema<"1", customer, dt::table<"profile", photo, Parts...>> {};
  /// For this one reason.
  static constexpr bool is_refused = test::are(dt::validity<v>::findings, code::SC_SYNC);
  static constexpr dt::text_view why = is_refused ? dt::validity<v>::findings[0].detail : dt::text_view();
};
template <class... Synced>
using one = dt::moved<"s", dt::columns<"customer_id">, dt::references<"customer", "id">, dt::newer<Synced...>>;
using of_note = one<dt::synced<"note">>;
using of_bio = one<dt::synced<"bio">>;
static_assert(dt::valid<declared<customer_id, to_customer, own_key, note, of_note>::v>);
static_assert(dt::valid<declared<customer_id, to_customer, dt::unique<"u", "customer_id">, note, of_note>::v>);
static_assert(declared<customer_id, own_key, note, of_note>::why == "no foreign key of its table leads this way");
static_assert(declared<customer_id, to_customer, dt::index<"i", "customer_id">, note, of_note>::why ==
              "its foreign key is not unique, so that several rows would have the value of one");
static_assert(declared<dt::column<"customer_id", dt::bigint, dt::null>, to_customer, dt::unique<"u", "customer_id">, note, of_note>::why ==
              "its foreign key may be NULL, and lead to no row that has the value");
static_assert(declared<customer_id, to_customer, own_key, dt::column<"note", dt::varchar<9>, dt::null>, of_note>::is_refused);
static_assert(declared<customer_id, to_customer, own_key, dt::column<"note", dt::text>, of_note>::is_refused);
static_assert(declared<customer_id, to_customer, own_key, bio, of_bio>::why == "the server computes the column otherwise, too");
static_assert(declared<customer_id, to_customer, own_key, one<>>::is_refused);
static_assert(declared<customer_id, to_customer, own_key, dt::column<"number", dt::bigint>, one<dt::synced<"number", "id">>>::why ==
              "the server computes the column that it moves");

// ---- What is in the way is said before the first phase.

template <class Recipe, class From>
struct first_phase : dt::expand<From, Recipe> {};
template <class Recipe, class From = v1>
constexpr dt::array_view<dt::finding> refused = dt::reversibility<first_phase<Recipe, From>>::findings;
template <class... Parts>
struct customers : dt::schema<"1", dt::table<"customer", id, bio, note, email, key, Parts...>, profile_with<>> {};
static_assert(test::are(refused<dt::gradual_move_column<"customer", "profile", "no_fkey", dt::synced<"note">>>, code::MG_TARGET));
static_assert(test::are(refused<dt::gradual_move_column<"customer", "profil", "profile_fkey", dt::synced<"note">>>, code::MG_TARGET));
static_assert(test::are(refused<dt::gradual_move_column<"customr", "profile", "profile_fkey", dt::synced<"note">>>, code::MG_TARGET));
static_assert(test::are(refused<dt::gradual_move_column<"customer", "profile", "profile_fkey", dt::synced<"note">, dt::synced<"motto">>>, code::MG_TARGET));
static_assert(test::are(refused<dt::gradual_move_column<"customer", "profile", "profile_fkey", dt::synced<"photo", "note">>>, code::MG_EXISTS));
static_assert(test::are(refused<dt::gradual_move_column<"customer", "profile", "profile_fkey", dt::synced<"number", "id">>>, code::MG_DEPENDENT));
static_assert(test::are(refused<moving, customers<dt::index<"by_note", "note">>>, code::MG_DEPENDENT));
static_assert(test::are(refused<moving, customers<dt::check<"long", "length(bio) > 0">>>, code::MG_DEPENDENT));
static_assert(test::are(refused<moving, customers<dt::unique<"once", "email", "bio">>>, code::MG_DEPENDENT));
struct several : dt::schema<"1", customer, dt::table<"profile", customer_id, photo, to_customer, dt::index<"i", "customer_id">>> {};
static_assert(test::are(refused<moving, several>, code::SC_SYNC));

// ---- What moves, stays as it is meanwhile.

template <class Change, class Inverse = dt::drop_column<"profile", "photo">>
struct then : dt::migration<v3, dt::step<Change, Inverse>> {};
template <class Change>
constexpr dt::array_view<dt::finding> findings = dt::reversibility<then<Change>>::findings;
static_assert(test::are(findings<dt::drop_column<"customer", "note">>, code::MG_DEPENDENT));
static_assert(test::are(findings<dt::rename_column<"customer", "bio", "motto">>, code::MG_DEPENDENT));
static_assert(test::are(findings<dt::rename_column<"profile", "bio", "motto">>, code::MG_DEPENDENT));
static_assert(test::are(findings<dt::rename_table<"customer", "client">>, code::MG_DEPENDENT));
static_assert(test::are(findings<dt::drop_table<"profile">>, code::MG_DEPENDENT));
static_assert(test::are(findings<dt::drop_not_null<"customer", "bio">>, code::SC_SYNC));
static_assert(test::are(findings<dt::drop_primary_key<"profile">>, code::SC_SYNC, code::SC_SYNC));
static_assert(test::are(dt::creatability<dt::sqlite<3, 40>, declared<customer_id, to_customer, own_key, note, of_note>::v>::findings,
                        code::DL_UNSUPPORTED, code::DL_UNSUPPORTED));

}  // namespace
