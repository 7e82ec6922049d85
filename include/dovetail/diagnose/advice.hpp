// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <dovetail/change/change.hpp>
#include <dovetail/compat/verdict.hpp>
#include <dovetail/vocabulary/finding.hpp>

/// What a fix recommends, in the words of C++.
namespace dovetail::diagnose {

namespace detail {

/// The unit that has as many digits of a second as a column keeps: all of them to read it, no more to write it.
constexpr text_view second_unit(int digits, bool writes) {
  if (digits >= (writes ? 6 : 4)) return "std::chrono::microseconds";
  if (digits >= (writes ? 3 : 1)) return "std::chrono::milliseconds";
  return "std::chrono::seconds";
}

}  // namespace detail

/// The header that has the type which `put_field_for` names, if it is not of the core.
constexpr text_view header_for(const sql_type& type, bool writes) {
  switch (type.kind) {
    case type_kind::time:
    case type_kind::timestamp:
    case type_kind::timestamptz:
      return "dovetail/chrono.hpp";
    case type_kind::date:
      return writes ? "dovetail/chrono.hpp" : "dovetail/fields.hpp";
    case type_kind::interval:
    case type_kind::uuid:
    case type_kind::json:
    case type_kind::jsonb:
      return "dovetail/fields.hpp";
    case type_kind::numeric:
      return type.length >= 1 && type.length <= 18 ? "" : "dovetail/fields.hpp";
    case type_kind::array:
      return header_for(type.element->type, writes);
    default:
      return {};
  }
}

/// The type of a field that holds every value of a column; or, to write it, of one whose values the column stores.
constexpr void put_field_for(text_buffer& out, const sql_type& type, bool writes) {
  const auto timed = [&](text_view form) { out << form << '<' << detail::second_unit(type.length, writes) << '>'; };
  switch (type.kind) {
    case type_kind::smallint:
      out << "std::int16_t";
      break;
    case type_kind::integer:
      out << "std::int32_t";
      break;
    case type_kind::bigint:
      out << "std::int64_t";
      break;
    case type_kind::boolean:
      out << "bool";
      break;
    case type_kind::text:
    case type_kind::varchar:
    case type_kind::character:
      out << "std::string";
      break;
    case type_kind::numeric:
      if (type.length == 0)
        out << "dovetail::text_of<dovetail::any_numeric>";
      else if (type.length > 18)
        out << "dovetail::text_of<dovetail::numeric<" << type.length << ", " << type.scale << ">>";
      else
        out << "dovetail::decimal<" << type.length << ", " << type.scale << '>';
      break;
    case type_kind::real:
      out << "float";
      break;
    case type_kind::double_precision:
      out << "double";
      break;
    case type_kind::date:  // of which std::chrono has no infinity
      out << (writes ? text_view("std::chrono::year_month_day") : text_view("dovetail::text_of<dovetail::date>"));
      break;
    case type_kind::time:
      timed("std::chrono::hh_mm_ss");
      break;
    case type_kind::timestamp:
      timed("std::chrono::local_time");
      break;
    case type_kind::timestamptz:
      timed("std::chrono::sys_time");
      break;
    case type_kind::interval:
      out << "dovetail::value::interval";
      break;
    case type_kind::uuid:
      out << "dovetail::value::uuid";
      break;
    case type_kind::bytea:
      out << "std::vector<std::byte>";
      break;
    case type_kind::json:
    case type_kind::jsonb:
      out << "dovetail::value::json";
      break;
    case type_kind::enumeration:
      out << "an enum class with the labels of " << type.labels->name.text();
      break;
    case type_kind::array:
      out << "std::vector<std::optional<";
      put_field_for(out, type.element->type, writes);
      out << ">>";
      break;
  }
}

namespace detail {

/// `std::optional<dovetail::checked<std::int32_t>>` of an optional field, and without it otherwise.
template <class Put>
constexpr void put_as_nullable(text_buffer& out, bool nullable, Put put) {
  if (nullable) out << "std::optional<";
  put();
  if (nullable) out << '>';
}

/// What to declare so that a field and its column fit.
constexpr void put_mend(text_buffer& out, const finding& f) {
  const bool writes = f.subject == subject_kind::writer;
  if (writes && f.column_type->kind == type_kind::character) {
    out << "make the column varchar(" << f.column_type->length << ')';  // no field knows its blanks
    return;
  }
  out << "declare " << f.field << " as ";
  put_as_nullable(out, f.type->holds.null, [&] { put_field_for(out, *f.column_type, writes); });
  if (const text_view header = header_for(*f.column_type, writes); !header.empty()) out << " (" << header << ')';
  if (f.type->holds.kind == family::unknown) out << ", or specialise dovetail::field_traits<" << f.type->spelled << '>';
}

/// A fix in the place of that of the finding's code, or empty: not everything that is needed is dropped first.
constexpr text_view fix_instead(const finding& f) {
  if (f.what == code::MG_DEPENDENT && f.detail == model::owned_sequence)
    return "let {other} be of no column first: alter_sequence<...>, declared without owned_by";
  if (f.what == code::MG_DEPENDENT && f.detail == model::word(model::part_kind::partitioning))
    return "leave the column as it is, or unpartition_table first, and partition_table again afterwards";
  return {};
}

/// What keeps what a release has written: when a migration is undone, or when another release writes a document back.
constexpr void put_keep(text_buffer& out, const finding& f) {
  if (f.step != 0) {
    out << "write it elsewhere too until nobody will roll back, or say why nobody will: migrate<" << f.migration
        << ", forward_only<\"reason\">>";
    return;
  }
  out << "release " << f.other << " writes it as " << f.detail << ", and release " << f.release
      << " writes back what it knows of that: let " << f.type->spelled
      << " keep the rest, and say so: document_like<..., " << f.detail << ">()";
}

/// A wrapper that makes the field fit, or both of them where one does not do, if that is what is meant.
constexpr void put_wrapped(text_buffer& out, const finding& f, bool approximate, text_view meant) {
  const auto fits = [&](bool checked, bool rounded) {
    field_type wrapped = *f.type;
    wrapped.checked = wrapped.checked || checked;
    wrapped.approximate = wrapped.approximate || rounded;
    return (f.subject == subject_kind::writer ? compat::writing(wrapped, *f.column_type)
                                              : compat::reading(wrapped, *f.column_type))
        .ok;
  };
  const bool one = fits(!approximate, approximate);
  if (!one && !fits(true, true)) return;
  out << ", or declare it ";
  put_as_nullable(out, f.type->holds.null, [&] {
    if (!one || !approximate) out << "dovetail::checked<";
    if (!one || approximate) out << "dovetail::approximate<";
    out << f.type->spelled << (one ? text_view(">") : text_view(">>"));
  });
  out << meant;
}

/// Where a NULL comes from, and how it is kept away.
constexpr void put_mend_of_null(text_buffer& out, const finding& f) {
  const text_view spelled = f.type->spelled;
  if (f.detail == remark::null_in_array) {
    out << "declare " << f.field << " with optional elements: ";
    put_as_nullable(out, f.type->holds.null, [&] { put_field_for(out, *f.column_type, false); });
    return;
  }
  out << "declare " << f.field << " as std::optional<" << spelled << ">, or ";
  if (f.detail == remark::null_by_join)
    out << "use an inner join";
  else if (f.detail == remark::null_by_expression)
    out << "write an expression that is not null";
  else
    out << "make the column not null first";
}

}  // namespace detail
}  // namespace dovetail::diagnose
