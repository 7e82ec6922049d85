// SPDX-License-Identifier: BSL-1.0
#include <dovetail/model/validate.hpp>

#include <dovetail/model/declare.hpp>

#include "../../support/findings.hpp"

namespace dt = dovetail;
using dt::code;

namespace {

/// All findings of a declaration.
template <class... Tables>
struct declared {
  struct version : dt::schema<"1", Tables...> {};
  static constexpr void into(dt::list<dt::finding>& out) {
    dt::finding proto;
    proto.version = version::value.version;
    for (const dt::model::table* t : version::value.tables)
      validate(
          *t, [](const dt::identifier& n) { return version::value.find(n); }, proto, out);
    validate_names(version::value, proto, out);
  }
  static constexpr dt::array_view<dt::finding> findings = dt::detail::static_findings<declared>::value;
};
template <class... Tables>
constexpr dt::array_view<dt::finding> of = declared<Tables...>::findings;
/// Of one table with an id, and these parts.
template <class... Parts>
constexpr dt::array_view<dt::finding> in = of<dt::table<"purchase", dt::column<"id", dt::bigint>, Parts...>>;

constexpr bool says(const dt::finding& f, dt::text_view object, dt::text_view detail, dt::text_view other = {}) {
  return f.table == "purchase" && f.object == object && f.detail == detail && f.other == other && f.version == "1";
}

struct status : dt::enumeration<"status", "open", "paid"> {};
using dt::element, dt::element_sql, dt::index_on;

// ---- What is sound

static_assert(of<>.empty(), "a schema without tables");
static_assert(
    of<dt::table<"customer", dt::column<"id", dt::bigint, dt::identity>, dt::column<"Id", dt::text>,
                 dt::column<"email", dt::varchar<255>, dt::null>, dt::primary_key<"id">, dt::unique<"email_key", "email">>,
       dt::table<"purchase", dt::column<"id", dt::smallint, dt::identity_by_default>, dt::column<"customer", dt::bigint>,
                 dt::column<"status", status, dt::default_value<"open">>, dt::column<"parent", dt::smallint, dt::null>,
                 dt::column<"at", dt::timestamptz, dt::default_sql<"now()">>, dt::primary_key<"id">,
                 dt::foreign_key<"c", dt::columns<"customer">, dt::references<"customer", "id">, dt::on_delete<dt::cascade>>,
                 dt::foreign_key<"p", dt::columns<"parent">, dt::references<"purchase", "id">, dt::on_delete<dt::set_null>>,
                 dt::check<"positive", "id > 0">, dt::index<"purchase_customer", "customer", "id">>>.empty());

// ---- SC_GENERATED

template <dt::fixed_string Expression, class... Options>
constexpr dt::array_view<dt::finding> computed =
    in<dt::column<"c", dt::bigint, dt::generated_stored<Expression>, Options...>>;
static_assert(computed<"id + 1">.empty() && computed<"id + 1", dt::null>.empty() && computed<"length('c')">.empty());
static_assert(in<dt::column<"c", dt::bigint, dt::generated_virtual<"id + 1">>, dt::index<"i", "c">>.empty());
static_assert(test::are(computed<"id + 1", dt::default_value<0>>, code::SC_GENERATED));
static_assert(says(computed<"id + 1", dt::default_value<0>>[0], "c",
                   "declare it without a default, which it would never have", "id + 1"));
static_assert(test::are(computed<"id + 1", dt::identity>, code::SC_GENERATED));
static_assert(test::are(computed<"c + 1">, code::SC_GENERATED), "of itself");
static_assert(test::are(computed<"id + 1) STORED">, code::SC_EXPRESSION) && test::are(computed<"">, code::SC_EXPRESSION));

template <dt::referential_action Deleted, dt::referential_action Updated>
constexpr dt::array_view<dt::finding> referring =
    in<dt::column<"c", dt::bigint, dt::generated_stored<"id">, dt::null>, dt::primary_key<"id">,
       dt::foreign_key<"f", dt::columns<"c">, dt::references<"purchase", "id">, dt::on_delete<Deleted>, dt::on_update<Updated>>>;
static_assert(referring<dt::cascade, dt::no_action>.empty() && referring<dt::restrict, dt::restrict>.empty());
static_assert(test::are(referring<dt::set_null, dt::no_action>, code::SC_FK_ACTION));
static_assert(test::are(referring<dt::no_action, dt::cascade>, code::SC_FK_ACTION));
static_assert(says(referring<dt::cascade, dt::set_default>[0], "f", "it writes to a generated column", "c"));

// ---- SC_COLLATION

template <class Type, dt::fixed_string Name = "C">
constexpr dt::array_view<dt::finding> collated = in<dt::column<"c", Type, dt::collate<Name>>>;
static_assert(collated<dt::text>.empty() && collated<dt::varchar<9>>.empty() && collated<dt::character<9>>.empty() &&
              collated<dt::array<dt::text>>.empty());
static_assert(test::are(collated<dt::bigint>, code::SC_COLLATION) && test::are(collated<dt::jsonb>, code::SC_COLLATION) &&
              test::are(collated<status>, code::SC_COLLATION) && test::are(collated<dt::array<status>>, code::SC_COLLATION));
static_assert(says(collated<dt::bigint>[0], "c", {}, "C"));
static_assert(test::are(collated<dt::text, "a\n">, code::SC_NAME));

// ---- SC_COMMENT

static_assert(in<dt::comment<"it's">, dt::column<"c", dt::text, dt::comment<"it's">>>.empty());
static_assert(test::are(in<dt::comment<"">>, code::SC_COMMENT) && test::are(in<dt::comment<"a\0b">>, code::SC_COMMENT));
static_assert(test::are(in<dt::column<"c", dt::text, dt::comment<"a\0b">>>, code::SC_COMMENT));
static_assert(in<dt::column<"c", dt::text, dt::comment<"">>>.empty(), "none");
static_assert(test::are(in<dt::comment<"a">, dt::comment<"b">>, code::SC_DUPLICATE));
static_assert(in<dt::comment<"a">, dt::primary_key<"id">>.empty(), "which has no name either");
static_assert(test::are(of<dt::table<"purchase", dt::comment<"a">>>, code::SC_EMPTY));

// ---- SC_NAME

static_assert(test::are(of<dt::table<"", dt::column<"id", dt::bigint>>>, code::SC_NAME));
static_assert(of<dt::table<"", dt::column<"id", dt::bigint>>>[0].detail == "it is empty");
static_assert(test::are(in<dt::column<"a\n", dt::bigint>>, code::SC_NAME));
static_assert(says(in<dt::column<"a\n", dt::bigint>>[0], "a\n", "it holds a control character"));
static_assert(test::are(in<dt::unique<"", "id">>, code::SC_NAME) &&
              test::are(in<dt::check<"", "id > 0">>, code::SC_NAME));
static_assert(test::are(in<dt::index<"i ", "id">>, code::SC_NAME));
static_assert(
    test::are(in<dt::primary_key<"id">, dt::foreign_key<"", dt::columns<"id">, dt::references<"purchase", "id">>>,
              code::SC_NAME));
static_assert(says(in<dt::column<"s", dt::enumeration<"", "open">>>[0], "s", "it is empty"));
static_assert(says(in<dt::column<"s", dt::enumeration<"s", "open", " ", "">>>[0], "s", "it ends with a space", " "));
static_assert(test::are(in<dt::column<"s", dt::enumeration<"s", "open", " ", "">>>, code::SC_NAME, code::SC_NAME));

// ---- SC_DUPLICATE

static_assert(test::are(in<dt::column<"id", dt::text>>, code::SC_DUPLICATE) &&
              says(in<dt::column<"id", dt::text>>[0], "id", "column"));
static_assert(test::are(in<dt::check<"c", "id > 0">, dt::check<"c", "id > 1">>, code::SC_DUPLICATE));
static_assert(test::are(in<dt::unique<"u", "id">, dt::index<"u", "id">>, code::SC_DUPLICATE));
static_assert(in<dt::check<"id", "id > 0">>.empty(), "a constraint of a column's name");
static_assert(test::are(in<dt::unique<"u", "id", "id">>, code::SC_DUPLICATE) &&
              says(in<dt::unique<"u", "id", "id">>[0], "u", "the column stands twice in it", "id"));
static_assert(test::are(in<dt::primary_key<"id", "id">>, code::SC_DUPLICATE));
static_assert(test::are(in<dt::index<"i", "id", "id", "id">>, code::SC_DUPLICATE, code::SC_DUPLICATE,
                        code::SC_DUPLICATE));

using id = dt::column<"id", dt::bigint>;
static_assert(test::are(of<dt::table<"a", id>, dt::table<"a", id>>, code::SC_DUPLICATE));
static_assert(of<dt::table<"a", id>, dt::table<"a", id>>[0].detail == "table");
template <class... Options>
constexpr dt::array_view<dt::finding> including =
    in<dt::column<"a", dt::text>, index_on<"i", element_sql<"a">, element<"id">, Options...>>;
static_assert(including<dt::include<"a">>.empty() && test::are(including<dt::include<"id">>, code::SC_DUPLICATE));
static_assert(test::are(including<dt::include<"a", "a">>, code::SC_DUPLICATE) &&
              says(including<dt::include<"a", "a">>[0], "i", "the column stands twice in it", "a"));
static_assert(test::are(including<element<"id", dt::descending>>, code::SC_DUPLICATE));
static_assert(test::are(including<dt::method<"gin\n">>, code::SC_NAME));

// Each element of an exclusion constraint has an operator, and none of an index.
template <class... Each>
constexpr dt::text_view exclusion_fault = in<dt::exclude<"e", Each...>>[0].detail;
using dt::with;
static_assert(in<dt::exclude<"e", element<"id", with<"=">>, element_sql<"id + 1", with<"<->">>, dt::where<"id > 0">>>.empty());
static_assert(test::are(in<dt::exclude<"e", element<"id">>>, code::SC_EXCLUSION) &&
              test::are(in<dt::exclude<"e", element<"id", with<"=">>, element_sql<"id">>>, code::SC_EXCLUSION));
static_assert(exclusion_fault<element<"id">> == "an element has no operator: say with<\"=\">");
static_assert(exclusion_fault<element<"id", with<"AND">>> == "with<...> names what is no operator" &&
              exclusion_fault<element<"id", with<"=--">>> == "with<...> names what is no operator" &&
              exclusion_fault<element<"id", with<"/*">>> == "with<...> names what is no operator");
static_assert(test::are(in<dt::exclude<"e", element<"id", with<"=, id WITH =">>>>, code::SC_EXPRESSION));
static_assert(test::are(in<dt::exclude<"e">>, code::SC_NO_COLUMN) &&
              test::are(in<dt::exclude<"e", element<"nr", with<"=">>>>, code::SC_NO_COLUMN) &&
              test::are(in<dt::exclude<"e", element_sql<"(id", with<"=">>>>, code::SC_EXPRESSION) &&
              test::are(in<dt::exclude<"e ", element<"id", with<"=">>>>, code::SC_NAME));
static_assert(test::are(in<index_on<"i", element<"id", with<"=">>>>, code::SC_EXCLUSION) &&
              test::are(in<index_on<"i", element<"id">, dt::deferrable>>, code::SC_EXCLUSION));
static_assert(in<index_on<"i", element<"id", with<"=">>>>[0].detail == "an index has no operators: declare exclude");
static_assert(in<index_on<"i", element<"id">, dt::deferrable>>[0].detail ==
              "no index can be deferred: declare unique_on or exclude");
static_assert(test::are(in<dt::unique<"u", "id">, dt::exclude<"u", element<"id", with<"=">>>>, code::SC_DUPLICATE));

using index_twice = declared<dt::table<"a", id, dt::index<"i", "id">>, dt::table<"b", id, dt::unique<"i", "id">>>;
static_assert(test::are(index_twice::findings, code::SC_DUPLICATE), "one space of names for the whole schema");
static_assert(index_twice::findings[0].table == "b" && index_twice::findings[0].object == "i" &&
              index_twice::findings[0].detail == "index of another table");
static_assert(of<dt::table<"a", id, dt::check<"c", "id > 0">>, dt::table<"b", id, dt::check<"c", "id > 0">>>.empty());
// Tables and indexes are relations, of one space of names (PostgreSQL manual, CREATE INDEX; SQLite says "there is
// already a table named a").
using index_of_a_tables_name = declared<dt::table<"a", id>, dt::table<"b", id, dt::index<"a", "id">>>;
static_assert(test::are(index_of_a_tables_name::findings, code::SC_DUPLICATE));
static_assert(index_of_a_tables_name::findings[0].table == "b" && index_of_a_tables_name::findings[0].object == "a" &&
              index_of_a_tables_name::findings[0].detail == "table");
static_assert(test::are(of<dt::table<"a", id, dt::unique<"b", "id">>, dt::table<"b", id>>, code::SC_DUPLICATE));
static_assert(test::are(of<dt::table<"a", id, dt::unique<"a", "id">>>, code::SC_DUPLICATE));

// ---- SC_EMPTY

static_assert(test::are(of<dt::table<"a">>, code::SC_EMPTY) && of<dt::table<"a">>[0].table == "a");
static_assert(test::are(of<dt::table<"a", dt::check<"c", "1 > 0">>>, code::SC_EMPTY));

// ---- SC_TYPE

using labels_twice = dt::column<"s", dt::enumeration<"s", "open", "paid", "open">>;
static_assert(test::are(in<labels_twice>, code::SC_TYPE) &&
              says(in<labels_twice>[0], "s", "a label stands twice", "open"));
using enumeration_twice = declared<dt::table<"a", dt::column<"s", status>>,
                                   dt::table<"b", dt::column<"s", dt::enumeration<"status", "paid", "open">>>>;
static_assert(test::are(enumeration_twice::findings, code::SC_TYPE));
static_assert(enumeration_twice::findings[0].table == "b" && enumeration_twice::findings[0].object == "s");
static_assert(test::are(in<dt::column<"s", status>, dt::column<"t", dt::enumeration<"status", "open">>>,
                        code::SC_TYPE));
static_assert(of<dt::table<"a", dt::column<"s", status>>,
                 dt::table<"b", dt::column<"s", dt::enumeration<"status", "open", "paid">>>>.empty());
static_assert(test::are(of<dt::table<"a", dt::column<"s", status>>,
                           dt::table<"b", dt::column<"s", dt::array<dt::enumeration<"status", "paid">>>>>,
                        code::SC_TYPE), "of an array too");
static_assert(test::are(in<dt::column<"s", dt::array<dt::enumeration<"s", "open", "open">>>>, code::SC_TYPE));

// ---- SC_NO_COLUMN

static_assert(test::are(in<dt::primary_key<"nr">>, code::SC_NO_COLUMN) &&
              says(in<dt::primary_key<"nr">>[0], "primary key", "", "nr"));
static_assert(test::are(in<dt::unique<"u", "id", "nr", "mr">>, code::SC_NO_COLUMN, code::SC_NO_COLUMN));
static_assert(test::are(in<dt::index<"i", "nr">>, code::SC_NO_COLUMN) &&
              test::are(in<dt::index<"i", "Id">>, code::SC_NO_COLUMN));
static_assert(test::are(in<dt::unique<"u">>, code::SC_NO_COLUMN) && test::are(in<dt::index<"i">>, code::SC_NO_COLUMN));
static_assert(says(in<dt::index<"i">>[0], "i", "", "(none is named)"));
static_assert(in<index_on<"i", element<"id", dt::descending>>>.empty() && in<index_on<"i", element_sql<"id + 1">>>.empty());
static_assert(test::are(in<index_on<"i", element<"nr", dt::descending>, element<"mr">>>, code::SC_NO_COLUMN,
                        code::SC_NO_COLUMN));
static_assert(test::are(in<index_on<"i">>, code::SC_NO_COLUMN) && says(in<index_on<"i">>[0], "i", "", "(none is named)"));
static_assert(test::are(in<index_on<"i", dt::where<"id > 0">>>, code::SC_NO_COLUMN));
static_assert(test::are(in<index_on<"i", element<"id">, dt::include<"nr">>>, code::SC_NO_COLUMN) &&
              says(in<index_on<"i", element<"id">, dt::include<"nr">>>[0], "i", "", "nr"));
static_assert(
    test::are(in<dt::primary_key<"id">, dt::foreign_key<"f", dt::columns<"nr">, dt::references<"purchase", "id">>>,
              code::SC_NO_COLUMN));
static_assert(test::are(in<dt::foreign_key<"f", dt::columns<>, dt::references<"purchase">>>, code::SC_NO_COLUMN,
                        code::SC_FK_TARGET));

static_assert(test::are(in<dt::check_values<"c", "nr", dt::between<1, 2>>>, code::SC_NO_COLUMN) &&
              says(in<dt::check_values<"c", "nr", dt::between<1, 2>>>[0], "c", "", "nr"));
static_assert(in<dt::check_values<"c", "id", dt::between<1, 2>>>.empty());

// ---- SC_RULE

template <class Type, class Rule>
constexpr dt::array_view<dt::finding> ruled = in<dt::column<"a", Type>, dt::check_values<"c", "a", Rule>>;
template <class Type, class Rule>
constexpr bool refuses(dt::text_view why) {
  constexpr dt::array_view<dt::finding> found = ruled<Type, Rule>;
  return test::are(found, code::SC_RULE) && says(found[0], "a", why, "c") && *found[0].column_type == Type::type;
}

static_assert(ruled<dt::smallint, dt::between<-32768, 32767>>.empty() && ruled<dt::bigint, dt::between<7, 7>>.empty() &&
              ruled<dt::numeric<2>, dt::between<99, 1000>>.empty() && ruled<dt::any_numeric, dt::between<0, 1>>.empty() &&
              ruled<dt::smallint, dt::between<-99999, 99999>>.empty());
static_assert(ruled<dt::real, dt::between<0, 1>>.empty() && ruled<dt::double_precision, dt::between<0, 1>>.empty(),
              "the servers take it, and nothing is derived from it");
constexpr dt::text_view of_numbers = "between is a rule of numbers";
static_assert(refuses<dt::text, dt::between<1, 2>>(of_numbers) && refuses<dt::date, dt::between<1, 2>>(of_numbers) &&
              refuses<status, dt::between<1, 2>>(of_numbers) && refuses<dt::boolean, dt::between<0, 1>>(of_numbers) &&
              refuses<dt::array<dt::integer>, dt::between<1, 2>>(of_numbers));
static_assert(refuses<dt::integer, dt::between<5, 1>>("no number is in the range, which ends before it begins") &&
              refuses<dt::real, dt::between<0, -1>>("no number is in the range, which ends before it begins"));
static_assert(refuses<dt::smallint, dt::between<32768, 99999>>("no number of its type is in the range") &&
              refuses<dt::numeric<2>, dt::between<-200, -100>>("no number of its type is in the range"));

static_assert(ruled<dt::text, dt::one_of<"a">>.empty() && ruled<dt::character<3>, dt::one_of<"a", "b">>.empty() &&
              ruled<status, dt::one_of<"paid", "open">>.empty() && ruled<status, dt::one_of<"paid">>.empty());
constexpr dt::text_view of_labels = "one_of is a rule of text and of enumerations";
static_assert(refuses<dt::integer, dt::one_of<"1">>(of_labels) && refuses<dt::uuid, dt::one_of<"a">>(of_labels) &&
              refuses<dt::jsonb, dt::one_of<"1">>(of_labels) && refuses<dt::array<dt::text>, dt::one_of<"a">>(of_labels));
static_assert(refuses<dt::text, dt::one_of<>>("one_of names no text") && refuses<status, dt::one_of<>>("one_of names no text"));
static_assert(refuses<dt::text, dt::one_of<"a", "b", "a">>("one_of names a text twice") &&
              refuses<status, dt::one_of<"open", "open">>("one_of names a text twice"));
static_assert(refuses<status, dt::one_of<"open", "sent">>("one_of names what is no label of the enumeration"));

static_assert(ruled<dt::text, dt::at_most<0>>.empty() && ruled<dt::varchar<5>, dt::at_most<9>>.empty() &&
              ruled<dt::character<5>, dt::at_most<3>>.empty() && ruled<dt::bytea, dt::at_most<16>>.empty());
static_assert(refuses<dt::integer, dt::at_most<3>>("at_most is a rule of text") &&
              refuses<status, dt::at_most<3>>("at_most is a rule of text") &&
              refuses<dt::json, dt::at_most<3>>("at_most is a rule of text"));
static_assert(refuses<dt::text, dt::at_most<-1>>("no text has less than no characters"));

static_assert(ruled<dt::text, dt::like<"a%">>.empty() && ruled<dt::character<5>, dt::like<"">>.empty());
static_assert(refuses<dt::integer, dt::like<"1%">>("like is a rule of text") &&
              refuses<status, dt::like<"o%">>("like is a rule of text") &&
              refuses<dt::bytea, dt::like<"o%">>("like is a rule of text"));

static_assert(ruled<dt::date, dt::finite>.empty() && ruled<dt::timestamp, dt::finite>.empty() &&
              ruled<dt::precise<dt::timestamptz, 0>, dt::finite>.empty());
constexpr dt::text_view of_days = "finite is a rule of date, timestamp and timestamptz";
static_assert(refuses<dt::time, dt::finite>(of_days) && refuses<dt::double_precision, dt::finite>(of_days) &&
              refuses<dt::interval, dt::finite>(of_days) && refuses<dt::text, dt::finite>(of_days));

static_assert(ruled<dt::precise<dt::time, 0>, dt::at_most<3>>.size() == 1 &&
              in<dt::check_values<"c", "nr", dt::at_most<3>>, dt::check_values<"d", "id", dt::at_most<3>>>.size() == 2);

// A field's rule: what it sends may be for a column of text.
constexpr dt::domain whole_8 = dt::domains::whole(8, false);
constexpr dt::domain two_labels = dt::domain_of(status::type);
using dt::model::rule_fault;
static_assert(rule_fault(dt::between<0, 300>::rule, whole_8, true).empty() &&
              rule_fault(dt::between<256, 300>::rule, whole_8, true) == "no number of its type is in the range" &&
              rule_fault(dt::like<"1%">::rule, whole_8, true) == "like is a rule of text" &&
              rule_fault(dt::one_of<"1">::rule, whole_8, true) == of_labels &&
              rule_fault(dt::finite::rule, whole_8, true) == of_days);
static_assert(rule_fault(dt::like<"o%">::rule, two_labels, true).empty() && !rule_fault(dt::like<"o%">::rule, two_labels).empty() &&
              rule_fault(dt::at_most<9>::rule, two_labels, true).empty() &&
              rule_fault(dt::at_most<36>::rule, dt::domain_of(dt::uuid::type), true).empty() &&
              !rule_fault(dt::one_of<"sent">::rule, two_labels, true).empty());

// ---- A literal that a check refuses

using dt::model::is_like;
static_assert(is_like("", "") && is_like("", "%") && is_like("A-12", "A-%") && is_like("A-", "A-%") && is_like("\xC3\xA4-", "_-") &&
              is_like("abcabd", "%ab_") && is_like("a%b", "a%%b"));
static_assert(!is_like("a", "") && !is_like("", "_") && !is_like("a-1", "A-%") && !is_like("xA-1", "A-%") && !is_like("ab", "_") &&
              !is_like("abcabde", "%ab_"));

/// Of a column of this type and default, and a check of it.
template <class Type, class Default, class Rule>
constexpr dt::array_view<dt::finding> defaulted = in<dt::column<"a", Type, Default>, dt::check_values<"c", "a", Rule>>;
template <class Type, class Default, class Rule>
constexpr bool is_refused = [] {
  constexpr dt::array_view<dt::finding> found = defaulted<Type, Default, Rule>;
  return test::are(found, code::SC_DEFAULT) && says(found[0], "a", "this check refuses it", "c") && *found[0].column_type == Type::type;
}();
template <class Type, class Default, class Rule>
constexpr bool is_taken = defaulted<Type, Default, Rule>.empty();
template <auto Number>
using number = dt::default_value<Number>;
using dt::between;
static_assert(is_refused<dt::integer, number<0>, between<1, 100>> && is_refused<dt::integer, number<101>, between<1, 100>> &&
              is_refused<dt::bigint, number<-1>, between<0, 5>> && is_refused<dt::double_precision, number<0>, between<1, 2>>);
static_assert(is_taken<dt::integer, number<1>, between<1, 100>> && is_taken<dt::integer, number<100>, between<1, 100>> &&
              is_taken<dt::smallint, number<-3>, between<-3, -3>> && is_taken<dt::double_precision, number<2>, between<1, 2>>);
static_assert(is_refused<dt::numeric<6, 2>, dt::default_value<"0.99">, between<1, 100>> && is_refused<dt::numeric<6, 2>, dt::default_value<"100.01">, between<1, 100>> &&
              is_refused<dt::numeric<6, 2>, dt::default_value<"-0.01">, between<0, 1>> && is_refused<dt::any_numeric, dt::default_value<"-1.5">, between<-1, 1>>);
static_assert(is_taken<dt::numeric<6, 2>, dt::default_value<"100.00">, between<1, 100>> && is_taken<dt::numeric<6, 2>, dt::default_value<"1">, between<1, 100>> &&
              is_taken<dt::numeric<6, 2>, dt::default_value<"0.00">, between<0, 1>> && is_taken<dt::any_numeric, dt::default_value<"99.999">, between<1, 100>>);
static_assert(is_taken<dt::numeric<30>, dt::default_value<"123456789012345678901">, between<0, 1>>, "not all digits are known, so nothing is said");
static_assert(is_taken<dt::real, dt::default_value<"1.00000001">, between<0, 1>>, "which a real rounds to 1");
static_assert(is_refused<dt::text, dt::default_value<"draft">, dt::one_of<"open", "paid">> && is_taken<dt::text, dt::default_value<"open">, dt::one_of<"open", "paid">> &&
              is_refused<status, dt::default_value<"paid">, dt::one_of<"open">> && is_taken<status, dt::default_value<"open">, dt::one_of<"open">>);
static_assert(is_taken<dt::character<5>, dt::default_value<"draft">, dt::one_of<"open">>, "blanks at the end make it another text");
static_assert(is_refused<dt::text, dt::default_value<"draft">, dt::at_most<4>> && is_taken<dt::text, dt::default_value<"open">, dt::at_most<4>> &&
              is_taken<dt::character<5>, dt::default_value<"ab   ">, dt::at_most<2>> && is_refused<dt::character<5>, dt::default_value<"abc  ">, dt::at_most<2>>);
static_assert(is_refused<dt::text, dt::default_value<"a-1">, dt::like<"A-%">> && is_taken<dt::text, dt::default_value<"A-1">, dt::like<"A-%">> &&
              is_taken<dt::character<5>, dt::default_value<"a">, dt::like<"b">>);
static_assert(in<dt::column<"a", dt::text, dt::collate<"nocase">, dt::default_value<"OPEN">>,
                 dt::check_values<"c", "a", dt::one_of<"open">>>.empty(), "what a collation takes for the same is not known");
static_assert(defaulted<dt::integer, dt::default_sql<"0">, between<1, 2>>.empty() &&
              defaulted<dt::boolean, dt::default_value<true>, dt::at_most<1>>.size() == 1);
static_assert(test::are(defaulted<dt::smallint, dt::default_value<40000>, between<1, 2>>, code::SC_DEFAULT), "said once");
static_assert(test::are(in<dt::column<"a", dt::integer, dt::default_value<0>>, dt::check_values<"c", "a", between<1, 2>>,
                           dt::check_values<"d", "a", between<0, 2>>, dt::check_values<"e", "a", between<3, 4>>>,
                        code::SC_DEFAULT, code::SC_DEFAULT));

// ---- SC_KEY

static_assert(test::are(in<dt::primary_key<"id">, dt::primary_key<"id">>, code::SC_KEY) &&
              says(in<dt::primary_key<"id">, dt::primary_key<"id">>[0], "primary key", "the table has two"));
static_assert(test::are(in<dt::primary_key<>>, code::SC_KEY));
static_assert(says(in<dt::primary_key<>>[0], "primary key", "it has no column"));
using null_key = declared<dt::table<"purchase", dt::column<"a", dt::text, dt::null>, dt::primary_key<"a">>>;
static_assert(test::are(null_key::findings, code::SC_KEY) &&
              says(null_key::findings[0], "primary key", "a column of it may be null", "a"));
static_assert(in<dt::column<"a", dt::text, dt::null>, dt::unique<"u", "a">>.empty(), "a unique column may be null");

// ---- SC_IDENTITY

static_assert(test::are(in<dt::column<"n", dt::text, dt::identity>>, code::SC_IDENTITY));
static_assert(says(in<dt::column<"n", dt::text, dt::identity>>[0], "n", ""));
static_assert(test::are(in<dt::column<"n", dt::numeric<9>, dt::identity_by_default>>, code::SC_IDENTITY));
static_assert(test::are(in<dt::column<"n", dt::bigint, dt::identity, dt::null>>, code::SC_IDENTITY));
static_assert(test::are(in<dt::column<"n", dt::integer, dt::identity, dt::default_value<1>>>, code::SC_IDENTITY));
static_assert(in<dt::column<"n", dt::integer, dt::identity>>.empty() &&
              in<dt::column<"n", dt::smallint, dt::identity>>.empty());

// ---- SC_DEFAULT, SC_EXPRESSION (the literals themselves: literal.cpp)

constexpr dt::finding bad_default = in<dt::column<"n", dt::smallint, dt::default_value<40000>>>[0];
static_assert(test::are(in<dt::column<"n", dt::smallint, dt::default_value<40000>>>, code::SC_DEFAULT));
static_assert(says(bad_default, "n", "not a whole number of 16 bits", "40000"));
static_assert(*bad_default.column_type == dt::smallint::type);
static_assert(test::are(in<dt::column<"n", dt::text, dt::default_value<"a\0b">>>, code::SC_DEFAULT));
static_assert(says(in<dt::column<"n", dt::text, dt::default_value<"a\0b">>>[0], "n", "it holds a NUL"));

static_assert(test::are(in<dt::column<"n", dt::text, dt::default_sql<"(a">>>, code::SC_EXPRESSION));
static_assert(says(in<dt::column<"n", dt::text, dt::default_sql<"(a">>>[0], "n", "a bracket is not closed", "(a"));
static_assert(test::are(in<dt::column<"n", dt::text, dt::default_sql<"a\0b">>>, code::SC_EXPRESSION));
static_assert(test::are(in<dt::check<"c", "id > 0;">>, code::SC_EXPRESSION));
static_assert(says(in<dt::check<"c", "id > 0;">>[0], "c", "it holds a semicolon", "id > 0;"));

static_assert(test::are(in<dt::column<"t", dt::text>, dt::check_values<"c", "t", dt::one_of<"a", "b\\">>>,
                        code::SC_EXPRESSION), "servers read a backslash differently");

template <dt::fixed_string Query>
constexpr dt::array_view<dt::finding> viewed =
    of<dt::view<"purchase", dt::query<Query>, dt::column<"id", dt::bigint>>>;
static_assert(viewed<"SELECT id FROM customer">.empty());
static_assert(test::are(viewed<"SELECT id FROM customer; DROP TABLE customer">, code::SC_EXPRESSION));
static_assert(says(viewed<"SELECT (id FROM customer">[0], "", "a bracket is not closed", "SELECT (id FROM customer"));
static_assert(test::are(viewed<"SELECT * FROM customer">, code::SC_QUERY) &&
              says(viewed<"SELECT * FROM customer">[0], "", "it selects *, and no names of columns",
                   "SELECT * FROM customer"));
static_assert(test::are(viewed<"SELECT * FROM customer;">, code::SC_EXPRESSION), "what is broken is looked at no further");
static_assert(test::are(viewed<"">, code::SC_EXPRESSION));
static_assert(test::are(of<dt::view<"purchase", dt::query<"SELECT 1">>>, code::SC_EMPTY));
static_assert(test::are(of<dt::table<"a", id>, dt::view<"a", dt::query<"SELECT 1">, id>>, code::SC_DUPLICATE));

// ---- Foreign keys

using customer = dt::table<"customer", dt::column<"id", dt::bigint>, dt::column<"code", dt::text, dt::null>,
                           dt::column<"area", dt::integer>, dt::primary_key<"id">, dt::unique<"k", "area", "code">,
                           dt::unique_index<"only_index", "area">>;
template <class Columns, class References, class... Actions>
constexpr dt::array_view<dt::finding> links =
    of<customer, dt::table<"purchase", dt::column<"customer", dt::bigint>, dt::column<"code", dt::text, dt::null>,
                           dt::column<"area", dt::integer, dt::default_value<0>>,
                           dt::foreign_key<"f", Columns, References, Actions...>>>;
template <dt::fixed_string... Names>
using columns = dt::columns<Names...>;
template <dt::fixed_string... Names>
using refers = dt::references<"customer", Names...>;

static_assert(links<columns<"customer">, refers<"id">>.empty());
static_assert(links<columns<"area", "code">, refers<"area", "code">>.empty(), "a unique constraint of two columns");
static_assert(test::are(links<columns<"code", "area">, refers<"code", "area">>, code::SC_FK_TARGET), "in its order");
static_assert(test::are(links<columns<"area">, refers<"area">>, code::SC_FK_TARGET), "an index is no key");
static_assert(test::are(links<columns<"code">, refers<"code">>, code::SC_FK_TARGET), "a part of a key is no key");
using to_itself = dt::foreign_key<"f", columns<"id">, dt::references<"purchase", "id">, dt::initially_deferred>;
template <class... Options>
using unique_id = dt::unique_on<"u", columns<"id">, Options...>;
static_assert(in<unique_id<dt::nulls_not_distinct>, to_itself>.empty());
static_assert(test::are(in<unique_id<dt::deferrable>, to_itself>, code::SC_FK_TARGET));
static_assert(says(in<unique_id<dt::initially_deferred>, to_itself>[0], "f", "its key is deferrable", "purchase"));
static_assert(in<unique_id<dt::deferrable>, dt::primary_key<"id">, to_itself>.empty(), "there is another one");
static_assert(test::are(in<dt::primary_key_on<columns<"id">, dt::deferrable>, to_itself>, code::SC_FK_TARGET));
static_assert(test::are(in<dt::primary_key_on<columns<"id">, dt::nulls_not_distinct>>, code::SC_KEY));
static_assert(test::are(links<columns<"customer">, refers<"nr">>, code::SC_FK_TARGET));
static_assert(test::are(links<columns<"customer">, dt::references<"client", "id">>, code::SC_FK_TARGET));
static_assert(test::are(of<dt::view<"customer", dt::query<"SELECT 1">, id>,
                           dt::table<"purchase", id, dt::foreign_key<"f", dt::columns<"id">, refers<"id">>>>,
                        code::SC_FK_TARGET), "a view has no key");
static_assert(says(links<columns<"customer">, dt::references<"client", "id">>[0], "f", "there is no such table",
                   "client"));
static_assert(test::are(links<columns<"customer", "code">, refers<"id">>, code::SC_FK_TARGET));
static_assert(says(links<columns<"area">, refers<"area">>[0], "f", "it is no key", "customer"));

static_assert(test::are(links<columns<"code">, refers<"id">>, code::SC_FK_TYPE));
static_assert(says(links<columns<"code">, refers<"id">>[0], "f", "code", "id"));
// Whole numbers of any size; nothing else, and not inside of arrays.
static_assert(links<columns<"area">, refers<"id">>.empty());
static_assert(dt::model::can_reference(dt::bigint::type, dt::smallint::type) &&
              dt::model::can_reference(dt::smallint::type, dt::integer::type) &&
              !dt::model::can_reference(dt::numeric<9>::type, dt::integer::type) &&
              !dt::model::can_reference(dt::varchar<9>::type, dt::varchar<10>::type) &&
              !dt::model::can_reference(dt::array<dt::integer>::type, dt::array<dt::bigint>::type));

static_assert(test::are(links<columns<"customer">, refers<"id">, dt::on_delete<dt::set_null>>, code::SC_FK_ACTION));
static_assert(says(links<columns<"customer">, refers<"id">, dt::on_delete<dt::set_null>>[0], "f",
                   "set null on a not null column", "customer"));
static_assert(test::are(links<columns<"customer">, refers<"id">, dt::on_update<dt::set_default>>, code::SC_FK_ACTION));
static_assert(says(links<columns<"customer">, refers<"id">, dt::on_update<dt::set_default>>[0], "f",
                   "set default on a column without default", "customer"));
static_assert(links<columns<"area", "code">, refers<"area", "code">, dt::on_delete<dt::set_default>>.empty());
static_assert(test::are(links<columns<"area", "code">, refers<"area", "code">, dt::on_delete<dt::set_null>>,
                        code::SC_FK_ACTION));

// ---- All findings are reported, not the first only

static_assert(test::are(in<dt::column<"", dt::text, dt::default_value<1>>, dt::primary_key<"nr">, dt::check<"c", "(">,
                           dt::unique<"c", "id", "id">>,
                        code::SC_NAME, code::SC_DEFAULT, code::SC_NO_COLUMN, code::SC_EXPRESSION, code::SC_DUPLICATE,
                        code::SC_DUPLICATE));

// ---- Raw SQL of an index, which cannot end before its place does

template <dt::fixed_string Expression>
constexpr bool is_element = [] {
  const auto alone = in<index_on<"i", element_sql<Expression>>>;
  const auto among = in<index_on<"i", element<"id", dt::descending>, element_sql<Expression, dt::nulls_last>,
                                 element_sql<"1">>>;
  const auto is_refused = [](dt::array_view<dt::finding> found) {
    return test::are(found, code::SC_EXPRESSION) && found[0].object == "i" && !found[0].detail.empty();
  };
  return alone.empty() && among.empty() ? true : is_refused(alone) && is_refused(among) ? false : throw "not alike";
}();
static_assert(is_element<"id"> && is_element<"f(id, ')')"> && is_element<"\"odd (name\" || 'it''s, (' ">);
static_assert(!is_element<""> && !is_element<" "> && !is_element<"(id"> && !is_element<"id)"> && !is_element<"'id">);
static_assert(!is_element<"\"id"> && !is_element<"id; DROP TABLE t"> && !is_element<"id -- x"> && !is_element<"id $1">);
static_assert(!is_element<"id)) WHERE ((1 = 1"> && !is_element<"id) x, (id"> && !is_element<"id),(id">);
static_assert(!is_element<"id), \"id\", (id"> && !is_element<"id), \"id"> && !is_element<"id),'(id">);
static_assert(says(in<index_on<"i", element_sql<"lower(id">>>[0], "i", "a bracket is not closed", "lower(id"));
static_assert(is_element<"id), (id">, "two elements, in their place");
template <dt::fixed_string Condition>
constexpr dt::array_view<dt::finding> where = in<index_on<"i", element<"id">, dt::where<Condition>>>;
static_assert(where<"id > 0">.empty() && test::are(where<"id > 0)">, code::SC_EXPRESSION));
static_assert(where<"id > 0) OR (1 = 1">[0].other == "id > 0) OR (1 = 1" &&
              where<"id > 0) OR (1 = 1">[0].detail == "a bracket is closed that was not opened");
static_assert(where<" ">[0].detail == "it is empty");

}  // namespace
