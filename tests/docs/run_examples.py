#!/usr/bin/env python3
"""Runs the examples of docs/*.md and README.md: every ```console block, `$ command` and what it prints.

Usage: run_examples.py SOURCE_DIR BIN_DIR. Each page runs in a fresh copy of resources/examples with
BIN_DIR first on PATH. In expected output a line `…` stands for any lines, `…` inside a line for any text.
"""
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

SOURCE, BIN = (pathlib.Path(argument).resolve() for argument in sys.argv[1:3])


def examples(page):
    """(line number, command, expected output) of each command of a page."""
    inside, command, expected, begin = False, None, [], 0
    for number, line in enumerate(page.read_text(encoding="utf-8").splitlines() + ["```"], 1):
        if not inside:
            inside = line.strip() == "```console"
            continue
        if line.startswith("$ ") or line.strip() == "```":
            if command is not None:
                yield begin, command, expected
            command, expected, begin = (line[2:] if line.startswith("$ ") else None), [], number
            inside = line.strip() != "```"
        elif command is not None:
            expected.append(line)


def matches(expected, actual):
    pattern = ""
    for line in expected:
        pattern += r"(?:.*\n)*?" if line.strip() == "…" else re.escape(line).replace("…", ".*?") + r"\n"
    return re.fullmatch(pattern, actual) is not None


def main():
    passed = failed = 0
    for page in sorted([SOURCE / "README.md", *(SOURCE / "docs").glob("*.md")]):
        with tempfile.TemporaryDirectory() as folder:
            home = pathlib.Path(folder) / "home"
            home.mkdir()
            work = pathlib.Path(folder) / "examples"
            shutil.copytree(SOURCE / "resources/examples", work)
            environment = dict(os.environ, PATH=f"{BIN}:{os.environ['PATH']}", HOME=str(home), LC_ALL="C.UTF-8",
                               XDG_STATE_HOME=str(home / "state"), XDG_CONFIG_HOME=str(home / "config"),
                               XDG_CACHE_HOME=str(home / "cache"), TZ="UTC")
            for line, command, expected in examples(page):
                done = subprocess.run(["bash", "-c", command], cwd=work, env=environment, stdin=subprocess.DEVNULL,
                                      stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False)
                actual = done.stdout.decode("utf-8", "replace")
                if matches(expected, actual):
                    passed += 1
                    continue
                failed += 1
                print(f"{page.relative_to(SOURCE)}:{line}: $ {command}\n--- expected\n" + "\n".join(expected)
                      + f"\n--- printed\n{actual}")
    print(f"{passed} passed, {failed} failed")
    return 1 if failed else 0


sys.exit(main())
