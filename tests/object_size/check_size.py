#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""Checks leave nothing in the object file: its sections have the same size with and without them.

    check_size.py COMPILER PROGRAM [FLAG...]

PROGRAM is compiled with and without -DDOVETAIL_CHECKED, at -O0 and -O2.
"""
import pathlib
import subprocess
import sys
import tempfile

compiler, program, *flags = sys.argv[1:]


def size(folder, *more):
    """(text, data, bss) of the program."""
    target = pathlib.Path(folder) / "program.o"
    subprocess.run([compiler, "-std=c++20", *flags, *more, "-c", program, "-o", target], check=True)
    lines = subprocess.run(["size", target], check=True, stdout=subprocess.PIPE, text=True).stdout.splitlines()
    return tuple(int(each) for each in lines[1].split()[:3])


bad = False
with tempfile.TemporaryDirectory() as folder:
    for level in "-O0", "-O2":
        without = size(folder, level)
        checked = size(folder, level, "-DDOVETAIL_CHECKED")
        if without[0] == 0:
            sys.exit("the program has no code: this check sees nothing")
        if without != checked:
            bad = True
            print(f"{compiler} {level}: text, data, bss are {without} without the checks and {checked} with them")
sys.exit(1 if bad else 0)
