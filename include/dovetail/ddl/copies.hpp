// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <dovetail/ddl/syncs.hpp>

/// What PostgreSQL does for a sync whose table, of children, copies columns from another, of parents.
namespace dovetail::sql {

/// `SELECT "name" FROM "purchase" WHERE …`: what the row of a child should have.
constexpr void put_copied(auto& out, text_view child, const model::foreign_key& along, const model::assignment& copy) {
  out << "SELECT " << quoted{copy.expression} << " FROM " << quoted{along.target} << " WHERE ";
  put_equal(out, along.target, along.target_columns, child, along.columns);
}
/// The newer columns of a sync, each with such a query as its expression, and with what stands behind that.
class copied_columns {
 public:
  constexpr copied_columns(text_view child, const model::sync& s, text_view behind = {}) {
    list<std::size_t> ends;
    for (const model::assignment& copy : s.newer) {
      put_copied(text_, child, *s.along, copy);
      text_ << behind;
      ends.push_back(text_.size());
    }
    for (std::size_t i = 0, begin = 0; i != s.newer.size(); begin = ends[i++])
      columns_.push_back({s.newer[i].column, text_.all().substr(begin, ends[i] - begin)});
  }
  constexpr array_view<model::assignment> all() const { return columns_.all(); }

 private:
  text_buffer text_;
  list<model::assignment> columns_;
};
constexpr void put_copies_differ(auto& out, text_view child, const model::sync& s) {
  put_joined(out, " OR ", s.newer, [&](const model::assignment& copy) {
    put_copied(out << quoted{copy.column} << " IS DISTINCT FROM (", child, *s.along, copy);
    out << ')';
  });
}
/// A condition that is true, once the parents of those children that it is put for are locked against another value. They
/// come first, and in an order, because whoever changes a parent locks it before its children. A count is taken of all
/// before any row is looked at.
template <class PutChildren>
constexpr void put_lock_parents(auto& out, text_view child, const model::foreign_key& along, PutChildren put_children) {
  put_columns(out << "(SELECT count(*) FROM (SELECT 1 FROM " << quoted{along.target} << " WHERE ", along.target_columns);
  put_names(out << " IN (SELECT ", along.columns);
  put_children(out << " FROM " << quoted{child} << " WHERE ");
  put_names(out << ") ORDER BY ", along.target_columns);
  out << " FOR KEY SHARE) AS parents) >= 0";
}

/// The function of both triggers. A child that comes or is changed locks its parent as a foreign key does, which hinders
/// nobody but those who change what is copied. These lock the parent as a whole before they look for its children. So one
/// of the two waits, and then sees what the other did. The child's second query is not to be spared: a row that is locked
/// FOR KEY SHARE is returned as it was before the change that it has waited for (seen in 15.20).
constexpr void put_copies_body(auto& out, text_view child, const model::sync& s) {
  const model::foreign_key& along = *s.along;
  const auto put_parent = [&](array_view<identifier> key) {
    out << " FROM " << quoted{along.target} << " WHERE ";
    put_equal(out, along.target_columns, "NEW.", key);
  };
  // Not WHEN: then no label of an enumeration that is copied could be dropped ("cannot alter type of a column used in a
  // trigger definition", seen in 15.20).
  put_joined(out << "#variable_conflict use_column\nBEGIN\n  IF TG_WHEN = 'AFTER' THEN\n    IF ", " OR ", s.newer,
             [&](const model::assignment& copy) { put_changed(out, copy.expression); });
  out << " THEN\n      PERFORM 1";
  put_parent(along.target_columns);
  out << " FOR UPDATE;\n      UPDATE " << quoted{child} << " SET ";
  put_joined(out, ", ", s.newer, [&](const model::assignment& copy) {
    out << quoted{copy.column} << " = NEW." << quoted{copy.expression};
  });
  put_equal(out << " WHERE ", along.columns, "NEW.", along.target_columns);
  put_joined(out << " AND (", " OR ", s.newer, [&](const model::assignment& copy) {
    out << quoted{copy.column} << " IS DISTINCT FROM NEW." << quoted{copy.expression};
  });
  put_joined(out << ");\n    END IF;\n    RETURN NULL;\n  END IF;\n  IF TG_OP = 'INSERT' OR ", " OR ", along.columns,
             [&](const identifier& each) { put_changed(out, each); });
  put_joined(out << " OR ", " OR ", s.newer, [&](const model::assignment& copy) { put_changed(out, copy.column); });
  out << " THEN\n    PERFORM 1";
  put_parent(along.columns);
  put_joined(out << " FOR KEY SHARE;\n    SELECT ", ", ", s.newer,
             [&](const model::assignment& copy) { out << quoted{copy.expression}; });
  put_joined(out << " INTO ", ", ", s.newer, [&](const model::assignment& copy) { out << "NEW." << quoted{copy.column}; });
  put_parent(along.columns);
  out << ";\n  END IF;\n  RETURN NEW;\nEND";
}

/// The trigger of the parents.
constexpr void put_create_parent_trigger(auto& out, const model::sync& s) {
  out << "CREATE TRIGGER " << quoted{s.name} << " AFTER UPDATE ON " << quoted{s.along->target}
      << " FOR EACH ROW EXECUTE FUNCTION " << quoted{s.name} << "()";
}

}  // namespace dovetail::sql
