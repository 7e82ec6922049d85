#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""The first ```cpp block of the README is the file that is compiled, word for word.

    check_readme.py README.md examples/readme.cpp

Before that, the file may have comments (its licence) and #include lines of its own.
"""
import difflib
import pathlib
import re
import sys

readme, program = (pathlib.Path(name) for name in sys.argv[1:])
block = re.search(r"^```cpp\n(.*?)^```$", readme.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
if not block:
    sys.exit(f"{readme.name} has no ```cpp block")
shown = block.group(1).splitlines()
compiled = program.read_text(encoding="utf-8").splitlines()
while len(compiled) > len(shown) and re.fullmatch(r"\s*|//.*|#include <.*>", compiled[0]):
    del compiled[0]
difference = list(difflib.unified_diff(shown, compiled, readme.name, program.name, lineterm=""))
print("\n".join(difference))
sys.exit(1 if difference else 0)
