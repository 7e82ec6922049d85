// SPDX-License-Identifier: BSL-1.0
#include <dovetail/diagnose/lines.hpp>

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
  constexpr text_view words[]{"release",   "row",   "field",  "table",       "object",    "version",
                              "migration", "other", "detail", "column_type", "field_type"};
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
  f.type.kind = dt::field_kind::text;
  f.type.spelled = "std::string";
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
  f.type.optional = true;
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

}  // namespace
