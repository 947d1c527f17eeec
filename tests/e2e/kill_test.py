#!/usr/bin/env python3
"""Kills the real `leat` with SIGKILL at random moments of a run and takes everything up again.

usage: kill_test.py LEAT [ROUNDS]      (or LEAT_KILLS=ROUNDS; 50 otherwise)

Two kinds of run take turns: a loop of 160 task runs, and a project in which everything waits for something: items
and subflows for their executions, pauses and rounds for their time, a retry for its new execution, a service level
for its deadline, a listener for two flows. After the last restart every task run is accounted for: each ran to its
end exactly once, none is missing, none that had finished was begun again; each execution exists once. Closes with
`N passed, N failed`.
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

WAITING = {
    "waiting": """
id: waiting
namespace: acme.kill
sla: [{id: slow, type: MAX_DURATION, duration: PT0.2S, behavior: NONE, labels: {sla: missed}}]
tasks:
  - {id: list, type: io.kestra.plugin.core.storage.Write, content: "a\\nb\\nc\\nd\\ne\\nf\\n"}
  - {id: retried, type: io.kestra.plugin.core.flow.Subflow, namespace: acme.kill, flowId: again, wait: false}
  - id: items
    type: io.kestra.plugin.core.flow.ForEachItem
    items: "{{ outputs.list.uri }}"
    batch: {rows: 1}
    namespace: acme.kill
    flowId: item
    inputs: {n: "{{ read(taskrun.items) | trim }}"}
  - {id: pause, type: io.kestra.plugin.core.flow.Pause, pauseDuration: PT0.3S}
  - id: rounds
    type: io.kestra.plugin.core.flow.LoopUntil
    condition: "{{ outputs.round.value == '2' }}"
    checkFrequency: {interval: PT0.1S, maxIterations: 9}
    tasks: [{id: round, type: io.kestra.plugin.core.debug.Return, format: "{{ taskrun.iteration }}"}]
  - {id: one, type: io.kestra.plugin.core.flow.Subflow, namespace: acme.kill, flowId: item, inputs: {n: one}}
""",
    "item": """
id: item
namespace: acme.kill
inputs: [{id: n, type: STRING}]
tasks:
  - {id: nap, type: io.kestra.plugin.core.flow.Sleep, duration: PT0.05S}
  - {id: value, type: io.kestra.plugin.core.debug.Return, format: "{{ inputs.n }}"}
outputs: [{id: n, type: STRING, value: "{{ outputs.value.value }}"}]
""",
    "again": """
id: again
namespace: acme.kill
tasks:
  - id: try
    type: io.kestra.plugin.core.execution.Fail
    condition: "{{ labels.system.replay is not defined }}"
    retry: {type: constant, interval: PT0.3S, maxAttempts: 3, behavior: CREATE_NEW_EXECUTION}
""",
    "listener": """
id: listener
namespace: acme.kill
triggers:
  - id: both
    type: io.kestra.plugin.core.trigger.Flow
    preconditions:
      id: p
      flows:
        - {namespace: acme.kill, flowId: waiting, states: [SUCCESS]}
        - {namespace: acme.kill, flowId: again, states: [SUCCESS]}
tasks:
  - {id: heard, type: io.kestra.plugin.core.log.Log, message: heard}
""",
}


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


def shown(leat, data, execution):
    return json.loads(subprocess.check_output([leat, "executions", "show", execution, *data, "--output", "json"]))


def waiting_faults(leat, data):
    """What is wrong with the executions of the project in which everything waits."""
    faults = []
    listed = json.loads(subprocess.check_output([leat, "executions", "list", *data, "--output", "json", "-n", "100"]))
    states = sorted((one["flowId"], one["state"]) for one in listed)
    expected = sorted([("waiting", "SUCCESS"), ("listener", "SUCCESS"), ("again", "RETRIED"), ("again", "SUCCESS"),
                       *[("item", "SUCCESS")] * 7])
    if states != expected:
        faults.append(f"executions {states}")
    values = []
    for one in listed:
        execution = shown(leat, data, one["id"])
        for run in execution["taskRuns"]:
            ends = [state for state in run["stateHistory"] if state in ("SUCCESS", "WARNING", "KILLED", "RETRIED")]
            if run["stateHistory"][-1] not in ("SUCCESS", "RETRIED") or len(ends) != 1:
                faults.append(f"{one['flowId']}.{run['taskId']}: {run['stateHistory']}")
        if one["flowId"] == "item":
            values.append(execution["outputs"]["n"])
        if one["flowId"] != "waiting":
            continue
        tasks = [run["taskId"] for run in execution["taskRuns"]]
        wanted = ["items", "items_items", "items_merge", "items_split", "list", "one", "pause", "retried", "round", "rounds"]
        if sorted(tasks) != wanted:
            faults.append(f"task runs {sorted(tasks)}")
        for run in execution["taskRuns"]:
            if run["taskId"] == "items_items" and run["outputs"]["iterations"] != {"CREATED": 0, "RUNNING": 0, "SUCCESS": 6}:
                faults.append(f"iterations {run['outputs']['iterations']}")
        if execution["labels"].get("sla") != "missed":
            faults.append("the service level was not noticed")
        if sum("SLA 'slow' violated" in line["message"] for line in execution["logs"]) != 1:
            faults.append("the service level was not noticed once")
    if sorted(values) != ["a", "b", "c", "d", "e", "f", "one"]:
        faults.append(f"items {sorted(values)}")
    return faults


def waiting_round(leat, folder, chance, full):
    for name, text in WAITING.items():
        (folder / f"{name}.yaml").write_text(text)
    data = ["--data", str(folder / "data")]
    project = ["--project", str(folder)]
    kills = 0
    ended = killed_after([leat, "run", str(folder / "waiting.yaml"), *data, *project, "--quiet"], chance.uniform(0, full))
    while not ended:
        kills += 1
        ended = killed_after([leat, "executions", "resume-all", *data, *project], chance.uniform(0, full) if kills < 6 else 60)
    # A flow that another one started without waiting may be left, and what it starts in turn.
    for _ in range(3):
        subprocess.run([leat, "executions", "resume-all", *data, *project], stdout=subprocess.DEVNULL)
    listed = json.loads(subprocess.check_output([leat, "executions", "list", *data, "--output", "json"]))
    return kills, [] if not listed and kills else waiting_faults(leat, data)


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
            killed, faults = waiting_round(leat, folder, chance, 2.0) if number % 2 == 0 else one_round(leat, folder, chance, full)
            kills += killed
            passed += not faults
            failed += bool(faults)
            for fault in faults[:5]:
                print(f"run {number}, {killed} kills: {fault}")
    print(f"{kills} kills in {number} runs, every other of {3 + 4 * VALUES} task runs, {full:.2f} s when left alone")
    print(f"{passed} passed, {failed} failed")
    return 1 if failed else 0


sys.exit(main())
