// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstddef>
#include <utility>

#include <dovetail/change/data.hpp>
#include <dovetail/change/extraction.hpp>
#include <dovetail/change/gradual.hpp>
#include <dovetail/change/triggers.hpp>
#include <dovetail/change/views.hpp>

/// Columns that become a table of their own.
namespace dovetail {

namespace model {

/// What a change does beside the catalogue, in its order: `before` and `run`, one for either way, each in one transaction
/// with what follows it, `restore` each by itself, and `refill` before and after its last.
struct extraction_data : data_change {
  array_view<data_change> before{};
  array_view<data_change> run{};
  array_view<data_change> restore{};
  const data_change* refill = nullptr;
};

}  // namespace model

namespace model::changes {

/// Each of these is undone by its own inverse, with all its rows; nobody but the recipe writes the two.
struct change_of_part {
  static constexpr bool changes_rows = true;
  static constexpr text_view left_undone(const change&, const change&, const schema&) { return {}; }
};

/// The rows are copied to the shadow, which a trigger keeps from then on: `data` says how.
struct fill_part : change_of_part {
  static constexpr text_view name = "fill_part";
  static constexpr void apply(auto& d, const change& c) {
    if (target_table(d, c) != nullptr) d.change_data(operation::what::update_rows, c.table, *c.data);
  }
};
/// Nobody relies on the shadow any more.
struct retire_part : change_of_part {
  static constexpr text_view name = "retire_part";
  static constexpr void apply(auto& d, const change& c) { target_table(d, c); }
};

/// The shadow goes, whose rows are those of the view.
struct drop_shadow : change_of_part {
  static constexpr text_view name = "drop_shadow";
  static constexpr void apply(auto& d, const change& c) {
    if (target_table(d, c) == nullptr) return;
    const std::size_t before = d.findings.size();
    each_reference(d, c.table, [&](const table&, const foreign_key& f) { d.report(code::MG_DEPENDENT, c.table, {}, f.name, word(f.kind)); });
    if (views_need(d, c.table, {}) || d.findings.size() != before) return;
    d.drop(c.table);
    d.rebuild();
  }
};

/// The shadow `renamed` takes the name and the place of the view `object`, and the trigger `declared` of the table goes: in
/// one transaction, so that whoever writes finds either. `created` is the view.
struct materialise : change_of_part {
  static constexpr text_view name = "materialise";

  static constexpr void apply(auto& d, const change& c) {
    for (const data_change& each : static_cast<const extraction_data*>(c.data)->before) {
      d.change_data(operation::what::run_sql, c.table, each);
      d.join();
    }
    d.drop(c.object);
    d.join();
    d.remove(c.table, drop_trigger::target(d, {c.kind, c.table, c.declared->name}));
    d.join();
    d.rename(c.renamed, c.object);
  }
};
/// The table `object` becomes the shadow of a view again, over the columns of `table`, which have its values by then.
struct dematerialise : change_of_part {
  static constexpr text_view name = "dematerialise";

  static constexpr void apply(auto& d, const change& c) {
    if (!create_table::is_free(d, c.object, c.renamed)) return;
    for (const data_change& each : static_cast<const extraction_data*>(c.data)->run) {
      d.change_data(operation::what::run_sql, c.table, each);
      d.join();
    }
    d.rename(c.object, c.renamed);
    d.join();
    d.add(c.table, c.declared);
    d.join();
    d.create(*c.created);
  }
};

/// The table loses the columns of `created`, which are columns of the table `object` now.
struct leave_columns : change_of_part {
  static constexpr text_view name = "leave_columns";

  static constexpr void apply(auto& d, const change& c) {
    for (std::size_t i = 0; i != c.created->parts.size(); ++i) {
      const column* dropped = target_column(d, {c.kind, c.table, c.created->parts[i]->name});
      if (dropped == nullptr || !drop_column::is_free(d, c.table, *dropped)) return;
      d.remove(c.table, dropped);
      if (i + 1 != c.created->parts.size()) d.join();
    }
    d.rebuild();
  }
};
/// The table gets them again, with their values. What changes from the last look at a row on, is noted for `dematerialise`.
struct return_columns : change_of_part {
  static constexpr text_view name = "return_columns";

  static constexpr void apply(auto& d, const change& c) {
    for (std::size_t i = 0; i != c.created->parts.size(); ++i) {
      add_column::apply(d, {c.kind, c.table, c.created->parts[i]->name, c.created->parts[i]});
      if (!d.findings.empty()) return;
      if (i + 1 != c.created->parts.size()) d.join();
    }
    const auto& data = static_cast<const extraction_data&>(*c.data);
    for (std::size_t i = 0; i != data.restore.size(); ++i) {
      const bool last = i + 1 == data.restore.size();
      if (last) d.change_data(operation::what::update_rows, c.table, *data.refill);
      d.change_data(operation::what::run_sql, c.object, data.restore[i]);
      if (last) d.change_data(operation::what::update_rows, c.table, *data.refill);
      if (i + 2 < data.restore.size()) d.join();
    }
  }
};

}  // namespace model::changes

namespace model::phases {

template <class Facts, void (*Put)(text_buffer&, const extraction&)>
struct text_of_extraction {
  static constexpr void into(text_buffer& out) { Put(out, Facts::names); }
};
template <class Facts, void (*Put)(text_buffer&, const extraction&)>
inline constexpr text_view extraction_text = dovetail::detail::static_text<text_of_extraction<Facts, Put>>::value;

constexpr void put_call(auto& out, const identifier& routine) {
  out << "FOR EACH ROW EXECUTE FUNCTION " << sql::quoted{routine} << "()";
}

constexpr opaque_sql running(text_view text, lock_mode lock = lock_mode::none, bool scans = false) {
  opaque_sql sql{{}, text, {}, {}, {}};
  sql.lock = lock;
  sql.scans = scans;
  return sql;
}
template <std::size_t N>
struct data_changes {
  data_change array[N]{};
  constexpr explicit data_changes(const opaque_sql (&all)[N]) {
    for (std::size_t i = 0; i != N; ++i) array[i].sql = &all[i];
  }
};

/// The indexes that go along. They are on the columns until the last phase, and then on the new table; until then those of
/// the shadow have other names, since no two relations of a schema have one.
template <class Phases, class Facts>
struct carried_indexes {
  struct parts {
    const part* array[Phases::indexed().parts.size() + 1]{};
    std::size_t size = 0;
  };
  static constexpr parts all = [] {
    parts found;
    for (const part* p : Phases::indexed().parts)
      if (Facts::is_index_carried(*p)) found.array[found.size++] = p;
    return found;
  }();
  template <std::size_t I>
  struct new_name {
    static constexpr void into(text_buffer& out) { put_shortened(out, all.array[I]->name, "_new"); }
  };
  template <std::size_t I>
  static constexpr auto renamed = [] {
    constexpr bool constraint = all.array[I]->kind == part_kind::unique;
    auto made = static_cast<const std::conditional_t<constraint, key, index>&>(*all.array[I]);
    made.name = identifier(dovetail::detail::static_text<new_name<I>>::value);
    return made;
  }();
  static constexpr std::size_t first = Phases::view.parts.size() - 1;
  struct shadow_parts {
    const part* array[first + all.size]{};
  };
  template <std::size_t... I>
  static constexpr shadow_parts make(std::index_sequence<I...>) {
    shadow_parts made;
    const part** next = made.array;
    for (std::size_t i = 0; i != first; ++i) *next++ = Phases::view.parts[i];
    ((*next++ = &renamed<I>), ...);
    return made;
  }
  static constexpr shadow_parts of_shadow = make(std::make_index_sequence<all.size>());
  static constexpr array_view<const part*> parts_of_shadow() { return {of_shadow.array, first + all.size}; }

  static constexpr bool tells_apart(const part& p) {
    return p.kind == part_kind::unique || static_cast<const index&>(p).unique;
  }
  static constexpr void rename(std::size_t i, auto put) {
    const part& p = *all.array[i];
    const change_kind* kind = &kind_that_renames(p);
    const identifier& other = of_shadow.array[first + i]->name;
    put({kind, Phases::view.name, other, nullptr, nullptr, p.name}, {kind, Phases::view.name, p.name, nullptr, nullptr, other});
  }
  /// Before the table takes the view's place, which asks the same of each row by then. On the way back the columns are all
  /// right only when the view is there again.
  static constexpr void drop_unique(auto put) {
    for (std::size_t i = 0; i != all.size; ++i)
      if (tells_apart(*all.array[i])) put_drop(put, Phases::subject.name, *all.array[i]);
  }
  /// Behind it.
  static constexpr void leave(auto put) {
    for (std::size_t i = 0; i != all.size; ++i) {
      if (!tells_apart(*all.array[i])) put_drop(put, Phases::subject.name, *all.array[i]);
      rename(i, put);
    }
  }
};

/// What the phases are made of, in the one direction and the other. `Facts` says the names of an extraction, the parts of the
/// table that it makes (`new_parts`, whose last one is not counted and writes for the view), the columns that the other
/// one loses, and what stands on them.
template <class From, class Recipe, class Facts>
struct extraction_phases {
  static constexpr const table& subject = table_or_none(From::value.find(Recipe::table));
  static constexpr const table* found = From::value.find(Recipe::part);
  /// The view, or null where it is not there yet, or any more.
  static constexpr const table* made = found != nullptr && found->is_part ? found : nullptr;

  struct write_action {
    static constexpr void into(text_buffer& out) { put_call(out, Recipe::write); }
  };
  static constexpr trigger writes{{part_kind::trigger, Recipe::write},
                                  Facts::names.many() ? "INSTEAD OF INSERT OR UPDATE OR DELETE" : "INSTEAD OF INSERT OR DELETE",
                                  dovetail::detail::static_text<write_action>::value};
  struct sync_action {
    static constexpr void into(text_buffer& out) { put_call(out, Recipe::sync); }
  };
  static constexpr trigger syncs{{part_kind::trigger, Recipe::sync},
                                 subject.find_partitioning() == nullptr ? "AFTER INSERT OR UPDATE" : "AFTER INSERT OR UPDATE OR DELETE",
                                 dovetail::detail::static_text<sync_action>::value};
  static constexpr table make_view() {
    if (made != nullptr) return *made;
    table t = dovetail::detail::make_alias(Recipe::part, {Facts::new_parts.array, Facts::new_parts.size + 1},
                                           extraction_text<Facts, &extracted::put_query>, Recipe::table);
    t.is_part = true;
    for (const part* p : t.parts) t.note_shared(p);
    return t;
  }
  static constexpr table view = make_view();

  static constexpr const table& indexed() { return made == nullptr ? Facts::holder() : subject; }
  using carried = carried_indexes<extraction_phases, Facts>;
  /// Its parts are those of the view, but for its trigger, and the indexes.
  static constexpr table shadow{Recipe::shadow, carried::parts_of_shadow()};

  static constexpr routine_details routine{"plpgsql", {}, "trigger", "SET search_path FROM CURRENT"};
  static constexpr table make_routine(const identifier& name, text_view body) {
    table t(name, {}, source_kind::routine, body);
    t.routine = &routine;
    return t;
  }
  static constexpr table write_routine = make_routine(Recipe::write, extraction_text<Facts, &extracted::put_write_body>);
  static constexpr table sync_routine = make_routine(Recipe::sync, extraction_text<Facts, &extracted::put_sync_body>);

  // What is done to rows.

  static constexpr batch_texts copying{extraction_text<Facts, &extracted::put_insert>,
                                       extraction_text<Facts, &extracted::put_behind>,
                                       extraction_text<Facts, &extracted::put_wrong>};
  static constexpr data_change make_copy() {
    data_change data{};
    data.condition = extraction_text<Facts, &extracted::put_to_copy>;
    data.batches = &copying;
    return data;
  }
  static constexpr data_change copy = make_copy();
  static constexpr std::size_t width = Facts::names.columns.size();
  template <std::size_t I>
  struct source_text {
    static constexpr void into(text_buffer& out) { extracted::put_source(out, Facts::names, Facts::names.groups[I / width], I % width); }
  };
  struct sources {
    assignment array[Recipe::column_count + 1]{};
  };
  static constexpr sources refilled = []<std::size_t... I>(std::index_sequence<I...>) {
    return sources{{assignment{Recipe::columns[I], dovetail::detail::static_text<source_text<I>>::value}..., {}}};
  }(std::make_index_sequence<Recipe::column_count>());
  static constexpr batch_texts refilling{};
  static constexpr data_change make_refill() {
    data_change data{{refilled.array, Recipe::column_count}, extraction_text<Facts, &extracted::put_differ>};
    data.batches = &refilling;
    return data;
  }
  static constexpr data_change refill = make_refill();
  // Three tables are locked one after the other, all before the server would look for a deadlock (deadlock_timeout, 1s),
  // which is when an autovacuum would make way: it has to before.
  static constexpr opaque_sql brief = running("SET LOCAL lock_timeout = '300ms'");
  static constexpr opaque_sql before_sql[2]{
      running(extraction_text<Facts, &extracted::put_lock_shadow>, lock_mode::share_update_exclusive), brief};
  static constexpr opaque_sql run_sql[6]{
      running(extraction_text<Facts, &extracted::put_lock>, lock_mode::share_update_exclusive),
      brief,
      running(extraction_text<Facts, &extracted::put_lock_against_all>, lock_mode::access_exclusive),
      running(extraction_text<Facts, &extracted::put_catch_up>, lock_mode::row_exclusive),
      running(extraction_text<Facts, &extracted::put_drop_function>),
      running(extraction_text<Facts, &extracted::put_drop_changes>)};
  static constexpr opaque_sql restore_sql[4]{
      running(extraction_text<Facts, &extracted::put_make_changes>),
      running(extraction_text<Facts, &extracted::put_make_function>),
      running(extraction_text<Facts, &extracted::put_make_trigger>, lock_mode::share_row_exclusive),
      running(extraction_text<Facts, &extracted::put_forget>, lock_mode::none, true)};  // takes its time
  static constexpr data_changes<2> before{before_sql};
  static constexpr data_changes<6> run{run_sql};
  static constexpr data_changes<4> restore{restore_sql};
  static constexpr extraction_data data{{}, before.array, run.array, restore.array, &refill};

  // What stands in the way.

  static constexpr bool is_json(const sql_type& type) {
    return type.kind == type_kind::json || (type.kind == type_kind::array && is_json(type.element->type));
  }
  /// Of a column that is to be in the other table.
  static constexpr text_view fault_of(const column& c) {
    if (c.is_generated()) return "the server computes the column: drop it, and generate it in the other table afterwards";
    if (c.identity != identity_kind::none) return "the server numbers the column: drop its identity before";
    if (c.value.kind != default_kind::none) return "the column has a default, which newer releases would write without meaning it: drop_column_default before";
    return is_json(c.type) ? "json cannot be compared: make the column jsonb before" : "";
  }
  static constexpr void report_fault(draft& d, const identifier& table, const column& c, text_view fault) {
    if (!fault.empty()) d.report(code::MG_EXTRACTED, table, c.name, {}, fault).column_type = &c.type;
  }

  // The steps that lead from columns to a table.

  static constexpr change making(const table& t) { return {&kind_of<changes::create_view>, t.name, {}, nullptr, &t}; }
  static constexpr change dropping(const table& t) { return {&kind_of<changes::drop_view>, t.name, {}}; }
  static constexpr change about(const change_kind& kind, const part* declared = nullptr, const table* created = nullptr,
                                const data_change* rows = nullptr) {
    change c{&kind, Recipe::table, Recipe::part, declared, created, Recipe::shadow};
    c.data = rows;
    return c;
  }

  static constexpr void become_view(auto put) {
    put(making(write_routine), dropping(write_routine));
    put(making(view), dropping(view));
  }
  static constexpr void get_shadow(auto put) {
    put({&kind_of<changes::create_table>, Recipe::shadow, {}, nullptr, &shadow}, {&kind_of<changes::drop_shadow>, Recipe::shadow, {}});
    put(making(sync_routine), dropping(sync_routine));
    put({&kind_of<changes::add_trigger>, Recipe::table, Recipe::sync, &syncs}, {&kind_of<changes::drop_trigger>, Recipe::table, Recipe::sync});
    put(about(kind_of<changes::fill_part>, nullptr, nullptr, &copy), about(kind_of<changes::retire_part>));
  }
  static constexpr void become_table(auto put) {
    // The new table asks the same of each row by then, which a trigger gives it.
    for (const part* p : Facts::holder().parts)
      if (Facts::is_carried(*p)) put_drop(put, Recipe::table, *p);
    carried::drop_unique(put);
    const part* there = subject.find(part_kind::trigger, Recipe::sync);
    const part* sync = there == nullptr ? &syncs : there;
    put(about(kind_of<changes::materialise>, sync, &view, &data), about(kind_of<changes::dematerialise>, sync, &view, &data));
    put(dropping(sync_routine), making(sync_routine));
    put(dropping(write_routine), making(write_routine));
    carried::leave(put);
    put(about(kind_of<changes::leave_columns>, nullptr, &Facts::left, &data), about(kind_of<changes::return_columns>, nullptr, &Facts::left, &data));
  }
};

/// It stands on some of these columns, and on no others of the table, but for those of `beside`.
constexpr bool stands_on_only(const auto& p, const auto& t, array_view<identifier> columns, array_view<identifier> beside = {}) {
  bool some = false;
  for (const part* each : t.parts) {
    if (each->kind != part_kind::column || !depends(p, each->name)) continue;
    if (contains(columns, each->name))
      some = true;
    else if (!contains(beside, each->name))
      return false;
  }
  return some;
}
constexpr bool is_constraint_on_only(const auto& p, const auto& t, array_view<identifier> columns) {
  return (p.kind == part_kind::foreign_key || p.kind == part_kind::check) && stands_on_only(p, t, columns);
}
/// An index or a unique constraint, also with columns of the key, which says the same of a table without the rows that have
/// NULL in all of these.
constexpr bool is_index_on_only(const auto& p, const auto& t, array_view<identifier> columns, array_view<identifier> key) {
  if (p.kind == part_kind::unique) {
    const auto& k = static_cast<const model::key&>(p);
    if (k.deferred != deferral::none || k.nulls_not_distinct) return false;
  } else if (p.kind == part_kind::index) {
    const auto& i = static_cast<const index&>(p);
    if (i.unique && !i.tells_apart()) return false;
  } else {
    return false;
  }
  return stands_on_only(p, t, columns, key);
}

/// Columns of a table become another. Until the last phase the new table is a view of the old one, and all that is
/// written is written there. `Facts` says how its columns are made of the old ones, and what else is asked of these.
template <class From, class Recipe, class Facts>
struct columns_to_table : extraction_phases<From, Recipe, Facts> {
  using phases = extraction_phases<From, Recipe, Facts>;
  using phases::subject;
  static constexpr array_view<identifier> old_columns{Recipe::columns, Recipe::column_count};
  static constexpr array_view<identifier> key =
      subject.primary_key() == nullptr ? array_view<identifier>() : subject.primary_key()->columns;
  static constexpr const table& holder() { return subject; }

  struct some_text {
    static constexpr void into(text_buffer& out) { extracted::put_some(out, Facts::names); }
  };
  static constexpr check some{{part_kind::check, Recipe::rule}, dovetail::detail::static_text<some_text>::value, {}, {}};
  static constexpr foreign_key reference{{part_kind::foreign_key, Recipe::reference}, key, Recipe::table, key,
                                         referential_action::cascade, referential_action::cascade};
  /// A column of the new table, as that of the old one is.
  static constexpr column copy_of(const identifier& of, const identifier& name, bool nullable) {
    column made{};
    if (const column* c = subject.find_column(of)) made = *c;
    made.kind = part_kind::column;
    made.name = name;
    made.nullable = nullable;
    made.value = {};
    made.identity = identity_kind::none;
    if (made.is_generated()) made.more = nullptr;
    return made;
  }

  struct left_columns {
    const part* array[old_columns.size()]{};
    std::size_t size = 0;
  };
  static constexpr left_columns left_parts = [] {
    left_columns all;
    for (const identifier& each : old_columns)
      if (const column* c = subject.find_column(each)) all.array[all.size++] = c;
    return all;
  }();
  static constexpr table left{Recipe::table, {left_parts.array, left_parts.size}};

  static constexpr void report(const finding& proto, list<finding>& out) {
    draft d(From::value, proto);
    if (&subject == &no_table || subject.kind != source_kind::table) {
      d.report(code::MG_TARGET, Recipe::table, {}, "table");
    } else if (key.empty() || subject.primary_key()->deferred != deferral::none) {
      d.report(code::MG_EXTRACTED, Recipe::table, {}, {}, "give the table a primary key that cannot be put off");
    } else {
      for (const identifier& each : old_columns) report_column(d, each);
      Facts::report_more(d);
    }
    out.append(d.findings.all());
  }
  static constexpr void report_column(draft& d, const identifier& name) {
    const column* c = subject.find_column(name);
    if (c == nullptr) {
      d.report(code::MG_TARGET, Recipe::table, name, word(part_kind::column));
      return;
    }
    text_view fault = phases::fault_of(*c);
    if (contains(key, name)) fault = "the column is of the primary key, which both tables have";
    if (fault.empty() && !c->nullable)
      fault = "the column is NOT NULL, and newer releases insert rows without it: drop_not_null before, when its readers hold NULL";
    phases::report_fault(d, Recipe::table, *c, fault);
    if (phases::made != nullptr) return;
    for (const part* p : subject.parts)
      if (p != c && p->kind != part_kind::primary_key && depends(*p, name) && !Facts::is_carried(*p) && !Facts::is_index_carried(*p))
        d.report(code::MG_DEPENDENT, Recipe::table, name, name_of(*p), word(p->kind));
    each_reference(d, Recipe::table, [&](const table& from, const foreign_key& f) {
      if (contains(f.target_columns, name) && from.name != Recipe::table)
        d.report(code::MG_DEPENDENT, Recipe::table, name, f.name, word(f.kind));
    });
    views_need(d, Recipe::table, name);
  }

  static constexpr void expand(auto put) { phases::become_view(put); }
  static constexpr void fill(auto put) {
    if (is_expanded(put)) phases::get_shadow(put);
  }
  static constexpr void contract(auto put) {
    if (!is_expanded(put)) return;
    if (From::value.find(Recipe::shadow) != nullptr && subject.find(part_kind::trigger, Recipe::sync) != nullptr) return phases::become_table(put);
    // Says that it is missing.
    put({&kind_of<changes::drop_trigger>, Recipe::table, Recipe::sync}, {&kind_of<changes::add_trigger>, Recipe::table, Recipe::sync, &phases::syncs});
  }
  static constexpr bool is_expanded(auto put) {
    if (phases::made == nullptr) put(phases::dropping(phases::view), phases::making(phases::view));
    return phases::made != nullptr;
  }
};

/// They become one row of the new table, under their names.
template <class From, class Recipe>
struct extracted_table : columns_to_table<From, Recipe, extracted_table<From, Recipe>> {
  using base = columns_to_table<From, Recipe, extracted_table>;
  using base::key;
  using base::old_columns;
  using base::subject;
  static constexpr column_group group{{}, old_columns};
  static constexpr extraction names{Recipe::table, Recipe::part, Recipe::shadow, Recipe::changes, key, {&group, 1}, key, old_columns,
                                    subject.find_partitioning() != nullptr};
  static constexpr bool is_carried(const part& p) { return is_constraint_on_only(p, subject, old_columns); }
  static constexpr bool is_index_carried(const part& p) { return is_index_on_only(p, subject, old_columns, key); }
  static constexpr void report_more(draft&) {}

  static constexpr bool is_narrow = old_columns.size() == 1;
  struct columns_of_part {
    column all[key.size() + old_columns.size() + 1]{};
  };
  static constexpr columns_of_part new_columns = [] {
    columns_of_part made;
    column* next = made.all;
    for (const identifier& each : key) *next++ = base::copy_of(each, each, false);
    for (const identifier& each : old_columns) *next++ = base::copy_of(each, each, !is_narrow);
    return made;
  }();
  struct part_pointers {
    const part* array[key.size() + old_columns.size() + subject.parts.size() + 4]{};
    std::size_t size = 0;
  };
  static constexpr part_pointers new_parts = [] {
    part_pointers p;
    for (std::size_t i = 0; i != key.size() + old_columns.size(); ++i) p.array[p.size++] = &new_columns.all[i];
    if (!key.empty()) p.array[p.size++] = subject.primary_key();
    p.array[p.size++] = &base::reference;
    if (!is_narrow) p.array[p.size++] = &base::some;
    for (const part* each : subject.parts)
      if (is_carried(*each)) p.array[p.size++] = each;
    p.array[p.size] = &base::writes;
    return p;
  }();
};

/// A table becomes columns of another: the same the other way round, so that what undoes the one does the other.
template <class From, class Recipe>
struct merged_table : extraction_phases<From, Recipe, merged_table<From, Recipe>> {
  using phases = extraction_phases<From, Recipe, merged_table>;
  static constexpr const table& source = table_or_none(From::value.find(Recipe::part));
  static constexpr array_view<identifier> key =
      source.primary_key() == nullptr ? array_view<identifier>() : source.primary_key()->columns;
  static constexpr column_group group{{}, {Recipe::columns, Recipe::column_count}};
  static constexpr extraction names{Recipe::table, Recipe::part, Recipe::shadow, Recipe::changes, key, {&group, 1}, key, group.columns,
                                    phases::subject.find_partitioning() != nullptr};
  static constexpr const table& holder() { return source; }
  static constexpr bool says_some(const part& p) {
    return p.kind == part_kind::check &&
           sql::same(static_cast<const check&>(p).expression, extraction_text<merged_table, &extracted::put_some>);
  }
  static constexpr bool is_carried(const part& p) { return is_constraint_on_only(p, source, names.columns) && !says_some(p); }
  static constexpr bool is_index_carried(const part& p) { return is_index_on_only(p, phases::indexed(), names.columns, key); }

  struct part_pointers {
    const part* array[source.parts.size() + 1]{};
    std::size_t size = 0;
  };
  static constexpr part_pointers new_parts = [] {
    part_pointers p;
    for (const part* each : source.parts)
      if (!is_index(each)) p.array[p.size++] = each;
    p.array[p.size] = &phases::writes;
    return p;
  }();
  struct columns_of_part {
    column all[Recipe::column_count]{};
    std::size_t size = 0;
  };
  static constexpr columns_of_part new_columns = [] {
    columns_of_part made;
    for (const identifier& each : names.columns)
      if (const column* c = source.find_column(each)) {
        made.all[made.size] = *c;
        made.all[made.size++].nullable = true;
      }
    return made;
  }();
  struct column_pointers {
    const part* array[Recipe::column_count]{};
  };
  static constexpr column_pointers to_columns = [] {
    column_pointers p;
    for (std::size_t i = 0; i != new_columns.size; ++i) p.array[i] = &new_columns.all[i];
    return p;
  }();
  static constexpr table left{Recipe::table, {to_columns.array, new_columns.size}};

  struct check_text {
    static constexpr void into(text_buffer& out) {
      extracted::put_some(out << "a row of NULLs would be lost: first add the check ", names);
    }
  };
  static constexpr void report(const finding& proto, list<finding>& out) {
    draft d(From::value, proto);
    const table* into = d.find_table(Recipe::table);
    if (into == nullptr || &source == &no_table)
      d.report(code::MG_TARGET, into == nullptr ? Recipe::table : Recipe::part, {}, "table");
    else if (phases::made == nullptr)
      report_source(d, *into);
    out.append(d.findings.all());
  }
  static constexpr void report_source(draft& d, const table& into) {
    const auto refuse = [&](text_view why) { d.report(code::MG_EXTRACTED, Recipe::part, {}, {}, why); };
    const model::key* own = into.primary_key();
    if (source.kind != source_kind::table || key.empty() || own == nullptr || source.primary_key()->deferred != deferral::none)
      return refuse("both tables have a primary key, which is not deferrable");
    bool refers = false;
    bool some = Recipe::column_count == 1;
    for (const part* p : source.parts) {
      const foreign_key* f = as_foreign_key(p);
      if (f != nullptr && f->columns == key && f->target == Recipe::table && f->target_columns == own->columns &&
          f->on_delete == referential_action::cascade && f->on_update == referential_action::cascade && f->deferred == deferral::none)
        refers = true;
      else if (says_some(*p))
        some = true;
      else if (const column* c = as_column(p))
        report_column(d, *c);
      else if (p->kind != part_kind::primary_key && !is_carried(*p) && !is_index_carried(*p))
        d.report(code::MG_DEPENDENT, Recipe::part, {}, p->name, word(p->kind));
    }
    if (!refers) refuse("its primary key is a foreign key to that of the other table, on_delete<cascade> and on_update<cascade>");
    if (!some) refuse(dovetail::detail::static_text<check_text>::value);
    for (const identifier& each : names.columns)
      if (source.find_column(each) == nullptr) d.report(code::MG_TARGET, Recipe::part, each, word(part_kind::column));
    each_reference(d, Recipe::part, [&](const table&, const foreign_key& f) {
      d.report(code::MG_DEPENDENT, Recipe::part, {}, f.name, word(f.kind));
    });
    views_need(d, Recipe::part, {});
  }
  static constexpr void report_column(draft& d, const column& c) {
    if (contains(key, c.name)) return;
    text_view fault = phases::fault_of(c);
    if (fault.empty() && c.nullable != (Recipe::column_count != 1))
      fault = c.nullable ? text_view("a row of NULL alone would be lost: set_not_null before")
                         : text_view("newer releases may write one column without the others: drop_not_null before");
    phases::report_fault(d, Recipe::part, c,
                         contains(names.columns, c.name)
                             ? fault
                             : "name all columns of the table but its key, which become columns of the other");
  }

  static constexpr void reversed(auto steps, auto put) {
    list<step> all;
    steps([&](const change& forward, const change& inverse) { all.push_back({forward, inverse}); });
    for (std::size_t i = all.size(); i-- != 0;) put(all[i].inverse, all[i].forward);
  }
  static constexpr void expand(auto put) {
    if (phases::made == nullptr) reversed([](auto each) { phases::become_table(each); }, put);
  }
  static constexpr void fill(auto put) {
    reversed([](auto each) { phases::get_shadow(each); }, put);
  }
  static constexpr void contract(auto put) {
    reversed([](auto each) { phases::become_view(each); }, put);
  }
};

}  // namespace model::phases

namespace detail {
/// In the schema of the table, if there is one; `Flat` is the name of a trigger and its routine, which is in none.
template <fixed_string Name, fixed_string End, bool Flat>
struct name_with {
  static constexpr void into(text_buffer& out) {
    text_buffer flat;
    put_shortened(out, Flat ? put_flat(flat, Name).all() : text_view(Name), End);
  }
};
template <fixed_string Name, fixed_string End, bool Flat = true>
inline constexpr identifier with_end{static_text<name_with<Name, End, Flat>>::value};

template <fixed_string Table, fixed_string Part>
struct extraction_names {
  static constexpr identifier table = identifier_of<Table>;
  static constexpr identifier part = identifier_of<Part>;
  static constexpr identifier shadow = with_end<Part, "_new", false>;
  static constexpr identifier changes = with_end<Part, "_changes">;
  static constexpr identifier write = with_end<Part, "_write">;
  static constexpr identifier sync = with_end<Part, "_sync">;
  static constexpr identifier reference = with_end<Part, "_fkey">;
  static constexpr identifier rule = with_end<Part, "_check">;
};
template <fixed_string Table, fixed_string Part, fixed_string... Columns>
struct extraction_recipe : extraction_names<Table, Part> {
  static_assert(sizeof...(Columns) != 0, "[dovetail/SC_TYPE] gradual_extract_table and gradual_merge_table name the columns of the smaller table");
  static constexpr std::size_t column_count = sizeof...(Columns);
  static constexpr identifier columns[sizeof...(Columns) + 1]{identifier_of<Columns>..., {}};
};
}  // namespace detail

/// Columns of a table as a table of their own, with the same primary key: `gradual_extract_table<"customer", "address",
/// "street", "city">`. A row of it is there where not all of them are NULL (several columns get a check that says so, one is
/// NOT NULL), and goes with the other row (ON DELETE CASCADE). `expand` makes the new table as a view of the old one, which
/// newer releases read and write; `fill` copies the rows to a table behind it, and a trigger keeps them; `contract` puts that
/// table in the place of the view, and the columns go. Rolled back, it fills them again, and then puts the view back. Checks
/// and foreign keys of nothing but these columns go along, indexes and unique constraints also with the key's. Transactions are in READ COMMITTED, PostgreSQL's default. Raises
/// MG_EXTRACTED (a column is NOT NULL, or has a default, or the table no primary key), MG_DEPENDENT (what else stands on the
/// columns), MG_TARGET and MG_EXISTS. PostgreSQL; elsewhere DL_UNSUPPORTED.
template <fixed_string Table, fixed_string NewTable, fixed_string... Columns>
struct gradual_extract_table : detail::extraction_recipe<Table, NewTable, Columns...> {
  template <class From>
  using facts = model::phases::extracted_table<From, gradual_extract_table>;
};

/// The opposite: a table that has the primary key of another as columns of that one, `gradual_merge_table<"customer",
/// "address", "street", "city">`, which are all but its key. `expand` makes the columns and fills them, and puts a view in the
/// place of the table, which older releases go on with; the table stays behind it until `fill`, so that going back is quick;
/// `contract` drops the view. Raises MG_EXTRACTED (the table could not have been made by gradual_extract_table), MG_DEPENDENT
/// (what else stands on it), MG_TARGET and MG_EXISTS. PostgreSQL; elsewhere DL_UNSUPPORTED.
template <fixed_string Table, fixed_string OldTable, fixed_string... Columns>
struct gradual_merge_table : detail::extraction_recipe<Table, OldTable, Columns...> {
  template <class From>
  using facts = model::phases::merged_table<From, gradual_merge_table>;
};

}  // namespace dovetail
