// SPDX-License-Identifier: BSL-1.0
// Compiled with -DHEADER=<dovetail/….hpp>, once for each header: it needs nothing before it.
#include HEADER
