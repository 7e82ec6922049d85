// SPDX-License-Identifier: BSL-1.0
#include <dovetail/rollout/either_order.hpp>

#include <cstdint>
#include <optional>
#include <string>

#include <dovetail/change/version.hpp>

namespace dt = dovetail;
using dt::code;

namespace {

struct customer : dt::table<"customer", dt::column<"id", dt::bigint>, dt::column<"name", dt::text>,
                            dt::column<"phone", dt::text, dt::null>, dt::primary_key<"id">> {};
struct v1 : dt::schema<"1", customer> {};

using add_city = dt::step<dt::add_column<"customer", dt::column<"city", dt::text, dt::null>>, dt::drop_column<"customer", "city">>;
using drop_phone = dt::lossy<"nobody calls", dt::step<dt::drop_column<"customer", "phone">,
                                                      dt::add_column<"customer", dt::column<"phone", dt::text, dt::null>>>>;
struct expand : dt::migration<v1, add_city> {};
struct contract : dt::migration<v1, drop_phone> {};
struct both : dt::migration<v1, add_city, drop_phone> {};

struct card {
  std::int64_t id;
  std::string name;
};
struct caller {
  std::int64_t id;
  std::optional<std::string> phone;
};
struct address {
  std::int64_t id;
  std::optional<std::string> city;
};
struct fax {
  std::int64_t fax;
};
struct plain : dt::release<"plain", dt::reads<"customer", card>> {};
struct calls : dt::release<"calls", dt::reads<"customer", caller>> {};
struct moves : dt::release<"moves", dt::reads<"customer", address>> {};
struct faxes : dt::release<"faxes", dt::reads<"customer", fax>> {};

template <class Migration, class Older, class Newer>
constexpr dt::array_view<dt::finding> of = dt::order_freedom<Migration, Older, Newer>::findings;

static_assert(of<expand, plain, plain>.empty());
static_assert(of<expand, calls, plain>.empty());
static_assert(of<contract, plain, plain>.empty());

// The new release needs what the migration brings.
static_assert(of<expand, plain, moves>.size() == 1);
static_assert(of<expand, plain, moves>[0].what == code::RO_MIGRATE_FIRST);
static_assert(of<expand, plain, moves>[0].cause == code::RD_COL_MISSING);
static_assert(of<expand, plain, moves>[0].release == dt::text_view("moves"));
static_assert(of<expand, plain, moves>[0].other == dt::text_view("expand"));
static_assert(of<expand, plain, moves>[0].migration.empty());

// The old release needs what the migration takes away.
static_assert(of<contract, calls, plain>.size() == 1);
static_assert(of<contract, calls, plain>[0].what == code::RO_STOP_FIRST);
static_assert(of<contract, calls, plain>[0].release == dt::text_view("calls"));
static_assert(of<contract, calls, plain>[0].migration == dt::text_view("contract"));

// Both: there is no order, and both sides are told.
static_assert(of<both, calls, moves>.size() == 2);
static_assert(of<both, calls, moves>[0].what == code::RO_SPLIT && of<both, calls, moves>[1].what == code::RO_SPLIT);
static_assert(of<both, calls, moves>[0].release == dt::text_view("moves"));
static_assert(of<both, calls, moves>[1].release == dt::text_view("calls"));
static_assert(of<both, calls, moves>[1].other == dt::text_view("both"));

// A release that fails where it was made to run is wrong in itself.
static_assert(of<both, faxes, moves>.size() == 1);
static_assert(of<both, faxes, moves>[0].what == code::RD_COL_MISSING && !of<both, faxes, moves>[0].has_cause);
static_assert(of<both, calls, faxes>.size() == 1);
static_assert(of<both, calls, faxes>[0].migration == dt::text_view("both"));

}  // namespace
