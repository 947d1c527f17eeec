#!/usr/bin/env python3
"""Runs leat-conformance over each kind of recorded case and holds it to its floor.

usage: check_floors.py LEAT_CONFORMANCE FOLDER [KIND…]

floors.json says how many cases of a kind pass, and how many also at the stricter level; a kind may name its `folder`
and `dialect`. Fewer is a failure; more asks to raise the floor. Closes with `N passed, N failed`, counting cases; those under the floor fail.
"""
import json
import os
import pathlib
import subprocess
import sys
import time

binary, folder, *kinds = sys.argv[1:]
folder = pathlib.Path(folder)
floors = json.loads((folder / "floors.json").read_text())
SECRETS = dict(os.environ, SECRET_CORPUS_PW="b3BlbiBzZXNhbWU=", SECRET_CORPUS_JSON="eyJ1c2VyIjogInUxIiwgIm4iOiA1fQ==")
SERVER = dict(CORPUS_HTTP_PORT="18999", ENV_HTTP="http://127.0.0.1:18999")  # for the tasks that ask one; flows print `envs`
passed = failed = 0
for kind, floor in floors.items():
    if kinds and kind not in kinds:
        continue
    begin = time.monotonic()
    dialect = floor.get("dialect", "1.3")
    environment = dict(SECRETS, **SERVER) if kind == "tasks" else SECRETS
    run = subprocess.run([binary, str(folder / floor.get("folder", kind)), "--dialect", dialect, "--json"], capture_output=True, text=True, env=environment)
    try:
        got = json.loads(run.stdout)
    except json.JSONDecodeError:
        print(f"{kind}: no result, exit {run.returncode}\n{run.stderr[-2000:]}")
        failed += floor["passed"]
        continue
    missing = max(floor["passed"] - got["passed"], floor["strict"] - got["strict"], 0)
    print(f"{kind}: {got['passed']}/{got['total']} passed (floor {floor['passed']}), "
          f"{got['strict']} strictly (floor {floor['strict']}), {time.monotonic() - begin:.0f} s")
    if missing:
        for topic, row in got["topics"].items():
            if row["passed"] < row["total"]:
                print(f"  {topic}: {row['passed']}/{row['total']}")
    elif got["passed"] > floor["passed"] or got["strict"] > floor["strict"]:
        print(f"  raise the floor of {kind} to {got['passed']} and {got['strict']}")
    passed += got["passed"]
    failed += missing
print(f"{passed} passed, {failed} failed")
sys.exit(1 if failed else 0)
