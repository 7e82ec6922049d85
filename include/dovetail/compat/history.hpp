// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <utility>

#include <dovetail/compat/check.hpp>

/// Releases and whole histories: the versions next to one, and a table of which release works with which version.
namespace dovetail {

namespace detail {

/// A version of a history with the one before it and the one after it, where there are such.
template <class Head, class Version>
struct neighbours {
  struct found {
    compat::target targets[3];
    std::size_t count = 0;
  };
  static constexpr found all = [] {
    found result;
    const history* after = nullptr;
    for (const history* at = &history_of<Head>; at != nullptr; after = at, at = at->previous) {
      if (at->version != &Version::value) continue;
      if (at->previous != nullptr) result.targets[result.count++].version = at->previous->version;
      result.targets[result.count++].version = at->version;
      if (after != nullptr) result.targets[result.count++].version = after->version;
    }
    return result;
  }();
  static constexpr array_view<compat::target> value{all.targets, all.count};

  static constexpr void into(list<finding>& out) {
    if (all.count != 0) return;
    finding f;
    f.what = code::SC_HISTORY;
    f.version = Version::value.version;
    f.other = Head::value.version;
    out.push_back(f);
  }
  static constexpr array_view<finding> findings = static_findings<neighbours>::value;
};

}  // namespace detail

/// The findings of a release on a version and on the versions next to it, in the history that ends in `Head`; `adjacent`
/// raises them. A version that is not in the history raises SC_HISTORY.
template <class Release, class Head, class Version>
struct adjacency : detail::joined_findings<detail::soundness<Head>, detail::neighbours<Head, Version>,
                                           detail::units_compatibility<Release, detail::neighbours<Head, Version>>> {};

namespace detail {

template <class Head>
struct versions_of {
  static constexpr std::size_t count = [] {
    std::size_t n = 0;
    for (const history* at = &history_of<Head>; at != nullptr; at = at->previous) ++n;
    return n;
  }();
  struct in_order {
    const model::schema* array[count]{};
  };
  static constexpr in_order all = [] {
    in_order result;
    std::size_t i = count;
    for (const history* at = &history_of<Head>; at != nullptr; at = at->previous) result.array[--i] = at->version;
    return result;
  }();
};

/// A bit for each version of a history.
template <std::size_t Versions>
struct version_bits {
  static constexpr std::size_t words = (Versions + 63) / 64;
  std::uint64_t array[words]{};

  constexpr bool test(std::size_t i) const { return (array[i / 64] >> (i % 64) & 1U) != 0; }
  constexpr void set(std::size_t i) { array[i / 64] |= std::uint64_t{1} << (i % 64); }
};

/// The versions that one unit works with. It is checked anew only where its tables are others than before.
template <const model::unit* Unit, class Head>
inline constexpr version_bits<versions_of<Head>::count> unit_bits = [] {
  version_bits<versions_of<Head>::count> result;
  const model::unit& u = *Unit;
  const model::schema* checked = nullptr;
  bool works = false;
  for (std::size_t i = 0; i != versions_of<Head>::count; ++i) {
    const model::schema* now = versions_of<Head>::all.array[i];
    if (checked == nullptr || !compat::sees_the_same(u, *checked, *now)) {
      list<finding> found;
      compat::check(u, *now, finding(), found);
      works = found.empty();
    }
    checked = now;
    if (works) result.set(i);
  }
  return result;
}();

template <class Release, class Head, class Indices = std::make_index_sequence<Release::value.units.size()>>
struct release_bits;
template <class Release, class Head, std::size_t... I>
struct release_bits<Release, Head, std::index_sequence<I...>> {
  using bits = version_bits<versions_of<Head>::count>;
  static constexpr bits value = [] {
    const bits* const units[]{&unit_bits<Release::value.units[I], Head>..., nullptr};
    bits result;
    for (std::size_t i = 0; i != versions_of<Head>::count; ++i) {
      bool works = true;
      for (std::size_t u = 0; u != sizeof...(I); ++u) works = works && units[u]->test(i);
      if (works) result.set(i);
    }
    return result;
  }();
};

}  // namespace detail

/// Which releases work with which versions of the history that ends in `Head`: `compatibility_table<v9, app_7, app_8>`.
/// Each version by itself is meant, as if no other existed; `compatible` also looks at what becomes tighter between them.
template <class Head, class... Releases>
struct compatibility_table {
  static constexpr std::size_t version_count = detail::versions_of<Head>::count;
  static constexpr std::size_t release_count = sizeof...(Releases);

  /// One bitset for each release, in their order: `bits[r].test(v)`, `v` counted from 0 for the oldest version.
  static constexpr detail::version_bits<version_count> bits[release_count]{
      detail::release_bits<Releases, Head>::value...};

  static constexpr const identifier& version(std::size_t v) { return detail::versions_of<Head>::all.array[v]->version; }
  static constexpr const identifier& release(std::size_t r) { return names[r]; }

  static constexpr void into(text_buffer& out) {
    std::size_t width = 0;
    for (const identifier& name : names)
      if (name.text().size() > width) width = name.text().size();
    put_padded(out, {}, width);
    for (std::size_t v = 0; v != version_count; ++v) out << ' ' << version(v).text();
    for (std::size_t r = 0; r != release_count; ++r) {
      out << '\n';
      put_padded(out, names[r], width);
      for (std::size_t v = 0; v != version_count; ++v) {
        out << ' ';
        put_padded(out, bits[r].test(v) ? text_view("+") : text_view("-"), version(v).text().size());
      }
    }
    out << '\n';
  }
  /// The table as text: a line for each release, a column for each version, `+` where they work together.
  static constexpr text_view text() { return detail::static_text<compatibility_table>::value; }

 private:
  static constexpr identifier names[release_count]{Releases::value.name...};

  static constexpr void put_padded(text_buffer& out, text_view text, std::size_t width) {
    out << text;
    for (std::size_t i = text.size(); i < width; ++i) out << ' ';
  }
};

}  // namespace dovetail
