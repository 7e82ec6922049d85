#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""The ```cpp blocks of a page continue the README's program: together they compile.

    check_pages.py examples/readme.cpp docs/model.md … -- COMPILER FLAG…

Errors are reported at the line of the page.
"""
import pathlib
import re
import subprocess
import sys

files, command = sys.argv[1:], []
if "--" in files:
    at = files.index("--")
    files, command = files[:at], files[at + 1:]
if len(files) < 2 or not command:
    sys.exit(__doc__)
program, *pages = (pathlib.Path(name).resolve() for name in files)

failed = False
for page in pages:
    text = page.read_text(encoding="utf-8")
    blocks = list(re.finditer(r"^```cpp\n(.*?)^```$", text, re.MULTILINE | re.DOTALL))
    if not blocks:
        sys.exit(f"{page.name} has no ```cpp block")
    source = f'#include <chrono>\n#include <vector>\n#include "{program}"\n'
    for block in blocks:
        line = text.count("\n", 0, block.start(1)) + 1
        source += f'#line {line} "{page.name}"\n{block.group(1)}'
    done = subprocess.run([*command, "-x", "c++", "-fsyntax-only", "-"], input=source, text=True, check=False)
    failed = failed or done.returncode != 0
sys.exit(failed)
