// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstddef>

#include <dovetail/change/migration.hpp>
#include <dovetail/model/validate.hpp>

namespace dovetail {

namespace detail {

/// The versions of a history, from the last to the first.
struct history {
  identifier name;
  const model::schema* version = nullptr;
  const history* previous = nullptr;

  constexpr bool fresh() const {
    for (const history* p = previous; p != nullptr; p = p->previous)
      if (p->name == name) return false;
    return true;
  }
};

/// The findings of a version's declaration: of a version in full, its tables'; of a derived one, those of its
/// migration's steps and of the version before. A table is checked by itself, so that no evaluation grows with the schema.
template <class V>
struct soundness;

/// One type for all versions and tables, so that what it is given to is instantiated once.
struct tables_by_name {
  const model::schema& in;
  constexpr const model::table* operator()(const identifier& name) const { return in.find(name); }
};
template <class V, std::size_t I>
struct table_soundness {
  static constexpr void into(list<finding>& out) {
    finding proto;
    proto.version = V::value.version;
    validate(*V::value.tables[I], tables_by_name{V::value}, proto, out);
  }
  static constexpr array_view<finding> findings = static_findings<table_soundness>::value;
};
template <class V>
struct version_name_soundness {
  static constexpr void into(list<finding>& out) {
    const text_view fault = identifier_fault(V::value.version);
    if (fault.empty()) return;
    finding f;
    f.what = code::SC_NAME;
    f.version = V::value.version;
    f.detail = fault;
    out.push_back(f);
  }
  static constexpr array_view<finding> findings = static_findings<version_name_soundness>::value;
};
template <class V>
struct names_soundness {
  static constexpr void into(list<finding>& out) {
    version_name_soundness<V>::into(out);
    finding proto;
    proto.version = V::value.version;
    validate_names(V::value, proto, out);
  }
  static constexpr array_view<finding> findings = static_findings<names_soundness>::value;
};

template <class V, class Indices>
struct tables_soundness;
template <class V, std::size_t... I>
struct tables_soundness<V, std::index_sequence<I...>> : joined_findings<names_soundness<V>, table_soundness<V, I>...> {};

template <class V>
struct soundness : tables_soundness<V, std::make_index_sequence<V::value.tables.size()>> {};
template <class V>
  requires requires { typename V::made_by; }
struct soundness<V> : joined_findings<soundness<typename V::made_by::from>, migration_done<typename V::made_by>,
                                      version_name_soundness<V>> {};

template <class V>
inline constexpr history history_of{V::value.version, &V::value, nullptr};
template <class V>
  requires requires { typename V::made_by; }
inline constexpr history history_of<V>{V::value.version, &V::value, &history_of<typename V::made_by::from>};

}  // namespace detail

/// The version that a migration leads to: `struct v2 : dt::after<"2", add_nickname> {};`. A history is linear by
/// construction: each version has the one that its migration begins from. Two versions of one name do not compile
/// (SC_CHAIN).
template <fixed_string Version, class Migration>
struct after {
  using made_by = Migration;
  static constexpr model::schema value{identifier_of<Version>, detail::migration_done<Migration>::last.tables,
                                       detail::migration_done<Migration>::last.partitioned};

 private:
  static constexpr detail::history made{identifier_of<Version>, nullptr, &detail::history_of<typename Migration::from>};
  // The assertion also makes this version, and the checks of the one before, while nothing later asks for them: so the
  // template depth is the same for the first version of a history and for its thousandth.
  using check = detail::raise_if<!made.fresh(), code::SC_CHAIN,
                                 detail::line_of<detail::labelled_text<"version: ", Version>>,
                                 detail::line_of<detail::literal_text<"fix: give each version a name of its own">>>;
  static_assert(sizeof(check) != 0 && detail::migration_done<Migration>::finding_counts[0] + 1 != 0 &&
                detail::soundness<typename Migration::from>::findings.size() + 1 != 0);
};

}  // namespace dovetail
