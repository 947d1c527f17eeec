#!/usr/bin/env python3
"""usage: meaning_test.py LEAT FLOWS_DIR

Runs flows before and after an edit that must not change what they do, and compares states and outputs: tasks, an
input and a variable renamed; the first tasks extracted to a subflow; that subflow inlined again. A flow that gives
two results by itself is left out. Prints how many were compared; exit code 1 when one differs.
"""
import concurrent.futures
import json
import pathlib
import re
import subprocess
import sys
import tempfile

import yaml

LEAT, FLOWS = sys.argv[1], pathlib.Path(sys.argv[2])
MARK = "_meant"  # behind each new name: taken away from a result it gives the old one
SLOW = {"pause", "concurrency", "sla", "flow-settings", "triggers", "wait-for"}  # topics that are about time
LEAST = {"rename": 60, "extract": 40, "inline": 40}


def run(folder, name):
    """State, outputs and the task runs of one run, without what differs from run to run; None when it was not started."""
    with tempfile.TemporaryDirectory() as data:
        done = subprocess.run([LEAT, "run", str(folder / f"{name}.yaml"), "--output", "json", "--data", data, "--project", str(folder)],
                              capture_output=True, text=True, timeout=120)
    try:
        read = json.loads(done.stdout)
    except ValueError:
        return None
    text = done.stdout.replace(MARK, "")
    for task in read.get("taskRuns", []):
        text = text.replace(task.get("id", "\0"), "<run>")
    text = text.replace(read["id"], "<execution>")
    text = re.sub(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d[.\d]*(Z|[+-]\d\d:?\d\d)?", "<time>", text)
    text = re.sub(r"kestra:///[^\"' ]*", "<file>", text)
    read = json.loads(text)
    runs = sorted(json.dumps([task["taskId"], task.get("value"), task["state"] if isinstance(task["state"], str) else task["state"].get("current"),
                              task.get("outputs")], sort_keys=True) for task in read.get("taskRuns", []))
    return {"state": read["state"], "outputs": read.get("outputs"), "variables": read.get("variables"), "runs": runs}


def edit(folder, name, *steps):
    done = subprocess.run([LEAT, "edit", "--write", "--project", str(folder), str(folder / f"{name}.yaml"), *steps], capture_output=True, text=True)
    return done.returncode == 0


def tasks_of(node, top=True):
    if isinstance(node, dict):
        if not top and isinstance(node.get("id"), str) and isinstance(node.get("type"), str):
            yield node["id"]
        for key, value in node.items():
            if key not in ("inputs", "triggers", "outputs", "onResume"):
                yield from tasks_of(value, False)
    elif isinstance(node, list):
        for value in node:
            yield from tasks_of(value, False)


def renames(flow, text):
    ids = list(dict.fromkeys(tasks_of(flow)))
    read = [name for name in ids if re.search(rf"outputs\s*(\.|\[['\"]){re.escape(name)}\b", text)]
    steps = []
    for name in read[:3] or ids[:1]:
        steps += ["--rename", f"{name}={name}{MARK}"]
    # A map that is printed whole stands in the order of its keys' hashes: there a new name may change the order.
    whole = {name for name in ("inputs", "vars") if re.search(rf"\b{name}\b(?!\s*[.\[:])", text)}
    for given in [item["id"] for item in flow.get("inputs") or [] if isinstance(item, dict) and "." not in str(item.get("id", "."))][:1]:
        if "inputs" not in whole:
            steps += ["--rename-input", f"{given}={given}{MARK}"]
    if isinstance(flow.get("variables"), dict) and "vars" not in whole:
        for name in list(flow["variables"])[:1]:
            steps += ["--rename-variable", f"{name}={name}{MARK}"]
    return steps


def compare(path):
    """What was compared of one flow, and what differed."""
    name, text = path.stem, path.read_text()
    done, faults = [], []
    try:
        flow = yaml.safe_load(text)
    except yaml.YAMLError:
        return done, faults
    if not isinstance(flow, dict) or not isinstance(flow.get("tasks"), list):
        return done, faults
    with tempfile.TemporaryDirectory() as scratch:
        def fresh(which):
            folder = pathlib.Path(scratch) / which
            folder.mkdir()
            (folder / path.name).write_text(text)
            return folder
        before = run(fresh("before"), name)
        if before is None or run(fresh("again"), name) != before:
            return done, faults
        steps = renames(flow, text)
        folder = fresh("renamed")
        if steps and edit(folder, name, *steps):
            done.append("rename")
            if run(folder, name) != before:
                faults.append(f"{path.parent.name}/{name}: {' '.join(steps)}")
        first = [task["id"] for task in flow["tasks"] if isinstance(task, dict) and isinstance(task.get("id"), str)][:2]
        folder = fresh("extracted")
        part = f"{name}-part"
        if not first or not edit(folder, name, "--extract", ",".join(first), "--as", part):
            return done, faults
        done.append("extract")
        after = run(folder, name)
        inside = set(tasks_of([task for task in flow["tasks"] if isinstance(task, dict) and task.get("id") in first], False))
        inside |= {name + part for name in inside for part in ("_split", "_items", "_merge")}  # runs of a ForEachItem
        rest = [one for one in before["runs"] if json.loads(one)[0] not in inside]
        now = yaml.safe_load((folder / path.name).read_text())
        call = [task["id"] for task in now["tasks"] if isinstance(task, dict) and task.get("flowId") == part]
        if not after or after["state"] != before["state"] or after["outputs"] != before["outputs"] or \
                [one for one in after["runs"] if json.loads(one)[0] not in call] != rest:
            faults.append(f"{path.parent.name}/{name}: extract {first}")
        if call and edit(folder, name, "--inline", call[0]):
            done.append("inline")
            after = run(folder, name)
            if not after or any(after[key] != before[key] for key in ("state", "outputs", "runs")):
                faults.append(f"{path.parent.name}/{name}: inline {call[0]}")
    return done, faults


def main():
    paths = [path for path in sorted(FLOWS.glob("*/*.yaml"))
             if "." not in path.stem and path.parent.name not in SLOW and not list(path.parent.glob(f"{path.stem}.sub*")) and
             not path.with_suffix(".inputs.yaml").exists()]
    counts, faults = dict.fromkeys(LEAST, 0), []
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        for done, wrong in pool.map(compare, paths):
            for kind in done:
                counts[kind] += 1
            faults += wrong
    print("flows compared:", ", ".join(f"{count} {kind}" for kind, count in counts.items()))
    for fault in faults:
        print("differs:", fault)
    few = [kind for kind, least in LEAST.items() if counts[kind] < least]
    passed = sum(counts.values()) - len(faults)
    print(f"{passed} passed, {len(faults) + len(few)} failed")
    return 1 if faults or few else 0


if __name__ == "__main__":
    sys.exit(main())
