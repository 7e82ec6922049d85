// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstddef>
#include <cstdint>

#include <dovetail/model/schema.hpp>
#include <dovetail/model/validate.hpp>
#include <dovetail/vocabulary/lock_mode.hpp>

namespace dovetail::model {

/// SQL that nothing is known of but what is declared.
struct opaque_sql {
  text_view reason;
  text_view text;
  text_view for_postgresql;  ///< in place of `text`, where it is not empty
  text_view for_sqlite;
  identifier table;          ///< that it locks
  lock_mode lock = lock_mode::none;
  bool rewrites = false;
  bool scans = false;
  bool outside = false;      ///< of a transaction
  bool idempotent = false;
};

struct change_kind;
struct transformation;

/// What batches of rows say beside their condition. They give up a lock before the server looks for a deadlock, and ends
/// somebody else.
struct batch_texts {
  text_view insert{};  ///< stands in the place of UPDATE, where it is not empty
  text_view behind{};  ///< the condition
  text_view wrong{};   ///< a condition that no row may satisfy in the end; empty where nothing is proven
};

/// What a change does to rows. Which members a kind uses, its header says.
struct data_change {
  array_view<assignment> assignments{};
  text_view condition{};             ///< SQL, of the rows that are not done yet; empty for all rows
  array_view<identifier> columns{};  ///< of rows that are inserted or deleted
  array_view<array_view<default_value>> rows{};  ///< their values; default_kind::none is NULL
  const opaque_sql* sql = nullptr;
  const change_kind* undone_by = nullptr;  ///< the kind of the natural inverse, which has the same members
  const transformation* transformed = nullptr;  ///< by functions of C++
  /// Of assignments without an expression, which the client computes from `columns`: the rows that none may be left of in
  /// the end. Empty where the server computes all.
  text_view unfinished{};
  const batch_texts* batches = nullptr;
  constexpr bool in_client() const { return !unfinished.empty(); }
};

/// What a change does to a database, in the terms of its catalogue: what a dialect turns into statements. A kind of change
/// that is one or several of these needs nothing of a dialect.
struct operation {
  enum class what : unsigned char {
    create_table,  ///< or a view or function
    drop_table,
    rename_table,
    add_part,
    drop_part,
    alter_part,
    set_labels,
    update_rows,
    insert_rows,
    delete_rows,
    run_sql,
  };
  what kind;
  identifier table;              ///< its name before
  const part* before = nullptr;  ///< of drop_part and alter_part
  const part* after = nullptr;   ///< of add_part and alter_part, where the name may be another
  /// Of rename_table; of alter_part, the column whose values this one takes in exchange; of a partition key, the partition
  /// that the whole table becomes, or has become.
  identifier renamed{};
  const enumeration_labels* labels_before = nullptr;  ///< of set_labels
  const enumeration_labels* labels_after = nullptr;   ///< the same: one label more or less, or one renamed
  text_view expression{};        ///< of alter_part, if a column's stored values become others: how
  bool with_next = false;        ///< in one transaction with the operation behind it
  const data_change* data = nullptr;  ///< of what is done to rows
};

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
    for (derived* each : derived_) delete each;
    for (data_change* each : data_) delete each;
  }

  /// A part that a change has made of another, and the storage of what it names.
  struct derived {
    any_part made;
    list<identifier> names;
    text_buffer text;
    const sql_type* type = nullptr;  ///< of a column: where the type was declared
  };

  /// The table as it stands now, or null.
  constexpr const table* find(const identifier& name) const {
    for (const edit* e : edits_)
      if (e->exists && e->now.name.hash == name.hash && e->now.name == name) return &e->now;
    const table* found = base_->find(name);
    for (const edit* e : edits_)
      if (e->before == found && found != nullptr) return nullptr;  // it is dropped, or has another name now
    return found;
  }

  /// The same, but null for a view or function.
  constexpr const table* find_table(const identifier& name) const {
    const table* found = find(name);
    return found != nullptr && found->kind == source_kind::table ? found : nullptr;
  }
  /// What a view or function is not, for MG_TARGET.
  static constexpr text_view no_table = "table (it is a view or function, for which there are create_view and drop_view)";
  /// What is missing where `find_table` finds none.
  constexpr text_view missing_table(const identifier& name) const {
    const table* other = find(name);
    if (other != nullptr && other->kind == source_kind::sequence)
      return "table (it is a sequence, for which there are alter_sequence, rename_sequence and drop_sequence)";
    if (other != nullptr && !other->alias_of.empty()) return "table (it is a view of another one while a gradual change is under way)";
    return other == nullptr ? "table" : no_table;
  }

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
    note({operation::what::create_table, declared.name});
  }
  /// Puts a routine in the place of one, which whatever runs it then runs. Precondition: a routine of its name exists.
  constexpr void replace(const table& declared) {
    edit& e = touch(declared.name);
    e.now = declared;
    e.parts.clear();
    e.declared = &declared;
    note({operation::what::create_table, declared.name});
  }
  /// Precondition: the table exists.
  constexpr void drop(const identifier& name) {
    touch(name).exists = false;
    note({operation::what::drop_table, name});
  }
  /// Precondition: the table exists, and no other has the new name.
  constexpr void rename(const identifier& name, const identifier& renamed) {
    edit& e = own(name);
    e.now.name = renamed;
    note({operation::what::rename_table, name, nullptr, nullptr, renamed});
  }
  /// Precondition: the table exists.
  constexpr void add(const identifier& name, const part* p) {
    edit& e = own(name);
    e.parts.push_back(p);
    e.now.parts = e.parts.all();
    e.now.note_shared(p);
    note({operation::what::add_part, name, nullptr, p});
  }
  /// Precondition: the table exists, and has the part.
  constexpr void remove(const identifier& name, const part* p) {
    edit& e = own(name);
    e.parts.erase(place_of(e, p));
    e.now.parts = e.parts.all();
    note({operation::what::drop_part, name, p});
  }
  /// Puts one part in the place of another. Precondition: the table exists, and has the part.
  constexpr void alter(const identifier& name, const part* p, const part* other, text_view expression = {}) {
    follow(name, p, other);
    operation o{operation::what::alter_part, name, p, other};
    o.expression = expression;
    note(o);
  }
  /// Two columns exchange their values; each part is put in the place of the one before it. Precondition: the table
  /// exists, and has both.
  constexpr void exchange(const identifier& name, const part* first, const part* first_now, const part* second,
                          const part* second_now) {
    follow(name, first, first_now);
    follow(name, second, second_now);
    note({operation::what::alter_part, name, first, first_now, second->name});
  }
  /// The same where the server does it by itself, because of something else that is changed.
  constexpr void follow(const identifier& name, const part* p, const part* other) {
    edit& e = own(name);
    e.parts[place_of(e, p)] = other;
    e.now.parts = e.parts.all();
    e.now.note_shared(other);
  }

  /// An enumeration has other labels; its columns have followed.
  constexpr void set_labels(const enumeration_labels& before, const enumeration_labels& after) {
    operation o{operation::what::set_labels, {}};
    o.labels_before = &before;
    o.labels_after = &after;
    note(o);
  }

  /// Sets columns of the rows that satisfy a condition of SQL, or of all rows where it is empty, in batches. It should be
  /// false of a row that is done: then the update can be stopped and begun again. Precondition: the table exists, as do
  /// the columns; what is named here stays as long as the draft.
  template <class Name>
  constexpr void update_rows(const Name& table, array_view<assignment> assignments, text_view condition) {
    data_.push_back(new data_change{assignments, condition});
    change_data(operation::what::update_rows, table, *data_.back());
  }
  /// Any change of rows. Precondition: the table exists, and `data` stays as long as the draft.
  constexpr void change_data(operation::what kind, const identifier& table, const data_change& data) {
    operation o{kind, table};
    o.data = &data;
    note(o);
  }

  /// A copy of a part, to be changed. It lives as long as the draft; who keeps the schema keeps `derived_from` it.
  constexpr derived& derive(const part& from) {
    const column* c = as_column(&from);
    derived_.push_back(new derived{any_part(from), {}, {}, c == nullptr ? nullptr : lasting(&c->type)});
    return *derived_.back();
  }
  constexpr bool has_derived() const { return !derived_.empty(); }
  /// Null where the part is not one that `derive` has made.
  constexpr const derived* derived_from(const part* p) const {
    for (const derived* each : derived_)
      if (&each->made.get() == p) return each;
    return nullptr;
  }
  /// A column's type, where it stays when the draft has gone: a finding outlives the columns that are made here.
  constexpr const sql_type* lasting(const sql_type* type) const {
    for (const derived* each : derived_)
      if (const column* c = as_column(&each->made.get()); c != nullptr && &c->type == type) return each->type;
    return type;
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
  constexpr void begin_inverse() {
    proto_.inverse = true;
    destroys_ = rebuilds_ = false;
  }
  /// The change destroys stored values, or makes others of them without a word.
  constexpr void destroy() { destroys_ = true; }
  constexpr bool destroys() const { return destroys_; }
  /// The change drops stored values that its inverse computes again of others.
  constexpr void rebuild() { rebuilds_ = true; }
  constexpr bool rebuilds() const { return rebuilds_; }
  constexpr const schema& base() const { return *base_; }
  constexpr const list<edit*>& edits() const { return edits_; }
  /// The last operation is seen by others together with the next one only.
  constexpr void join() { operations_[operations_.size() - 1].with_next = true; }
  /// The last operation is a part of another one, which does it.
  constexpr void absorb() { operations_.erase(operations_.size() - 1); }
  /// Names what else the last operation is about.
  constexpr void name(const identifier& also) { operations_.back().renamed = also; }
  /// What has been done, in its order.
  constexpr const list<operation>& operations() const { return operations_; }

  list<finding> findings;

 private:
  /// Of the table that has the name now, or else of one that had it when it was dropped.
  constexpr edit* edit_of(const identifier& name) const {
    edit* dropped = nullptr;
    for (edit* e : edits_) {
      if (!(e->now.name.hash == name.hash && e->now.name == name)) continue;
      if (e->exists) return e;
      dropped = e;
    }
    return dropped;
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

  static constexpr std::size_t place_of(const edit& e, const part* p) {
    const part* const* at = e.parts.begin();
    while (*at != p) ++at;
    return static_cast<std::size_t>(at - e.parts.begin());
  }
  constexpr void note(const operation& o) { operations_.push_back(o); }

  const schema* base_;
  finding proto_;
  bool destroys_ = false;
  bool rebuilds_ = false;
  list<edit*> edits_;
  list<derived*> derived_;
  list<data_change*> data_;
  list<operation> operations_;
};

}  // namespace dovetail::model
