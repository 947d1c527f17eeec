#!/usr/bin/env python3
"""Greps every #include of the rooms against the table of docs/design.md.

Prints one line a violation, `file:line: room X may not include Y`, then `N passed, N failed`
where N counts the files read.
"""
import pathlib
import re
import sys

FLOW, EXPR, RUN, UI = "engine/flow", "engine/expr", "engine/run", "ui"
MAY = {
    "base": [],
    "resources": [],
    FLOW: ["base"],
    EXPR: ["base", FLOW],
    RUN: ["base", FLOW, EXPR],
    "engine/store": ["base", FLOW, EXPR, RUN],
    "engine/tasks": ["base", FLOW, EXPR, RUN],
    "git/core": ["base"],
    UI: ["base"],
    "git/ui": ["base", "git/core", UI],
    "editor": ["base", FLOW, EXPR, UI],
    "canvas": ["base", FLOW, UI],
    "app/sentences": ["base", FLOW, EXPR, RUN, "git/core"],
    "app/catalog": ["base", "resources", FLOW],
    "app/cli": ["base", "app/catalog", "app/sentences", "resources", FLOW, EXPR, RUN, "engine/store", "engine/tasks", "git/core"],
    "app": ["base", "resources", FLOW, EXPR, RUN, "engine/store", "engine/tasks", "git/core", "git/ui",
            "editor", "canvas", UI, "app/cli", "app/catalog", "app/sentences"],
}
QT_FREE = ["base", "resources", FLOW, EXPR, RUN, "engine/store", "engine/tasks", "git/core", "app/catalog", "app/sentences", "app/cli"]
# Third-party headers and the rooms that may see them; `header` means even in a header.
PRIVATE = {
    "yaml.h": [FLOW, EXPR],
    "nlohmann/": [FLOW, EXPR, "engine/store", "engine/tasks", "app"],
    "unicode/": [EXPR],
    "jq.h": [EXPR], "jv.h": [EXPR],
    "pcre2.h": [EXPR, "git/core"],
    "openssl/": [EXPR, "engine/store"],
    "sqlite3.h": ["engine/store", "engine/tasks"],
    "libsecret/": ["engine/store"],
    "curl/": ["engine/tasks"],
    "libpq-fe.h": ["engine/tasks"],
    "archive": ["engine/tasks"],
    "git2": ["git/core"],
    "Qsci/": ["editor"],
    "graphviz/": ["canvas"],
}
INCLUDE = re.compile(r'^\s*#\s*include\s+([<"])([^>"]+)[>"]')


def room_of(path):
    parts = path.split("/")
    for depth in (2, 1):
        name = "/".join(parts[:depth])
        if name in MAY:
            return name
    return None


def violations(root, file):
    relative = file.relative_to(root).as_posix()
    room = room_of(relative)
    for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
        match = INCLUDE.match(line)
        if not match:
            continue
        quoted, target = match.group(1) == '"', match.group(2)
        other = room_of(target)
        if quoted and other and other != room and other not in MAY[room]:
            yield f"{relative}:{number}: room {room} may not include {target} of {other}"
        if room in QT_FREE and re.match(r"Q[A-Za-z]+$", target):
            yield f"{relative}:{number}: room {room} is free of Qt, not {target}"
        for header, rooms in PRIVATE.items():
            if target.startswith(header) and not quoted and room not in rooms:
                yield f"{relative}:{number}: {target} is private to {', '.join(rooms)}"
            if target.startswith(header) and not quoted and file.suffix == ".h" and header == "nlohmann/":
                yield f"{relative}:{number}: {target} belongs in .cpp files only"


def main():
    root = pathlib.Path(sys.argv[1]).resolve()
    files = [f for room in MAY for f in (root / room).rglob("*") if f.suffix in (".h", ".cpp") and
             room_of(f.relative_to(root).as_posix()) == room]
    failed = 0
    for file in sorted(set(files)):
        found = list(violations(root, file))
        failed += bool(found)
        print("\n".join(found)) if found else None
    print(f"{len(set(files)) - failed} passed, {failed} failed")
    return 1 if failed or not files else 0


sys.exit(main())
