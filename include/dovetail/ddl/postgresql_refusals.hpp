// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <dovetail/change/references.hpp>
#include <dovetail/ddl/postgresql_types.hpp>

namespace dovetail::detail {

/// What PostgreSQL of a major version does not have.
template <int Major>
struct postgresql_refusals : postgresql_types {
  /// Why this server cannot have a table, or a part of one, or empty.
  static constexpr text_view refuses(const model::table& t) {
    // The catalogue comes first in the search path, so that its names stand before those of the same schema.
    return begins_with_pg(t.name) ? "PostgreSQL keeps pg_ for itself: name the table otherwise" : "";
  }
  static constexpr text_view refuses(const model::part& p, const model::table& t) {
    if (model::is_index(&p) && begins_with_pg(p.name)) return "PostgreSQL keeps pg_ for itself: name the index otherwise";
    if (p.kind == model::part_kind::partition && begins_with_pg(p.name))
      return "PostgreSQL keeps pg_ for itself: name the partition otherwise";
    if (p.kind == model::part_kind::exclusion && Major < 17 && t.find_partitioning() != nullptr)
      return "PostgreSQL has exclusion constraints of a partitioned table since 17";
    if ((p.kind == model::part_kind::trigger || p.kind == model::part_kind::sync) && Major < 13 && t.find_partitioning() != nullptr)
      return "PostgreSQL has triggers before a row of a partitioned table since 13";
    if (const enumeration_labels* labels = model::enumeration_of(&p);
        labels != nullptr && is_built_in(labels->name))
      return "PostgreSQL has a type of the enumeration's name: name it otherwise";
    constexpr text_view taken[]{"ctid", "xmin", "xmax", "cmin", "cmax", "tableoid"};
    if (p.kind == model::part_kind::column)
      for (text_view each : taken)
        if (p.name.text() == each) return "PostgreSQL has a column of this name in every table: name it otherwise";
    if (const model::column* c = model::as_column(&p); c != nullptr && c->is_generated())
      if (const text_view why = refuses_generated(*c, t); !why.empty()) return why;
    if (const model::key* k = model::as_key(&p); k != nullptr && k->nulls_not_distinct && Major < 15)
      return "PostgreSQL has NULLS NOT DISTINCT since 15: declare the constraint without nulls_not_distinct";
    const model::index* index = model::as_elements(&p);
    if (index != nullptr && !index->details().method.empty())
      if (const text_view why = refuses_method(*index); !why.empty()) return why;
    if (const model::sync* s = model::as_sync(&p))
      for (const model::part* each : t.parts)
        if (const model::column* c = model::as_column(each); c != nullptr && s->names(c->name) && is_json(c->type))
          return "PostgreSQL does not compare json, which no sync can keep: declare jsonb";
    for (const identifier& name : model::columns_of(&p)) {
      const model::column* c = t.find_column(name);
      if (c == nullptr) continue;
      if (index != nullptr && !index->details().method.empty() && !can_hold(*index, c->type))
        return "PostgreSQL has no such index of a column of this type: declare another method";
      if (c->is_computed())
        return "PostgreSQL has no key, foreign key or index of a virtual column: declare it generated_stored";
      if (is_json(c->type)) return "PostgreSQL does not compare json, which no key or index can hold: declare jsonb";
      // "cannot determine element type of anyarray" (seen in 15.20), which is how it compares them.
      if (p.kind == model::part_kind::foreign_key && c->type.element != nullptr && has_modifier(c->type.element->type))
        return "PostgreSQL has no foreign key of arrays whose elements have a length or digits: declare them without";
    }
    return {};
  }

 private:
  /// As the server says itself ("cannot use generated column "t" in column generation expression", seen in 15.20); of
  /// virtual columns, the manual of 18, section 5.4.
  static constexpr text_view refuses_generated(const model::column& c, const model::table& t) {
    if (c.is_computed() && Major < 18) return "PostgreSQL has virtual columns since 18: declare it generated_stored";
    if (c.is_computed() && c.type.labels != nullptr)
      return "PostgreSQL has no virtual column of an enumeration: declare it generated_stored";
    for (const model::part* p : t.parts)
      if (const model::column* other = model::as_column(p); other != nullptr && other != &c && other->is_generated() &&
                                                            model::names_column(c.more->expression, other->name))
        return "PostgreSQL computes no column from one that is generated: repeat the expression of that one";
    return {};
  }
  /// What an access method other than the B-tree cannot do; one that is not PostgreSQL's own is not known. As the server
  /// says itself ("access method "hash" does not support …", seen in 15.20).
  static constexpr text_view refuses_method(const model::index& i) {
    const bool gin = i.more->method == "gin";
    const bool gist = i.more->method == "gist";
    const bool brin = i.more->method == "brin";
    const bool hash = i.more->method == "hash";
    if ((gin || brin) && i.kind == model::part_kind::exclusion)
      return "PostgreSQL has no exclusion constraint of this method: declare method<\"gist\">, or none";
    const bool spgist = i.more->method == "spgist";
    if (!gin && !gist && !brin && !hash && !spgist) return {};
    if (i.unique) return "PostgreSQL has unique indexes as B-trees only: declare it without method<>";
    std::size_t elements = i.more->elements.empty() ? i.columns.size() : 0;
    bool order = false;
    if (!i.more->elements.empty())
      i.each_element([&](const model::index_element& e) {
        ++elements;
        order = order || !e.order.empty();
      });
    if (order) return "PostgreSQL orders B-trees only: declare it without an order, or without method<>";
    if ((hash || spgist) && elements > 1) return "PostgreSQL has an index of this method of one element only";
    // SP-GiST since 14 (its release notes).
    if (!i.more->included.empty() && !gist && !(spgist && Major >= 14))
      return "PostgreSQL includes no columns in an index of this method: declare it without include<>";
    return {};
  }
  /// The method has a default operator class for the type (measured on 15, which has those of its own and no extension).
  /// An exclusion constraint of a column in a GiST index has it from the extension btree_gist.
  static constexpr bool can_hold(const model::index& i, const sql_type& type) {
    using enum type_kind;
    const text_view method = i.more->method;
    if (method == "gin") return (type.kind == array && !is_json(type)) || type.kind == jsonb;
    if (method == "gist") return i.kind == model::part_kind::exclusion && type.kind != array && type.kind != json && type.kind != jsonb;
    if (method == "spgist") return type.kind == text || type.kind == varchar;
    if (method == "brin")
      return type.kind != array && type.kind != boolean && type.kind != json && type.kind != jsonb && type.kind != enumeration;
    return true;
  }
  /// A type of pg_catalog, of 15 or an older version, or the array of one. An enumeration of such a name could be made, and
  /// its columns would get the other type.
  static constexpr bool is_built_in(text_view type) {
    constexpr text_view names =
        "abstime aclitem any anyarray anycompatible anycompatiblearray anycompatiblemultirange "
        "anycompatiblenonarray anycompatiblerange anyelement anyenum anymultirange anynonarray anyrange bit "
        "bool box bpchar bytea char cid cidr circle cstring date datemultirange daterange event_trigger "
        "fdw_handler float4 float8 gtsvector index_am_handler inet int2 int2vector int4 int4multirange "
        "int4range int8 int8multirange int8range internal interval json jsonb jsonpath language_handler line "
        "lseg macaddr macaddr8 money name numeric nummultirange numrange oid oidvector opaque path point "
        "polygon record refcursor regclass regcollation regconfig regdictionary regnamespace regoper "
        "regoperator regproc regprocedure regrole regtype reltime smgr table_am_handler text tid time "
        "timestamp timestamptz timetz tinterval trigger tsm_handler tsmultirange tsquery tsrange "
        "tstzmultirange tstzrange tsvector txid_snapshot unknown uuid varbit varchar void xid xid8 xml ";
    if (!type.empty() && type[0] == '_') type = type.substr(1);
    if (begins_with_pg(type)) return true;
    for (std::size_t begin = 0, i = 0; i != names.size(); ++i) {
      if (names[i] != ' ') continue;
      if (names.substr(begin, i - begin) == type) return true;
      begin = i + 1;
    }
    return false;
  }
};

}  // namespace dovetail::detail
