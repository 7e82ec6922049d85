// SPDX-License-Identifier: BSL-1.0
// expect: DL_UNSUPPORTED
#include <dovetail/dovetail.hpp>

namespace dt = dovetail;

struct item : dt::table<"item",
    dt::column<"price", dt::numeric<12, 2>>,
    dt::column<"gross", dt::numeric<12, 2>, dt::generated_virtual<"price * 1.19">>> {};
struct v1 : dt::schema<"1", item> {};
#ifndef DOVETAIL_BAD
constexpr dt::ddl_script script = dt::ddl<dt::postgresql<18>, v1>;
#else
constexpr dt::ddl_script script = dt::ddl<dt::postgresql<15>, v1>;
#endif
