// SPDX-License-Identifier: BSL-1.0
// expect: MG_DEPENDENT
#include <dovetail/dovetail.hpp>

namespace dt = dovetail;

struct touch : dt::routine<"touch", dt::body<"plpgsql", "BEGIN NEW.changed = now(); RETURN NEW; END">,
                           dt::returns<"trigger">> {};
struct customer : dt::table<"customer",
    dt::column<"email", dt::text>,
    dt::column<"changed", dt::timestamptz, dt::null>,
    dt::trigger<"customer_touch", "BEFORE UPDATE", "FOR EACH ROW EXECUTE FUNCTION touch()">> {};
struct v1 : dt::schema<"1", customer, touch> {};
struct rename_it : dt::migration<v1,
#ifndef DOVETAIL_BAD
    dt::step<dt::rename_column<"customer", "email", "mail">, dt::rename_column<"customer", "mail", "email">>> {};
#else
    dt::step<dt::rename_column<"customer", "changed", "seen">, dt::rename_column<"customer", "seen", "changed">>> {};
#endif

static_assert(dt::reversible<rename_it>);
