#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""Programs that must not compile, and the message that they must give.

A test of a pair is one file. It compiles as it is, and fails with -DDOVETAIL_BAD: the good half proves that the bad half
fails for the reason that it names. With --rejected a file has no good half. Each file names the codes that it expects:

    // expect: RD_NULL

Of the failing half:
- the first line with `error:` carries [dovetail/CODE] with an expected code;
- all the lines with `error:` carry all the expected codes, and no other, nor anything else than findings;
- the whole message has at most 25 lines for each finding.

    compile_fail.py [--rejected] [--show] --compiler g++-12 [--flag=-Iinclude]... FILE...
"""
import argparse
import concurrent.futures
import os
import pathlib
import re
import subprocess
import sys

LINES_FOR_EACH_FINDING = 25
MARK = re.compile(r"\[dovetail/(\w+)\]")
EXPECT = re.compile(r"^//\s*expect:\s*(.+?)\s*$", re.MULTILINE)
ERROR = re.compile(r"\berror: ")


def compile_file(options, path, *more):
    command = [options.compiler, "-std=c++20", "-fsyntax-only", *options.flag, *more, str(path)]
    result = subprocess.run(
        command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
        errors="replace", env={**os.environ, "LC_ALL": "C"})
    return result.returncode, result.stdout


def complaints(path, text, output, code):
    """What is wrong with the output of the half that must fail."""
    expected = " ".join(EXPECT.findall(text)).split()
    if not expected:
        return ["it has no line `// expect: CODE`"]
    if code == 0:
        return [f"it compiles, but must fail with {' '.join(expected)}"]
    found = []
    errors = [line for line in output.splitlines() if ERROR.search(line)]
    if not errors:
        return ["the compiler failed without an `error:` line"]
    first = MARK.search(errors[0])
    if not first:
        found.append(f"its first error carries no code: {errors[0].strip()}")
    elif first.group(1) not in expected:
        found.append(f"its first error is {first.group(1)}, expected {' '.join(expected)}")
    codes = {mark for line in errors for mark in MARK.findall(line)}
    if missing := sorted(set(expected) - codes):
        found.append(f"no error has the code {' '.join(missing)}")
    if surplus := sorted(codes - set(expected)):
        found.append(f"errors that were not expected: {' '.join(surplus)}")
    if follow_up := [line for line in errors if not MARK.search(line)]:
        found.append(f"{len(follow_up)} errors that are not findings, the first: {follow_up[0].strip()}")
    # g++ prints the same line for two findings of one code.
    findings = len([line for line in errors if MARK.search(line)])
    lines = len(output.splitlines())
    if findings and lines > LINES_FOR_EACH_FINDING * findings:
        found.append(f"{lines} lines for {findings} findings, more than {LINES_FOR_EACH_FINDING} each")
    return found


def check(options, path):
    """(what is wrong, the message of the half that must fail)"""
    text = path.read_text(encoding="utf-8")
    found = []
    if options.rejected:
        code, output = compile_file(options, path)
    else:
        if "DOVETAIL_BAD" not in text:
            return ["it does not mention DOVETAIL_BAD, so both halves are the same"], ""
        code, output = compile_file(options, path, "-Werror")
        if code != 0:
            return ["its good half does not compile"], output
        code, output = compile_file(options, path, "-DDOVETAIL_BAD")
    found += complaints(path, text, output, code)
    return found, output


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--compiler", required=True)
    parser.add_argument("--flag", action="append", default=[])
    parser.add_argument("--rejected", action="store_true", help="the files have no good half")
    parser.add_argument("--show", action="store_true", help="print the messages, too")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("files", nargs="+", type=pathlib.Path)
    options = parser.parse_args()

    bad = 0
    with concurrent.futures.ThreadPoolExecutor(options.jobs) as pool:
        for path, (found, output) in zip(options.files, pool.map(lambda path: check(options, path), options.files)):
            if options.show:
                print(f"---- {path}\n{output}")
            if found:
                bad += 1
                if not options.show:
                    print(output, end="")
                for line in found:
                    print(f"{path} with {options.compiler}: {line}")
    if bad:
        print(f"{bad} of {len(options.files)} files are not as they should be", file=sys.stderr)
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
