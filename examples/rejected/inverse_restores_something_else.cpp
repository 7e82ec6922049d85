// SPDX-License-Identifier: BSL-1.0
// expect: MG_INVERSE
//
// A way back that does not lead back.
//
// What was shipped: a unique index was dropped to speed up an import. The inverse, written from memory, brings back an
// index of the same name, which is not unique.
//
// What would have happened at night: the import failed, the migration was rolled back, all was green. From then on two
// customers could have one e-mail address, and the first sign-up form sent twice made two accounts of one customer.
#include <dovetail/dovetail.hpp>

namespace dt = dovetail;

struct customer : dt::table<"customer",
    dt::column<"id",    dt::bigint, dt::identity>,
    dt::column<"email", dt::varchar<255>>,
    dt::primary_key<"id">,
    dt::unique_index<"customer_email_idx", "email">> {};

struct v1 : dt::schema<"1", customer> {};

struct prepare_import : dt::migration<v1,
    dt::step<dt::drop_index<"customer", "customer_email_idx">,
             dt::add_index<"customer", dt::index<"customer_email_idx", "email">>>> {};

static_assert(dt::reversible<prepare_import>);
