// SPDX-License-Identifier: BSL-1.0
#include <dovetail/vocabulary/sql_text.hpp>

#include <cstdint>

namespace sql = dovetail::sql;
using dovetail::identifier;
using dovetail::limit;
using dovetail::narrowing;
using dovetail::text_buffer;
using dovetail::text_view;

namespace {

template <class Write>
constexpr bool writes(text_view wanted, Write write) {
  text_buffer out;
  write(out);
  return out.all() == wanted;
}

constexpr bool is_quoted(text_view name, text_view wanted) {
  return writes(wanted, [&](text_buffer& out) { out << sql::quoted{name}; });
}
static_assert(is_quoted("id", "\"id\"") && is_quoted("Two words", "\"Two words\"") && is_quoted("it's", "\"it's\""));
static_assert(is_quoted("\"; DROP", "\"\"\"; DROP\"") && is_quoted("\"", "\"\"\"\"") && is_quoted("\\", "\"\\\""));

constexpr identifier names[]{"a", "b\"", "c"};
static_assert(writes("\"a\", \"b\"\"\", \"c\"", [](text_buffer& out) { sql::put_names(out, names); }));
static_assert(writes("(\"a\", \"b\"\"\", \"c\")", [](text_buffer& out) { sql::put_columns(out, names); }));
static_assert(writes("()", [](text_buffer& out) { sql::put_columns(out, {}); }));

constexpr bool is_text(text_view text, text_view wanted) {
  return writes(wanted, [&](text_buffer& out) { sql::put_text(out, text); });
}
static_assert(is_text("", "''") && is_text("it's", "'it''s'") && is_text("'", "''''") && is_text("\"\\", "'\"\\'"));

constexpr bool rules(const narrowing& rule, text_view wanted) {
  return writes(wanted, [&](text_buffer& out) { sql::put_rule(out, "a \"c\"", rule); });
}
using what = narrowing::what;
static_assert(rules({}, ""));
static_assert(rules({what::range, limit(std::int64_t{-5}), limit(std::int64_t{100}), {}, 0, {}},
                    R"("a ""c""" BETWEEN -5 AND 100)"));
static_assert(rules({what::range, limit(INT64_MIN), limit(false, UINT64_MAX), {}, 0, {}},
                    R"("a ""c""" BETWEEN -9223372036854775808 AND 18446744073709551615)"));
constexpr identifier labels[]{"open", "it's"};
static_assert(rules({what::labels, {}, {}, labels, 0, {}}, R"("a ""c""" IN ('open', 'it''s'))"));
static_assert(rules({what::length, {}, {}, {}, 7, {}}, R"(length("a ""c""") <= 7)"));
static_assert(rules({what::pattern, {}, {}, {}, 0, "it's_%"}, R"("a ""c""" LIKE 'it''s_%')"));
static_assert(rules({what::finite, {}, {}, {}, 0, {}}, R"("a ""c""" > '-infinity' AND "a ""c""" < 'infinity')"));

}  // namespace
