// SPDX-License-Identifier: BSL-1.0
// The main() of the run-time tests. Catch2 3 brings its own in a library.
#if !__has_include(<catch2/catch_test_macros.hpp>)
#define CATCH_CONFIG_MAIN
#include <catch2/catch.hpp>
#endif
