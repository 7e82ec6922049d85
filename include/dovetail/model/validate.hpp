// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstddef>

#include <dovetail/model/literal.hpp>
#include <dovetail/model/schema.hpp>

namespace dovetail::model {

/// Whether a primary key or unique constraint of the table, one that is deferrable or one that is not, stands on exactly
/// these columns, in this order.
constexpr bool has_key(const table& t, array_view<identifier> columns, bool deferrable = false) {
  if (t.is_part) return false;  // the key of a view is no index
  for (const part* p : t.parts)
    if (const key* k = as_key(p); k != nullptr && k->columns == columns && (k->deferred != deferral::none) == deferrable)
      return true;
  return false;
}

/// Why these columns are no target of a foreign key, of which they are not a key that it can stand on.
constexpr text_view target_fault(const table* t, array_view<identifier> columns) {
  if (t == nullptr) return "there is no such table";
  // "cannot use a deferrable unique constraint for referenced table" (seen in PostgreSQL 15.20).
  return has_key(*t, columns, true) ? "its key is deferrable" : "it is no key";
}

constexpr bool is_whole(const sql_type& type) {
  return type.kind == type_kind::smallint || type.kind == type_kind::integer || type.kind == type_kind::bigint;
}
/// A foreign key between columns of these types can be had, and compares without a conversion: whole numbers of any size
/// are one family to PostgreSQL (integer_ops, whose indexes serve each other; measured on 15) and one type to SQLite.
constexpr bool can_reference(const sql_type& from, const sql_type& to) {
  return from == to || (is_whole(from) && is_whole(to));
}

/// Why a rule does not fit what a column stores, or what a field sends: the servers do not take it, or no value obeys it.
/// Empty if it does. A label and a uuid that are sent may be for a column of text.
constexpr text_view rule_fault(const narrowing& rule, domain left, bool sent = false) {
  const bool is_text = left.kind == family::text || (sent && (left.kind == family::label || left.kind == family::uuid));
  switch (rule.kind) {
    case narrowing::what::nothing: return {};
    case narrowing::what::range:
      if (left.kind != family::number && left.kind != family::binary) return "between is a rule of numbers";
      if (!(rule.low <= rule.high)) return "no number is in the range, which ends before it begins";
      if (rule.apply(left) && !(left.low <= left.high)) return "no number of its type is in the range";
      return {};
    case narrowing::what::labels:
      if (left.kind != family::text && left.kind != family::label) return "one_of is a rule of text and of enumerations";
      if (rule.labels.empty()) return "one_of names no text";
      for (const identifier& each : rule.labels)
        for (const identifier* other = &each; ++other != rule.labels.end();)
          if (*other == each) return "one_of names a text twice";
      // PostgreSQL reads each as a label.
      for (const identifier& each : rule.labels)
        if (left.kind == family::label && !left.has_label(each))
          return "one_of names what is no label of the enumeration";
      return {};
    case narrowing::what::length:
      // Of bytes the servers count the bytes.
      if (!is_text && left.kind != family::bytes) return "at_most is a rule of text";
      return rule.length < 0 ? "no text has less than no characters" : "";
    case narrowing::what::pattern: return is_text ? "" : "like is a rule of text";
    case narrowing::what::finite: {
      // Numbers have infinities on PostgreSQL; to SQLite, which compares with a text here, none is above one.
      const bool days = left.kind == family::date || left.kind == family::timestamp || left.kind == family::timestamptz;
      return days ? "" : "finite is a rule of date, timestamp and timestamptz";
    }
  }
  return {};
}

/// Text matches a pattern of LIKE. There are no escapes: an expression with a backslash is SC_EXPRESSION.
constexpr bool is_like(text_view text, text_view pattern) {
  if (pattern.empty()) return text.empty();
  if (pattern[0] == '%') {
    for (std::size_t i = 0; i <= text.size(); ++i)
      if (is_like(text.substr(i), pattern.substr(1))) return true;
    return false;
  }
  if (text.empty() || (pattern[0] != '_' && pattern[0] != text[0])) return false;
  std::size_t end = 1;
  // Of a character, all bytes.
  while (pattern[0] == '_' && end != text.size() && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) ++end;
  return is_like(text.substr(end), pattern.substr(1));
}
/// The column's literal is one that a check of this rule refuses. False where that depends on a collation, on blanks, or on
/// how a server rounds, and where either is wrong by itself.
constexpr bool refuses_literal(const narrowing& rule, const column& c) {
  text_view text = c.value.text;
  if (c.value.kind != default_kind::number && c.value.kind != default_kind::text) return false;
  const domain all = domain_of(c.type);
  while (all.padded && !text.empty() && text[text.size() - 1] == ' ') text = text.substr(0, text.size() - 1);
  switch (rule.kind) {
    case narrowing::what::range: {
      if (!shape_of_decimal(text).valid) return false;
      const limit value = limit_of(text);
      // Of numbers as long as this not all digits are known, and others a binary column may round.
      if (value.digits >= (all.kind == family::binary ? 8 : 20) || (all.kind == family::binary && value.fraction)) return false;
      return !(rule.low <= value && value <= rule.high);
    }
    case narrowing::what::labels:
      for (const identifier& each : rule.labels)
        if (each.text() == text) return false;
      return !all.padded && c.details().collation.empty();
    case narrowing::what::length: return all.kind == family::text && domains::count_characters(text) > rule.length;
    case narrowing::what::pattern:
      return !all.padded && c.details().collation.empty() && !is_like(text, rule.pattern);
    case narrowing::what::nothing:
    case narrowing::what::finite: break;
  }
  return false;
}

/// Why a column cannot be generated, or empty if it can. Precondition: its expression has no expression_fault.
constexpr text_view generated_fault(const column& c) {
  if (c.value.kind != default_kind::none) return "declare it without a default, which it would never have";
  if (c.identity != identity_kind::none) return "declare it generated or identity: the server computes it, or numbers it";
  return names_column(c.more->expression, c.name) ? "compute it from other columns: its expression names itself" : "";
}

/// Why the elements of an index cannot stand where they do, or empty if they can; `at` is the SQL that is wrong.
constexpr text_view elements_fault(const index& i, text_view& at) {
  constexpr text_view broken_out = "a bracket is closed that was not opened";
  text_view fault;
  std::size_t columns = 0;
  i.each_element([&](const index_element& e) {
    if (!fault.empty()) return;
    text_view order = e.order;
    constexpr text_view words[]{" DESC", " NULLS FIRST", " NULLS LAST"};
    for (text_view word : words)
      if (order.size() >= word.size() && order.substr(0, word.size()) == word) order = order.substr(word.size());
    columns += !e.is_sql;
    at = e.body;
    // What does not end has the bracket in it that ends all others.
    if (e.is_sql && !e.is_closed && !at.empty() && at[at.size() - 1] == ')') at = at.substr(0, at.size() - 1);
    if (e.is_sql) fault = expression_fault(at);
    if (fault.empty() && (!e.is_closed || !order.empty())) fault = broken_out;
  });
  return fault.empty() && columns != i.columns.size() ? broken_out : fault;
}

/// Why a trigger's texts are none, or empty if they are; `at` is the one that is wrong.
constexpr text_view trigger_fault(const trigger& t, text_view& at) {
  const text_view fault = expression_fault(at = t.event);
  return fault.empty() ? expression_fault(at = t.action) : fault;
}
/// What an exclusion constraint lacks, or what an index has of one; empty if that is nothing.
constexpr text_view exclusion_fault(const index& i) {
  const bool excludes = i.kind == part_kind::exclusion;
  if (excludes && i.details().elements.empty() && !i.columns.empty()) return "an element has no operator: say with<\"=\">";
  if (!excludes && i.details().deferred != deferral::none) return "no index can be deferred: declare unique_on or exclude";
  text_view fault;
  i.each_element([&](const index_element& e) {
    if (!excludes) {
      if (!e.with.empty()) fault = "an index has no operators: declare exclude";
      return;
    }
    if (e.with.empty() && e.is_closed) fault = "an element has no operator: say with<\"=\">";
    // The characters of an operator, of which none begins a comment (PostgreSQL manual, section 4.1.3).
    for (std::size_t n = 0; n != e.with.size(); ++n) {
      const text_view pair = e.with.substr(n, n + 1 == e.with.size() ? 1 : 2);
      if (!text_view("+-*/<>=~!@#%^&|`?").contains(e.with[n]) || pair == "--" || pair == "/*")
        fault = "with<...> names what is no operator";
    }
  });
  return fault;
}

/// The numbers that a sequence gives.
constexpr domain numbers_of(const sequence& s) {
  domain d = domains::whole(64, true);
  d.low = limit(s.min);
  d.high = limit(s.max);
  return d;
}
/// Why the numbers of `from`, which is null where there is nothing of its name, are no default of the column; empty if they
/// are.
constexpr text_view next_value_fault(const column& c, const table* from) {
  const sequence* s = from == nullptr ? nullptr : sequence_of(*from);
  if (s == nullptr) return "declare the sequence of this name, or correct the name";
  return includes(domain_of(c.type), numbers_of(*s))
             ? ""
             : "give the column a type that holds each number of the sequence, or the sequence a smaller maximum";
}

/// Checks what few columns have; `wrong` has the facts of the column.
constexpr void validate_details(const column& c, const finding& wrong, list<finding>& out) {
  const auto report = [&](code what, text_view detail, text_view other) {
    out.push_back(wrong);
    out.back().what = what;
    out.back().detail = detail;
    out.back().other = other;
  };
  const auto& [generated, expression, collation, said] = *c.more;
  if (generated != generated_kind::none) {
    if (const text_view broken = expression_fault(expression); !broken.empty())
      report(code::SC_EXPRESSION, broken, expression);
    else if (const text_view fault = generated_fault(c); !fault.empty())
      report(code::SC_GENERATED, fault, expression);
  }
  if (!collation.empty()) {
    const sql_type& text = c.type.element == nullptr ? c.type : c.type.element->type;
    if (domain_of(text).kind != family::text) report(code::SC_COLLATION, {}, collation);
    if (const text_view fault = identifier_fault(collation); !fault.empty()) report(code::SC_NAME, fault, collation);
  }
  if (said.contains('\0')) report(code::SC_COMMENT, {}, said);
}

/// Checks a sync whose table copies from another, which is null if there is none.
constexpr void validate_copies(const sync& s, const table& t, const table* parent, const finding& proto, list<finding>& out) {
  const auto report = [&](text_view detail, text_view other) {
    out.push_back(proto);
    finding& f = out.back();
    f.what = code::SC_SYNC;
    f.table = t.name;
    f.object = s.name;
    f.detail = detail;
    f.other = other;
  };
  const foreign_key& along = *s.along;
  const foreign_key* found = nullptr;
  for (const part* p : t.parts)
    if (const foreign_key* f = as_foreign_key(p); f != nullptr && same_way(*f, along))
      if (found == nullptr || f->deferred == deferral::none) found = f;
  if (parent == nullptr || found == nullptr) return report("no foreign key of its table leads this way", along.target);
  if (found->deferred != deferral::none)
    return report("its foreign key can be put off, so that a row may come before the one that it copies", found->name);
  if (parent == &t || parent->kind != source_kind::table) return report("it copies within one table", along.target);
  bool any_index = false;
  for (const part* p : t.parts) {
    const array_view<identifier> columns = columns_of(p);
    const index* i = as_index(p);
    bool leads = p->kind != part_kind::foreign_key && columns.size() >= along.columns.size() &&
                 (i == nullptr || (i->details().elements.empty() && i->details().predicate.empty()));
    for (const identifier& name : along.columns) {
      bool has = false;
      for (std::size_t n = 0; leads && n != along.columns.size(); ++n) has = has || columns[n] == name;
      leads = leads && has;
    }
    any_index = any_index || leads;
  }
  if (!any_index) report("no index begins with its foreign key, to find the rows that are to follow another", along.columns[0]);
  if (s.moves && !has_key(t, along.columns))
    report("its foreign key is not unique, so that several rows would have the value of one", along.columns[0]);
  // The older columns come and go as columns that may be NULL.
  const bool was_moved = s.moves && s.stale == sync_side::older;
  bool any_null = false;
  for (const identifier& name : along.columns) {
    const column* c = t.find_column(name);
    if (s.moves && c != nullptr && c->nullable) report("its foreign key may be NULL, and lead to no row that has the value", name);
    any_null = any_null || (c != nullptr && c->nullable);
    if (const sync* o = t.find_sync_of(name); o != nullptr && !(o->name == s.name))
      report("another sync keeps a column of its foreign key", name);
  }
  for (std::size_t i = 0; i != s.newer.size(); ++i) {
    const identifier& name = s.newer[i].column;
    const column* c = t.find_column(name);
    const identifier source(s.newer[i].expression);
    const column* from = parent->find_column(source);
    for (std::size_t j = 0; j != i; ++j)
      if (s.newer[j].column == name) report("the column stands twice in it", name);
    for (const part* other : t.parts)
      if (const sync* o = as_sync(other); o != nullptr && !(o->name == s.name) && o->names(name))
        report("another sync keeps the column", name);
    if (c == nullptr) {
      report("its table has no such column", name);
    } else if (from == nullptr) {
      report("the table that it copies from has no such column", s.newer[i].expression);
    } else if (parent->is_stale(source)) {
      report("what it copies is not filled yet", s.newer[i].expression);
    } else if (!(c->type == from->type) || !(c->details().collation == from->details().collation)) {
      report("it copies a column of another type or collation", name);
    } else if (c->identity != identity_kind::none || c->is_generated() ||
               (c->value.kind != default_kind::none && !was_moved)) {
      report("the server computes the column otherwise, too", name);
    } else if (s.moves && (from->identity != identity_kind::none || from->is_generated())) {
      report("the server computes the column that it moves", s.newer[i].expression);
    } else if (!c->nullable && (from->nullable || any_null) && !was_moved) {
      report("there may be nothing that a row could copy, and the column is not null", name);
    }
    if (contains(along.columns, name)) report("the column is one of its foreign key", name);
  }
  if (s.newer.empty() || !s.older.empty()) report("it copies nothing", along.target);
  if (s.stale == sync_side::older && !s.moves) report("it has no older columns that could be stale", s.name);
}

/// Checks a name that may be in a schema. `Find(identifier)` gives a `const table*` or null.
template <class Find>
constexpr void validate_in_schema(const table& t, const identifier& name, Find find, const finding& proto, list<finding>& out) {
  const auto report = [&](code what, text_view detail, text_view other) {
    out.push_back(proto);
    out.back().what = what;
    out.back().table = name;
    out.back().detail = detail;
    out.back().other = other;
  };
  const text_view schema = schema_of(name);
  const text_view fault = schema.empty() ? identifier_fault(name) : identifier_fault(schema);
  if (!fault.empty()) return report(code::SC_NAME, fault, {});
  if (t.kind == source_kind::name_space) return;
  if (const text_view inner = identifier_fault(without_schema(name)); !inner.empty()) return report(code::SC_NAME, inner, {});
  text_buffer declared;
  declared << schema << schema_mark;
  if (find(identifier(declared.all())) == nullptr) report(code::SC_SCHEMA, {}, schema);
}

/// Checks the declaration of one part of a table against the table and, for foreign keys and syncs, against the others:
/// `Find(identifier)` gives a `const table*` or null. The findings get the facts of `proto`.
template <class Find>
constexpr void validate(const part& p, const table& t, Find find, const finding& proto, list<finding>& out) {
  const auto report = [&](code what, text_view detail = {}, text_view other = {}) {
    finding f = proto;
    f.what = what;
    f.table = t.name;
    f.object = name_of(p);
    f.detail = detail;
    f.other = other;
    if (const column* c = as_column(&p)) f.column_type = &c->type;
    out.push_back(f);
  };

  if (p.kind != part_kind::primary_key && p.kind != part_kind::comment && p.kind != part_kind::partitioning)
    if (const text_view fault = identifier_fault(p.name); !fault.empty())
      p.kind == part_kind::partition ? validate_in_schema(t, p.name, find, proto, out) : report(code::SC_NAME, fault);

  const array_view<identifier> columns = columns_of(&p);
  for (std::size_t i = 0; i != columns.size(); ++i) {
    if (t.find_column(columns[i]) == nullptr) report(code::SC_NO_COLUMN, {}, columns[i]);
    for (std::size_t j = 0; j != i; ++j)
      if (columns[j] == columns[i]) report(code::SC_DUPLICATE, "the column stands twice in it", columns[i]);
  }

  if (const partitioning* by = t.find_partitioning())
    by->rules->validate(p, t, proto, out);
  else if (p.kind == part_kind::partition)
    report(code::SC_PARTITION, "its table is not partitioned: declare partitioned_by_range, partitioned_by_list or partitioned_by_hash");
  switch (p.kind) {
    case part_kind::partitioning:
    case part_kind::partition: break;
    case part_kind::column: {
      const auto& c = static_cast<const column&>(p);
      if (const text_view fault = default_fault(c); !fault.empty()) report(code::SC_DEFAULT, fault, c.value.text);
      if (c.value.kind >= default_kind::expression) {
        const bool draws = c.value.kind == default_kind::next_value;
        const text_view fault = draws ? next_value_fault(c, find(identifier(c.value.text))) : expression_fault(c.value.text);
        if (!fault.empty()) report(draws ? code::SC_SEQUENCE : code::SC_EXPRESSION, fault, c.value.text);
      }
      if (c.value.kind == default_kind::text && c.value.text.contains('\0')) report(code::SC_DEFAULT, "it holds a NUL");
      if (c.identity != identity_kind::none) {
        if (!is_whole(c.type) || c.nullable || c.value.kind != default_kind::none) report(code::SC_IDENTITY);
      }
      if (c.more != nullptr) {
        finding wrong = proto;
        wrong.table = t.name;
        wrong.object = c.name;
        wrong.column_type = &c.type;
        validate_details(c, wrong, out);
      }
      if (c.type.labels != nullptr) {
        const enumeration_labels& labels = *c.type.labels;
        if (const text_view fault = identifier_fault(labels.name); !fault.empty())
          report(code::SC_NAME, fault, labels.name);
        for (std::size_t i = 0; i != labels.labels.size(); ++i) {
          if (const text_view fault = identifier_fault(labels.labels[i]); !fault.empty())
            report(code::SC_NAME, fault, labels.labels[i]);
          for (std::size_t j = 0; j != i; ++j)
            if (labels.labels[j] == labels.labels[i]) report(code::SC_TYPE, "a label stands twice", labels.labels[i]);
        }
      }
      break;
    }
    case part_kind::primary_key:
      if (columns.empty()) report(code::SC_KEY, "it has no column");
      if (static_cast<const key&>(p).nulls_not_distinct) report(code::SC_KEY, "it has no NULLs that could be distinct");
      for (const identifier& name : columns)
        if (const column* c = t.find_column(name); c != nullptr && c->nullable)
          report(code::SC_KEY, "a column of it may be null", name);
      break;
    case part_kind::unique:
      if (columns.empty()) report(code::SC_NO_COLUMN, {}, "(none is named)");
      break;
    case part_kind::exclusion:
    case part_kind::index: {
      const auto& i = static_cast<const index&>(p);
      if (columns.empty() && i.details().elements.empty()) report(code::SC_NO_COLUMN, {}, "(none is named)");
      if (i.more == nullptr) break;
      const auto& [elements, predicate, method, included, deferred] = *i.more;
      if (const text_view fault = exclusion_fault(i); !fault.empty()) report(code::SC_EXCLUSION, fault);
      for (std::size_t n = 0; n != included.size(); ++n) {
        const identifier& name = included[n];
        if (t.find_column(name) == nullptr) report(code::SC_NO_COLUMN, {}, name);
        bool twice = false;
        for (const identifier& other : columns) twice = twice || other == name;
        for (std::size_t j = 0; j != n; ++j) twice = twice || included[j] == name;
        if (twice) report(code::SC_DUPLICATE, "the column stands twice in it", name);
      }
      text_view at;
      if (!elements.empty())
        if (const text_view fault = elements_fault(i, at); !fault.empty()) report(code::SC_EXPRESSION, fault, at);
      if (!predicate.empty())
        if (const text_view fault = expression_fault(predicate); !fault.empty())
          report(code::SC_EXPRESSION, fault, predicate);
      if (!method.empty())
        if (const text_view fault = identifier_fault(method); !fault.empty()) report(code::SC_NAME, fault, method);
      break;
    }
    case part_kind::trigger: {
      text_view at;
      if (const text_view fault = trigger_fault(static_cast<const trigger&>(p), at); !fault.empty())
        report(code::SC_EXPRESSION, fault, at);
      break;
    }
    case part_kind::sequence: break;  // it is no part of a table
    case part_kind::comment: {
      const text_view text = static_cast<const comment&>(p).text;
      // PostgreSQL takes none for an empty one (manual, COMMENT).
      if (text.empty() || text.contains('\0')) report(code::SC_COMMENT, {}, text);
      break;
    }
    case part_kind::check: {
      const auto& c = static_cast<const check&>(p);
      if (const text_view fault = expression_fault(c.expression); !fault.empty())
        report(code::SC_EXPRESSION, fault, c.expression);
      if (c.column.empty()) break;
      const column* about = t.find_column(c.column);
      if (about == nullptr) {
        report(code::SC_NO_COLUMN, {}, c.column);
      } else if (const text_view fault = rule_fault(c.rule, domain_of(about->type));
                 !fault.empty() || (default_fault(*about).empty() && refuses_literal(c.rule, *about))) {
        report(fault.empty() ? code::SC_DEFAULT : code::SC_RULE, fault.empty() ? text_view("this check refuses it") : fault,
               c.name);
        out.back().object = about->name;
        out.back().column_type = &about->type;
      }
      break;
    }
    case part_kind::sync: {
      const auto& s = static_cast<const sync&>(p);
      if (s.along != nullptr) {
        validate_copies(s, t, find(s.along->target), proto, out);
        break;
      }
      if (s.newer.empty()) report(code::SC_NO_COLUMN, {}, "(none is named)");
      const auto validate_side = [&](array_view<assignment> side, array_view<assignment> other_side) {
        for (std::size_t i = 0; i != side.size(); ++i) {
          const identifier& name = side[i].column;
          const text_view expression = side[i].expression;
          bool twice = assigns(other_side, name);
          for (std::size_t j = 0; j != i; ++j) twice = twice || side[j].column == name;
          if (twice) report(code::SC_DUPLICATE, "the column stands twice in it", name);
          if (expression.empty())
            report(code::SC_SYNC, "no expression says what the column is computed of", name);
          else if (const text_view fault = expression_fault(expression); !fault.empty())
            report(code::SC_EXPRESSION, fault, expression);
          const column* c = t.find_column(name);
          if (c == nullptr) {
            report(code::SC_NO_COLUMN, {}, name);
          } else if (c->identity != identity_kind::none) {
            report(code::SC_SYNC, "the server numbers the column by itself", name);
          } else if (c->is_generated()) {
            report(code::SC_SYNC, "the server computes the column by itself", name);
          } else if (c->nullable && c->value.kind != default_kind::none) {
            report(code::SC_SYNC, "a NULL that was meant and one that its default replaces cannot be told apart", name);
          }
          for (const part* other : t.parts)
            if (const sync* o = as_sync(other); o != nullptr && !(o->name == p.name) && o->needs(name))
              report(code::SC_SYNC, "another sync keeps the column", name);
        }
      };
      validate_side(s.older, s.newer);
      validate_side(s.newer, s.older);
      if (!s.stale_side().empty() || s.stale == sync_side::none) break;
      report(code::SC_SYNC, "it has no older columns that could be stale", p.name);
      break;
    }
    case part_kind::foreign_key: {
      const auto& f = static_cast<const foreign_key&>(p);
      if (columns.empty()) report(code::SC_NO_COLUMN, {}, "(none is named)");
      const table* target = f.target == t.name ? &t : find(f.target);
      if (target == nullptr || f.target_columns.size() != columns.size() || !has_key(*target, f.target_columns)) {
        report(code::SC_FK_TARGET, target_fault(target, f.target_columns), f.target);
        break;
      }
      for (std::size_t i = 0; i != columns.size(); ++i) {
        const column* from = t.find_column(columns[i]);
        const column* to = target->find_column(f.target_columns[i]);
        if (from != nullptr && to != nullptr && !can_reference(from->type, to->type))
          report(code::SC_FK_TYPE, columns[i], to->name);
        const auto forbids = [&](referential_action action, bool writes) {
          if (from == nullptr) return text_view();
          writes = writes || action == referential_action::set_null || action == referential_action::set_default;
          if (writes && from->is_generated()) return text_view("it writes to a generated column");
          if (action == referential_action::set_null && !from->nullable) return text_view("set null on a not null column");
          if (action == referential_action::set_default && !from->optional())
            return text_view("set default on a column without default");
          return text_view();
        };
        text_view fault = forbids(f.on_delete, false);
        if (fault.empty()) fault = forbids(f.on_update, f.on_update == referential_action::cascade);
        if (!fault.empty()) report(code::SC_FK_ACTION, fault, columns[i]);
      }
      break;
    }
  }
}

/// Checks what a routine says.
constexpr void validate_routine(const table& t, const finding& proto, list<finding>& out) {
  const auto report = [&](text_view fault, text_view other) {
    if (fault.empty()) return;
    out.push_back(proto);
    out.back().what = code::SC_EXPRESSION;
    out.back().table = t.name;
    out.back().detail = fault;
    out.back().other = other;
  };
  const auto& [language, arguments, result, attributes] = *t.routine;
  const text_view texts[]{arguments, result, attributes};
  for (text_view each : texts)
    if (!each.empty()) report(expression_fault(each), each);
  report(identifier_fault(language), language);
  if (t.query.empty())
    report("it is empty", {});
  else if (t.query.contains('\0'))
    report("it holds a NUL", {});
}

/// Checks a sequence, whose owner is null where there is no such table.
constexpr void validate_sequence(const identifier& name, const sequence& s, const table* owner, const finding& proto,
                                 list<finding>& out) {
  const auto report = [&](text_view fix, text_view other = {}) {
    out.push_back(proto);
    out.back().what = code::SC_SEQUENCE;
    out.back().table = name;
    out.back().detail = fix;
    out.back().other = other;
  };
  const sql_type type{s.type};
  if (!is_whole(type)) return report("declare it smallint, integer or bigint");
  if (s.increment == 0) report("increment it by another number than 0");
  if (s.cache < 1) report("let it keep one number ready, or more");
  // As the server wants it ("MINVALUE (1) must be less than MAXVALUE (1)", seen in 15.20).
  if (s.min >= s.max)
    report("give it a minimum that is less than its maximum");
  else if (!includes(domain_of(type), numbers_of(s)))
    report("give it a minimum and a maximum that its type holds");
  else if (s.start < s.min || s.max < s.start)
    report("start it between its minimum and its maximum");
  if (!s.owner.empty() && (owner == nullptr || owner->kind != source_kind::table || owner->find_column(s.owner_column) == nullptr))
    report("declare the column that owns it, or leave out owned_by", s.owner);
  // "sequence must be in same schema as table it is linked to" (seen in 15.20).
  else if (!s.owner.empty() && !(schema_of(s.owner) == schema_of(name)))
    report("declare it in the schema of the table that owns it", s.owner);
}

/// Checks the declaration of a table, all its parts, and that no name of it stands twice.
template <class Find>
constexpr void validate(const table& t, Find find, const finding& proto, list<finding>& out) {
  const auto report = [&](code what, text_view object, text_view detail) {
    finding f = proto;
    f.what = what;
    f.table = t.name;
    f.object = object;
    f.detail = detail;
    out.push_back(f);
  };
  // The mark of a schema is no character of a name.
  identifier bare = t.name;
  if (!identifier_fault(t.name).empty()) {
    validate_in_schema(t, t.name, find, proto, out);
    bare = without_schema(t.name);
  }
  if (t.kind == source_kind::name_space) return;
  if (t.kind == source_kind::routine) {
    validate_routine(t, proto, out);
    return;
  }
  if (const sequence* s = sequence_of(t)) {
    validate_sequence(t.name, *s, s->owner.empty() ? nullptr : find(s->owner), proto, out);
    return;
  }
  bool any_column = false;
  const part* primary = nullptr;
  name_map<bool> columns(t.parts.size());
  name_map<bool> others(t.parts.size());
  for (const part* p : t.parts) {
    const bool column = p->kind == part_kind::column;
    any_column = any_column || column;
    if (p->kind == part_kind::primary_key) {
      if (primary != nullptr) report(code::SC_KEY, "primary key", "the table has two");
      primary = p;
    } else if (p->kind != part_kind::partitioning && (column ? columns : others).insert(p->name, true) != nullptr) {
      report(code::SC_DUPLICATE, p->name, word(p->kind));
    } else if (is_relation(p) && p->name == (is_index(p) ? bare : t.name)) {
      report(code::SC_DUPLICATE, p->name, "table");
    }
    validate(*p, t, find, proto, out);
  }
  if (!any_column) report(code::SC_EMPTY, {}, {});
  if (t.kind != source_kind::table) {
    const text_view broken = expression_fault(t.query);
    if (const text_view fault = broken.empty() ? query_fault(t.query) : broken; !fault.empty()) {
      report(broken.empty() ? code::SC_QUERY : code::SC_EXPRESSION, {}, fault);
      out.back().other = t.query;
    }
    const table* behind = t.alias_of.empty() ? nullptr : find(t.alias_of);
    for (const part* p : t.parts) {
      if (t.is_part) break;  // made by a recipe, which looks at the table
      const column* c = behind == nullptr ? nullptr : behind->find_column(p->name);
      if (!t.alias_of.empty() && (c == nullptr || !difference(*p, *c).empty())) report(code::SC_ALIAS, p->name, t.alias_of);
    }
  }
}

/// Checks what concerns several tables: two tables or indexes of one name, two enumerations of one name that differ.
constexpr void validate_names(const schema& s, const finding& proto, list<finding>& out) {
  std::size_t count = 0;
  for (const table* t : s.tables) count += t->parts.size();
  name_map<const table*> relations(s.tables.size() + count);
  name_map<const enumeration_labels*> enumerations(count);
  const auto report = [&](code what, const table& t, text_view object, text_view detail) {
    finding f = proto;
    f.what = what;
    f.table = t.name;
    f.object = object;
    f.detail = detail;
    out.push_back(f);
  };
  bool any_schema = false;
  for (const table* t : s.tables) {
    if (relations.insert(t->name, t) != nullptr) report(code::SC_DUPLICATE, *t, {}, "table");
    any_schema = any_schema || t->kind == source_kind::name_space;
  }
  for (const table* t : s.tables) {
    for (const part* p : t->parts) {
      if (is_relation(p))
        if (const auto* other = relations.insert(p->name, t); other != nullptr && *other != t)
          report(code::SC_DUPLICATE, *t, p->name,
                 (*other)->name == p->name ? text_view("table")
                 : is_index(p)             ? text_view("index of another table")
                                           : text_view("partition, or what another table has"));
      const enumeration_labels* labels = enumeration_of(p);
      if (labels == nullptr) continue;
      if (const auto* other = enumerations.insert(labels->name, labels); other != nullptr && !(**other == *labels))
        report(code::SC_TYPE, *t, p->name, "declared otherwise elsewhere");
    }
  }
  if (!any_schema) return;
  // What is in a schema has a name that no index has, which may be there, too.
  for (const table* t : s.tables) {
    if (schema_of(t->name).empty()) continue;
    const identifier bare = without_schema(t->name);
    const auto* other = relations.insert(bare, t);
    if (other == nullptr || *other == t) continue;
    for (const part* p : (*other)->parts)
      if (is_index(p) && p->name == bare) report(code::SC_DUPLICATE, **other, p->name, "table");
  }
}

}  // namespace dovetail::model
