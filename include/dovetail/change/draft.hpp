// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstddef>
#include <cstdint>

#include <dovetail/model/schema.hpp>
#include <dovetail/model/validate.hpp>

namespace dovetail::model {

/// A version under change: the tables that a step touches are copied (a list of pointers to their parts), all others
/// are those of the version that it begins from. So a step costs what it touches.
class draft {
 public:
  /// A table that was touched. `before` is null for a created one; `now` is meaningless where it does not exist (any
  /// more). `parts` is empty while `now` stands as a declaration made it.
  struct edit {
    const table* before = nullptr;
    table now;
    list<const part*> parts;
    bool exists = true;
    const table* declared = nullptr;
  };

  /// `proto` gives the facts that every finding of this step has: its migration, its number, the version.
  constexpr draft(const schema& base, const finding& proto) : base_(&base), proto_(proto) {}
  draft(const draft&) = delete;
  draft& operator=(const draft&) = delete;
  constexpr ~draft() {
    for (edit* e : edits_) delete e;
  }

  /// The table as it stands now, or null.
  constexpr const table* find(const identifier& name) const {
    for (const edit* e : edits_)
      if (e->now.name.hash == name.hash && e->now.name == name) return e->exists ? &e->now : nullptr;
    return base_->find(name);
  }

  /// The same, but null for a view or function.
  constexpr const table* find_table(const identifier& name) const {
    const table* found = find(name);
    return found != nullptr && found->kind == source_kind::table ? found : nullptr;
  }
  /// What a view or function is not, for MG_TARGET.
  static constexpr text_view no_table = "table (it is a view or function, which no migration creates or changes yet)";
  /// What is missing where `find_table` finds none.
  constexpr text_view missing_table(const identifier& name) const { return find(name) == nullptr ? "table" : no_table; }

  /// Calls `visit(const table&)` for each table that exists now, and of those only the ones that share a name of this
  /// bit; 0 asks for all.
  template <class Visit>
  constexpr void each_table(std::uint64_t shared_name, Visit visit) const {
    edit* const* const edits = edits_.begin();
    edit* const* const edits_end = edits_.end();
    for (const table* t : base_->tables) {
      if (shared_name != 0 && (t->shared_names & shared_name) == 0 && edits == edits_end) continue;
      const table* now = t;
      for (edit* const* e = edits; e != edits_end; ++e)
        if ((*e)->before == t) now = (*e)->exists ? &(*e)->now : nullptr;
      if (now != nullptr && (shared_name == 0 || (now->shared_names & shared_name) != 0)) visit(*now);
    }
    for (const edit* e : edits_)
      if (e->before == nullptr && e->exists) visit(e->now);
  }

  /// Precondition: no table of this name exists.
  constexpr void create(const table& declared) {
    edit* e = edit_of(declared.name);
    if (e == nullptr) {
      e = new edit{};
      edits_.push_back(e);
    }
    e->now = declared;
    e->parts.clear();
    e->declared = &declared;
    e->exists = true;
  }
  /// Precondition: the table exists.
  constexpr void drop(const identifier& name) { touch(name).exists = false; }
  /// Precondition: the table exists.
  constexpr void add(const identifier& name, const part* p) {
    edit& e = own(name);
    e.parts.push_back(p);
    e.now.parts = e.parts.all();
    e.now.note_shared(p);
  }
  /// Precondition: the table exists, and has the part.
  constexpr void remove(const identifier& name, const part* p) {
    edit& e = own(name);
    const part* const* at = e.parts.begin();
    while (*at != p) ++at;
    e.parts.erase(static_cast<std::size_t>(at - e.parts.begin()));
    e.now.parts = e.parts.all();
  }

  constexpr finding& report(code what, const identifier& table, text_view object = {}, text_view other = {},
                            text_view detail = {}) {
    finding f = proto_;
    f.what = what;
    f.table = table;
    f.object = object;
    f.other = other;
    f.detail = detail;
    findings.push_back(f);
    return findings.back();
  }
  constexpr const finding& proto() const { return proto_; }
  /// From now on it is the inverse that is applied.
  constexpr void begin_inverse() { proto_.inverse = true; }
  constexpr const schema& base() const { return *base_; }
  constexpr const list<edit*>& edits() const { return edits_; }

  list<finding> findings;

 private:
  constexpr edit* edit_of(const identifier& name) const {
    for (edit* e : edits_)
      if (e->now.name.hash == name.hash && e->now.name == name) return e;
    return nullptr;
  }
  constexpr edit& touch(const identifier& name) {
    if (edit* e = edit_of(name)) return *e;
    const table* before = base_->find(name);
    edits_.push_back(new edit{before, *before, {}, true, nullptr});
    return *edits_.back();
  }
  /// Touched, with a list of parts of its own.
  constexpr edit& own(const identifier& name) {
    edit& e = touch(name);
    if (e.parts.empty()) {
      e.parts.reserve(e.now.parts.size() + 2);
      e.parts.append(e.now.parts);
    }
    e.declared = nullptr;
    return e;
  }

  const schema* base_;
  finding proto_;
  list<edit*> edits_;
};

}  // namespace dovetail::model
