// SPDX-License-Identifier: BSL-1.0
// expect: SC_TYPE
#include <dovetail/dovetail.hpp>

namespace dt = dovetail;

#ifndef DOVETAIL_BAD
using money = dt::decimal<18, 2>;
#else
using money = dt::decimal<19, 2>;
#endif
static_assert(sizeof(money) == 8);
