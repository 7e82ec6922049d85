// SPDX-License-Identifier: BSL-1.0
// expect: SC_TYPE
#include <dovetail/fields.hpp>

namespace dt = dovetail;

struct signup {
#ifndef DOVETAIL_BAD
  dt::bounded_text<40> name;
#else
  dt::text_of<dt::varchar<40>> name;
#endif
};
