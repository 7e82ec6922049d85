// SPDX-License-Identifier: BSL-1.0
#include <dovetail/change/schemas.hpp>

#include <cstdint>

#include <dovetail/dovetail.hpp>
#include <dovetail/extract.hpp>
#include <dovetail/partitions.hpp>

#include "done.hpp"

namespace dt = dovetail;
using dt::code;
using dt::in_schema;

namespace {

using id = dt::column<"id", dt::bigint>;
template <dt::fixed_string Name, class... Parts>
using customer = dt::table<Name, id, dt::primary_key<"id">, Parts...>;
template <dt::fixed_string Target>
using invoice = dt::table<"invoice", id, dt::column<"customer_id", dt::bigint>,
                          dt::foreign_key<"fk", dt::columns<"customer_id">, dt::references<Target, "id">>>;
constexpr auto moved = in_schema<"billing", "customer">;
using billing = dt::named_schema<"billing">;

struct v1 : dt::schema<"1", customer<"customer">, invoice<"customer">, billing> {};
struct v2 : dt::schema<"2", customer<moved>, invoice<moved>, billing> {};
static_assert(dt::valid<v1> && dt::valid<v2>);

// ---- Names

static_assert(dt::text_view(moved) == "billing\x1f" "customer" && moved.size() == 16);
static_assert(dt::text_view(in_schema<"", "customer">) == "customer");
static_assert(dt::schema_of(moved) == "billing" && dt::without_schema(moved) == "customer");
static_assert(dt::schema_of("customer") == "" && dt::without_schema("customer") == "customer" && dt::without_schema("") == "");
constexpr bool is_quoted(dt::text_view name, dt::text_view wanted) {
  dt::text_buffer out;
  out << dt::sql::quoted{name};
  return out.all() == wanted;
}
static_assert(is_quoted(moved, R"("billing"."customer")") && is_quoted(in_schema<"a\"b", "c.d">, R"("a""b"."c.d")"));
constexpr bool is_beside(dt::text_view table, dt::text_view wanted) {
  dt::text_buffer out;
  out << dt::sql::beside{table, "i"};
  return out.all() == wanted;
}
static_assert(is_beside(moved, R"("billing"."i")") && is_beside("customer", R"("i")"));

template <dt::fixed_string Name>
constexpr const dt::model::change& made = dt::create_table<customer<Name>>::value;
static_assert(test::raises(v1::value, made<moved>), "beside one of its name that has no schema");
static_assert(test::raises(v2::value, made<"customer">) && test::raises(v2::value, made<moved>, code::MG_EXISTS));
static_assert(test::says(v1::value, made<in_schema<"shipping", "customer">>, code::SC_SCHEMA,
                         dt::text_view(in_schema<"shipping", "customer">), "", "shipping"));
static_assert(test::raises(v1::value, made<in_schema<"billing ", "t">>, code::SC_NAME) &&
              test::raises(v1::value, made<in_schema<"billing", "t\n">>, code::SC_NAME) &&
              test::raises(v1::value, made<in_schema<"billing", "">>, code::MG_EXISTS) &&
              test::raises(v1::value, made<"\x1ft">, code::SC_NAME) && test::raises(v1::value, made<"t\x1f">, code::SC_NAME));
static_assert(test::raises(v1::value, dt::add_column<"invoice", dt::column<in_schema<"billing", "c">, dt::text, dt::null>>::value, code::SC_NAME),
              "no column is in a schema");
constexpr bool prints(dt::finding f, dt::text_view wanted) {
  dt::text_buffer line;
  dt::diagnose::put_line(line, f, 1);
  return line.all() == wanted;
}
static_assert(prints(test::first_finding(v2::value, made<moved>), "table billing.customer"));
static_assert(prints(test::first_finding(v1::value, dt::create_schema<"billing">::value), "table billing"));

// ---- create_schema, drop_schema

template <dt::fixed_string Name>
constexpr const dt::model::change& created = dt::create_schema<Name>::value;
static_assert(test::makes<dt::named_schema<"shipping">>(v1::value, created<"shipping">));
static_assert(test::comes_back(v1::value, created<"shipping">) && !test::destroys(v1::value, created<"shipping">));
static_assert(test::raises(v1::value, created<"invoice">), "a table is another thing");
static_assert(test::raises(v1::value, created<"billing">, code::MG_EXISTS) && test::raises(v1::value, created<" ">, code::SC_NAME) &&
              test::raises(v1::value, created<"">, code::SC_NAME));
constexpr const dt::model::change& dropped = dt::drop_schema<"billing">::value;
static_assert(test::comes_back(v1::value, dropped) && !test::destroys(v1::value, dropped));
static_assert(test::says(v2::value, dropped, code::MG_DEPENDENT, "billing\x1f", "", dt::text_view(moved), "table"));
static_assert(test::raises(v1::value, dt::drop_schema<"shipping">::value, code::MG_TARGET) &&
              test::raises(v1::value, dt::drop_schema<"customer">::value, code::MG_TARGET));
static_assert(test::raises(v1::value, dt::drop_table<in_schema<"billing", "">>::value, code::MG_TARGET) &&
              test::raises(v1::value, dt::drop_view<in_schema<"billing", "">>::value, code::MG_TARGET) &&
              test::raises(v1::value, dt::create_view<billing>::value, code::MG_TARGET));

// ---- set_schema

constexpr const dt::model::change& moving = dt::set_schema<"customer", "billing">::value;
constexpr const dt::model::change& back = dt::set_schema<moved, "">::value;
static_assert(test::makes<customer<moved>, invoice<moved>>(v1::value, moving));
static_assert(test::makes<customer<"customer">, invoice<"customer">>(v2::value, back));
static_assert(test::comes_back(v1::value, moving) && test::comes_back(v2::value, back) && !test::destroys(v1::value, moving));
static_assert(test::does(v1::value, moving, "rename_table customer to billing\x1f" "customer"));
struct both : dt::schema<"both", customer<"customer">, customer<moved>, billing> {};
static_assert(dt::valid<both>, "one name in two schemas");
static_assert(test::raises(both::value, moving, code::MG_EXISTS));
static_assert(test::raises(v1::value, dt::set_schema<"customer", "">::value, code::MG_NO_CHANGE) &&
              test::raises(v2::value, dt::set_schema<moved, "billing">::value, code::MG_NO_CHANGE));
static_assert(test::says(v1::value, dt::set_schema<"customer", "shipping">::value, code::SC_SCHEMA,
                         dt::text_view(in_schema<"shipping", "customer">), "", "shipping"));
static_assert(test::raises(v1::value, dt::set_schema<"client", "billing">::value, code::MG_TARGET));
static_assert(test::says(v1::value, dt::rename_table<"customer", in_schema<"billing", "client">>::value, code::MG_TWO_STEPS,
                         dt::text_view(in_schema<"billing", "client">), "", "", "rename_table"));
static_assert(test::comes_back(v2::value, dt::rename_table<moved, in_schema<"billing", "client">>::value));

// What mentions it, with a schema or without, needs it where it is.
template <dt::fixed_string Query>
using listed = dt::view<"listed", dt::query<Query>, id>;
struct viewed : dt::schema<"viewed", customer<"customer">, billing, listed<"SELECT id FROM customer">> {};
struct viewed_there : dt::schema<"viewed there", customer<moved>, billing, listed<"SELECT id FROM billing.customer">> {};
static_assert(test::raises(viewed::value, moving, code::MG_DEPENDENT) && test::raises(viewed_there::value, back, code::MG_DEPENDENT) &&
              test::raises(viewed_there::value, dt::drop_table<moved>::value, code::MG_DEPENDENT) &&
              test::raises(viewed_there::value, dt::drop_column<moved, "id">::value, code::SC_EMPTY, code::MG_DEPENDENT) == false);
struct checked : dt::schema<"checked", customer<moved, dt::check<"positive", "customer.id > 0">>, billing> {};
static_assert(test::raises(checked::value, back, code::MG_DEPENDENT));

// An index is in the schema of its table, and moves along: no table in any has its name.
template <dt::fixed_string Name>
using indexed = customer<Name, dt::index<"i", "id">>;
struct index_i : dt::schema<"index i", indexed<"customer">, billing> {};
struct table_i : dt::schema<"table i", customer<"customer">, customer<in_schema<"billing", "i">>, billing> {};
static_assert(test::raises(index_i::value, made<in_schema<"billing", "i">>, code::MG_EXISTS) &&
              test::raises(index_i::value, dt::create_sequence<dt::sequence<in_schema<"billing", "i">, dt::bigint>>::value, code::MG_EXISTS) &&
              test::raises(index_i::value, dt::create_table<indexed<in_schema<"billing", "i">>>::value, code::MG_EXISTS) &&
              test::raises(v2::value, dt::create_table<indexed<in_schema<"billing", "i">>>::value, code::SC_DUPLICATE));
static_assert(test::raises(table_i::value, dt::add_index<"customer", dt::index<"i", "id">>::value, code::MG_EXISTS) &&
              test::raises(table_i::value, dt::add_constraint<"customer", dt::unique<"i", "id">>::value, code::MG_EXISTS) &&
              test::raises(table_i::value, dt::add_column<"customer", dt::column<"i", dt::text, dt::null>>::value));
template <class... Tables>
constexpr bool has_duplicate(Tables...) {
  dt::list<dt::finding> found;
  const dt::model::table* const tables[]{&Tables::value...};
  dt::model::validate_names({"1", tables}, {}, found);
  return found.size() == 1 && found[0].what == code::SC_DUPLICATE;
}
static_assert(has_duplicate(indexed<"customer">{}, customer<in_schema<"billing", "i">>{}, billing{}) &&
              !has_duplicate(indexed<"customer">{}, customer<in_schema<"billing", "customer">>{}, billing{}));

// Sequences, and defaults that follow.
using numbers = dt::sequence<"numbers", dt::bigint>;
template <dt::fixed_string Sequence>
using drawing = dt::table<"drawing", dt::column<"n", dt::bigint, dt::next_value_of<Sequence>>>;
struct counted : dt::schema<"counted", drawing<"numbers">, numbers, billing> {};
constexpr const dt::model::change& moving_numbers = dt::set_schema<"numbers", "billing">::value;
static_assert(test::makes<drawing<in_schema<"billing", "numbers">>, dt::sequence<in_schema<"billing", "numbers">, dt::bigint>>(counted::value, moving_numbers));
static_assert(test::comes_back(counted::value, moving_numbers));
struct owned : dt::schema<"owned", drawing<"numbers">, dt::sequence<"numbers", dt::bigint, dt::owned_by<"drawing", "n">>, billing> {};
static_assert(test::raises(owned::value, moving_numbers, code::SC_SEQUENCE) &&
              test::raises(owned::value, dt::set_schema<"drawing", "billing">::value, code::MG_DEPENDENT));
static_assert(test::raises(counted::value, dt::rename_sequence<"numbers", in_schema<"billing", "n">>::value, code::MG_TWO_STEPS) &&
              test::raises(counted::value, dt::set_schema<"numbers", "shipping">::value, code::SC_SCHEMA));

// ---- Releases name it where it is.

struct row { std::int64_t id; };
struct here : dt::release<"here", dt::reads<"customer", row>, dt::inserts<"customer", row>> {};
struct there : dt::release<"there", dt::reads<moved, row>, dt::inserts<moved, row>> {};
static_assert(dt::compatible<here, v1> && dt::compatible<there, v2>);
static_assert(test::are(dt::compatibility<here, v2>::findings, code::RD_TABLE_MISSING, code::WR_TABLE_MISSING));
static_assert(test::are(dt::compatibility<there, v1>::findings, code::RD_TABLE_MISSING, code::WR_TABLE_MISSING));
constexpr bool says_where(const dt::finding& f, dt::text_view where) {
  return f.other == where && f.detail == "the table has moved; gradual_rename_table leaves an alias where it was";
}
static_assert(says_where(dt::compatibility<here, v2>::findings[0], dt::text_view(moved)) &&
              says_where(dt::compatibility<there, v1>::findings[1], "customer"));
struct nowhere : dt::release<"nowhere", dt::reads<"client", row>> {};
static_assert(dt::compatibility<nowhere, v2>::findings[0].other.empty());

// An alias stays where it was.
using gradually = dt::gradual_rename_table<"customer", moved>;
struct expand : dt::expand<v1, gradually> {};
struct expanded : dt::after<"expanded", expand> {};
struct contract : dt::contract<expanded, gradually> {};
struct contracted : dt::after<"contracted", contract> {};
static_assert(dt::reversible<expand> && dt::reversible<contract> && dt::same<contracted, v2>);
static_assert(dt::safe<dt::rollout<dt::live<v1, here>, dt::migrate<expand>, dt::start<there>, dt::stop<here>, dt::migrate<contract>>>);

// ---- DDL

using dialect = dt::postgresql<15>;
struct at_once : dt::migration<v1, dt::step<dt::set_schema<"customer", "billing">, dt::set_schema<moved, "">>,
                               dt::step<dt::rename_table<moved, in_schema<"billing", "client">>, dt::rename_table<in_schema<"billing", "client">, moved>>> {};
static_assert(dt::up<dialect, at_once>[3].text == R"(ALTER TABLE "customer" SET SCHEMA "billing")" &&
              dt::up<dialect, at_once>[3].lock == dt::lock_mode::access_exclusive);
static_assert(dt::up<dialect, at_once>[8].text == R"(ALTER TABLE "billing"."customer" RENAME TO "client")");
static_assert(dt::down<dialect, at_once>[8].text ==
              R"(DO 'BEGIN EXECUTE format(''ALTER TABLE "billing"."customer" SET SCHEMA %I'', current_schema()); END')");
struct with_index : dt::schema<"with index", customer<moved, dt::index<"by_id", "id">>, billing, dt::sequence<in_schema<"billing", "s">, dt::bigint>> {};
static_assert(dt::ddl<dialect, with_index>[3].text == R"(CREATE SCHEMA "billing")");
static_assert(dt::ddl<dialect, with_index>[4].text.substr(0, 29) == R"(CREATE SEQUENCE "billing"."s")");
static_assert(dt::ddl<dialect, with_index>[6].text == R"(CREATE INDEX "by_id" ON "billing"."customer" ("id"))");
struct indexing : dt::migration<with_index, dt::step<dt::rename_index<moved, "by_id", "i">, dt::rename_index<moved, "i", "by_id">>,
                                dt::step<dt::drop_index<moved, "i">, dt::add_index<moved, dt::index<"i", "id">>>,
                                dt::step<dt::drop_primary_key<moved>, dt::add_constraint<moved, dt::primary_key<"id">>>> {};
static_assert(dt::up<dialect, indexing>[3].text == R"(ALTER INDEX "billing"."by_id" RENAME TO "i")");
static_assert(dt::up<dialect, indexing>[7].text == R"(DROP INDEX CONCURRENTLY IF EXISTS "billing"."i")");
static_assert(dt::down<dialect, indexing>[9].text ==
              R"(ALTER TABLE "billing"."customer" ADD CONSTRAINT "customer_pkey" PRIMARY KEY USING INDEX "dovetail new primary key ")");
static_assert(!dt::sqlite<3, 40>::refuses(customer<moved>::value).empty() && !dt::sqlite<3, 40>::refuses(billing::value).empty() &&
              dt::sqlite<3, 40>::refuses(customer<"customer">::value).empty());

// ---- What stands on a table in a schema is in none, and so are triggers and their routines.

constexpr bool is_shortened(dt::text_view name, std::size_t size, dt::text_view begin) {
  dt::text_buffer out;
  dt::put_shortened(out, name, "_new");
  return out.size() == size && out.all().substr(0, begin.size()) == begin;
}
constexpr auto longest = in_schema<"a schema of 30 bytes is too long", "a table whose name has as many bytes as a name may have, or 63.">;
static_assert(is_shortened(longest, dt::schema_of(longest).size() + 1 + 63, dt::text_view(longest).substr(0, 90)) &&
              is_shortened(dt::without_schema(longest), 63, dt::without_schema(longest).substr(0, 59)));

constexpr auto profile = in_schema<"billing", "profile">;
struct with_names : dt::schema<"with names", customer<moved, dt::column<"a", dt::text, dt::null>, dt::column<"n", dt::integer, dt::null>>,
                               dt::table<profile, id, dt::primary_key<"id">, dt::foreign_key<"of", dt::columns<"id">, dt::references<moved, "id">>>, billing> {};
struct named : dt::expand<with_names, dt::gradual_rename_column<moved, "a", "b">> {};
struct widened : dt::expand<with_names, dt::gradual_widen_column<moved, "n", dt::bigint>> {};
struct copied : dt::expand<with_names, dt::gradual_denormalise<profile, "of", dt::synced<"a">>> {};
struct moving_a : dt::expand<with_names, dt::gradual_move_column<moved, profile, "of", dt::synced<"a">>> {};
struct extracting : dt::expand<with_names, dt::gradual_extract_table<moved, in_schema<"billing", "address">, "a", "n">> {};
static_assert(dt::reversible<named> && dt::reversible<widened> && dt::reversible<copied> && dt::reversible<moving_a> && dt::reversible<extracting>);
constexpr bool has(const dt::ddl_script& script, dt::text_view wanted) {
  bool found = false;
  for (const dt::statement& s : script) {
    if (s.text.contains(dt::schema_mark)) return false;
    found = found || s.text.substr(0, wanted.size()) == wanted;
  }
  return found;
}
static_assert(has(dt::up<dialect, named>, R"(CREATE TRIGGER "billing_customer_b_sync" BEFORE INSERT OR UPDATE ON "billing"."customer")") &&
              has(dt::up<dialect, widened>, R"(CREATE TRIGGER "billing_customer_n_sync" BEFORE INSERT OR UPDATE ON "billing"."customer")") &&
              has(dt::up<dialect, copied>, R"(CREATE TRIGGER "billing_profile_of_sync" AFTER UPDATE ON "billing"."customer")") &&
              has(dt::up<dialect, moving_a>, R"(CREATE TRIGGER "billing_profile_of_sync_after" AFTER INSERT OR UPDATE ON "billing"."profile")") &&
              has(dt::up<dialect, extracting>, R"(CREATE TRIGGER "billing_address_write" INSTEAD OF INSERT OR DELETE ON "billing"."address")"));

// A trigger runs a routine of a schema's, which mentions a column.
struct touched : dt::schema<"touched", billing, dt::routine<in_schema<"billing", "touch">, dt::body<"plpgsql", "BEGIN NEW.a = ''; RETURN NEW; END">, dt::returns<"trigger">>,
    customer<moved, dt::column<"a", dt::text>, dt::trigger<"touches", "BEFORE UPDATE", "FOR EACH ROW EXECUTE FUNCTION billing.touch()">>> {};
static_assert(test::raises(touched::value, dt::drop_column<moved, "a">::value, code::MG_DEPENDENT));

// Partitions are where their names say.
template <dt::fixed_string Name>
using low = dt::range_partition<Name, dt::from<>, dt::until<10>>;
using high = dt::range_partition<in_schema<"parts", "high">, dt::from<10>, dt::until<20>>;
using by_id = dt::partitioned_by_range<"id">;
template <dt::fixed_string Low, class... Parts>
using in_parts = customer<moved, dt::index<"by_id", "id">, by_id, low<Low>, Parts...>;
struct apart : dt::schema<"apart", billing, dt::named_schema<"parts">, in_parts<in_schema<"billing", "low">, high>> {};
static_assert(dt::valid<apart>);
struct nowhere_to_be : dt::schema<"nowhere to be", billing, in_parts<in_schema<"nowhere", "low">>> {};
static_assert(test::are(dt::validity<nowhere_to_be>::findings, code::SC_SCHEMA));
struct odd_name : dt::schema<"odd name", billing, in_parts<in_schema<"billing", "low ">>> {};
static_assert(test::are(dt::validity<odd_name>::findings, code::SC_NAME));
static_assert(test::says(apart::value, dt::drop_schema<"parts">::value, code::MG_DEPENDENT, "parts\x1f", "",
                         dt::text_view(in_schema<"parts", "high">), "partition"));
template <dt::fixed_string Low>
constexpr const dt::model::change& partitioned = dt::partition_table<moved, by_id, low<Low>>::value;
static_assert(test::comes_back(with_index::value, partitioned<in_schema<"billing", "low">>));
static_assert(test::says(with_index::value, partitioned<"low">, code::MG_PARTITION, dt::text_view(moved), "", "low",
                         "name the partition in the schema of the table, where its rows are"));
static_assert(test::raises(apart::value, dt::unpartition_table<moved, in_schema<"parts", "high">>::value, code::MG_PARTITION));
struct partitioning : dt::migration<with_index,
    dt::step<dt::partition_table<moved, by_id, low<in_schema<"billing", "low">>>, dt::unpartition_table<moved, in_schema<"billing", "low">>>,
    dt::step<dt::create_partition<moved, dt::range_partition<"high", dt::from<10>, dt::until<20>>>, dt::drop_partition<moved, "high">>,
    dt::step<dt::drop_index<moved, "by_id">, dt::add_index<moved, dt::index<"by_id", "id">>>> {};
static_assert(has(dt::up<dialect, partitioning>, R"(ALTER TABLE "billing"."customer" RENAME TO "low")") &&
              has(dt::up<dialect, partitioning>, R"(ALTER INDEX "billing"."by_id" RENAME TO "low by_id ")") &&
              has(dt::up<dialect, partitioning>, R"(ALTER TABLE "billing"."customer" ATTACH PARTITION "billing"."low")") &&
              has(dt::up<dialect, partitioning>, R"(DROP INDEX IF EXISTS "billing"."by_id")") &&
              has(dt::down<dialect, partitioning>, R"(CREATE INDEX CONCURRENTLY "low by_id " ON "billing"."low")") &&
              has(dt::down<dialect, partitioning>, R"(ALTER INDEX "billing"."by_id" ATTACH PARTITION "billing"."low by_id ")") &&
              has(dt::down<dialect, partitioning>, R"(ALTER INDEX "billing"."by_id" ATTACH PARTITION "high by_id ")") &&
              has(dt::down<dialect, partitioning>, R"(ALTER TABLE "billing"."low" RENAME TO "customer")"));

}  // namespace
