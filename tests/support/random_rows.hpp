// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <deque>
#include <string>
#include <vector>

#include <dovetail/change/data.hpp>
#include <support/up_and_down.hpp>

/// Rows of random tables, inserted and deleted by steps.
namespace test {

/// Rows as a step has them: a literal for each column that has one, and NULL where `is_null_in` says so.
struct declared_rows {
  std::deque<std::string> texts;
  std::vector<dt::identifier> columns;
  std::vector<std::vector<model::default_value>> values;
  std::vector<dt::array_view<model::default_value>> rows;
  model::data_change data;

  explicit declared_rows(const model::table& t) : values(rows_per_table) {
    for (const model::part* p : t.parts) {
      const model::column* c = model::as_column(p);
      if (c == nullptr || c->identity != model::identity_kind::none || c->is_generated()) continue;
      columns.push_back(c->name);
      for (int i = 0; i != rows_per_table; ++i) values[static_cast<std::size_t>(i)].push_back(literal_of(t, *c, i));
    }
    for (const auto& each : values) rows.push_back({each.data(), each.size()});
    data.columns = {columns.data(), columns.size()};
    data.rows = {rows.data(), rows.size()};
  }

 private:
  model::default_value literal_of(const model::table& t, const model::column& c, int row) {
    using enum model::default_kind;
    if (is_null_in(t, c, row)) return {};
    const std::string value = value_of(c.type, row);
    switch (dt::facts_of(c.type.kind).literal) {
      case dt::literal_form::truth: return {boolean, value == "0" ? "false" : "true"};
      case dt::literal_form::whole: return {number, keep(value)};
      default: return {text, keep(value)};
    }
  }
  dt::text_view keep(const std::string& value) {
    texts.push_back(value);
    return {texts.back().data(), texts.back().size()};
  }
};

/// How many steps were tried, and refused.
struct row_counts {
  int done = 0;
  int refused = 0;
};

/// What a step inserts is what the server stores of the same values otherwise, and its inverse deletes it.
template <class Server>
std::string inserts_and_deletes(Server& db, const model::schema& s, row_counts& counts) {
  using dialect = typename Server::dialect;
  db.run(creation_of<dialect>(s));
  db.references(false);
  for (const model::table* t : tables_of(s)) {
    const declared_rows declared(*t);
    model::change insert{&model::kind_of<model::changes::insert_rows>, t->name, {}};
    insert.data = &declared.data;
    model::draft d(s, {});
    apply(d, insert);
    if (!d.findings.empty()) {
      // No key without a number of the server's, or a type without literals.
      for (const dt::finding& f : d.findings)
        if (f.what != dt::code::MG_ROWS && f.what != dt::code::MG_VALUE) return to_text(dt::list<dt::finding>(d.findings));
      ++counts.refused;
      continue;
    }
    model::change remove = insert;
    remove.kind = &model::kind_of<model::changes::delete_rows>;
    const auto stored = [&] {
      model::change none{};
      none.table = t->name;
      const model::table* only[]{t};
      const model::schema one{"1", only};
      return rows_of(db, none, one, one, false);
    };
    for (int round = 0; round != 2; ++round) {
      db.run(change_of<dialect>(insert, s, s));
      const auto by_step = stored();
      if (by_step.size() != rows_per_table) return "not all rows are inserted";
      db.run(change_of<dialect>(remove, s, s));
      if (!stored().empty()) return "not all rows are deleted";
      if (round != 0) break;
      for (int i = 0; i != rows_per_table; ++i)
        insert_row(
            db, *t, [](const model::column& c) { return c.identity == model::identity_kind::none; },
            [&](const model::column& c) { return is_null_in(*t, c, i) ? std::nullopt : std::optional(value_of(c.type, i)); });
      std::string wrong;
      // The server numbers the rows on.
      bool numbered = false;
      for (const model::part* p : t->parts)
        numbered = numbered || (p->kind == model::part_kind::column &&
                                static_cast<const model::column*>(p)->identity != model::identity_kind::none);
      if (!numbered) wrong = difference_of(stored(), by_step);
      if (!wrong.empty()) return "a step stores something else:\n" + wrong;
      db.run("DELETE FROM " + quoted(t->name));
      ++counts.done;
    }
  }
  db.references(true);
  return {};
}

}  // namespace test
