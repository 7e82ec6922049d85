#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""Folders are layers: a header includes its own layer and lower ones, never a higher one.

    check_layers.py INCLUDE_FOLDER

The layers stand in LAYERS, lowest first. A header directly in dovetail/ gathers what users include: it may include
every layer, and no layer may include it, except version.hpp, which includes nothing. No header includes itself through
others. Only <dovetail/…> names are used, so that a header means the same wherever it is installed.
"""
import pathlib
import re
import sys

LAYERS = ["vocabulary", "model", "change", "compat", "rollout", "ddl", "diagnose", "run"]
INCLUDE = re.compile(r'^[ \t]*#[ \t]*include[ \t]*([<"])([^>"]+)[>"]', re.MULTILINE)


def layer(header):
    """The layer of a header's path below dovetail/, or None for one directly in dovetail/."""
    parts = header.split("/")
    return parts[0] if len(parts) > 1 else None


def cycle(includes):
    """A list of headers that include each other in a ring, or None."""
    done, path = set(), []

    def visit(header):
        if header in path:
            return path[path.index(header):] + [header]
        if header in done:
            return None
        path.append(header)
        for other in includes.get(header, []):
            if found := visit(other):
                return found
        path.pop()
        done.add(header)
        return None

    for header in includes:
        if found := visit(header):
            return found
    return None


def check(root):
    found, includes = [], {}
    for path in sorted((root / "dovetail").rglob("*")):
        if path.is_dir():
            continue
        header = path.relative_to(root / "dovetail").as_posix()
        own = layer(header)
        if path.suffix not in (".hpp", ".def"):
            found.append(f"{header}: neither a header (.hpp) nor a table that headers include (.def)")
            continue
        if own is not None and own not in LAYERS:
            found.append(f"{header}: {own} is no layer; the layers are {' '.join(LAYERS)}")
            continue
        includes[header] = []
        for bracket, name in INCLUDE.findall(path.read_text(encoding="utf-8")):
            if bracket == '"':
                found.append(f'{header}: includes "{name}", not <dovetail/…>')
                continue
            if not name.startswith("dovetail/"):
                continue
            other = name[len("dovetail/"):]
            includes[header].append(other)
            if not (root / name).is_file():
                found.append(f"{header}: includes <{name}>, which does not exist")
                continue
            target = layer(other)
            if header == "version.hpp":
                found.append(f"{header}: includes <{name}>, but must include nothing")
            elif own is None or other == "version.hpp":
                continue
            elif target is None:
                found.append(f"{header}: a layer includes <{name}>, which is for users")
            elif target in LAYERS and LAYERS.index(target) > LAYERS.index(own):
                found.append(f"{header}: the layer {own} includes <{name}> of the higher layer {target}")
    if ring := cycle(includes):
        found.append("headers include each other: " + " -> ".join(ring))
    if not includes:
        found.append("there are no headers")
    return found


if __name__ == "__main__":
    problems = check(pathlib.Path(sys.argv[1]))
    print("\n".join(problems), end="\n" if problems else "")
    sys.exit(1 if problems else 0)
