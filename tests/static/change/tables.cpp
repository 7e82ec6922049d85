// SPDX-License-Identifier: BSL-1.0
#include <dovetail/change/tables.hpp>

#include "done.hpp"

namespace dt = dovetail;
using dt::code;
using dt::model::kind_of;
namespace changes = dt::model::changes;

// ---- create_table

namespace creating {

using id = dt::column<"id", dt::bigint>;
struct status : dt::enumeration<"status", "open"> {};
struct customer
    : dt::table<"customer", id, dt::column<"status", status>, dt::primary_key<"id">, dt::index<"idx", "id">> {};
struct v1 : dt::schema<"1", customer> {};

template <class... Parts>
constexpr const dt::model::change& created = dt::create_table<dt::table<"invoice", Parts...>>::value;
using to_customer = dt::foreign_key<"f", dt::columns<"id">, dt::references<"customer", "id">>;
using to_itself = dt::foreign_key<"f", dt::columns<"id">, dt::references<"invoice", "id">>;

struct invoice : dt::table<"invoice", id, to_customer, dt::index<"invoice_idx", "id">> {};
constexpr const dt::model::change& create = dt::create_table<invoice>::value;
static_assert(create.kind == &kind_of<changes::create_table> && create.table == dt::identifier("invoice"));
static_assert(create.created == &invoice::value && create.object.empty() && create.declared == nullptr);

static_assert([] {
  const test::applied done(v1::value, create);
  return done.draft.findings.empty() && done.draft.find("invoice")->parts.data() == invoice::value.parts.data() &&
         done.draft.find("customer") == &customer::value;
}());
static_assert(test::does(v1::value, create, "create_table invoice") && !test::destroys(v1::value, create));
static_assert(test::comes_back(v1::value, create));
static_assert(test::comes_back(v1::value, created<id, dt::primary_key<"id">, to_itself>));
static_assert(test::comes_back(v1::value, created<id, dt::column<"status", status>>));
static_assert(test::comes_back(v1::value, dt::create_table<dt::table<"\"; DROP TABLE customer; --", id>>::value));
static_assert(natural_inverse(create, v1::value).kind == &kind_of<changes::drop_table>);

static_assert(test::says(v1::value, dt::create_table<customer>::value, code::MG_EXISTS, "customer", "", "table"));
struct numbers : dt::view<"invoice", dt::query<"SELECT 1">, id> {};
static_assert(test::raises(dt::schema<"view", numbers>::value, create, code::MG_EXISTS), "a view of its name");
static_assert(test::says(v1::value, dt::create_table<numbers>::value, code::MG_TARGET, "invoice", "",
                         dt::model::draft::no_table),
              "a view is no table");
// The names that all tables share.
static_assert(test::raises(v1::value, created<id, dt::index<"idx", "id">>, code::MG_EXISTS));
static_assert(test::raises(v1::value, created<id, dt::unique<"idx", "id">, dt::index<"customer", "id">>,
                           code::MG_EXISTS, code::MG_EXISTS));
static_assert(test::says(v1::value, dt::create_table<dt::table<"idx", id>>::value, code::MG_EXISTS, "idx", "",
                         "customer", "index"),
              "a table of an index's name");
static_assert(test::raises(v1::value, created<dt::column<"s", dt::enumeration<"status", "paid">>>, code::SC_TYPE));

// What a declaration raises, all of it.
static_assert(test::raises(v1::value, created<>, code::SC_EMPTY));
static_assert(test::raises(v1::value, dt::create_table<dt::table<"", id>>::value, code::SC_NAME));
static_assert(test::raises(v1::value, created<id, id, dt::primary_key<"nr">>, code::SC_DUPLICATE, code::SC_NO_COLUMN));
static_assert(test::raises(v1::value, created<id, dt::index<"i", "id">, dt::index<"i", "id">>, code::SC_DUPLICATE));
static_assert(test::raises(v1::value, created<id, to_itself>, code::SC_FK_TARGET), "a column that is no key");
static_assert(test::raises(v1::value, created<dt::column<"id", dt::text>, to_customer>, code::SC_FK_TYPE));

}  // namespace creating

// ---- drop_table

namespace dropping {

using id = dt::column<"id", dt::bigint>;
using itself = dt::foreign_key<"itself", dt::columns<"id">, dt::references<"customer", "id">>;
struct customer : dt::table<"customer", id, dt::primary_key<"id">, itself> {};
struct invoice
    : dt::table<"invoice", id, dt::foreign_key<"first", dt::columns<"id">, dt::references<"customer", "id">>,
                dt::foreign_key<"second", dt::columns<"id">, dt::references<"customer", "id">>, dt::index<"i", "id">> {
};
struct v1 : dt::schema<"1", customer, invoice> {};
struct alone : dt::schema<"2", customer> {};

template <dt::fixed_string Table>
constexpr const dt::model::change& dropped = dt::drop_table<Table>::value;
static_assert(dropped<"invoice">.kind == &kind_of<changes::drop_table>);
static_assert(dropped<"invoice">.table == dt::identifier("invoice") && dropped<"invoice">.object.empty());

static_assert([] {
  const test::applied done(v1::value, dropped<"invoice">);
  return done.draft.findings.empty() && done.draft.find("invoice") == nullptr &&
         done.draft.find("customer") == &customer::value;
}());
static_assert(test::does(v1::value, dropped<"invoice">, "drop_table invoice"));
static_assert(test::destroys(v1::value, dropped<"invoice">));
static_assert(test::comes_back(v1::value, dropped<"invoice">));
static_assert(test::comes_back(alone::value, dropped<"customer">), "its own foreign key does not hold it");
static_assert(natural_inverse(dropped<"invoice">, v1::value).created == &invoice::value);
static_assert(natural_inverse(dropped<"client">, v1::value).created == nullptr);

static_assert(test::says(v1::value, dropped<"client">, code::MG_TARGET, "client", "", "table"));
static_assert(test::raises(v1::value, dropped<"customer">, code::MG_DEPENDENT, code::MG_DEPENDENT));
static_assert(test::first_finding(v1::value, dropped<"customer">).other == "first" &&
              test::first_finding(v1::value, dropped<"customer">).detail == "foreign key");

// A view or function needs the tables that its query mentions, and is none itself.
struct ids : dt::function<"ids", dt::query<"SELECT id FROM invoice">, id> {};
struct with_ids : dt::schema<"3", customer, invoice, ids> {};
static_assert(test::says(with_ids::value, dropped<"invoice">, code::MG_DEPENDENT, "invoice", "", "ids", "function"));
static_assert(test::says(with_ids::value, dropped<"ids">, code::MG_TARGET, "ids", "", dt::model::draft::no_table));

}  // namespace dropping

// ---- rename_table

namespace renaming {

using id = dt::column<"id", dt::bigint>;
/// Both refer to the table of this name, which also refers to itself.
template <dt::fixed_string Name>
struct customer_as : dt::table<Name, id, dt::column<"customer", dt::bigint>, dt::primary_key<"id">,
                               dt::index<"customer_idx", "id">, dt::check<"positive", "customer > 0 AND id > 0">,
                               dt::foreign_key<"own_fkey", dt::columns<"customer">, dt::references<Name, "id">>> {};
template <dt::fixed_string Target>
struct invoice_to : dt::table<"invoice", id, dt::index<"invoice_idx", "id">,
                              dt::foreign_key<"customer_fkey", dt::columns<"id">, dt::references<Target, "id">,
                                              dt::on_delete<dt::cascade>>> {};
using customer = customer_as<"customer">;
using invoice = invoice_to<"customer">;
struct product : dt::table<"product", id> {};
struct v1 : dt::schema<"1", customer, invoice, product> {};

template <dt::fixed_string Table, dt::fixed_string NewName>
constexpr const dt::model::change& renamed = dt::rename_table<Table, NewName>::value;
constexpr const dt::model::change& rename = renamed<"customer", "client">;
static_assert(rename.kind == &kind_of<changes::rename_table> && rename.table == dt::identifier("customer") &&
              rename.renamed == dt::identifier("client") && rename.object.empty());

// Foreign keys follow, its own and others'; its column of the same name, its index and its check stay.
static_assert(test::makes<customer_as<"client">, invoice_to<"client">, product>(v1::value, rename));
static_assert([] {
  const test::applied done(v1::value, rename);
  const dt::model::table& t = *done.draft.find("client");
  return done.draft.find("customer") == nullptr && t.parts.size() == customer::value.parts.size() &&
         t.parts[0] == &id::value && t.parts[4] == customer::value.parts[4] &&
         done.draft.find("product") == &product::value && done.draft.edits().size() == 2;
}());
static_assert(test::does(v1::value, rename, "rename_table customer to client") && !test::destroys(v1::value, rename));
static_assert(test::comes_back(v1::value, rename) && test::comes_back(v1::value, renamed<"product", "p">));
static_assert(natural_inverse(rename, v1::value).kind == &kind_of<changes::rename_table> &&
              natural_inverse(rename, v1::value).table == dt::identifier("client") &&
              natural_inverse(rename, v1::value).renamed == dt::identifier("customer"));
// It is found under its new name only, also by what comes after it.
static_assert([] {
  test::applied done(v1::value, rename);
  const auto seen = [&] {
    dt::text_buffer out;
    done.draft.each_table(0, [&](const dt::model::table& t) { out << t.name.text() << ' '; });
    return out.all() == "client invoice product ";
  };
  const bool once = seen();
  apply(done.draft, dt::drop_index<"client", "customer_idx">::value);
  return once && seen() && done.draft.findings.empty() && done.draft.find("customer") == nullptr &&
         done.draft.find("client")->parts.size() == 5;
}());

// Names are any text.
static_assert(test::makes<customer_as<"\"; DROP TABLE product; --">>(
    v1::value, renamed<"customer", "\"; DROP TABLE product; --">));
static_assert(test::comes_back(v1::value, renamed<"customer", "\"; DROP TABLE product; --">));
static_assert(test::comes_back(v1::value, renamed<"customer", "Two words">));
static_assert(test::comes_back(v1::value, renamed<"customer", "Customer">));
static_assert(test::comes_back(v1::value, renamed<"customer", "own_fkey">), "a foreign key's name");

static_assert(test::says(v1::value, renamed<"client", "c">, code::MG_TARGET, "client", "", "table"));
static_assert(test::says(v1::value, renamed<"customer", "product">, code::MG_EXISTS, "product", "", "table"));
static_assert(test::says(v1::value, renamed<"customer", "customer">, code::MG_EXISTS, "customer", "", "table"));
static_assert(test::says(v1::value, renamed<"customer", "invoice_idx">, code::MG_EXISTS, "invoice_idx", "", "invoice",
                         "index"));
static_assert(test::says(v1::value, renamed<"customer", "customer_idx">, code::MG_EXISTS, "customer_idx", "",
                         "customer", "index"),
              "an index of its own");
static_assert(test::says(v1::value, renamed<"customer", "">, code::SC_NAME, "", "", {}, "it is empty"));
static_assert(test::raises(v1::value, renamed<"customer", test::too_long>, code::SC_NAME));
static_assert(test::raises(v1::value, renamed<"customer", "two\nlines">, code::SC_NAME));

// Views and functions are not rewritten, and are no tables themselves.
struct ids : dt::view<"ids", dt::query<"SELECT id FROM Customer">, id> {};
struct with_ids : dt::schema<"2", customer, invoice, ids> {};
static_assert(test::says(with_ids::value, rename, code::MG_DEPENDENT, "customer", "", "ids", "view"));
static_assert(test::comes_back(with_ids::value, renamed<"invoice", "bill">));
static_assert(test::says(with_ids::value, renamed<"ids", "i">, code::MG_TARGET, "ids", "", dt::model::draft::no_table));
static_assert(test::raises(with_ids::value, renamed<"invoice", "ids">, code::MG_EXISTS), "a view's name");

// An index that does.
template <class... Each>
struct indexed : dt::schema<"3", dt::table<"customer", id, dt::index_on<"i", dt::element<"id">, Each...>>> {};
static_assert(test::says(indexed<dt::where<"customer.id > 0">>::value, rename, code::MG_DEPENDENT, "customer", "", "i",
                         "index"));
static_assert(test::raises(indexed<dt::element_sql<"\"customer\".\"id\" + 1">>::value, rename, code::MG_DEPENDENT));
static_assert(test::comes_back(indexed<dt::element_sql<"id + 1.5">, dt::where<"id > 1.5">>::value, rename));
// A check that names the table before a column.
template <dt::fixed_string Expression>
struct checked : dt::schema<"3", dt::table<"customer", id, dt::check<"c", Expression>>> {};
static_assert(test::says(checked<"customer.id > 0">::value, rename, code::MG_DEPENDENT, "customer", "", "c",
                         "check constraint"));
static_assert(test::raises(checked<"\"customer\".\"id\" > 0">::value, rename, code::MG_DEPENDENT));
static_assert(test::comes_back(checked<"id > 0 AND id < 1.5">::value, rename));

}  // namespace renaming
