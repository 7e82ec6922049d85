#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""dovetail/dovetail.hpp is light: it brings in none of the headers that cost much to compile, and leaves no macro.

    check_weight.py COMPILER [FLAG...]
"""
import pathlib
import subprocess
import sys

HEAVY = {"string", "string_view", "chrono", "iostream", "ostream", "sstream", "fstream", "format", "regex", "functional", "map",
         "unordered_map", "memory", "algorithm", "ranges"}
ROOT = "dovetail/dovetail.hpp"

compiler, *flags = sys.argv[1:]
# -H prints each header as it is entered, with a dot for each level.
result = subprocess.run([compiler, "-std=c++20", "-fsyntax-only", "-H", "-x", "c++", *flags, "-"],
                        input=f"#include <{ROOT}>\n", stderr=subprocess.PIPE, text=True, check=False)
if result.returncode:
    sys.exit(result.stderr)

found, way, seen = [], [], set()
for line in result.stderr.splitlines():
    dots, _, name = line.partition(" ")
    if not dots or set(dots) != {"."}:
        continue
    del way[len(dots) - 1:]
    way.append(name)
    path = pathlib.PurePath(name)
    heavy = ("c++" in path.parts and path.name in HEAVY) or "fmt" in path.parts
    if heavy and not any(outer in found for outer in way[:-1]) and name not in found:
        found.append(name)
        print(f"{ROOT} brings in {name}:\n    " + "\n    ".join(way[:-1]))
    seen.add(name)
if not any(name.endswith(ROOT) for name in seen):
    sys.exit(f"{compiler} -H does not list {ROOT}: this check sees nothing")

macros = subprocess.run([compiler, "-std=c++20", "-E", "-dM", "-x", "c++", *flags, "-"],
                        input=f"#include <{ROOT}>\n", stdout=subprocess.PIPE, text=True, check=True).stdout
for line in macros.splitlines():
    if "dovetail" in line.split()[1].lower():
        found.append(line)
        print(f"{ROOT} leaves a macro: {line}")
sys.exit(1 if found else 0)
