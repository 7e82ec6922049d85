// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <utility>

#include <dovetail/change/version.hpp>
#include <dovetail/compat/documents.hpp>
#include <dovetail/compat/unit.hpp>
#include <dovetail/compat/verdict.hpp>
#include <dovetail/model/schema.hpp>

namespace dovetail {

namespace compat {

namespace detail {

constexpr bool is_within(array_view<identifier> some, array_view<identifier> all) {
  for (const identifier& each : some)
    if (!contains(all, each)) return false;
  return true;
}

/// The columns that no two rows have the same of, or none.
constexpr array_view<identifier> unique_columns(const model::part* p) {
  if (const model::key* k = model::as_key(p)) return k->columns;
  if (const model::index* i = model::as_index(p); i != nullptr && i->tells_apart()) return i->columns;
  return {};
}

/// A check of one unit on one version.
class checker {
 public:
  constexpr checker(const model::unit& u, const model::schema& s, const finding& proto, list<finding>& out)
      : checker(u, s, s.find_rows(u.table), proto, out) {}
  constexpr checker(const model::unit& u, const model::schema& s, const model::table* t, const finding& proto, list<finding>& out)
      : unit_(u), schema_(s), table_(t), proto_(proto), out_(out) {}

  constexpr void run() {
    if (table_ == nullptr) {
      finding& f = report(unit_.writes() ? code::WR_TABLE_MISSING : code::RD_TABLE_MISSING, {});
      for (const model::table* t : schema_.tables)
        if (t->kind < model::source_kind::routine && without_schema(t->name) == without_schema(unit_.table)) {
          f.other = t->name;
          f.detail = "the table has moved; gradual_rename_table leaves an alias where it was";
        }
      return;
    }
    if (unit_.writes() && table_->kind != model::source_kind::table && !table_->is_part) {
      report(code::WR_SOURCE, {}).detail = word(table_->kind);
      return;
    }
    if (!(table_->name == unit_.table) && !fits_alias(*schema_.find(unit_.table))) return;
    if (table_->is_part) check_part();
    switch (unit_.kind) {
      case model::unit_kind::reads:
        if (unit_.called != (table_->kind == model::source_kind::function))
          report(code::RD_SOURCE, {}).detail = word(table_->kind);
        if (unit_.origins.empty() && unit_.joins.empty())
          read_all();
        else
          read_joined();
        check_single();
        break;
      case model::unit_kind::uses:
        for (const identifier& name : unit_.columns) require_column(*table_, name);
        break;
      case model::unit_kind::inserts:
        write_all();
        require_omitted();
        break;
      case model::unit_kind::updates:
        write_all();
        check_key();
        break;
      case model::unit_kind::upserts:
        write_all();
        require_omitted();
        check_key();
        check_target();
        break;
      case model::unit_kind::deletes:
        for (std::size_t i = 0; i != unit_.columns.size(); ++i)
          if (const model::column* c = column_of(i)) check_sent(i, *c);
        if (unit_.columns.empty())
          report(code::WR_KEY, {}).detail = "give the struct a field by which the rows are found";
        break;
    }
  }

  /// The constraints that are in this version and were not in `before`, and that the writer does not promise to satisfy.
  constexpr void run_tightened(const model::schema& before) {
    if (table_ == nullptr || !unit_.writes()) return;
    const model::table* was = before.find_rows(unit_.table);
    if (unit_.kind == model::unit_kind::deletes) {
      for (const model::table* t : schema_.tables)
        for (const model::part* p : t->parts)
          if (const model::foreign_key* f = model::as_foreign_key(p);
              f != nullptr && f->target == table_->name && is_new(*p, before.find(t->name)) && !is_of_part(*f))
            check_deletes(*f, *t);
      return;
    }
    if (was == nullptr || was == table_) return;
    for (const model::part* p : table_->parts)
      if (p->kind != model::part_kind::column && is_new(*p, was)) check_constraint(*p);
  }

  /// The columns that are shorter in this version than in the one that the writer was made for.
  constexpr void run_shortened(const model::schema& made_for) {
    const model::table* was = made_for.find_rows(unit_.table);
    if (table_ == nullptr || !unit_.writes() || unit_.kind == model::unit_kind::deletes || was == nullptr || was == table_) return;
    for (const model::part* p : table_->parts)
      if (const model::column* c = model::as_column(p)) check_length(*c, *was);
  }

 private:
  /// The alias has each column that the unit names; it may have fewer than the table.
  constexpr bool fits_alias(const model::table& alias) {
    const std::size_t before = out_.size();
    for (std::size_t i = 0; i != unit_.columns.size(); ++i)
      if (const bool own = unit_.origins.empty() || unit_.origins[i].source == 0;
          own && !unit_.columns[i].empty() && alias.find_column(unit_.columns[i]) == nullptr)
        report_field(unit_.writes() ? code::WR_COL_MISSING : code::RD_COL_MISSING, i, nullptr);
    return out_.size() == before;
  }
  /// What a table can and the view that it still is cannot: rows are found by their key (a trigger deletes them, which does
  /// not see what another transaction has made of them meanwhile), and the key is that of the other table.
  constexpr void check_part() {
    const array_view<identifier> key = table_->primary_key()->columns;
    const auto refuse = [&](text_view why) { report(code::WR_EXTRACTED, {}).detail = why; };
    if (unit_.kind == model::unit_kind::upserts) refuse("insert or update: a view has no ON CONFLICT");
    if (unit_.kind == model::unit_kind::deletes && !is_within(unit_.columns, key)) refuse("find the rows to delete by the primary key, and by nothing else");
    if (unit_.kind != model::unit_kind::updates) return;
    for (const identifier& each : unit_.columns)
      if (stores(each) && contains(key, each)) refuse("leave the primary key as it is");
  }
  /// Deleting a row has deleted the other one before, when both were one row.
  constexpr bool is_of_part(const model::foreign_key& f) const {
    for (const model::table* t : schema_.tables)
      if (t->is_part && t->alias_of == f.target)
        for (const model::part* p : t->parts)
          if (const model::foreign_key* own = model::as_foreign_key(p); own != nullptr && own->name == f.name && same_way(*own, f)) return true;
    return false;
  }
  constexpr finding& report(code what, text_view column) {
    finding f = proto_;
    f.what = what;
    f.subject = unit_.writes() ? subject_kind::writer : subject_kind::reader;
    f.row = unit_.fields->name;
    f.table = unit_.table;
    f.object = column;
    out_.push_back(f);
    return out_.back();
  }
  constexpr finding& report_field(code what, std::size_t field, const model::column* c) {
    finding& f = report(what, unit_.columns[field]);
    f.field = unit_.fields->fields[field].spelled();
    f.type = unit_.fields->fields[field].type;
    if (c != nullptr) f.column_type = &c->type;
    return f;
  }

  /// The first 64 fields, a bit for each, of which nothing is to be said: their columns stand in the table in this order,
  /// are of the field's own type, and nobody but writers fills them. Nearly all are so, and a loop without a call costs a
  /// tenth of one with the calls that the others need.
  constexpr std::uint64_t settle() {
    const bool writes = unit_.writes();
    const identifier* const names = unit_.columns.data();
    const model::field* const fields = unit_.fields->fields.data();
    const model::part* const* const parts = table_->parts.data();
    const std::size_t size = table_->parts.size();
    const std::size_t count = unit_.columns.size();
    std::uint64_t settled = 0;
    if (table_->has_syncs || table_->has_partitions) return settled;
    std::size_t begin = 0;
    for (std::size_t i = 0; i != count && i != places; ++i) {
      const std::uint64_t hash = names[i].hash;
      std::size_t at = begin;
      while (at != size && parts[at]->name.hash != hash) ++at;
      if (at == size || at >= places || parts[at]->kind != model::part_kind::column || !(parts[at]->name == names[i]))
        continue;
      begin = at + 1;
      const auto* c = static_cast<const model::column*>(parts[at]);
      const field_type* type = fields[i].type;
      if (!type->has_twin || type->twin != c->type.kind || c->is_generated()) continue;
      if (type->holds.null != c->nullable && type->holds.null == writes) continue;
      if (writes) {
        if (c->identity == model::identity_kind::always) continue;
        written_ |= std::uint64_t{1} << at;
      }
      settled |= std::uint64_t{1} << i;
    }
    return settled;
  }
  static constexpr bool has(std::uint64_t settled, std::size_t i) { return i < places && (settled >> i & 1U) != 0; }

  // Readers.

  constexpr void read_all() {
    const std::uint64_t settled = settle();
    const std::size_t count = unit_.columns.size();
    for (std::size_t i = 0; i != count; ++i)
      if (!has(settled, i)) read(i, *table_, false);
  }
  constexpr bool require_column(const model::table& t, const identifier& name) {
    if (t.find_column(name) == nullptr) {
      report(code::RD_COL_MISSING, name).table = t.name;
      return false;
    }
    if (t.is_stale(name)) report(code::RD_STALE, name).table = t.name;
    return true;
  }
  constexpr void read(std::size_t i, const model::table& t, bool outer) {
    const identifier& name = unit_.columns[i];
    if (name.empty()) return;
    const model::column* c = &t == table_ ? t.find_column(name, next_) : t.find_column(name);
    if (c == nullptr) {
      report_field(code::RD_COL_MISSING, i, nullptr).table = t.name;
      return;
    }
    if (t.is_stale(name)) {
      report_field(code::RD_STALE, i, c).table = t.name;
      return;
    }
    const field_type& type = *unit_.fields->fields[i].type;
    if ((c->nullable || outer) && !type.holds.null) {
      finding& f = report_field(code::RD_NULL, i, c);
      f.table = t.name;
      if (!c->nullable) f.detail = remark::null_by_join;
    }
    if (are_twins(type, c->type)) return;
    if (const verdict v = reading(type, t.domain_of(*c)); !v.ok) {
      finding& f = report_field(v.what, i, c);
      f.table = t.name;
      f.other = v.label;
      if (v.what == code::RD_NULL) f.detail = remark::null_in_array;
    }
  }
  /// Whether an outer join fills the source with NULLs: source 0 is the unit's own table.
  constexpr bool is_outer(std::size_t source) const {
    for (std::size_t j = 0; j != unit_.joins.size(); ++j) {
      const model::join_kind kind = unit_.joins[j]->kind;
      if (kind == model::join_kind::full && source <= j + 1) return true;
      if (kind == model::join_kind::left && source == j + 1) return true;
      if (kind == model::join_kind::right && source <= j) return true;
    }
    return false;
  }
  constexpr void read_joined() {
    for (const model::join* j : unit_.joins) {
      require_column(*table_, j->from);
      const model::table* t = schema_.find(j->source);
      if (t == nullptr)
        report(code::RD_TABLE_MISSING, {}).table = j->source;
      else
        require_column(*t, j->to);
    }
    for (std::size_t i = 0; i != unit_.columns.size(); ++i) {
      if (const model::computed* c = unit_.computed_of(i)) {
        read_computed(i, *c);
        continue;
      }
      const std::size_t source = unit_.origins.empty() ? 0 : unit_.origins[i].source;
      const model::table* t = source == 0 ? table_ : schema_.find_rows(unit_.joins[source - 1]->source);
      if (t != nullptr) read(i, *t, is_outer(source));
    }
  }
  constexpr void read_computed(std::size_t i, const model::computed& c) {
    for (const identifier& name : c.columns) require_column(*table_, name);
    const field_type& type = *unit_.fields->fields[i].type;
    if (c.nullable && !type.holds.null) {
      finding& f = report_field(code::RD_NULL, i, nullptr);
      f.column_type = &c.type;
      f.detail = remark::null_by_expression;
    }
    if (const verdict v = reading(type, c.type); !v.ok) {
      finding& f = report_field(v.what, i, nullptr);
      f.column_type = &c.type;
      f.other = v.label;
    }
  }
  /// Whether some key of the table stands on none but these columns.
  static constexpr bool find_one(const model::table& t, array_view<identifier> by) {
    for (const model::part* p : t.parts) {
      if (p->kind == model::part_kind::column) continue;  // as most are, and a loop without a call is cheap
      if (const array_view<identifier> columns = unique_columns(p); !columns.empty() && is_within(columns, by)) return true;
    }
    return false;
  }
  /// One row of the unit's own table, and one of each source that it joins.
  constexpr void check_single() {
    if (unit_.key.empty()) return;
    for (const identifier& name : unit_.key)
      if (!require_column(*table_, name)) return;
    if (!find_one(*table_, unit_.key)) report(code::RD_CARD, unit_.key[0]);
    for (const model::join* j : unit_.joins)
      if (const model::table* t = schema_.find(j->source); t != nullptr && !find_one(*t, {&j->to, 1}))
        report(code::RD_CARD, j->to).table = t->name;
  }

  // Writers.

  constexpr const model::column* column_of(std::size_t i) {
    if (unit_.columns[i].empty()) return nullptr;
    const model::column* c = table_->find_column(unit_.columns[i], next_);
    if (c == nullptr)
      report_field(code::WR_COL_MISSING, i, nullptr);
    else if (unit_.kind != model::unit_kind::inserts && table_->is_stale(c->name))
      report_field(code::WR_STALE, i, c);
    return c;
  }
  /// The value can be sent to the server as one of the column's type.
  constexpr void check_sent(std::size_t i, const model::column& c) {
    const field_type& type = *unit_.fields->fields[i].type;
    if (are_twins(type, c.type)) return;
    verdict v;
    if (unit_.promises.empty()) {
      v = writing(type, c.type);
    } else {
      field_type promised = type;
      promised.holds = unit_.out(i);
      v = writing(promised, c.type);
    }
    if (!v.ok) report_field(v.what, i, &c).other = v.label;
  }
  /// The key of an update is compared, not stored.
  constexpr bool stores(const identifier& column) const {
    return !column.empty() && (unit_.kind != model::unit_kind::updates || !unit_.is_key(column));
  }
  constexpr void write_all() {
    const std::uint64_t settled = settle();
    const std::size_t count = unit_.columns.size();
    for (std::size_t i = 0; i != count; ++i) {
      if (has(settled, i)) continue;
      const model::column* c = column_of(i);
      if (c == nullptr) continue;
      const field_type& type = *unit_.fields->fields[i].type;
      if (is_written(next_ - 1, i)) report_field(code::SC_DUPLICATE, i, c);
      note_written(next_ - 1);
      if (stores(unit_.columns[i])) {
        if (type.holds.null && !c->nullable) report_field(code::WR_NULL, i, c);
        const model::sync* s = table_->find_sync_of(c->name);
        if (c->identity == model::identity_kind::always || c->is_generated() ||
            (s != nullptr && ((s->along != nullptr && !s->moves) || s->follows)))
          report_field(code::WR_GENERATED, i, c);
        if (const model::partitioning* by = table_->find_partitioning(); by != nullptr && by->rules->may_miss(*table_, *c, unit_.out(i)))
          report_field(code::WR_PARTITION, i, c);
      }
      check_sent(i, *c);
    }
  }
  // The columns that fields have been found for, by their place in the table: a bit each, as far as those go.
  static constexpr std::size_t places = 64;
  constexpr void note_written(std::size_t place) {
    if (place < places) written_ |= std::uint64_t{1} << place;
  }
  /// Field `i` is not the first for the column at this place.
  constexpr bool is_written(std::size_t place, std::size_t i) const {
    if (place < places) return (written_ >> place & 1U) != 0;
    for (std::size_t j = 0; j != i; ++j)
      if (unit_.columns[j] == unit_.columns[i]) return true;
    return false;
  }
  constexpr bool names(const identifier& column) const {
    for (const identifier& name : unit_.columns)
      if (name.hash == column.hash && name == column) return true;
    return false;
  }
  /// A trigger computes the column of another one that the unit writes, and not NULL to; or of anything.
  constexpr bool is_synced(const model::column& c) const {
    const model::sync* s = table_->find_sync_of(c.name);
    if (s == nullptr) return false;
    const array_view<model::assignment> other = assigns(s->newer, c.name) ? s->older : s->newer;
    for (std::size_t i = 0; i != unit_.columns.size(); ++i)
      if (assigns(other, unit_.columns[i]) && !unit_.fields->fields[i].type->holds.null) return true;
    return other.empty();
  }
  constexpr void require_omitted() {
    const model::part* const* const parts = table_->parts.data();
    const std::size_t size = table_->parts.size();
    for (std::size_t i = 0; i != size; ++i) {
      if ((i < places && (written_ >> i & 1U) != 0) || parts[i]->kind != model::part_kind::column) continue;
      const auto* c = static_cast<const model::column*>(parts[i]);
      if (c->optional() || (i >= places && names(c->name)) || is_synced(*c)) continue;
      report(code::WR_REQUIRED, c->name).column_type = &c->type;
    }
  }
  constexpr void check_key() {
    const bool upserts = unit_.kind == model::unit_kind::upserts;
    if (unit_.key.empty())
      report(code::WR_KEY, {}).detail = upserts ? text_view("declare the conflict target: conflict<\"column\", ...>")
                                                : text_view("declare the key: key<\"column\", ...>");
    bool sets = upserts;  // one that sets nothing inserts what is not there
    for (const identifier& each : unit_.columns) {
      if (sets) break;
      sets = !each.empty() && !unit_.is_key(each);
    }
    if (!sets) report(code::WR_KEY, {}).detail = "give the struct a field to set, beside its key";
    for (const identifier& name : unit_.key)
      if (!names(name)) report(code::WR_KEY, name).detail = "give the struct a field for this column of its key";
    if (unit_.sets == nullptr) return;
    for (const identifier& name : unit_.sets->columns) {
      if (!names(name))
        report(code::WR_KEY, name).detail = "give the struct a field for this column, or leave it out of set<...>";
      for (const identifier* other = &name; ++other != unit_.sets->columns.end();)
        if (*other == name) report(code::SC_DUPLICATE, name).detail = "the column stands twice in set<...>";
    }
  }
  /// The server finds the row by a unique index on exactly these columns, in any order (PostgreSQL manual, INSERT, ON
  /// CONFLICT; sqlite.org/lang_upsert.html). One that is deferrable is refused, also beside one that is not ("ON CONFLICT
  /// does not support deferrable unique constraints", seen in 15.20).
  constexpr void check_target() {
    if (unit_.key.empty()) return;
    bool any = false;
    bool deferrable = false;
    for (const model::part* p : table_->parts) {
      const array_view<identifier> columns = unique_columns(p);
      if (columns.size() != unit_.key.size() || !is_within(columns, unit_.key)) continue;
      any = true;
      const model::key* k = model::as_key(p);
      deferrable = deferrable || (k != nullptr && k->deferred != model::deferral::none);
    }
    if (!any || deferrable) report(code::WR_ARBITER, unit_.key[0]);
  }

  // What is tighter than before.

  /// Whoever satisfies `old` satisfies `p`.
  static constexpr bool asks_no_more(const model::part& p, const model::part& old) {
    if (const model::key* k = model::as_key(&p)) {
      const auto& was = static_cast<const model::key&>(old);
      return k->columns == was.columns && was.deferred <= k->deferred && was.nulls_not_distinct >= k->nulls_not_distinct;
    }
    if (p.kind == model::part_kind::exclusion) {
      const auto is = static_cast<const model::index&>(p).details().deferred;
      const auto was = static_cast<const model::index&>(old).details().deferred;
      const text_view how = difference(old, p);
      return how.empty() || (how == "deferrable or not" && was <= is);
    }
    const model::foreign_key* f = model::as_foreign_key(&p);
    if (f == nullptr) return difference(old, p).empty();
    model::foreign_key was = static_cast<const model::foreign_key&>(old);
    if (was.deferred <= f->deferred) was.deferred = f->deferred;
    return difference(was, *f).empty();
  }
  /// Under whatever name: a constraint that is only renamed asks no more of anybody.
  static constexpr bool is_new(const model::part& p, const model::table* before) {
    if (before == nullptr) return true;
    for (const model::part* old : before->parts)
      if (old == &p || (old->kind == p.kind && asks_no_more(p, *old))) return false;
    return true;
  }
  constexpr void report_constraint(code what, const model::part& p) {
    report(what, name_of(p));
  }
  /// The unit stores in a column that satisfies `test(name)`, and from which this one is computed.
  template <class Test>
  constexpr bool any_source_of(const model::column* c, Test test) const {
    if (c == nullptr || !c->is_generated()) return false;
    for (const identifier& each : unit_.columns)
      if (stores(each) && model::mentions(c->more->expression, each) && test(each)) return true;
    return false;
  }
  constexpr bool stores_any(array_view<identifier> columns) const {
    for (const identifier& each : columns)
      if ((stores(each) && names(each)) || any_source_of(table_->find_column(each), [](const identifier&) { return true; }))
        return true;
    return false;
  }
  /// A check is about a column, or about a generated one that is computed from it.
  constexpr bool is_about(const model::check& c, const identifier& column) const {
    const auto named = [&](const identifier& each) {
      return c.column.empty() ? model::mentions(c.expression, each) : c.column == each;
    };
    if (named(column)) return true;
    for (const model::part* p : table_->parts)
      if (any_source_of(model::as_column(p), [&](const identifier& each) { return each == column; }) && named(p->name))
        return true;
    return false;
  }
  /// An exclusion constraint, or a unique index of some rows or of expressions, may refuse what the unit stores in a column
  /// that it mentions.
  constexpr bool breaks(const model::index& i) const {
    if (stores_any(i.columns)) return true;
    for (const identifier& each : unit_.columns)
      if (stores(each) && i.any_sql([&](text_view expression) { return model::mentions(expression, each); })) return true;
    return false;
  }
  constexpr void check_constraint(const model::part& p) {
    if (unit_.promises_constraint(p.kind == model::part_kind::primary_key ? identifier("primary key") : p.name)) return;
    switch (p.kind) {
      case model::part_kind::primary_key:
      case model::part_kind::unique:
      case model::part_kind::index:
        if (const model::index* i = model::as_index(&p); i != nullptr && i->unique && !i->tells_apart() ? breaks(*i)
                                                                                                   : stores_any(unique_columns(&p)))
          report_constraint(code::WR_UNIQUE, p);
        break;
      case model::part_kind::exclusion:
        if (breaks(static_cast<const model::index&>(p))) report_constraint(code::WR_EXCLUSION, p);
        break;
      case model::part_kind::foreign_key:
        if (stores_any(static_cast<const model::foreign_key&>(p).columns)) report_constraint(code::WR_REFERENCE, p);
        break;
      case model::part_kind::check: check_rule(static_cast<const model::check&>(p)); break;
      case model::part_kind::column:
      case model::part_kind::sync:
      case model::part_kind::trigger:
      case model::part_kind::comment:
      case model::part_kind::partitioning:
      case model::part_kind::partition:
      case model::part_kind::sequence: break;
    }
  }
  /// A std::string of any length is taken for what a varchar takes, but not where that takes less than before.
  constexpr void check_length(const model::column& c, const model::table& was) {
    const sql_type& type = c.type.element == nullptr ? c.type : c.type.element->type;
    if (type.kind != type_kind::varchar) return;
    const model::column* old = was.find_column(c.name);
    if (old == nullptr || old == &c || domain_of(old->type.element == nullptr ? old->type : old->type.element->type).length <= type.length)
      return;
    for (std::size_t i = 0; i != unit_.columns.size(); ++i) {
      if (!(unit_.columns[i] == c.name) || !stores(c.name) || unit_.fields->fields[i].type->checked) continue;
      const domain sent = unit_.out(i);
      const domain& text = sent.kind == family::array ? *sent.element : sent;
      if (text.kind == family::text && !text.closed && text.length == domain::unlimited) report_field(code::WR_LEN, i, &c);
    }
  }
  /// A rule that is understood is compared with what each field may send; of an expression that is not, every writer of a
  /// column that it mentions may break it. An update runs every check of the row, but those of other columns hold since
  /// the check was validated.
  constexpr void check_rule(const model::check& c) {
    for (std::size_t i = 0; i != unit_.columns.size(); ++i) {
      if (!stores(unit_.columns[i])) continue;
      if (!is_about(c, unit_.columns[i])) continue;
      if (c.column == unit_.columns[i]) {
        const model::column* column = table_->find_column(c.column);
        if (column == nullptr) continue;
        domain allowed = dovetail::domain_of(column->type);
        if (unit_.promises_rule(i, c.rule) || (c.rule.apply(allowed) && includes(allowed, unit_.out(i)))) continue;
      }
      finding& f = report_field(code::WR_CHECK, i, table_->find_column(unit_.columns[i]));
      f.other = c.name;
      f.detail = c.expression;
    }
  }
  constexpr void check_deletes(const model::foreign_key& f, const model::table& from) {
    if (unit_.promises_constraint(f.name)) return;
    switch (f.on_delete) {
      case referential_action::no_action:
      case referential_action::restrict: report_deletes(code::WR_RESTRICT, f, from); break;
      case referential_action::cascade: report_deletes(code::WR_CASCADE, f, from); break;
      case referential_action::set_null:
      case referential_action::set_default: break;
    }
  }
  constexpr void report_deletes(code what, const model::foreign_key& f, const model::table& from) {
    finding& reported = report(what, {});
    reported.other = f.name;
    reported.detail = from.name;
  }

  const model::unit& unit_;
  const model::schema& schema_;
  const model::table* table_;
  const finding& proto_;
  list<finding>& out_;
  std::size_t next_ = 0;
  std::uint64_t written_ = 0;
};

}  // namespace detail

/// Whether a unit works on a version: for a reader, that every column it names exists and its field holds every value of
/// it; for a writer, that every column it names exists and takes every value of its field, and every column it omits is
/// optional. The findings get the facts of `proto`.
constexpr void check(const model::unit& u, const model::schema& s, const finding& proto, list<finding>& out) {
  detail::checker(u, s, proto, out).run();
}
/// The same, where the unit's table is known to be this one, and no alias.
constexpr void check(const model::unit& u, const model::schema& s, const model::table& t, const finding& proto, list<finding>& out) {
  detail::checker(u, s, &t, proto, out).run();
}
/// Whether a writer that works on `before` also works with the constraints that `s` has beyond it.
constexpr void check_tightened(const model::unit& u, const model::schema& s, const model::schema& before,
                               const finding& proto, list<finding>& out) {
  finding facts = proto;
  facts.unlike = before.version;
  detail::checker(u, s, facts, out).run_tightened(before);
}

/// Whether the text of a writer that was made for one version still fits the columns of another.
constexpr void check_shortened(const model::unit& u, const model::schema& s, const model::schema& made_for,
                               const finding& proto, list<finding>& out) {
  finding facts = proto;
  facts.unlike = made_for.version;
  detail::checker(u, s, facts, out).run_shortened(made_for);
}

/// Whether the unit finds the very same tables in two versions, so that what is right on one is right on the other.
constexpr bool sees_the_same(const model::unit& u, const model::schema& a, const model::schema& b) {
  if (u.kind == model::unit_kind::deletes) return a.tables == b.tables;
  if (a.find(u.table) != b.find(u.table) || a.find_rows(u.table) != b.find_rows(u.table)) return false;
  for (const model::join* j : u.joins)
    if (a.find(j->source) != b.find(j->source)) return false;
  return true;
}

/// Whether a unit that is right on the first of some versions is right on all of them, as far as their pointers tell: in
/// all of them its table has the same parts, but for columns that it does not name and may leave out.
constexpr bool sees_one(const model::unit& u, const model::table& a, const model::table& b) {
  const auto sees = [&](const model::part* p) {
    return p->kind != model::part_kind::column || contains(u.columns, p->name) ||
           contains(u.key, p->name) || u.kind == model::unit_kind::inserts ||
           u.kind == model::unit_kind::upserts;
  };
  if (a.kind != b.kind) return false;
  const model::part* const* const parts_a = a.parts.data();
  const model::part* const* const parts_b = b.parts.data();
  const std::size_t size_a = a.parts.size();
  const std::size_t size_b = b.parts.size();
  std::size_t i = 0;
  std::size_t j = 0;
  while (i != size_a) {
    if (j != size_b && parts_a[i] == parts_b[j]) {
      ++i, ++j;
      continue;
    }
    std::size_t k = j;
    while (k != size_b && parts_b[k] != parts_a[i]) ++k;
    if (k == size_b) {
      if (sees(parts_a[i++])) return false;
    } else {
      while (j != k)
        if (sees(parts_b[j++])) return false;
    }
  }
  while (j != size_b)
    if (sees(parts_b[j++])) return false;
  return true;
}

/// The facts that all findings of a release on a version share.
constexpr finding facts_of(const model::release& r, text_view version) {
  finding proto;
  proto.release = r.name;
  proto.version = version;
  return proto;
}

/// A version, and all releases that write to it, where they are known.
struct target {
  const model::schema* version = nullptr;
  bool closed = false;
  array_view<const model::release*> writers;
};

/// What a writer's field may have stored in a column whose values are `all`, NULL aside: what does not fit is refused, and
/// never stored.
constexpr domain stored_by(const model::unit& u, std::size_t field, const domain& all) {
  domain sent = u.out(field);
  if (sent.kind == family::number && all.kind == family::number) {
    if (sent.low <= all.low) sent.low = all.low;
    if (all.high <= sent.high) sent.high = all.high;
  } else if (sent.kind == family::text && all.kind == family::text) {
    if (all.length < sent.length) sent.length = all.length;
    sent.padded = all.padded;
  }
  return includes(all, sent) ? sent : all;
}

/// What the writers may have stored in a column, D: no more than the column takes.
constexpr stored_values stored_in(const model::schema& s, const model::table& t, const model::column& c,
                                  array_view<const model::release*> writers) {
  stored_values stored;
  domain all = t.domain_of(c);
  all.null = false;

  domain null = domains::of(family::nothing);
  null.null = c.nullable;
  domain omitted = all;
  const identifier literal(c.value.text);
  if (c.is_generated()) {
    omitted.null = c.nullable;
  } else if (c.identity == model::identity_kind::none && c.value.kind == model::default_kind::none) {
    omitted = null;
  } else if (c.value.kind == model::default_kind::number && all.kind == family::number) {
    omitted.low = omitted.high = model::limit_of(c.value.text);
    omitted.scale = 0;
  } else if (c.value.kind == model::default_kind::text && (all.kind == family::text || all.kind == family::label)) {
    omitted.closed = all.kind == family::text;
    omitted.labels = {&literal, 1};
  }

  // Who deletes the row of another table may set it, too.
  for (const model::part* p : t.parts)
    if (const model::foreign_key* f = model::as_foreign_key(p); f != nullptr && contains(f->columns, c.name)) {
      const auto sets = [&](referential_action action) { return f->on_delete == action || f->on_update == action; };
      if (sets(referential_action::set_null)) stored.join(null);
      if (sets(referential_action::set_default)) stored.join(omitted);
    }
  for (const model::release* r : writers)
    for (const model::unit* u : r->units) {
      if (!u->writes() || u->kind == model::unit_kind::deletes || s.find_rows(u->table) != &t) continue;
      bool named = false;
      for (std::size_t i = 0; i != u->columns.size(); ++i) {
        if (!(u->columns[i] == c.name)) continue;
        named = true;
        domain sent = stored_by(*u, i, all);
        sent.null = u->out(i).null && c.nullable;
        stored.join(sent);
      }
      if (!named && u->kind != model::unit_kind::updates) stored.join(omitted);
    }
  return stored;
}

/// Writers of another table, into which the column moves, write it, too.
constexpr bool is_moving(const auto& version, const model::table& t, const model::column& c) {
  bool moving = false;
  for (const model::table* other : version.tables)
    if ((other->shared_names & model::table::bit_of(t.name)) != 0)
      model::each_copying(*other, [&](const model::sync& s) {
        if (!s.moves || !(s.along->target == t.name)) return;
        for (const model::assignment& each : s.newer) moving = moving || each.expression == c.name.text();
      });
  return moving;
}

/// Readers of a version all of whose writers are known need to hold only what those have stored.
constexpr void check_stored(const model::unit& u, const target& on, const finding& proto, list<finding>& out) {
  list<finding> open;
  check(u, *on.version, proto, open);
  for (const finding& f : open) {
    const model::table* t = on.version->find_rows(f.table);
    const model::column* c = t == nullptr ? nullptr : t->find_column(f.object);
    // What no column stores stays as it is: a computed value, and the NULL of an outer join.
    // What a sync computes of others, too: those may be of any value. And what is written under another name.
    if (f.subject == subject_kind::reader && f.type != nullptr && c != nullptr && f.column_type == &c->type &&
        !(f.detail == remark::null_by_join) && t->find_sync_of(c->name) == nullptr && !is_moving(*on.version, *t, *c) &&
        !on.version->has_part(*t)) {
      const stored_values stored = stored_in(*on.version, *t, *c, on.writers);
      const bool null = f.what == code::RD_NULL && f.detail.empty();
      if (null ? !stored.all().null : reading(*f.type, stored.all()).ok) continue;
    }
    out.push_back(f);
  }
}

}  // namespace compat

/// A version of which these releases are all that ever write to it: a reader then needs to hold only what they may have
/// stored, not all that the columns allow. `compatible<app_8, closed<v2, app_7, app_8>>`.
template <class Version, class... Writers>
struct closed {
  using version = Version;
  static constexpr array_view<const model::release*> writers = detail::pointers_to<model::release, Writers...>::value;
};

namespace detail {

template <class Version>
struct target_of {
  using version = Version;
  static constexpr compat::target value{&Version::value, false, {}};
};
template <class Version, class... Writers>
struct target_of<closed<Version, Writers...>> {
  using version = Version;
  static constexpr compat::target value{&Version::value, true, closed<Version, Writers...>::writers};
};

/// Names, for each finding from `first` on, another of the versions in which it is not so, where there is one.
constexpr void name_unlike(const model::unit& u, array_view<compat::target> targets, list<finding>& out, std::size_t first) {
  for (const compat::target& other : targets) {
    if (first == out.size()) return;
    list<finding> there;
    compat::check(u, *other.version, finding(), there);
    for (std::size_t i = first; i != out.size(); ++i) {
      bool same = !out[i].unlike.empty();
      for (const finding& f : there) same = same || (f.what == out[i].what && f.object == out[i].object);
      if (!same) out[i].unlike = other.version->version;
    }
  }
}

/// The table of a unit in the first of some versions, where what is right on it is right on that of each of them; else null.
/// Behind an alias that stays the same the table may be another.
constexpr const model::table* find_alike(const model::unit& u, array_view<compat::target> targets) {
  if (u.kind == model::unit_kind::deletes || !u.joins.empty() || !u.origins.empty()) return nullptr;
  const model::table* first = nullptr;
  std::size_t place = 0;
  for (const compat::target& each : targets) {
    if (each.closed) return nullptr;
    const model::table* t = each.version->find(u.table, place);
    if (t == nullptr || t->kind >= model::source_kind::routine || !t->alias_of.empty()) return nullptr;
    if (first == nullptr)
      first = t;
    else if (t != first && !compat::sees_one(u, *first, *t))
      return nullptr;
  }
  return first;
}

/// The findings of a unit on versions: only where its tables differ from those of the version before, and each
/// constraint that some of the versions do not have once.
constexpr void check_unit(const model::release& r, const model::unit& u, array_view<compat::target> targets,
                          list<finding>& out) {
  for (std::size_t i = 0; i != targets.size(); ++i) {
    const model::schema& now = *targets[i].version;
    const finding facts = compat::facts_of(r, now.version);
    const std::size_t first = out.size();
    if (targets[i].closed) {
      compat::check_stored(u, targets[i], facts, out);
    } else if (i == 0 || targets[i - 1].closed || !compat::sees_the_same(u, now, *targets[i - 1].version)) {
      compat::check(u, now, facts, out);
    }
    name_unlike(u, targets, out, first);
    if (!u.writes()) continue;
    for (const model::release* writer : targets[i].writers) compat::report_overwritten(r, u, *writer, now, facts, out);
    for (std::size_t j = 0; j != targets.size(); ++j) {
      if (j == i || compat::sees_the_same(u, now, *targets[j].version)) continue;
      const std::size_t before = out.size();
      compat::check_tightened(u, now, *targets[j].version, facts, out);
      if (out.size() != before) break;
    }
  }
}

template <class... Versions>
struct targets_of {
  static constexpr compat::target array[]{target_of<Versions>::value...};
  static constexpr array_view<compat::target> value{array};
};
template <>
struct targets_of<> {
  static constexpr array_view<compat::target> value{};
};

/// One unit of a release on several versions.
template <class Release, std::size_t Unit, class Targets>
struct unit_compatibility {
  static constexpr void into(list<finding>& out) {
    check_unit(Release::value, *Release::value.units[Unit], Targets::value, out);
  }
};
inline constexpr finding no_facts{};
inline constexpr model::release no_release{};
/// Whether it has any findings: a plain function, since nearly all have none and then need nothing of their own.
constexpr bool is_right(const model::release& r, const model::unit& u, array_view<compat::target> targets) {
  list<finding> found;
  if (const model::table* t = find_alike(u, targets)) {
    compat::check(u, *targets[0].version, *t, no_facts, found);
    if (found.empty()) return true;
    found = {};
  }
  check_unit(r, u, targets, found);
  return found.empty();
}
/// Once for all releases that have the unit, as most of one release's units are also the next one's: of the release the
/// check asks only where it knows who writes.
template <class Unit, class Targets>
inline constexpr bool unit_is_right = is_right(no_release, Unit::value, Targets::value);
constexpr bool are_writers_known(array_view<compat::target> targets) {
  for (const compat::target& each : targets)
    if (!each.writers.empty()) return true;
  return false;
}
template <class Targets, class... Units>
constexpr bool are_units_right() {
  const bool each[]{unit_is_right<Units, Targets>..., true};
  for (bool right : each)
    if (!right) return false;
  return true;
}
struct no_findings {
  static constexpr array_view<finding> value{};
};
template <bool Right>
struct findings_unless {
  template <class Check>
  using of = no_findings;
};
template <>
struct findings_unless<false> {
  template <class Check>
  using of = static_findings<Check>;
};
template <class Release, std::size_t Unit, class Targets>
inline constexpr const array_view<finding>* unit_findings =
    &findings_unless<is_right(Release::value, *Release::value.units[Unit], Targets::value)>::template of<
        unit_compatibility<Release, Unit, Targets>>::value;
template <class Release, class Targets, class Indices>
struct findings_of_units;
template <class Release, class Targets, std::size_t... I>
struct findings_of_units<Release, Targets, std::index_sequence<I...>> {
  static constexpr void into(list<finding>& out) {
    const array_view<finding>* const units[sizeof...(I) + 1]{unit_findings<Release, I, Targets>..., nullptr};
    for (std::size_t i = 0; i != sizeof...(I); ++i)
      if (!units[i]->empty()) out.append(*units[i]);
  }
};

/// Nothing is made for a unit of a release that is right, as nearly all are.
template <class Release, class Targets, class... Units>
struct release_on {
  static constexpr bool right = [] {
    if constexpr (are_writers_known(Targets::value))
      return false;
    else
      return are_units_right<Targets, Units...>();
  }();
  static constexpr array_view<finding> findings = findings_unless<right>::template of<
      findings_of_units<Release, Targets, std::make_index_sequence<sizeof...(Units)>>>::value;
};

/// All units of a release on versions, whose own declarations are not looked at.
template <class Release, class Targets>
struct units_compatibility : Release::template units<release_on, Release, Targets> {};

}  // namespace detail

/// The findings of a release on versions, the declarations of the versions included; `compatible` raises them.
template <class Release, class... Versions>
struct compatibility
    : detail::joined_findings<detail::soundness<typename detail::target_of<Versions>::version>...,
                              detail::units_compatibility<Release, detail::targets_of<Versions...>>> {
  static_assert(sizeof...(Versions) != 0, "[dovetail/SC_HISTORY] name the versions that the release works with");
};

}  // namespace dovetail
