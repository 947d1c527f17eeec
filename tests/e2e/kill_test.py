#!/usr/bin/env python3
"""Kills the real `leat` with SIGKILL at random moments of a 200-task run and takes the execution up again.

usage: kill_test.py LEAT [ROUNDS]      (or LEAT_KILLS=ROUNDS; 50 otherwise)

After the last restart every task run is accounted for: each task of each value ran to its end exactly once,
none is missing, and none that had finished was begun again. Closes with `N passed, N failed`.
"""
import json
import os
import pathlib
import random
import signal
import subprocess
import sys
import tempfile
import time

VALUES = 40
FLOW = """
id: killed
namespace: acme.kill
tasks:
  - {id: first, type: io.kestra.plugin.core.debug.Return, format: begin}
  - id: each
    type: io.kestra.plugin.core.flow.ForEach
    concurrencyLimit: %(limit)d
    values: [%(values)s]
    tasks:
      - {id: note, type: io.kestra.plugin.core.debug.Return, format: "{{ taskrun.value }}"}
      - id: mark
        type: io.kestra.plugin.scripts.shell.Commands
        taskRunner: {type: io.kestra.plugin.core.runner.Process}
        commands: ["echo {{ taskrun.value }} >> %(marks)s"]
      - id: choose
        type: io.kestra.plugin.core.flow.If
        condition: "{{ taskrun.value | number('INT') %% 2 == 0 }}"
        then: [{id: even, type: io.kestra.plugin.core.log.Log, message: "even"}]
        else: [{id: odd, type: io.kestra.plugin.core.log.Log, message: "odd"}]
  - {id: last, type: io.kestra.plugin.core.debug.Return, format: "{{ outputs.first.value }} end"}
"""


def killed_after(command, seconds):
    """Runs the command, kills it after so long; True when it ended by itself before."""
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        process.wait(timeout=seconds)
        return True
    except subprocess.TimeoutExpired:
        process.send_signal(signal.SIGKILL)
        process.wait()
        return False


def faults_of(execution, marks):
    """What is wrong with the record of an execution that should have ended well."""
    faults = []
    if execution["state"] != "SUCCESS":
        faults.append(f"ended {execution['state']}")
    expected = {("first", None), ("each", None), ("last", None)}
    for value in map(str, range(VALUES)):
        expected |= {("note", value), ("mark", value), ("choose", value),
                     ("even" if int(value) % 2 == 0 else "odd", value)}
    seen = {}
    runs = execution["taskRuns"]
    for run in runs:
        value = run.get("value")
        if value is None and run.get("parent") is not None:
            value = runs[run["parent"]].get("value")
        seen.setdefault((run["taskId"], value), []).append(run)
    for key in sorted(expected ^ set(seen), key=str):
        faults.append(f"{'missing' if key in expected else 'unexpected'} task run {key}")
    for key, found in seen.items():
        if len(found) > 1:
            faults.append(f"{len(found)} task runs for {key}")
        for run in found:
            if run["stateHistory"].count("SUCCESS") != 1 or run["stateHistory"][-1] != "SUCCESS":
                faults.append(f"{key}: {run['stateHistory']}")
            if [a for a in run.get("attempts", []) if a not in ("SUCCESS", "RESUBMITTED")]:
                faults.append(f"{key}: attempts {run['attempts']}")
    written = marks.read_text().split() if marks.exists() else []
    for value in map(str, range(VALUES)):
        run = seen.get(("mark", value), [{"attempts": []}])[0]
        count = written.count(value)
        if not 1 <= count <= len(run.get("attempts", [])):
            faults.append(f"mark {value} was written {count} times in {len(run.get('attempts', []))} attempts")
    return faults


def one_round(leat, folder, chance, full):
    marks = folder / "marks.txt"
    flow = folder / "killed.yaml"
    flow.write_text(FLOW % {"limit": chance.choice([1, 4]), "marks": marks,
                            "values": ", ".join(map(str, range(VALUES)))})
    data = ["--data", str(folder / "data")]
    kills = 0
    ended = killed_after([leat, "run", str(flow), *data, "--quiet"], chance.uniform(0, full))
    while not ended:
        kills += 1
        ended = killed_after([leat, "executions", "resume-all", *data], chance.uniform(0, full) if kills < 4 else 60)
    listed = json.loads(subprocess.check_output([leat, "executions", "list", *data, "--output", "json"]))
    if not listed and kills:
        return kills, []  # killed before the start was stored: nothing was promised
    if len(listed) != 1:
        return kills, [f"{len(listed)} executions"]
    shown = subprocess.check_output([leat, "executions", "show", listed[0]["id"], *data, "--output", "json"])
    return kills, faults_of(json.loads(shown), marks)


def main():
    leat = str(pathlib.Path(sys.argv[1]).resolve())
    rounds = int(sys.argv[2] if len(sys.argv) > 2 else os.environ.get("LEAT_KILLS", "50"))
    seed = int(os.environ.get("LEAT_SEED", time.time()))
    chance = random.Random(seed)
    print(f"seed {seed}")
    with tempfile.TemporaryDirectory(prefix="leat-kill-") as top:
        measured = pathlib.Path(top) / "whole"
        measured.mkdir()
        begin = time.monotonic()
        flow = measured / "killed.yaml"
        flow.write_text(FLOW % {"limit": 1, "marks": measured / "marks.txt", "values": ", ".join(map(str, range(VALUES)))})
        subprocess.run([leat, "run", str(flow), "--data", str(measured / "data"), "--quiet"], check=True, stdout=subprocess.DEVNULL)
        full = max(time.monotonic() - begin, 0.05)
        passed = failed = kills = number = 0
        while kills < rounds:
            number += 1
            folder = pathlib.Path(top) / str(number)
            folder.mkdir()
            killed, faults = one_round(leat, folder, chance, full)
            kills += killed
            passed += not faults
            failed += bool(faults)
            for fault in faults[:5]:
                print(f"run {number}, {killed} kills: {fault}")
    print(f"{kills} kills in {number} runs of {3 + 4 * VALUES} task runs, {full:.2f} s each when left alone")
    print(f"{passed} passed, {failed} failed")
    return 1 if failed else 0


sys.exit(main())
