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

static_assert(sql::is_word_character('a') && sql::is_word_character('Z') && sql::is_word_character('0') &&
              sql::is_word_character('_') && sql::is_word_character("ö"[0]) && sql::is_word_character("ö"[1]));
static_assert(!sql::is_word_character(' ') && !sql::is_word_character('"') && !sql::is_word_character('$') &&
              !sql::is_word_character('-') && !sql::is_word_character('\0'));

// ---- Two texts that say the same: quotes around a name that needs none do not count

/// In both orders.
constexpr bool are_same(text_view a, text_view b) { return sql::same(a, b) && sql::same(b, a); }
constexpr bool differ(text_view a, text_view b) {
  return !sql::same(a, b) && !sql::same(b, a) && sql::same(a, a) && sql::same(b, b);
}
static_assert(are_same("", "") && are_same("email", R"("email")") && are_same("a > 0", R"("a" > 0)"));
static_assert(are_same(R"("a"+b > c_1)", R"(a+"b" > "c_1")") && are_same(R"(t."a">(b))", R"("t".a>("b"))"));
static_assert(are_same(R"(a > '"b"' AND "b" > 0)", R"("a" > '"b"' AND b > 0)"));
static_assert(are_same(R"("a" <> 'it''s' OR b)", R"(a <> 'it''s' OR "b")"));
static_assert(are_same(R"("Two words" = "a")", R"("Two words" = a)") && are_same(R"("a""b" = "c")", R"("a""b" = c)"));

static_assert(differ("a", "b") && differ("a", "") && differ("a > 0", "a > 1") && differ("a > 0", "a  > 0"));
static_assert(differ(R"("a")", "ab") && differ(R"("ab")", "a") && differ(R"("a" > 0)", "b > 0"));
static_assert(differ(R"("a")", R"("b")") && differ("a ", R"("a")"));
// Names that do need them.
static_assert(differ(R"("A")", "A") && differ(R"("A")", R"("a")") && differ(R"("Email")", "Email"));
static_assert(differ(R"("email")", "Email"), "which PostgreSQL reads the same: better one difference too many");
static_assert(differ(R"("Two words")", "Two words") && differ(R"("1")", "1") && differ(R"("1a" > 0)", "1a > 0"));
static_assert(differ(R"("größe")", "größe"), "whether such a letter keeps its case depends on the encoding");
static_assert(differ(R"("user" > 0)", "user > 0") && differ(R"("null")", "null"));
static_assert(differ(R"(a IS "true")", "a IS true"));
static_assert(are_same(R"("users" > 0)", "users > 0") && are_same("user > 0", "user > 0"));
static_assert(sql::is_key_word("end") && sql::is_key_word("all") && sql::is_key_word("with") &&
              !sql::is_key_word("id") && !sql::is_key_word("") && !sql::is_key_word("END"));
static_assert(differ(R"("")", "") && differ(R"("a""b")", R"("ab")") && differ(R"("a""b")", R"(a"b")"));
static_assert(differ(R"("A""b")", R"("A"b)"));
// In a text they count, and a text is no name.
static_assert(differ(R"('"a"')", "'a'") && differ(R"("a" = 'x "b"')", R"("a" = 'x b')") && differ("'a'", R"("a")"));
static_assert(differ(R"('''"a"')", R"('''a')"));
// Where they part two words, or belong to another spelling.
static_assert(differ(R"(NOT"a")", "NOTa") && differ(R"("a"AND b)", "aAND b") && differ(R"(U&"a")", "U&a"));
// One that does not end.
static_assert(differ(R"("a)", "a") && differ(R"(")", "") && are_same(R"("a)", R"("a)"));

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
