#!/usr/bin/env python3
"""Runs every registered test of a build folder and closes with `N passed, N failed[, N skipped]`.

Counts test cases where a program reports them (doctest, Qt Test, `N passed, N failed` lines), and one
for each program that does not.
"""
import pathlib
import re
import subprocess
import sys
import xml.etree.ElementTree as ElementTree

COUNTS = [
    re.compile(r"\[doctest\] test cases:\s*\d+ \|\s*(?P<p>\d+) passed \|\s*(?P<f>\d+) failed \|\s*(?P<s>\d+) skipped"),
    re.compile(r"^Totals: (?P<p>\d+) passed, (?P<f>\d+) failed, (?P<s>\d+) skipped", re.M),
    re.compile(r"^(?P<p>\d+) passed, (?P<f>\d+) failed(?:, (?P<s>\d+) skipped)?$", re.M),
]


def counts(output):
    for pattern in COUNTS:
        found = list(pattern.finditer(output))
        if found:
            return tuple(sum(int(m.group(k) or 0) for m in found) for k in "pfs")
    return None


def main():
    build, *arguments = sys.argv[1:]
    report = pathlib.Path(build).resolve() / "tests.xml"
    command = ["ctest", "--test-dir", build, "--output-on-failure", "--no-tests=error",
               "--test-output-size-passed", "1000000", "--test-output-size-failed", "1000000",
               "--output-junit", str(report), *arguments]
    code = subprocess.call(command)
    if not report.exists():
        return code or 1
    passed = failed = skipped = 0
    for case in ElementTree.parse(report).getroot().iter("testcase"):
        status = case.get("status")
        output = case.findtext("system-out") or ""
        p, f, s = counts(output) or (int(status == "run"), int(status == "fail"), int(status not in ("run", "fail")))
        if status == "fail" and f == 0:
            f = 1
        passed, failed, skipped = passed + p, failed + f, skipped + s
        for reason in re.findall(r"^SKIP\s*:.*$", output, re.M):
            print(f"{case.get('name')}: {reason}")
    print(f"{passed} passed, {failed} failed" + (f", {skipped} skipped" if skipped else ""))
    return 1 if failed or code else 0


sys.exit(main())
