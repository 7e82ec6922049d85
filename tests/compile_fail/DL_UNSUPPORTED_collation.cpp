// SPDX-License-Identifier: BSL-1.0
// expect: DL_UNSUPPORTED
#include <dovetail/dovetail.hpp>

namespace dt = dovetail;

#ifndef DOVETAIL_BAD
using by = dt::collate<"NOCASE">;
#else
using by = dt::collate<"en_US">;
#endif
struct customer : dt::table<"customer", dt::column<"name", dt::text, by>> {};
struct v1 : dt::schema<"1", customer> {};

constexpr dt::ddl_script script = dt::ddl<dt::sqlite<3, 40>, v1>;
