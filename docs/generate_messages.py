#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""Writes docs/messages.md: every code, a program that raises it, its message and its fix.

    docs/generate_messages.py [--check] [--compiler g++-12] [--flag=-Isome/boost]...

The codes and their sentences come from include/dovetail/vocabulary/findings.def, the programs from
tests/compile_fail/*.cpp, and the messages from compiling the failing half of each. With --check nothing is written: it
prints how the page differs from what it should be, and exits with 1 if it does.
"""
import argparse
import concurrent.futures
import difflib
import os
import pathlib
import re
import shutil
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
INCLUDE = ROOT / "include"
FINDINGS = INCLUDE / "dovetail" / "vocabulary" / "findings.def"
PROGRAMS = ROOT / "tests" / "compile_fail"
PAGE = ROOT / "docs" / "messages.md"

TEXT = r'"((?:[^"\\]|\\.)*)"'
FINDING = re.compile(rf"DOVETAIL_FINDING\((\w+),\s*{TEXT},\s*{TEXT}\)")
ASSERTED = re.compile(r'"\[dovetail/(\w+)\] ((?:[^"\\]|\\.)*)"')
EXPECT = re.compile(r"^//\s*expect:\s*(.+?)\s*$", re.MULTILINE)
RAISED = re.compile(r"In instantiation of .struct dovetail::raise<dovetail::code::(\w+)(.*)>.:$")
ERROR = re.compile(r"\berror: .*?\[dovetail/(\w+)\] (.*)$")
PIECE = re.compile(rf"line<|str<\d+>\{{{TEXT}\}}")

GROUPS = {
    "SC": ("SC: a declaration contradicts itself",
           "Raised by `dt::valid` and by every other check of the version, unless the text says that the declaration "
           "itself does not compile. `SC_DIFFERS` is raised by `dt::same`."),
    "MG": ("MG: a migration cannot be done, or not be undone",
           "Raised by `dt::reversible`, by `dt::up` and `dt::down`, and by every check of a version that comes after "
           "the migration."),
    "RD": ("RD: a reader breaks", "Raised by `dt::compatible` and `dt::safe`; `RD_PLAN` is only listed, by `dt::outdated_plans` of a "
           "rollout."),
    "WR": ("WR: a writer breaks", "Raised by `dt::compatible` and `dt::safe`."),
    "DT": ("DT: what is stored is lost",
           "Listed by `dt::losses` of a migration or a rollout, `DT_UNPROVEN` by `dt::unproven` of a migration or version "
           "([model.md](model.md#migrations) has them). No check fails "
           "for them but `dt::reversible` of a rollout, for `DT_LOST` and `DT_BLOCKED`, and `dt::lossless`, for `DT_FORBIDDEN`; "
           "`DT_LOST` of a document is also raised by `dt::compatible` and `dt::safe`."),
    "RO": ("RO: the order of a rollout breaks something", "Raised by `dt::safe`."),
    "DL": ("DL: a server cannot do it", "Raised by `dt::ddl`, `dt::up` and `dt::down`."),
}

HEAD = """\
# Messages

<!-- Written by docs/generate_messages.py from findings.def and tests/compile_fail. Do not edit. -->

Every compile error of dovetail has a line with `error:` and a code in brackets, `[dovetail/RD_NULL]`. A code never
changes its meaning. The facts stand beside it:

- g++, and clang before `-std=c++2c`, print them as arguments of `dovetail::raise<…>` (clang also of
  `dovetail::holds<…>`), each line in pieces of at most 31 characters:
  `dovetail::line<dovetail::str<17>{"at customer.nick"}>`. The number is the length of the piece and its closing NUL.
- where `static_assert` takes a computed message (`__cpp_static_assert >= 202306L`, such as clang 17 and newer with
  `-std=c++2c`), they are lines of text under the sentence, as on this page.

The messages below are those of g++ in C++20, with the pieces put together. Each program begins with
`#include <dovetail/dovetail.hpp>`, the standard headers that it needs, and `namespace dt = dovetail;`; the whole file is
in `tests/compile_fail`. A word in braces in a fix stands for a fact of the finding, and `{mend}` for what to declare.
"""


def unescape(text):
    """The characters of a string literal as the compiler prints it."""
    octets = text.encode("ascii", "backslashreplace").decode("unicode_escape").encode("latin-1", "replace")
    return octets.decode("utf-8", "replace")


class program:
    """A file of tests/compile_fail: its two halves, and what the failing one gives."""

    def __init__(self, path):
        self.path = path
        text = path.read_text(encoding="utf-8")
        self.expected = " ".join(EXPECT.findall(text)).split()
        self.bad, self.good = [], []
        state = [None]  # for each open #if: whether these lines are of the failing half, or None for both
        for line in text.splitlines():
            if line.startswith("// SPDX") or EXPECT.match(line) or line.startswith("#include <"):
                continue
            if line == "namespace dt = dovetail;":
                continue
            directive = re.match(r"#\s*(\w+)\s*(\w*)", line)
            word, name = directive.groups() if directive else ("", "")
            if word in ("ifdef", "ifndef") and name == "DOVETAIL_BAD":
                state.append(word == "ifdef")
            elif word in ("if", "ifdef", "ifndef"):
                raise SystemExit(f"{path}: {line}: only DOVETAIL_BAD is understood here")
            elif word == "else":
                state[-1] = not state[-1]
            elif word == "endif":
                state.pop()
            else:
                if state[-1] is not False:
                    self.bad.append(line)
                if state[-1] is False:
                    self.good.append(line)
        self.messages = []

    def compile(self, options):
        command = [options.compiler, "-std=c++20", "-fsyntax-only", "-DDOVETAIL_BAD", f"-I{INCLUDE}", *options.flag,
                   str(self.path)]
        output = subprocess.run(
            command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
            errors="replace", env={**os.environ, "LC_ALL": "C"}, check=False).stdout
        raised = None
        for line in output.splitlines():
            if found := RAISED.search(line):
                raised = found.groups()
            elif found := ERROR.search(line):
                code, sentence = found.groups()
                lines = []
                if raised and raised[0] == code:
                    for piece in PIECE.finditer(raised[1]):
                        if piece.group(1) is None:
                            lines.append("")
                        else:
                            lines[-1] += unescape(piece.group(1))
                raised = None
                self.messages.append((code, unescape(sentence), lines))
        if missing := set(self.expected) - {code for code, _, _ in self.messages}:
            codes = " ".join(sorted(missing))
            raise SystemExit(f"{self.path.name} does not raise {codes} with {options.compiler}:\n{output}")


def block(language, lines):
    lines = list(lines)
    while lines and not lines[0].strip():
        del lines[0]
    while lines and not lines[-1].strip():
        del lines[-1]
    squeezed = [line for i, line in enumerate(lines) if line.strip() or lines[i - 1].strip()]
    return "\n".join([f"```{language}", *squeezed, "```"])


def message(messages):
    return block("", [line for code, sentence, lines in messages
                      for line in [f"[dovetail/{code}] {sentence}", *(f"  {each}" for each in lines)]])


def names(programs):
    return ", ".join(f"`{p.path.name}`" for p in programs)


def section(code, sentence, fix, asserted, programs, is_raised):
    """One code: `sentence` is None for a code that only static_asserts of declarations have."""
    out = [f"### {code}"]
    if sentence:
        out.append(f"{sentence[0].upper()}{sentence[1:]}.")
        # What else would do depends on the types, and is in the messages.
        fix = re.sub(r"{or_\w+}", "", fix)
        if not re.fullmatch(r"{\w+}", fix):
            out.append(f"Fix: {fix}.")
    alone = [p for p in programs if p.expected == [code]]
    if sentence:
        alone = [p for p in alone if any(s == sentence for _, s, _ in p.messages)]
    if alone:
        shown = min(alone, key=lambda p: (len(p.messages), len(p.bad), p.path.name))
        out += [block("cpp", shown.bad), message(shown.messages)]
        if shown.good:
            out += ["This compiles:", block("cpp", shown.good)]
        programs = [p for p in programs if p is not shown]
    elif (code.startswith("DT_") or code == "RD_PLAN") and is_raised:
        pass  # no program fails for it
    elif not sentence or is_raised:
        out.append("No program in `tests/compile_fail` shows it yet.")
    else:
        out.append("Only listed: no check of this version raises it.")
    if asserted:
        out.append("Declarations that do not compile have this code, too, with a sentence of their own:" if sentence
                   else "Declarations that do not compile have this code, with these sentences:")
        out.append("\n".join(f"- {each}" for each in asserted))
    if programs:
        out.append(f"More programs: {names(programs)}.")
    return "\n\n".join(out)


def page(programs):
    headers = {path: path.read_text(encoding="utf-8") for path in sorted(INCLUDE.rglob("*.hpp"))}
    asserted = {}
    for text in headers.values():
        for code, sentence in ASSERTED.findall(text):
            asserted.setdefault(code, []).append(unescape(sentence))
    everything = "".join(headers.values())
    declared = [(code, unescape(sentence), unescape(fix))
                for code, sentence, fix in FINDING.findall(FINDINGS.read_text(encoding="utf-8"))]
    known = {code for code, _, _ in declared}
    listed = declared + [(code, None, None) for code in sorted(asserted) if code not in known]
    if unknown := {c for p in programs for c in p.expected} - {code for code, _, _ in listed}:
        raise SystemExit(f"programs expect codes that do not exist: {' '.join(sorted(unknown))}")

    sentences = {(c, s) for c, s, _ in declared} | {(c, s) for c, each in asserted.items() for s in each}
    for p in programs:
        for code, sentence, _ in p.messages:
            if (code, sentence) not in sentences:
                raise SystemExit(f"{p.path.name}: nobody says [dovetail/{code}] {sentence} (any more); run this again")

    prefixes = list(dict.fromkeys(code.split("_")[0] for code, _, _ in listed))
    out = [HEAD.strip()]
    out.append("\n".join(
        f"- {prefix}: " + ",\n  ".join(
            f"[{code}](#{code.lower()})" for code, _, _ in listed if code.startswith(prefix + "_"))
        for prefix in prefixes))
    for prefix in prefixes:
        title, remark = GROUPS.get(prefix, (prefix, ""))
        out += [f"## {title}"] + ([remark] if remark else [])
        for code, sentence, fix in listed:
            if code.startswith(prefix + "_"):
                out.append(section(code, sentence, fix, asserted.get(code, []),
                                   [p for p in programs if code in p.expected], f"code::{code}" in everything))
    return "\n\n".join(out) + "\n"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="write nothing; exit with 1 if the page is out of date")
    parser.add_argument("--compiler", default=shutil.which("g++-12") or "g++", help="a g++; default: g++-12, or g++")
    parser.add_argument("--flag", action="append", default=[], help="a further flag for the compiler; may be repeated")
    parser.add_argument("--jobs", type=int, default=2)
    options = parser.parse_args()

    programs = [program(path) for path in sorted(PROGRAMS.glob("*.cpp"))]
    with concurrent.futures.ThreadPoolExecutor(options.jobs) as pool:
        list(pool.map(lambda p: p.compile(options), programs))
    new = page(programs)
    if not options.check:
        PAGE.write_text(new, encoding="utf-8")
        return 0
    old = PAGE.read_text(encoding="utf-8") if PAGE.exists() else ""
    difference = list(difflib.unified_diff(old.splitlines(), new.splitlines(), "docs/messages.md", "as it should be",
                                           lineterm=""))
    print("\n".join(difference), end="\n" if difference else "")
    if difference:
        print("docs/messages.md is out of date: run docs/generate_messages.py", file=sys.stderr)
    return 1 if difference else 0


if __name__ == "__main__":
    sys.exit(main())
