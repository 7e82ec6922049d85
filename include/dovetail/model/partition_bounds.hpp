// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstddef>
#include <cstdint>

#include <dovetail/model/literal.hpp>
#include <dovetail/model/schema.hpp>

/// Which rows a partition takes, and whether partitions contradict each other.
namespace dovetail::model {

/// The whole number of a literal, or the one behind it.
constexpr limit limit_of(const default_value& number, bool behind) {
  const limit value = limit_of(number.text);
  if (!behind) return value;
  return {value.negative, value.negative ? value.magnitude - 1 : value.magnitude + 1};
}

/// How two literals of a column compare; `unknown` where that depends on the server's collation, or has more than one
/// spelling.
enum class literal_order : unsigned char { less, equal, greater, unknown };

/// Precondition: the column can store both (`default_fault`), and neither is NULL.
constexpr literal_order order_of(const default_value& a, const default_value& b, const sql_type& type) {
  if (a == b) return literal_order::equal;
  const auto of = [](auto x, auto y) {
    return x < y ? literal_order::less : y < x ? literal_order::greater : literal_order::equal;
  };
  switch (facts_of(type.kind).literal) {
    case literal_form::whole: {
      const limit x = limit_of(a.text);
      const limit y = limit_of(b.text);
      return !(y <= x) ? literal_order::less : x <= y ? literal_order::equal : literal_order::greater;
    }
    case literal_form::truth: return of(a.text.size() == 4, b.text.size() == 4);
    case literal_form::label: {
      const auto place = [&](text_view label) {
        std::size_t i = 0;
        while (i != type.labels->labels.size() && !(type.labels->labels[i].text() == label)) ++i;
        return i;
      };
      return of(place(a.text), place(b.text));
    }
    // Of one shape, so that they are ordered as their digits are.
    case literal_form::date:
    case literal_form::time:
    case literal_form::timestamp:
    case literal_form::timestamptz:
      for (std::size_t i = 0; i != a.text.size(); ++i)
        if (a.text[i] != b.text[i]) return of(a.text[i], b.text[i]);
      return literal_order::equal;
    case literal_form::decimal:
    case literal_form::text:
    case literal_form::uuid:
    case literal_form::none: break;
  }
  return literal_order::unknown;
}

/// Partition keys, and bounds of partitions by them.
struct partition_bounds {
  const table& of;
  const partitioning& by;

  constexpr const column* key(std::size_t i) const { return of.find_column(by.columns[i]); }

  /// Some row is from the one end on and before the other: whether that is sure not to be so, by the values of the key's
  /// columns in their order. An empty end is none.
  constexpr bool is_empty(array_view<default_value> from, array_view<default_value> until) const {
    if (from.empty() || until.empty()) return false;
    for (std::size_t i = 0; i != by.columns.size(); ++i) {
      const literal_order order = order_of(from[i], until[i], key(i)->type);
      if (order != literal_order::equal) return order == literal_order::greater;
    }
    return true;
  }
  constexpr bool has(const partition& list, const default_value& value) const {
    for (const default_value& each : list.values) {
      const bool null = each.kind == default_kind::none;
      if (null != (value.kind == default_kind::none)) continue;
      if (null || order_of(each, value, key(0)->type) == literal_order::equal) return true;
    }
    return false;
  }
  /// Both are sure to take some row. Precondition: neither has a fault of its own.
  constexpr bool overlap(const partition& a, const partition& b) const {
    switch (a.by) {
      case partition_method::rest: return true;
      case partition_method::range:
        // Where it is not known which of two ends comes first, nothing is said.
        return begins_before(a.from, b.until) && begins_before(b.from, a.until);
      case partition_method::list:
        for (const default_value& each : a.values)
          if (has(b, each)) return true;
        return false;
      case partition_method::hash: {
        const std::uint64_t smaller = a.modulus < b.modulus ? a.modulus : b.modulus;
        return a.remainder % smaller == b.remainder % smaller;
      }
    }
    return false;
  }
  /// Why a partition is none of this key, whatever the others are; empty if it is one.
  constexpr text_view fault(const partition& p) const {
    if (p.by == partition_method::rest)
      return by.by == partition_method::hash ? "a table that is partitioned by hash has no default partition" : "";
    if (p.by != by.by) return "its table is partitioned otherwise: declare range_partition, list_partition or hash_partition as it is";
    switch (p.by) {
      case partition_method::range: {
        const text_view from = ends_fault(p.from);
        if (const text_view wrong = from.empty() ? ends_fault(p.until) : from; !wrong.empty()) return wrong;
        return is_empty(p.from, p.until) ? "no value is in it: let until be greater than from" : "";
      }
      case partition_method::list:
        if (p.values.empty()) return "no value is in it: name one";
        for (std::size_t i = 0; i != p.values.size(); ++i) {
          if (const text_view wrong = literal_fault(p.values[i], 0); !wrong.empty()) return wrong;
          for (std::size_t j = 0; j != i; ++j)
            if (has({{}, {}, {}, {}, {p.values.data() + j, 1}}, p.values[i])) return "it names a value twice";
        }
        return {};
      case partition_method::hash:
        if (p.modulus == 0) return "a modulus is greater than 0";
        return p.remainder < p.modulus ? "" : "no row is in it: a remainder is smaller than its modulus";
      case partition_method::rest: break;
    }
    return {};
  }

 private:
  constexpr bool begins_before(array_view<default_value> from, array_view<default_value> until) const {
    if (from.empty() || until.empty()) return true;
    for (std::size_t i = 0; i != by.columns.size(); ++i) {
      const literal_order order = order_of(from[i], until[i], key(i)->type);
      if (order != literal_order::equal) return order == literal_order::less;
    }
    return false;
  }
  constexpr text_view literal_fault(const default_value& value, std::size_t i) const {
    column as = *key(i);
    as.value = value;
    if (value.text.contains('\0')) return "a bound holds a NUL";
    const text_view wrong = default_fault(as);
    if (wrong.empty() && value.kind == default_kind::none && !as.nullable) return "its column is not null, and never NULL";
    return wrong;
  }
  constexpr text_view ends_fault(array_view<default_value> ends) const {
    if (!ends.empty() && ends.size() != by.columns.size())
      return "an end of a range has one value for each column of the partition key, or none";
    for (std::size_t i = 0; i != ends.size(); ++i) {
      if (ends[i].kind == default_kind::none) return "no range has NULL as its end: leave out the values where it has none";
      if (const text_view wrong = literal_fault(ends[i], i); !wrong.empty()) return wrong;
    }
    return {};
  }
};

/// Checks what a part says that belongs to a partitioned table; `proto` has the facts of the step. Precondition: the table
/// has a partition key.
constexpr void validate_partitions(const part& p, const table& t, const finding& proto, list<finding>& out) {
  const auto report = [&](text_view detail, text_view other = {}) {
    out.push_back(proto);
    finding& f = out.back();
    f.what = code::SC_PARTITION;
    f.table = t.name;
    f.object = name_of(p);
    f.detail = detail;
    f.other = other;
  };
  const partitioning* by = t.find_partitioning();
  bool complete = !by->columns.empty();
  for (const identifier& name : by->columns) complete = complete && t.find_column(name) != nullptr;
  if (&p == by) {
    if (by->columns.empty()) report("it has no column");
    if (by->by == partition_method::list && by->columns.size() > 1) report("a list is of one column");
    for (const identifier& name : by->columns) {
      const column* c = t.find_column(name);
      if (c == nullptr) continue;
      if (c->is_generated()) report("a generated column cannot stand in it", name);  // as the server says, seen in 15.20
      if (c->nullable && by->by == partition_method::range && t.default_partition() == nullptr)
        report("no range takes NULL: declare the column not null, or a default_partition", name);
    }
    return;
  }
  if (p.kind == part_kind::partitioning) return report("its table is partitioned twice: declare one partition key");
  const bool unique = p.kind == part_kind::primary_key || p.kind == part_kind::unique || p.kind == part_kind::exclusion ||
                      (as_index(&p) != nullptr && as_index(&p)->unique);
  if (unique) {
    // The server looks for the other row in one partition only (PostgreSQL manual, section 5.11.2.3).
    for (const identifier& name : by->columns)
      if (!contains(columns_of(&p), name))
        report("it is looked after in each partition by itself: let it have each column of the partition key", name);
    return;
  }
  const partition* made = as_partition(&p);
  if (made == nullptr || !complete) return;
  const partition_bounds bounds{t, *by};
  if (const text_view fault = bounds.fault(*made); !fault.empty()) return report(fault);
  t.each_partition([&](const partition& other) {
    if (&other == made || (other.by == partition_method::rest) != (made->by == partition_method::rest) ||
        !bounds.fault(other).empty())
      return;
    if (made->by == partition_method::rest) return report("a table has one default partition", other.name);
    const bool larger = made->modulus > other.modulus;
    if (made->by == partition_method::hash &&
        (larger ? made->modulus % other.modulus : other.modulus % made->modulus) != 0)
      report("of two moduli the smaller one divides the other", other.name);
    else if (bounds.overlap(*made, other))
      report("another partition takes rows of it: let none be in two", other.name);
  });
}

/// Values that no partition of the table takes, of those that a writer may send to the column. False where that cannot be
/// told: days and times, on which a partition is wanted before they come, are told by nobody.
constexpr bool may_miss(const table& t, const column& c, const domain& sent) {
  const partitioning* by = t.find_partitioning();
  if (by == nullptr || t.default_partition() != nullptr) return false;
  const partition_bounds bounds{t, *by};
  if (!contains(by->columns, c.name)) return false;
  if (by->by == partition_method::hash) {
    std::uint64_t most = 1;
    std::uint64_t taken = 0;
    t.each_partition([&](const partition& p) { most = most < p.modulus ? p.modulus : most; });
    t.each_partition([&](const partition& p) { taken += most / p.modulus; });
    return taken != most;
  }
  bool any = false;
  t.each_partition([&](const partition&) { any = true; });
  if (!any) return true;
  if (by->columns.size() != 1) return false;
  const auto listed = [&](const default_value& value) {
    bool found = false;
    t.each_partition([&](const partition& p) { found = found || bounds.has(p, value); });
    return found;
  };
  if (by->by == partition_method::list) {
    if (sent.null && !listed({})) return true;
    if (sent.kind == family::boolean)
      return !listed({default_kind::boolean, "true"}) || !listed({default_kind::boolean, "false"});
    if (sent.kind == family::label || (sent.kind == family::text && sent.closed)) {
      for (const identifier& each : sent.labels)
        if (!listed({default_kind::text, each})) return true;
      return false;
    }
    if (sent.kind == family::text) return true;
  }
  if (sent.kind != family::number || facts_of(c.type.kind).literal != literal_form::whole) return false;
  // From the smallest number that may be sent on, each partition leads to the first number behind it.
  limit next = sent.low;
  bool found = true;
  bool open = false;
  while (found && !open && next <= sent.high) {
    found = false;
    const auto reach = [&](const default_value* from, const default_value* until, bool included) {
      if (found || (from != nullptr && !(limit_of(*from, false) <= next))) return;
      if (until != nullptr && limit_of(*until, included) <= next) return;
      found = true;
      open = open || until == nullptr;
      if (until != nullptr) next = limit_of(*until, included);
    };
    t.each_partition([&](const partition& p) {
      if (p.by == partition_method::range)
        reach(p.from.empty() ? nullptr : p.from.data(), p.until.empty() ? nullptr : p.until.data(), false);
      else
        for (const default_value& each : p.values)
          if (each.kind != default_kind::none) reach(&each, &each, true);
    });
  }
  return !found;
}

inline constexpr partition_rules rules_of_partitions{&validate_partitions, &may_miss};

}  // namespace dovetail::model
