// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <dovetail/change/change.hpp>
#include <dovetail/model/literal.hpp>
#include <dovetail/vocabulary/sql_text.hpp>

/// What other declarations of a schema say of a column or a table: who needs it as it is, and how they follow when it gets
/// another name.
namespace dovetail::model {

/// A part of a table that names the column, in a list or in raw SQL.
constexpr bool depends(const part& p, const identifier& column) {
  for (const identifier& name : columns_of(&p))
    if (name == column) return true;
  if (const sync* s = as_sync(&p); s != nullptr && s->needs(column)) return true;
  if (const index* i = as_elements(&p); i != nullptr && i->more != nullptr)
    for (const identifier& name : i->more->included)
      if (name == column) return true;
  return any_sql(p, [&](text_view expression) { return mentions(expression, column); });
}
/// Calls `visit(part)` for each part of a table that may name another column of it: all but plain columns, which are most,
/// and at which nothing is called.
template <class Visit>
constexpr void each_user(const table& t, Visit visit) {
  for (const part* p : t.parts)
    if (p->kind != part_kind::column || static_cast<const column*>(p)->more != nullptr) visit(p);
}
/// The same for each part that may call a routine or draw from a sequence.
template <class Visit>
constexpr void each_caller(const table& t, Visit visit) {
  for (const part* p : t.parts) {
    const auto* c = p->kind == part_kind::column ? static_cast<const column*>(p) : nullptr;
    if (c == nullptr || c->more != nullptr || c->value.kind >= default_kind::expression) visit(p);
  }
}
/// The part mentions a routine or a sequence, or draws from the latter.
constexpr bool calls(const part& p, const identifier& routine) {
  const column* c = as_column(&p);
  const text_view called = without_schema(routine);
  if (c != nullptr && c->value.kind == default_kind::expression && mentions(c->value.text, called)) return true;
  return draws(p, routine) || any_sql(p, [&](text_view expression) { return mentions(expression, called); });
}
/// Reports the views, functions and routines that mention a name, and, where it is to be found in tables, the parts that
/// call it (MG_DEPENDENT), but for those that `follows(table, part)`.
template <class Follows>
constexpr bool sources_need(auto& d, const identifier& name, bool in_tables, Follows follows) {
  const std::size_t before = d.findings.size();
  d.each_table(in_tables ? 0 : table::bit_of(name), [&](const model::table& other) {
    if (!(other.name == name) && says(other, name)) d.report(code::MG_DEPENDENT, name, {}, other.name, word(other.kind));
    if (!in_tables) return;
    each_caller(other, [&](const part* p) {
      if (calls(*p, name) && !follows(other, *p)) d.report(code::MG_DEPENDENT, name, {}, p->name, word(p->kind));
    });
  });
  return d.findings.size() != before;
}
/// Reports the generated columns and triggers of the table that mention the column, and its partition key, which need it as
/// it is (MG_DEPENDENT).
constexpr bool generated_need(auto& d, const identifier& table, const identifier& column) {
  bool needed = false;
  each_user(*d.find(table), [&](const part* p) {
    if ((p->kind != part_kind::column && p->kind != part_kind::trigger && p->kind != part_kind::partitioning) || !depends(*p, column)) return;
    needed = true;
    d.report(code::MG_DEPENDENT, table, column, name_of(*p), p->kind == part_kind::column ? text_view("generated column") : word(p->kind));
  });
  return needed;
}

/// Calls `visit(table, foreign key)` for each foreign key to this table, its own included.
template <class Visit>
constexpr void each_reference(const auto& d, const identifier& target, Visit visit) {
  d.each_table(table::bit_of(target), [&](const table& t) {
    for (const part* p : t.parts)
      if (const foreign_key* f = as_foreign_key(p); f != nullptr && f->target == target) visit(t, *f);
  });
}

/// Reports the foreign keys that name the column, on either end (MG_DEPENDENT): the server would make them anew, and lock
/// the tables at their other ends.
constexpr bool foreign_keys_need(auto& d, const identifier& table, const identifier& column) {
  const std::size_t before = d.findings.size();
  const auto report = [&](const foreign_key& f) { d.report(code::MG_DEPENDENT, table, column, f.name, word(f.kind)); };
  for (const part* p : d.find(table)->parts)
    if (const foreign_key* f = as_foreign_key(p); f != nullptr && depends(*f, column)) report(*f);
  each_reference(d, table, [&](const model::table& from, const foreign_key& f) {
    if (contains(f.target_columns, column) && !(from.name == table && depends(f, column))) report(f);
  });
  return d.findings.size() != before;
}

/// Reports the foreign keys that may stand on this key or unique index (MG_DEPENDENT): PostgreSQL takes the oldest unique
/// index on the columns that are referenced, in any order (seen in 15), but none that is deferrable.
constexpr bool references_need(auto& d, const identifier& table, const part& unique) {
  if (const key* k = as_key(&unique); k != nullptr && k->deferred != deferral::none) return false;
  const array_view<identifier> columns = columns_of(&unique);
  bool needed = false;
  // None of them on what the step itself has added.
  bool old = false;
  if (const model::table* before = d.base().find(table))
    for (const part* p : before->parts) old = old || p == &unique;
  if (!old) return false;
  each_reference(d, table, [&](const model::table&, const foreign_key& f) {
    bool same = f.target_columns.size() == columns.size();
    for (const identifier& each : f.target_columns) same = same && contains(columns, each);
    if (!same) return;
    needed = true;
    d.report(code::MG_DEPENDENT, table, name_of(unique), f.name, "foreign key");
  });
  return needed;
}

/// Reports what is wrong with everything that stands on a column which has changed: itself, the parts of its table, and
/// the foreign keys to it.
constexpr void validate_users(auto& d, const identifier& table, const column& changed) {
  validate_in(d, table, changed);
  list<const part*> users;
  each_user(*d.find(table), [&](const part* p) {
    if (p != &changed && depends(*p, changed.name)) users.push_back(p);
  });
  for (const part* p : users) validate_in(d, table, *p);
  struct reference {
    identifier table;
    const foreign_key* key = nullptr;
  };
  list<reference> references;
  each_reference(d, table, [&](const model::table& t, const foreign_key& f) {
    for (const identifier& name : f.target_columns)
      if (name == changed.name && !(t.name == table && depends(f, changed.name))) references.push_back({t.name, &f});
  });
  for (const reference& r : references) validate_in(d, r.table, *r.key);
  validate_copies_of(d, table);
}

/// A part under one more change of names: every list of names that has the old one, and the raw SQL of a check, index or
/// generated column.
template <class Draft>
class renaming {
 public:
  constexpr renaming(Draft& d, const identifier& old_name, const identifier& new_name)
      : draft_(d), old_(old_name), new_(new_name) {}

  /// The part with the new name of a column of its table; itself, if it does not name the column. Raw SQL that mentions
  /// the name in a way that is not understood is reported (MG_DEPENDENT). Where it is to stand beside the old one, it is
  /// called otherwise.
  constexpr const part* of_column(const part& p, const identifier& table, const identifier& called = {}) {
    if (!depends(p, old_)) return &p;
    if (p.kind == part_kind::sync || p.kind == part_kind::trigger) {
      draft_.report(code::MG_DEPENDENT, table, old_, p.name, word(p.kind));
      return &p;
    }
    draft::derived& made = draft_.derive(p);
    text_view doubt;
    if (const check* c = as_check(&p)) {
      if (!put_renamed(made.text, c->expression))
        doubt = "check constraint that may mean the column, or another thing: put it in quotes";
      if (c->column == old_) static_cast<check&>(made.made.get()).column = new_;
    } else if (p.kind == part_kind::column) {
      if (!put_renamed(made.text, made.made.details().expression))
        doubt = "generated column that may mean the column, or another thing: put it in quotes";
    } else {
      put_renamed(made.names, columns_of(&p));
      if (const foreign_key* f = as_foreign_key(&p)) made.names.append(f->target_columns);
      if (const index* i = as_elements(&p); i != nullptr && !put_renamed(made, *i))
        doubt = i->kind == part_kind::index
                    ? text_view("index that may mean the column, or another thing: put it in quotes")
                    : "exclusion constraint that may mean the column, or another thing: put it in quotes";
    }
    if (!doubt.empty()) {
      draft_.report(code::MG_DEPENDENT, table, old_, p.name, doubt);
      return &p;
    }
    made.made.own(made.names.all(), made.text.all());
    if (!called.empty()) made.made.get().name = called;
    return &made.made.get();
  }
  /// A foreign key with the new name of a column of its target; itself, if it does not name the column.
  constexpr const part* of_target_column(const foreign_key& f) {
    if (!contains(f.target_columns, old_)) return &f;
    draft::derived& made = draft_.derive(f);
    made.names.append(f.columns);
    put_renamed(made.names, f.target_columns);
    made.made.own(made.names.all(), {});
    return &made.made.get();
  }

 private:
  constexpr void put_renamed(list<identifier>& out, array_view<identifier> names) const {
    for (const identifier& each : names) out.push_back(each == old_ ? new_ : each);
  }
  /// False if the name is not understood in raw SQL of the index.
  constexpr bool put_renamed(draft::derived& made, const index& i) const {
    if (i.more == nullptr) return true;
    index_details& renamed = made.made.details_of_index();
    put_renamed(made.names, renamed.included);
    if (renamed.elements.empty() && renamed.predicate.empty()) return true;
    bool understood = true;
    std::size_t column = 0;
    i.each_element([&](const index_element& e) {
      if (!made.text.empty()) made.text << ", ";
      if (e.is_sql) {
        made.text << '(';
        understood = put_renamed(made.text, e.body) && understood;
        made.text << ')';
      } else if (column != i.columns.size()) {
        made.text << sql::quoted{made.names[column++]};
      }
      made.text << e.order;
      if (!e.with.empty()) made.text << " WITH " << e.with;
    });
    const std::size_t elements = made.text.size();
    if (!renamed.predicate.empty()) understood = put_renamed(made.text, renamed.predicate) && understood;
    // Their sizes; the text itself is given to the part together.
    renamed.elements = made.text.all().substr(0, elements);
    renamed.predicate = made.text.all().substr(elements);
    return understood;
  }
  /// False if a word has the name but for the case of its letters: PostgreSQL takes it for another name, SQLite for the
  /// same. And if it may be a key word, also one of `extract(year FROM ...)` and AT TIME ZONE.
  constexpr bool put_renamed(text_buffer& out, text_view expression) const {
    bool understood = true;
    if (!expression_fault(expression).empty()) return false;
    for (std::size_t i = 0; i != expression.size();) {
      const char c = expression[i];
      std::size_t end = i + 1;
      if (c == '\'' || c == '"') {
        // A doubled quote is one of the text.
        text_buffer name;
        for (;; ++end) {
          if (expression[end] == c && (end + 1 == expression.size() || expression[end + 1] != c)) break;
          if (expression[end] == c) ++end;
          name << expression[end];
        }
        ++end;
        if (c == '"' && name.all() == old_.text() && !is_no_column(expression, i, end)) {
          out << sql::quoted{new_};
        } else {
          out << expression.substr(i, end - i);
          understood = understood && (c == '\'' || name.all() == old_.text() || !mentions(name.all(), old_));
        }
      } else if (sql::is_word_character(c)) {
        while (end != expression.size() && sql::is_word_character(expression[end])) ++end;
        const text_view word = expression.substr(i, end - i);
        const bool other = is_no_column(expression, i, end);
        if (!other && word == old_.text()) {
          out << sql::quoted{new_};
          const bool field = mentions(expression, "extract") && begins_with(expression, end, "from");
          understood = understood && is_folded(word) && !sql::is_key_word(word) && !field &&
                       !begins_with(expression, end, "zone");
        } else {
          out << word;
          understood = understood && (other || !mentions(word, old_));
        }
      } else {
        out << c;
      }
      i = end;
    }
    return understood;
  }
  /// A name in raw SQL that is one of a function, of a type (before its literal or behind a cast), of a table (before its
  /// column), or of a unit behind a literal.
  static constexpr bool is_no_column(text_view expression, std::size_t begin, std::size_t end) {
    end = behind_blanks(expression, end);
    if (end != expression.size() && (expression[end] == '(' || expression[end] == '\'' || expression[end] == '.')) return true;
    while (begin != 0 && is_blank(expression[begin - 1])) --begin;
    if (begin < 2) return false;
    if (expression[begin - 1] == '\'') return true;
    if (expression[begin - 1] == ':' && expression[begin - 2] == ':') return true;
    const bool is_word = begin == 2 || !sql::is_word_character(expression[begin - 3]);
    return is_word && mentions(expression.substr(begin - 2, 2), "as");
  }
  static constexpr bool begins_with(text_view expression, std::size_t at, text_view word) {
    at = behind_blanks(expression, at);
    std::size_t end = at;
    while (end != expression.size() && sql::is_word_character(expression[end])) ++end;
    return end - at == word.size() && mentions(expression.substr(at, end - at), word);
  }
  static constexpr std::size_t behind_blanks(text_view expression, std::size_t at) {
    while (at != expression.size() && is_blank(expression[at])) ++at;
    return at;
  }
  static constexpr bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }
  static constexpr bool is_folded(text_view word) {
    for (char c : word)
      if (c >= 'A' && c <= 'Z') return false;
    return true;
  }

  Draft& draft_;
  const identifier& old_;
  const identifier& new_;
};

}  // namespace dovetail::model
