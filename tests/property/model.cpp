// SPDX-License-Identifier: BSL-1.0
#include <support/random_schema.hpp>

#include <support/catch.hpp>

using namespace test;

namespace {

/// A part with all that it says in storage of its own.
const model::part* copy(schema_store& store, const model::part& p) {
  const auto names = [](dt::array_view<dt::identifier> from) {
    std::vector<std::string> result;
    for (const dt::identifier& name : from) result.push_back(str(name));
    return result;
  };
  switch (p.kind) {
    case model::part_kind::column: {
      const auto& c = static_cast<const model::column&>(p);
      dt::sql_type type = c.type.element != nullptr ? c.type.element->type : c.type;
      if (type.labels != nullptr) type = store.enumeration(str(type.labels->name), names(type.labels->labels));
      if (c.type.element != nullptr) type = store.array(type);
      return store.column(str(c.name), type, {c.nullable, c.value, c.identity, c.details()});
    }
    case model::part_kind::primary_key:
    case model::part_kind::unique: {
      const auto& k = static_cast<const model::key&>(p);
      const dt::run::key_options options{k.deferred, k.nulls_not_distinct};
      return p.kind == model::part_kind::unique ? store.unique(str(p.name), names(k.columns), options)
                                                : store.primary_key(names(k.columns), options);
    }
    case model::part_kind::foreign_key: {
      const auto& f = static_cast<const model::foreign_key&>(p);
      return store.foreign_key(str(f.name), names(f.columns), str(f.target), names(f.target_columns),
                               {f.on_delete, f.on_update, f.deferred});
    }
    case model::part_kind::comment: return store.comment(str(static_cast<const model::comment&>(p).text));
    case model::part_kind::check: {
      const auto& c = static_cast<const model::check&>(p);
      return c.column.empty() ? store.check(str(p.name), str(c.expression))
                              : store.check(str(p.name), str(c.column), c.rule);
    }
    case model::part_kind::index: {
      const auto& i = static_cast<const model::index&>(p);
      return store.index_on(str(p.name), keys_of(i), i.unique, str(i.details().predicate), str(i.details().method), names(i.details().included));
    }
    case model::part_kind::exclusion: {
      const auto& i = static_cast<const model::index&>(p);
      return store.exclusion(str(p.name), keys_of(i), str(i.details().predicate), str(i.details().method),
                             names(i.details().included), i.details().deferred);
    }
    case model::part_kind::trigger: {
      const auto& made = static_cast<const model::trigger&>(p);
      return store.trigger(str(p.name), str(made.event), str(made.action));
    }
    case model::part_kind::sequence: return store.sequence(static_cast<const model::sequence&>(p));
    case model::part_kind::partitioning:
      return store.partitioned_by(static_cast<const model::partitioning&>(p).by, names(model::columns_of(&p)));
    case model::part_kind::partition: return store.partition(static_cast<const model::partition&>(p));
    case model::part_kind::sync: break;  // no random schema has one
  }
  return nullptr;
}
/// The same schema in other storage and in another order, with `edit` applied to the parts of one table.
template <class Edit>
const model::schema* copy(schema_store& store, random_source& random, const model::schema& s, std::size_t edited,
                          Edit edit) {
  std::vector<const model::table*> tables;
  for (std::size_t i = 0; i != s.tables.size(); ++i) {
    if (const model::table& t = *s.tables[i]; t.routine != nullptr || t.kind == model::source_kind::name_space) {
      tables.push_back(t.routine == nullptr ? store.named_schema(std::string(schema_of(t.name)))
                                            : store.routine(str(t.name), str(t.query), *t.routine));
      continue;
    }
    std::vector<const model::part*> parts;
    for (const model::part* p : s.tables[i]->parts) parts.push_back(copy(store, *p));
    if (i == edited) edit(parts);
    random.shuffle(parts);
    tables.push_back(store.table(str(s.tables[i]->name), parts));
  }
  random.shuffle(tables);
  return store.schema("copy", tables);
}

dt::array_view<dt::identifier> reversed(schema_store& store, dt::array_view<dt::identifier> from) {
  std::vector<std::string> names;
  for (const dt::identifier& name : from) names.insert(names.begin(), str(name));
  return store.primary_key(names)->columns;
}
dt::referential_action other_than(dt::referential_action action) {
  return static_cast<dt::referential_action>((static_cast<int>(action) + 1) % 5);
}

/// Changes one thing of one part: whatever there is to change, or perhaps nothing.
const model::part* mutated(schema_store& store, random_source& random, const model::part& p) {
  switch (p.kind) {
    case model::part_kind::column: {
      auto c = static_cast<const model::column&>(p);
      model::column_details more = c.details();
      switch (random.below(13)) {
        case 12: more.comment = store.text(str(more.comment) + "'"); break;
        case 11: more.collation = store.text(str(more.collation) + "C"); break;
        case 0: c.nullable = !c.nullable; break;
        case 1: c.type.kind = c.type.kind == dt::type_kind::text ? dt::type_kind::bytea : dt::type_kind::text; break;
        case 2: ++c.type.length; break;
        case 3: ++c.type.scale; break;
        case 4: c.value.kind = static_cast<model::default_kind>((static_cast<int>(c.value.kind) + 1) % 5); break;
        case 5: c.value.text = store.text(str(c.value.text) + "'"); break;
        case 6: c.identity = static_cast<model::identity_kind>((static_cast<int>(c.identity) + 1) % 3); break;
        case 7: c.name = store.name(str(c.name) + "\""); break;
        case 9: more.generated = static_cast<model::generated_kind>((static_cast<int>(more.generated) + 1) % 3); break;
        case 10: more.expression = store.text(str(more.expression) + " "); break;
        case 8:
          if (c.type.labels != nullptr) {
            std::vector<std::string> labels;
            for (const dt::identifier& l : reversed(store, c.type.labels->labels)) labels.push_back(str(l));
            const dt::sql_type turned =
                store.enumeration(str(c.type.labels->name) + (random.percent(30) ? "2" : ""), labels);
            c.type = c.type.element != nullptr ? store.array(turned) : turned;
          }
          break;
      }
      return store.column(str(c.name), c.type, {c.nullable, c.value, c.identity, more});
    }
    case model::part_kind::foreign_key: {
      auto f = static_cast<const model::foreign_key&>(p);
      std::vector<std::string> from;
      std::vector<std::string> to;
      for (const dt::identifier& n : f.columns) from.push_back(str(n));
      for (const dt::identifier& n : f.target_columns) to.push_back(str(n));
      std::string target = str(f.target);
      switch (random.below(7)) {
        case 6: f.deferred = static_cast<model::deferral>((static_cast<int>(f.deferred) + 1) % 3); break;
        case 0: f.on_delete = other_than(f.on_delete); break;
        case 1: f.on_update = other_than(f.on_update); break;
        case 2: target += " "; break;
        case 3: from.push_back("x"); break;
        case 4: to.pop_back(); break;
        case 5: std::reverse(from.begin(), from.end()); break;
      }
      return store.foreign_key(str(f.name), from, target, to, {f.on_delete, f.on_update, f.deferred});
    }
    case model::part_kind::comment: return store.comment(str(static_cast<const model::comment&>(p).text) + "'");
    case model::part_kind::trigger: {
      const auto& made = static_cast<const model::trigger&>(p);
      const bool event = random.percent(50);
      return store.trigger(str(p.name), str(made.event) + (event ? " " : ""), str(made.action) + (event ? "" : " "));
    }
    case model::part_kind::sequence: {
      auto s = static_cast<const model::sequence&>(p);
      std::int64_t* const numbers[]{&s.start, &s.increment, &s.min, &s.max, &s.cache};
      if (random.percent(60))
        ++*random.pick(numbers);
      else if (random.percent(30))
        s.cycles = !s.cycles;
      else if (random.percent(50))
        s.type = dt::type_kind::integer;
      else
        (random.percent(50) ? s.owner : s.owner_column) = "mutated";
      return store.sequence(s);
    }
    case model::part_kind::partitioning: {
      const auto& by = static_cast<const model::partitioning&>(p);
      const bool method = random.percent(50);
      std::vector<std::string> names;
      for (const dt::identifier& n : by.columns) names.push_back(str(n));
      if (!method) names.push_back("x");
      return store.partitioned_by(static_cast<model::partition_method>((static_cast<int>(by.by) + (method ? 1 : 0)) % 3), names);
    }
    case model::part_kind::partition: {
      auto made = static_cast<const model::partition&>(p);
      static constexpr model::default_value other[]{{model::default_kind::text, "other"}, {}};
      switch (random.below(6)) {
        case 0: made.from = {other, 1}; break;
        case 1: made.until = {other, 1}; break;
        case 2: made.values = {other, 1 + random.below(2)}; break;
        case 3: ++made.modulus; break;
        case 4: ++made.remainder; break;
        case 5: made.name = store.name(str(made.name) + "'"); break;
      }
      return store.partition(made);
    }
    case model::part_kind::sync: return nullptr;  // random schemas have none
    case model::part_kind::check:
      return store.check(str(p.name), str(static_cast<const model::check&>(p).expression) + " ");
    case model::part_kind::primary_key:
    case model::part_kind::unique: {
      std::vector<std::string> names;
      for (const dt::identifier& n : model::columns_of(&p)) names.push_back(str(n));
      const auto& k = static_cast<const model::key&>(p);
      dt::run::key_options options{k.deferred, k.nulls_not_distinct};
      switch (random.below(4)) {
        case 0: std::reverse(names.begin(), names.end()); break;
        case 1: names.back() += "\""; break;
        case 2: options.deferred = static_cast<model::deferral>((static_cast<int>(options.deferred) + 1) % 3); break;
        case 3: options.nulls_not_distinct = !options.nulls_not_distinct; break;
      }
      return p.kind == model::part_kind::unique ? store.unique(str(p.name), names, options)
                                                : store.primary_key(names, options);
    }
    case model::part_kind::exclusion:
    case model::part_kind::index: {
      const auto& i = static_cast<const model::index&>(p);
      std::vector<model::index_key> keys = keys_of(i);
      std::string predicate = str(i.details().predicate);
      std::string method = str(i.details().method);
      std::vector<std::string> included;
      for (const dt::identifier& n : i.details().included) included.push_back(str(n));
      bool unique = i.unique;
      model::index_key& last = keys.back();
      const bool excludes = p.kind == model::part_kind::exclusion;
      model::deferral deferred = i.details().deferred;
      switch (random.below(excludes ? 11 : 9)) {
        case 9: last.with = store.text(str(last.with) + "="); break;
        case 10: deferred = static_cast<model::deferral>((static_cast<int>(deferred) + 1) % 3); break;
        case 0: unique = !unique; break;
        case 1: std::reverse(keys.begin(), keys.end()); break;
        case 2: last.column = store.name(str(last.column) + "\""); break;
        case 3: last.descending = !last.descending; break;
        case 4: last.nulls = last.nulls == "NULLS FIRST" ? "NULLS LAST" : "NULLS FIRST"; break;
        case 5: keys.push_back({{}, "1"}); break;
        case 6: predicate += predicate.empty() ? "1 = 1" : " "; break;
        case 7: method += "x"; break;
        case 8: included.insert(included.begin(), "x"); break;
      }
      if (excludes) return store.exclusion(str(p.name), keys, predicate, method, included, deferred);
      return store.index_on(str(p.name), keys, unique, predicate, method, included);
    }
  }
  return nullptr;
}

const dt::enumeration_labels* labels_of(const model::change& c) {
  return static_cast<const model::column&>(*c.declared).type.labels;
}

std::string both_agree(const model::schema& a, const model::schema& b) {
  const bool by_text = to_text(a) == to_text(b);
  const auto found = differences(a, b);
  if (found.empty() != by_text)
    return std::string("compare calls them ") + (found.empty() ? "equal" : "different") +
           ", the texts say otherwise:\n" + to_text(a) + "against\n" + to_text(b) + to_text(found);
  if (differences(b, a).empty() != by_text) return "compare depends on which schema comes first";
  return {};
}

}  // namespace

TEST_CASE("the natural inverse of a change restores the schema") {
  const verdict v = try_all(600, anything(), 5, 8, [](schema_store& store, const scenario& s) -> std::string {
    const auto versions = versions_of(store, s);
    dt::list<dt::finding> found;
    for (std::size_t i = 0; i != s.steps.size(); ++i) {
      const model::schema& before = *versions[i];
      const model::schema& after = *versions[i + 1];
      const std::string step = "step " + std::to_string(i + 1) + ": ";
      if (const auto wrong = findings_of(after); !wrong.empty()) return step + "it leads to\n" + to_text(wrong);
      if (to_text(before) == to_text(after)) return step + "it changes nothing";
      // A change touches the one table that it names, and foreign keys to it; all others are shared.
      for (const model::table* t : before.tables) {
        bool touched = t->name == s.steps[i].table || (s.steps[i].declared != nullptr && t->name == s.steps[i].declared->name);
        for (const model::part* p : t->parts)
          if (const model::foreign_key* f = model::as_foreign_key(p))
            touched = touched || (f->target == s.steps[i].table && !s.steps[i].renamed.empty());
          else if (const dt::enumeration_labels* labels = model::enumeration_of(p); labels != nullptr)
            touched = touched || (s.steps[i].table.empty() && labels->name == labels_of(s.steps[i])->name);
          else if (!s.steps[i].renamed.empty() && model::draws(*p, s.steps[i].table))
            touched = true;
        if (!touched && after.find(t->name) != t) return step + "it copies " + str(t->name);
      }
      const model::schema* back = store.apply(after, model::natural_inverse(s.steps[i], before), found);
      if (back == nullptr) return step + "its inverse fails:\n" + to_text(found);
      if (to_text(*back) != to_text(before)) return step + "its inverse leads to\n" + to_text(*back);
      if (const auto wrong = differences(before, *back); !wrong.empty())
        return step + "it is not restored:\n" + to_text(wrong);
    }
    // All the way down, each from what the one before has left.
    const model::schema* now = versions.back();
    for (std::size_t i = s.steps.size(); i-- != 0;) {
      now = store.apply(*now, model::natural_inverse(s.steps[i], *versions[i]), found);
      if (now == nullptr) return "the way down fails:\n" + to_text(found);
    }
    return to_text(*now) == to_text(*versions[0]) && differences(*versions[0], *now).empty()
               ? ""
               : "the way down misses the start";
  });
  INFO("cases " << v.cases << ", steps " << v.steps);
  CHECK(v.failure == "");
}

TEST_CASE("few changes have an inverse that cannot be applied") {
  const std::uint64_t seed = environment("DOVETAIL_SEED", 1);
  const std::uint64_t cases = environment("DOVETAIL_CASES", 400);
  for (std::uint64_t n = 0; n != cases; ++n) {
    schema_store store;
    random_source random(seed + n);
    generator g(store, random, anything());
    const model::schema* now = g.schema(4);
    const std::optional<model::change> c = g.change(*now);
    if (!c) continue;
    dt::list<dt::finding> found;
    const model::schema* after = store.apply(*now, *c, found);
    REQUIRE(after != nullptr);
    if (store.apply(*after, model::natural_inverse(*c, *now), found) != nullptr) continue;
    INFO("DOVETAIL_SEED=" << seed + n << '\n' << to_text(found));
    const std::string kind = str(c->kind->name);
    INFO(kind);
    REQUIRE(found.size() != 0);
    const dt::code why = found[0].what;
    // A check has the column's name in it for another reason, or another key of the same columns is referenced.
    if (kind == "add_column" || kind == "add_sync" || kind == "add_constraint" || kind == "add_index" || kind == "add_label" || kind == "rename_label" || kind == "rename_column" || kind == "rename_table" || kind == "create_view" || kind == "create_sequence" || kind == "rename_sequence") {
      CHECK(why == dt::code::MG_DEPENDENT);
    } else if (kind == "set_type") {
      CHECK((why == dt::code::MG_CONVERSION || why == dt::code::SC_DEFAULT));
    } else {
      CHECK(found.size() == 1);
      CHECK(why == dt::code::MG_REQUIRED);
      REQUIRE(kind == "drop_column");
      CHECK_FALSE(now->find(c->table)->find_column(c->object)->optional());
    }
  }
}

TEST_CASE("compare finds every difference and no other") {
  std::uint64_t different = 0;
  const verdict v = try_all(600, anything(), 4, 1, [&](schema_store& store, const scenario& s) -> std::string {
    random_source random(to_text(s).size());
    const model::schema& a = *s.start;
    const auto none = [](auto&) {};
    const model::schema* same = copy(store, random, a, 0, none);
    if (to_text(a) != to_text(*same)) return "the copy differs";
    if (std::string wrong = both_agree(a, *same); !wrong.empty()) return wrong;
    for (int n = 0; n != 6; ++n) {
      // Of a routine, something else.
      std::size_t which = random.below(a.tables.size());
      if (a.tables[which]->kind == model::source_kind::name_space) continue;
      if (const model::table& t = *a.tables[which]; t.routine != nullptr) {
        model::routine_details details = *t.routine;
        dt::text_view* const texts[]{&details.language, &details.arguments, &details.result, &details.attributes};
        const bool body = random.percent(30);
        if (dt::text_view* changed = random.pick(texts); !body) *changed = store.text(str(*changed) + "x");
        std::vector<const model::table*> others(a.tables.begin(), a.tables.end());
        others[which] = store.routine(str(t.name), str(t.query) + (body ? " " : ""), details);
        const model::schema* changed = store.schema("changed", others);
        if (to_text(a) != to_text(*changed)) ++different;
        if (std::string wrong = both_agree(a, *changed); !wrong.empty()) return wrong;
        continue;
      }
      const model::schema* changed = copy(store, random, a, which, [&](auto& parts) {
        const std::size_t i = random.below(parts.size());
        switch (random.below(8)) {
          case 0: parts.erase(parts.begin() + static_cast<std::ptrdiff_t>(i)); break;
          case 1: parts.push_back(store.check("a check that is nowhere else", "1 = 1")); break;
          default: parts[i] = mutated(store, random, *parts[i]); break;
        }
      });
      if (to_text(a) != to_text(*changed)) ++different;
      if (std::string wrong = both_agree(a, *changed); !wrong.empty()) return wrong;
    }
    std::vector<const model::table*> tables(a.tables.begin(), a.tables.end());
    tables.pop_back();
    const model::schema* fewer = store.schema("fewer", tables);
    if (std::string wrong = both_agree(a, *fewer); !wrong.empty()) return wrong;
    if (to_text(a) == to_text(*fewer)) return "the text does not show a missing table";
    return {};
  });
  INFO("cases " << v.cases << ", pairs that differ " << different);
  CHECK(v.failure == "");
  CHECK(different > v.cases * 3);
}
