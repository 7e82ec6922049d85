// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstddef>
#include <deque>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <dovetail/change/changes.hpp>
#include <dovetail/model/partition_bounds.hpp>

namespace dovetail::run {

/// The options of a column that is made at run time.
struct column_options {
  bool nullable = false;
  model::default_value value{};
  model::identity_kind identity = model::identity_kind::none;
  model::column_details more{};
};
struct foreign_key_actions {
  referential_action on_delete = referential_action::no_action;
  referential_action on_update = referential_action::no_action;
  model::deferral deferred = model::deferral::none;
};
/// The options of a key.
struct key_options {
  model::deferral deferred = model::deferral::none;
  bool nulls_not_distinct = false;
};

/// Owns schemas that are made at run time: read from a live server, or made at random. They are the same values as those
/// that types are lowered to, so that every check, change and dialect works on them. What the store has given stays where
/// it is until the store is destroyed; versions share what they have in common. Nothing is checked here: model::validate
/// says what is wrong with a schema.
class schema_store {
 public:
  using names = std::vector<std::string>;
  /// Columns, and the SQL over others that computes each.
  using assignments = std::vector<std::pair<std::string, std::string>>;

  schema_store() = default;
  schema_store(const schema_store&) = delete;
  schema_store& operator=(const schema_store&) = delete;

  text_view text(std::string_view from) {
    const std::string& kept = texts_.emplace_back(from);
    return {kept.data(), kept.size()};
  }
  identifier name(std::string_view from) { return identifier(text(from)); }

  /// The type of columns of an enumeration; columns share it by using one result.
  sql_type enumeration(std::string_view named, const names& labels) {
    return {type_kind::enumeration, 0, 0, &enumerations_.emplace_back(enumeration_labels{name(named), list_of(labels)})};
  }

  /// Of such elements; an enumeration among them is of this store, or static.
  sql_type array(const sql_type& element) {
    array_element made{element, domain_of(element)};
    made.holds.null = true;
    return {type_kind::array, 0, 0, element.labels, &elements_.emplace_back(made)};
  }

  const model::column* column(std::string_view named, const sql_type& type, const column_options& options = {}) {
    model::column made{{model::part_kind::column, name(named)}, type, options.nullable, options.value, options.identity};
    made.value.text = text(std::string_view(options.value.text));
    if (!difference(options.more, {}).empty()) {
      model::column_details& more = details_.emplace_back(options.more);
      more.expression = text(std::string_view(more.expression));
      more.collation = text(std::string_view(more.collation));
      more.comment = text(std::string_view(more.comment));
      made.more = &more;
    }
    return &columns_.emplace_back(made);
  }
  const model::key* primary_key(const names& columns, const key_options& options = {}) {
    return &keys_.emplace_back(model::key{
        {model::part_kind::primary_key, {}}, list_of(columns), options.deferred, options.nulls_not_distinct});
  }
  const model::key* unique(std::string_view named, const names& columns, const key_options& options = {}) {
    return &keys_.emplace_back(model::key{
        {model::part_kind::unique, name(named)}, list_of(columns), options.deferred, options.nulls_not_distinct});
  }
  const model::foreign_key* foreign_key(std::string_view named, const names& columns, std::string_view target,
                                        const names& target_columns, const foreign_key_actions& actions = {}) {
    return &foreign_keys_.emplace_back(model::foreign_key{{model::part_kind::foreign_key, name(named)},
                                                          list_of(columns),
                                                          name(target),
                                                          list_of(target_columns),
                                                          actions.on_delete,
                                                          actions.on_update,
                                                          actions.deferred});
  }
  const model::check* check(std::string_view named, std::string_view expression) {
    return &checks_.emplace_back(model::check{{model::part_kind::check, name(named)}, text(expression), {}, {}});
  }
  const model::check* check(std::string_view named, std::string_view column, narrowing rule) {
    text_buffer expression;
    sql::put_rule(expression, {column.data(), column.size()}, rule);
    names labels;
    for (const identifier& each : rule.labels) labels.emplace_back(each.text());
    rule.labels = list_of(labels);
    rule.pattern = text(std::string_view(rule.pattern));
    return &checks_.emplace_back(model::check{
        {model::part_kind::check, name(named)}, text(std::string_view(expression.all())), name(column), rule});
  }
  const model::index* index(std::string_view named, const names& columns, bool unique = false) {
    return &indexes_.emplace_back(model::index{{model::part_kind::index, name(named)}, list_of(columns), unique});
  }

  /// One of `index_on`: its columns, with their order, and SQL expressions.
  const model::index* index_on(std::string_view named, const std::vector<model::index_key>& keys, bool unique,
                               std::string_view predicate = {}, std::string_view method = {},
                               const names& included = {}) {
    model::index made{{model::part_kind::index, name(named)}, {}, unique};
    describe(made, keys, predicate, method, included);
    return &indexes_.emplace_back(made);
  }
  /// The keys have operators.
  const model::exclusion* exclusion(std::string_view named, const std::vector<model::index_key>& keys,
                                    std::string_view predicate = {}, std::string_view method = {},
                                    const names& included = {}, model::deferral deferred = model::deferral::none) {
    model::exclusion made{{{model::part_kind::exclusion, name(named)}, {}}};
    describe(made, keys, predicate, method, included).deferred = deferred;
    return &exclusions_.emplace_back(made);
  }

  const model::trigger* trigger(std::string_view named, std::string_view event, std::string_view action) {
    return &triggers_.emplace_back(model::trigger{{model::part_kind::trigger, name(named)}, text(event), text(action)});
  }
  const model::comment* comment(std::string_view said) {
    return &comments_.emplace_back(model::comment{{model::part_kind::comment, {}}, text(said)});
  }

  /// The columns and the SQL that computes each of those of the other side; in a retire_sync only the stale side counts.
  const model::sync* sync(std::string_view named, const assignments& older, const assignments& newer,
                          model::sync_side stale) {
    return &syncs_.emplace_back(
        model::sync{{model::part_kind::sync, name(named)}, list_of(older), list_of(newer), stale});
  }
  /// Shadows, each of a quoted name.
  const model::sync* shadows(std::string_view named, const assignments& newer, model::sync_side stale) {
    return &syncs_.emplace_back(model::sync{{model::part_kind::sync, name(named)}, {}, list_of(newer), stale, true});
  }
  /// Copies of columns, plain names, along a foreign key of this store; or columns that move.
  const model::sync* copies(std::string_view named, const model::foreign_key& along, const assignments& newer,
                            model::sync_side stale, bool moves = false) {
    return &syncs_.emplace_back(
        model::sync{{model::part_kind::sync, name(named)}, {}, list_of(newer), stale, false, &along, moves});
  }

  const model::partitioning* partitioned_by(model::partition_method by, const names& columns) {
    return &partitionings_.emplace_back(
        model::partitioning{{model::part_kind::partitioning, {}}, by, list_of(columns), &model::rules_of_partitions});
  }
  const model::partition* partition(const model::partition& made) {
    model::partition& kept = partitions_.emplace_back(made);
    kept.name = name(std::string_view(made.name.text()));
    for (array_view<model::default_value>* each : {&kept.from, &kept.until, &kept.values}) {
      auto& values = values_.emplace_back(each->begin(), each->end());
      for (model::default_value& value : values) value.text = text(std::string_view(value.text));
      *each = {values.data(), values.size()};
    }
    return &kept;
  }

  /// The one part of a table, which then is a sequence.
  const model::sequence* sequence(const model::sequence& made) {
    model::sequence& kept = sequences_.emplace_back(made);
    kept.owner = name(std::string_view(made.owner.text()));
    kept.owner_column = name(std::string_view(made.owner_column.text()));
    return &kept;
  }

  /// The parts are those of this store, or static.
  const model::table* table(const identifier& named, array_view<const model::part*> parts) {
    const auto& kept = parts_.emplace_back(parts.begin(), parts.end());
    return &tables_.emplace_back(model::table{named, {kept.data(), kept.size()}});
  }
  const model::table* table(std::string_view named, const std::vector<const model::part*>& parts) {
    return table(name(named), {parts.data(), parts.size()});
  }
  const model::table* routine(std::string_view named, std::string_view body, const model::routine_details& details) {
    model::routine_details& kept = routines_.emplace_back(details);
    for (text_view* each : {&kept.language, &kept.arguments, &kept.result, &kept.attributes})
      *each = text(std::string_view(*each));
    return &tables_.emplace_back(dovetail::detail::make_routine(name(named), text(body), kept));
  }
  /// A schema of the server's; what is in it has a name with a schema_mark between the two.
  const model::table* named_schema(std::string_view named) {
    return &tables_.emplace_back(dovetail::detail::make_named_schema(name(std::string(named) + schema_mark)));
  }
  /// The tables are those of this store, or static.
  const model::schema* schema(const identifier& version, array_view<const model::table*> tables) {
    const auto& kept = table_lists_.emplace_back(tables.begin(), tables.end());
    return &schemas_.emplace_back(model::schema{version, {kept.data(), kept.size()}});
  }
  const model::schema* schema(std::string_view version, const std::vector<const model::table*>& tables) {
    return schema(name(version), {tables.data(), tables.size()});
  }

  /// The schema after a change, which shares all tables that the change does not touch; or null, and why. The findings
  /// refer to the texts of the change and the schema.
  const model::schema* apply(const model::schema& before, const model::change& change, list<finding>& out) {
    finding proto;
    proto.version = before.version;
    model::draft d(before, proto);
    model::apply(d, change);
    out.append(d.findings.all());
    if (!d.findings.empty()) return nullptr;

    std::vector<const model::table*> after;
    const auto keep_part = [&](const model::part* p) {
      const model::draft::derived* made = d.derived_from(p);
      if (made == nullptr) return p;
      model::any_part& kept = derived_.emplace_back(made->made);
      const auto& names = lists_.emplace_back(made->names.begin(), made->names.end());
      kept.own({names.data(), names.size()}, made->text.empty() ? text_view() : text(std::string_view(made->text.all())));
      return static_cast<const model::part*>(&kept.get());
    };
    const auto keep = [&](const model::draft::edit& e) {
      if (e.declared != nullptr) {
        after.push_back(e.declared);
        return;
      }
      std::vector<const model::part*> parts;
      for (const model::part* p : e.now.parts) parts.push_back(keep_part(p));
      after.push_back(table(e.now.name, {parts.data(), parts.size()}));
    };
    for (const model::table* t : before.tables) {
      const model::draft::edit* touched = nullptr;
      for (const model::draft::edit* e : d.edits())
        if (e->before == t) touched = e;
      if (touched == nullptr)
        after.push_back(t);
      else if (touched->exists)
        keep(*touched);
    }
    for (const model::draft::edit* e : d.edits())
      if (e->before == nullptr && e->exists) keep(*e);
    return schema(before.version, {after.data(), after.size()});
  }

 private:
  /// What an index or exclusion constraint stands on.
  model::index_details& describe(model::index& made, const std::vector<model::index_key>& keys, std::string_view predicate,
                                 std::string_view method, const names& included) {
    names columns;
    for (const model::index_key& k : keys)
      if (!k.column.empty()) columns.emplace_back(k.column.text());
    text_buffer elements;
    const array_view<model::index_key> all{keys.data(), keys.size()};
    if (!model::are_columns(all)) model::put_keys(elements, all);
    model::index_details& more = index_details_.emplace_back();
    made.more = &more;
    made.columns = list_of(columns);
    more.elements = text(std::string_view(elements.all()));
    more.predicate = text(predicate);
    more.method = text(method);
    more.included = list_of(included);
    return more;
  }
  array_view<identifier> list_of(const names& from) {
    auto& kept = lists_.emplace_back();
    for (const std::string& each : from) kept.push_back(name(each));
    return {kept.data(), kept.size()};
  }
  array_view<model::assignment> list_of(const assignments& from) {
    auto& kept = assignments_.emplace_back();
    for (const auto& [column, expression] : from) kept.push_back({name(column), text(expression)});
    return {kept.data(), kept.size()};
  }

  // A deque never moves what it holds.
  std::deque<std::string> texts_;
  std::deque<std::vector<identifier>> lists_;
  std::deque<enumeration_labels> enumerations_;
  std::deque<array_element> elements_;
  std::deque<model::column_details> details_;
  std::deque<model::column> columns_;
  std::deque<model::key> keys_;
  std::deque<model::foreign_key> foreign_keys_;
  std::deque<model::check> checks_;
  std::deque<model::index_details> index_details_;
  std::deque<model::index> indexes_;
  std::deque<model::exclusion> exclusions_;
  std::deque<model::trigger> triggers_;
  std::deque<model::comment> comments_;
  std::deque<std::vector<model::assignment>> assignments_;
  std::deque<model::sync> syncs_;
  std::deque<model::partitioning> partitionings_;
  std::deque<model::partition> partitions_;
  std::deque<std::vector<model::default_value>> values_;
  std::deque<model::sequence> sequences_;
  std::deque<model::any_part> derived_;
  std::deque<std::vector<const model::part*>> parts_;
  std::deque<model::routine_details> routines_;
  std::deque<model::table> tables_;
  std::deque<std::vector<const model::table*>> table_lists_;
  std::deque<model::schema> schemas_;
};

}  // namespace dovetail::run
