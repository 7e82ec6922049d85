// SPDX-License-Identifier: BSL-1.0
#include <dovetail/diagnose/lines.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <dovetail/model/field.hpp>

namespace dt = dovetail;
using dt::code;
using dt::finding;
using dt::text_view;
namespace diagnose = dt::diagnose;

namespace {

// ---- Every code has a name, a sentence and a fix

constexpr code all_codes[]{
#define DOVETAIL_FINDING(name, sentence, fix) code::name,
#include <dovetail/vocabulary/findings.def>
#undef DOVETAIL_FINDING
};

/// The fix names only facts that findings have, and closes its brackets.
constexpr bool knows_its_words(text_view fix) {
  constexpr text_view words[]{"release", "row",         "field",         "table",        "object",
                              "version", "migration",   "other",         "detail",       "column_type",
                              "mend",    "field_type",  "column_length", "mend_of_null", "or_checked",
                              "or_approximate", "keep"};
  for (std::size_t i = 0; i < fix.size(); ++i) {
    if (fix[i] == '}') return false;
    if (fix[i] != '{') continue;
    const std::size_t begin = ++i;
    while (i != fix.size() && fix[i] != '}') ++i;
    if (i == fix.size()) return false;
    bool known = false;
    for (text_view each : words) known = known || each == fix.substr(begin, i - begin);
    if (!known) return false;
  }
  return true;
}
static_assert([] {
  for (code each : all_codes) {
    const text_view name = diagnose::name_of(each);
    if (name.size() < 6 || name[2] != '_' || diagnose::sentence_of(each).empty() || diagnose::fix_of(each).empty())
      return false;
    if (!knows_its_words(diagnose::fix_of(each))) return false;
    if (diagnose::sentence_of(each).contains('{')) return false;
  }
  return true;
}());
static_assert(diagnose::name_of(code::RD_NULL) == "RD_NULL" && diagnose::name_of(code::SC_NAME) == "SC_NAME");
static_assert(diagnose::sentence_of(code::RD_NULL) == "a reader cannot hold a NULL that the column may store");

// ---- The lines of a finding

/// All lines, each followed by a newline.
constexpr bool says(const finding& f, text_view wanted) {
  dt::text_buffer out;
  for (std::size_t i = 0; i != diagnose::count_lines(f); ++i) {
    diagnose::put_line(out, f, i);
    out << '\n';
  }
  return out.all() == wanted;
}

constexpr finding reader_of_null() {
  finding f;
  f.what = code::RD_NULL;
  f.subject = dt::subject_kind::reader;
  f.release = "8";
  f.row = "profile";
  f.field = "nickname";
  f.table = "customer";
  f.object = "nickname";
  f.version = "2";
  f.column_type = &dt::text::type;
  f.type = &dt::detail::field_type_of<std::string>;
  return f;
}
static_assert(says(reader_of_null(),
                   "reader profile::nickname (std::string) of release 8\n"
                   "at customer.nickname, text\n"
                   "in version 2\n"
                   "fix: declare nickname as std::optional<std::string>, or make the column not null first\n"));

constexpr finding writer_of_null() {
  finding f = reader_of_null();
  f.what = code::WR_NULL;
  f.subject = dt::subject_kind::writer;
  f.type = &dt::detail::field_type_of<std::optional<std::string>>;
  f.migration = "add_nickname";
  f.event = 3;
  return f;
}
static_assert(says(writer_of_null(),
                   "writer profile::nickname (std::optional<std::string>) of release 8\n"
                   "at customer.nickname, text\n"
                   "in version 2 after migration add_nickname, event 3 of the rollout\n"
                   "fix: declare nickname as plain std::string, or make the column null first\n"),
              "the fix names the type without std::optional");

// Who names a column only in a WHERE has no struct.
static_assert([] {
  finding f = reader_of_null();
  f.what = code::RD_COL_MISSING;
  f.row = f.field = {};
  f.type = nullptr;
  f.column_type = nullptr;
  return says(f,
              "reader of release 8\n"
              "at customer.nickname\n"
              "in version 2\n"
              "fix: add the column before this release starts, or stop reading it before it is dropped\n");
}());

// ---- What to declare

template <class T, class Type>
constexpr bool advises(code what, dt::subject_kind subject, text_view fix, text_view detail = {}) {
  finding f;
  f.what = what;
  f.subject = subject;
  f.field = "x";
  f.type = &dt::detail::field_type_of<T>;
  f.column_type = &Type::type;
  f.detail = detail;
  dt::text_buffer out;
  diagnose::put_line(out, f, diagnose::count_lines(f) - 1);
  dt::text_buffer wanted;
  wanted << "fix: " << fix;
  return out.all() == wanted.all();
}
template <class T, class Type>
constexpr bool advises_reader(code what, text_view fix, text_view detail = {}) {
  return advises<T, Type>(what, dt::subject_kind::reader, fix, detail);
}
template <class T, class Type>
constexpr bool advises_writer(code what, text_view fix) {
  return advises<T, Type>(what, dt::subject_kind::writer, fix);
}
static_assert(advises_reader<std::int32_t, dt::text>(code::RD_TYPE, "declare x as std::string"));
static_assert(advises_reader<std::optional<std::int32_t>, dt::bigint>(
    code::RD_RANGE,
    "declare x as std::optional<std::int64_t>, or declare it std::optional<dovetail::checked<std::int32_t>> if an error "
    "at run time is right"));
static_assert(advises_reader<double, dt::numeric<12, 2>>(
    code::RD_LOSSY,
    "declare x as dovetail::decimal<12, 2>, or declare it dovetail::approximate<double> if rounding is meant"));
static_assert(advises_writer<std::int64_t, dt::integer>(
    code::WR_RANGE,
    "declare x as std::int32_t, or widen the column, or declare it dovetail::checked<std::int64_t> if an error at run "
    "time is right"));
static_assert(advises_writer<std::string, dt::character<3>>(
    code::WR_LOSSY,
    "make the column varchar(3), or declare it dovetail::approximate<std::string> if rounding is meant"));
static_assert(advises_writer<std::string, dt::varchar<3>>(
    code::WR_LEN, "widen the column, or declare x as dovetail::bounded_text<3>"));
static_assert(advises_reader<std::int32_t, dt::character<3>>(code::RD_TYPE, "declare x as std::string"));
// In both wrappers, where one alone does not do.
static_assert(advises_writer<double, dt::integer>(
    code::WR_LOSSY,
    "declare x as std::int32_t, or declare it dovetail::checked<dovetail::approximate<double>> if rounding is meant"));
static_assert(advises_reader<std::optional<std::int16_t>, dt::numeric<12, 2>>(
    code::RD_LOSSY,
    "declare x as std::optional<dovetail::decimal<12, 2>>, or declare it "
    "std::optional<dovetail::checked<dovetail::approximate<std::int16_t>>> if rounding is meant"));
// Or in none, where none does.
static_assert(advises_writer<dt::decimal<4, 1>, dt::integer>(code::WR_LOSSY, "declare x as std::int32_t"));
// The header of a type that is not of the core, and a way for types that no rule knows.
struct opaque {};
static_assert(advises_reader<std::string, dt::uuid>(
    code::RD_TYPE, "declare x as dovetail::value::uuid (dovetail/fields.hpp)"));
static_assert(advises_writer<opaque, dt::timestamp>(
    code::WR_TYPE,
    "declare x as std::chrono::local_time<std::chrono::microseconds> (dovetail/chrono.hpp), or specialise "
    "dovetail::field_traits<opaque>"));

// Where a NULL comes from.
static_assert(advises_reader<std::string, dt::text>(
    code::RD_NULL, "declare x as std::optional<std::string>, or use an inner join", dt::remark::null_by_join));
static_assert(advises_reader<std::string, dt::text>(
    code::RD_NULL, "declare x as std::optional<std::string>, or write an expression that is not null",
    dt::remark::null_by_expression));
static_assert(advises_reader<std::vector<int>, dt::array<dt::integer>>(
    code::RD_NULL, "declare x with optional elements: std::vector<std::optional<std::int32_t>>",
    dt::remark::null_in_array));
static_assert(advises_reader<std::vector<std::string>, dt::array<dt::date>>(
    code::RD_NULL, "declare x with optional elements: std::vector<std::optional<dovetail::text_of<dovetail::date>>>",
    dt::remark::null_in_array));
static_assert(advises_reader<std::optional<std::vector<int>>, dt::array<dt::integer>>(
    code::RD_NULL, "declare x with optional elements: std::optional<std::vector<std::optional<std::int32_t>>>",
    dt::remark::null_in_array));
static_assert(advises_reader<std::vector<int>, dt::array<dt::integer>>(
    code::RD_NULL, "declare x as std::optional<std::vector<std::int32_t>>, or make the column not null first"));

constexpr finding of_a_step(code what, bool inverse) {
  finding f;
  f.what = what;
  f.migration = "add_nickname";
  f.step = 2;
  f.inverse = inverse;
  f.table = "customer";
  f.version = "1";
  f.other = "table";
  return f;
}
static_assert(says(of_a_step(code::MG_TARGET, false),
                   "migration add_nickname, step 2\n"
                   "table customer\n"
                   "in version 1 under migration add_nickname\n"
                   "fix: there is no such table: correct its name, or create it first\n"),
              "what the fix says is not said twice");
static_assert(says(of_a_step(code::MG_EXISTS, true),
                   "migration add_nickname, inverse of step 2\n"
                   "table customer\n"
                   "in version 1 under migration add_nickname\n"
                   "about table\n"
                   "fix: choose another name, or drop the old one first\n"));

constexpr finding of_a_release() {
  finding f;
  f.what = code::RO_NOT_LIVE;
  f.release = "7";
  f.version = "1";
  f.event = 2;
  return f;
}
static_assert(says(of_a_release(),
                   "release 7\nin version 1, event 2 of the rollout\nfix: start it before, or remove the stop\n"));
static_assert(diagnose::count_lines(of_a_release()) == 3 && diagnose::count_lines(reader_of_null()) == 4);

// ---- What keeps what a release has written

constexpr dt::field_type settings_7{dt::domains::of(dt::family::document), "settings_7"};
constexpr finding lost_document() {
  finding f;
  f.what = code::DT_LOST;
  f.subject = dt::subject_kind::writer;
  f.release = "7";
  f.row = "account";
  f.field = "settings";
  f.type = &settings_7;
  f.table = "customer";
  f.object = "settings";
  f.version = "1";
  f.event = 2;
  f.other = "8";
  f.detail = "settings_8";
  return f;
}
static_assert(says(lost_document(),
                   "writer account::settings (settings_7) of release 7\n"
                   "at customer.settings\n"
                   "in version 1, event 2 of the rollout\n"
                   "fix: release 8 writes it as settings_8, and release 7 writes back what it knows of that: let settings_7 keep the "
                   "rest, and say so: document_like<..., settings_8>()\n"));
constexpr finding lost_column() {
  finding f;
  f.what = code::DT_LOST;
  f.migration = "add_note";
  f.step = 1;
  f.inverse = true;
  f.table = "purchase";
  f.object = "note";
  return f;
}
static_assert(says(lost_column(),
                   "migration add_note, inverse of step 1\n"
                   "at purchase.note\n"
                   "fix: write it elsewhere too until nobody will roll back, or say why nobody will: migrate<add_note, "
                   "forward_only<\"reason\">>\n"));
constexpr dovetail::finding needed(dovetail::text_view other, dovetail::text_view kind) {
  finding f;
  f.what = code::MG_DEPENDENT;
  f.table = "invoice";
  f.object = "number";
  f.other = other;
  f.detail = kind;
  return f;
}
static_assert(says(needed("invoice_number", dovetail::model::owned_sequence),
                   "at invoice.number\n"
                   "about sequence that it owns\n"
                   "fix: let invoice_number be of no column first: alter_sequence<...>, declared without owned_by\n"));
static_assert(says(needed("partition key", "partition key"),
                   "at invoice.number\n"
                   "about partition key\n"
                   "fix: leave the column as it is, or unpartition_table first, and partition_table again afterwards\n"));

}  // namespace
