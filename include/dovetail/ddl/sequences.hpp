// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <dovetail/ddl/sql.hpp>

/// What PostgreSQL makes of sequences.
namespace dovetail::sql {

/// `nextval('"invoice_number"'`, with what follows the name to come.
constexpr text_buffer& put_call(text_buffer& out, text_view function, text_view sequence, auto put_text) {
  text_buffer name;
  name << quoted{sequence};
  put_text(out << function << '(', name.all());
  return out;
}
/// All that it is but its name and its owner, what the server would choose by itself included: it chooses otherwise where it
/// alters a sequence.
constexpr void put_sequence(text_buffer& out, const model::sequence& s) {
  out << " AS " << sql_type{s.type} << " INCREMENT BY " << s.increment << " MINVALUE " << s.min << " MAXVALUE " << s.max
      << " START WITH " << s.start << " CACHE " << s.cache << (s.cycles ? text_view(" CYCLE") : text_view(" NO CYCLE"));
}
constexpr void put_owner(text_buffer& out, const model::sequence& s) {
  out << " OWNED BY ";
  if (s.owner.empty())
    out << "NONE";
  else
    out << quoted{s.owner} << '.' << quoted{s.owner_column};
}
constexpr void put_create_sequence(text_buffer& out, text_view name, const model::sequence& s) {
  put_sequence(out << "CREATE SEQUENCE " << quoted{name}, s);
}
/// Sets a sequence that is not beyond what a column stores to the first of its numbers that is: `SELECT setval('"s"', 1000 +
/// ceil((max("a")::numeric - 1000) / 10) * 10) FROM "t" …`. Values behind its last number do not count.
constexpr void put_go_on_behind(text_buffer& out, text_view table, const model::column& c, const model::sequence& s,
                                auto put_text) {
  const bool down = s.increment < 0;
  text_buffer end;
  end << (down ? text_view("min(") : text_view("max(")) << quoted{c.name} << ')';
  put_call(out << "SELECT ", "setval", c.value.text, put_text)
      << ", (" << s.start << " + ceil((" << end.all() << "::numeric - " << s.start << ") / " << s.increment << ") * "
      << s.increment << ")::bigint) FROM " << quoted{table} << " WHERE " << quoted{c.name}
      << (down ? text_view(" >= ") : text_view(" <= ")) << (down ? s.min : s.max) << " HAVING " << end.all()
      << (down ? text_view(" <= ") : text_view(" >= ")) << "(SELECT last_value FROM " << quoted{c.value.text} << ')';
}

}  // namespace dovetail::sql
