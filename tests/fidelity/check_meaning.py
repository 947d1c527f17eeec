#!/usr/bin/env python3
"""Reads the fidelity cases with a second YAML reader (PyYAML) and a second model of the edits.

For each case the steps are applied to the plain values of before.yaml; after.yaml must read to the
result. Aliases are read as the text they are written as, as the real engine does.
"""
import copy
import pathlib
import re
import shlex
import sys

import yaml

CORE = "io.kestra.plugin.core."
REQUIRED = {  # properties that are left empty instead of going away
    "io.kestra.plugin.scripts.shell.Commands": {"commands"},
    "io.kestra.plugin.scripts.shell.Script": {"script"},
    CORE + "log.Log": {"message"},
    CORE + "flow.Sequential": {"tasks"}, CORE + "flow.Parallel": {"tasks"},
    CORE + "flow.ForEach": {"tasks", "values"}, CORE + "flow.Dag": {"tasks"},
    CORE + "flow.If": {"then"}, CORE + "flow.Switch": {"value"},
}
LIST_KEYS = ("tasks", "then", "else", "defaults", "errors", "finally")
FIRST_LIST = {CORE + "flow.If": "then"}


class Refused(Exception):
    pass


def read(text):
    """Values as lists, dicts and (style-independent) texts; the first document only."""
    events = iter(yaml.parse(text, Loader=yaml.SafeLoader))

    def value(event):
        if isinstance(event, yaml.AliasEvent):
            return "*" + event.anchor
        if isinstance(event, yaml.ScalarEvent):
            plain = event.style is None and event.tag is None
            return ("plain " if plain and re.fullmatch(r"[-+.\d_xa-fA-F]+|true|false|null|~", event.value) else "") + event.value
        if isinstance(event, yaml.SequenceStartEvent):
            items = []
            while not isinstance(event := next(events), yaml.SequenceEndEvent):
                items.append(value(event))
            return items
        members = {}
        while not isinstance(event := next(events), yaml.MappingEndEvent):
            key = value(event)
            key = key if isinstance(key, str) else repr(key)
            members[key.removeprefix("plain ")] = value(next(events))
        return members

    for event in events:
        if isinstance(event, yaml.NodeEvent):
            return value(event)
    return ""


def text_of(value):
    return value.removeprefix("plain ") if isinstance(value, str) else None


def is_task(value):
    return isinstance(value, dict) and ("type" in value or ("id" in value and "task" not in value))


class Model:
    def __init__(self, flow):
        self.flow = flow

    def lists(self, holder=None, path=""):
        """(path, list, holder, key) of every list of tasks."""
        top = holder is None
        holder = self.flow if top else holder
        keys = ("tasks", "errors", "finally", "afterExecution") if top else LIST_KEYS
        found = [(path + key, holder[key], holder, key) for key in holder
                 if key in keys and isinstance(holder[key], list)]
        if not top and isinstance(holder.get("cases"), dict):
            found += [(f"{path}cases.{label}", items, holder["cases"], label)
                      for label, items in holder["cases"].items() if isinstance(items, list)]
        for name, items, _, _ in list(found):
            for index, item in enumerate(items):
                task = item["task"] if isinstance(item, dict) and "task" in item else item
                if is_task(task):
                    found += self.lists(task, f"{name}[{index}].")
        return found

    def tasks(self):
        """id -> (task, list, index, list's holder, its key, path)"""
        found = {}
        for path, items, holder, key in self.lists():
            for index, item in enumerate(items):
                task = item["task"] if isinstance(item, dict) and "task" in item else item
                if is_task(task):
                    entry = (task, items, index, holder, key, f"{path}[{index}]")
                    found.setdefault(text_of(task.get("id", "")), entry)
                    found[f"{path}[{index}]"] = entry
        return found

    def task(self, name):
        if name not in self.tasks():
            raise Refused(name)
        return self.tasks()[name]

    def ids(self):
        return {name for name in self.tasks() if "[" not in name}

    def is_dag(self, items):
        return any(isinstance(holder, dict) and str(holder.get("type", "")).endswith(".Dag") and value is items
                   for _, value, holder, _ in self.lists())

    def place(self, option, name, at):
        """The list, made when missing, the index, and whether it is the list of a Dag."""
        if option in ("--after", "--before"):
            _, items, index, _, _, _ = self.task(name)
            return items, index + (option == "--after"), self.is_dag(items)
        holder, key = self.flow, name
        if name in self.ids():
            holder = self.task(name)[0]
            key = FIRST_LIST.get(holder["type"], "tasks")
        elif "." in name:
            owner, key = name.split(".", 1)
            holder = self.task(owner)[0]
        if key.startswith("cases."):
            holder = holder.setdefault("cases", {})
            holder = holder if isinstance(holder, dict) else {}
            key = key[6:]
        if key == "onPause":
            return holder, "onPause", False
        if not isinstance(holder.get(key), list):
            holder[key] = []
        items = holder[key]
        return items, len(items) if at is None else at, str(holder.get("type", "")).endswith(".Dag") and key == "tasks"

    def put(self, place, item):
        items, index, dag = place
        if index == "onPause":
            items["onPause"] = item
        else:
            items.insert(index, {"task": item} if dag else item)

    def take(self, name, arrows=True):
        task, items, index, holder, key, _ = self.task(name)
        dag = self.is_dag(items)
        item = items.pop(index)
        if dag and arrows:
            for other in items:
                if name in map(text_of, other.get("dependsOn", [])):
                    other["dependsOn"] = [d for d in other["dependsOn"] if text_of(d) != name]
                    if not other["dependsOn"]:
                        del other["dependsOn"]
        if not items and key in ("else", "errors", "finally", "afterExecution", "defaults") and "type" in holder | {"type": 1}:
            del holder[key]
        return item, task

    def free(self, wish, taken):
        if wish not in taken:
            return wish
        match = re.fullmatch(r"(.+)_([1-9]\d*)", wish)
        stem, number = (match[1], int(match[2]) + 1) if match else (wish, 2)
        while f"{stem}_{number}" in taken:
            number += 1
        return f"{stem}_{number}"

    def with_free_ids(self, item):
        taken, renamed = self.ids(), {}

        def walk(task):
            wish = text_of(task.get("id", "")) or re.sub(r"(?<!^)(?=[A-Z])", "_", task["type"].split(".")[-1]).lower()
            fresh = self.free(wish, taken)
            taken.add(fresh)
            if fresh != wish or "id" not in task:
                renamed[wish] = fresh
                task["id"] = fresh
            for key in LIST_KEYS:
                for inner in task.get(key, []) if isinstance(task.get(key), list) else []:
                    walk(inner.get("task", inner))

        walk(item["task"] if "task" in item and "type" not in item else item)
        for old, fresh in renamed.items():
            replace_references(item, old, fresh)
        return item


def replace_references(value, old, new):
    """In expressions, outside of quoted texts. Quotes of brackets are unified before comparing."""
    name = re.escape(old)
    dotted = f".{new}" if re.fullmatch(r"[A-Za-z_]\w*", new) else f"['{new}']"

    def change(text):
        def inside(match):
            inner = re.sub(rf"(?<![\w.'\"])(outputs|tasks)\s*\.{name}(?![\w])", lambda m: m[1] + dotted, match[0])
            return re.sub(rf"((?<![\w.])(?:outputs|tasks)\[\s*['\"]|errorLogs\(\s*['\"]){name}(?=['\"])",
                          lambda m: m[1] + new, inner)
        return re.sub(r"\{\{.*?\}\}|\{%.*?%\}", inside, text, flags=re.S)

    if isinstance(value, list):
        for i, item in enumerate(value):
            if isinstance(item, str):
                value[i] = change(item)
            else:
                replace_references(item, old, new)
    elif isinstance(value, dict):
        for key in list(value):
            member = value.pop(key)
            if isinstance(member, str):
                member = change(member)
            else:
                replace_references(member, old, new)
            value[change(key)] = member


def steps_of(path):
    return [int(index) if index else (quoted or word)
            for index, quoted, word in re.findall(r"\[(\d+)\]|\['([^']*)'\]|([^.\[\]]+)", path)]


def fragment(text):
    lines = text.replace("\r\n", "\n").strip("\n").split("\n")
    try:
        return read("\n".join(lines) + "\n")
    except yaml.YAMLError:  # cut out of the middle of a line
        rest = min(len(line) - len(line.lstrip()) for line in lines[1:])
        return read(" " * rest + "\n".join(lines) + "\n")


def set_property(model, left, text):
    owner, _, path = left.partition(".")
    node = model.task(owner)[0] if owner else model.flow
    value = fragment(text)
    steps = steps_of(path)
    for i, step in enumerate(steps):
        last = i + 1 == len(steps)
        made = value if last else ([] if isinstance(steps[i + 1], int) else {})
        if isinstance(step, int):
            if step == len(node):
                node.append(made)
            elif last:
                node[step] = made
        elif last or not node.get(step) or not isinstance(node[step], (list, dict)):
            node[step] = made
        node = node[step]


def unset_property(model, left):
    owner, _, path = left.partition(".")
    top = node = model.task(owner)[0] if owner else model.flow
    steps = steps_of(path)
    chain = []
    for step in steps:
        chain.append((node, step))
        node = node[step]
    while chain:
        holder, step = chain.pop()
        del holder[step]
        if holder or not chain:
            return
        outer, key = chain[-1]
        if isinstance(outer, list) or (outer is top and key in REQUIRED.get(top.get("type"), ())):
            return


def apply(model, words):
    at = 0
    while at < len(words):
        option, at = words[at], at + 1
        first, at = words[at], at + 1
        place = None
        if option in ("--connect", "--disconnect"):
            second, at = words[at], at + 1
        if option in ("--add", "--move"):
            where, name, at = words[at], words[at + 1], at + 2
            index = None
            if at < len(words) and words[at] == "--at":
                index, at = int(words[at + 1]), at + 2
            place = (where, name, index)
        if option == "--add":
            item = fragment(first)
            item = item[0] if isinstance(item, list) else item
            target = model.place(*place)
            if "task" in item and "type" not in item and not target[2]:
                item = item["task"]
            model.put(target, model.with_free_ids(item))
        elif option == "--move":
            _, items, own, _, _, _ = model.task(first)
            target, index, dag = model.place(*place)
            if target is items:
                moved = items.pop(own)
                items.insert(index - (index > own), moved)
            else:
                mark = {"mark": True}
                target.insert(index, mark)
                item, task = model.take(first)
                found = next(i for i, other in enumerate(target) if other is mark)
                target[found] = {"task": task} if dag else task
        elif option == "--remove":
            if first.startswith("tasks[") and first not in model.tasks():
                raise Refused(first)
            model.take(first)
        elif option == "--duplicate":
            _, items, index, _, _, _ = model.task(first)
            items.insert(index + 1, model.with_free_ids(copy.deepcopy(items[index])))
        elif option == "--rename":
            old, new = first.split("=", 1)
            task, items, _, _, _, _ = model.task(old)
            task["id"] = new
            replace_references(model.flow, old, new)
            if model.is_dag(items):
                for other in items:
                    if "dependsOn" in other:
                        other["dependsOn"] = [new if text_of(d) == old else d for d in other["dependsOn"]]
            for other, *_ in model.tasks().values():
                if str(other.get("type", "")).endswith(".log.Fetch") and "tasksId" in other:
                    other["tasksId"] = [new if text_of(d) == old else d for d in other["tasksId"]]
        elif option == "--set":
            set_property(model, *first.split("=", 1))
        elif option == "--unset":
            unset_property(model, first)
        elif option == "--connect":
            _, items, index, _, _, _ = model.task(second)
            names = items[index].get("dependsOn") or []
            items[index]["dependsOn"] = names + [first]
        elif option == "--disconnect":
            _, items, index, _, _, _ = model.task(second)
            items[index]["dependsOn"] = [d for d in items[index]["dependsOn"] if text_of(d) != first]
            if not items[index]["dependsOn"]:
                del items[index]["dependsOn"]
        elif option != "--note":
            raise KeyError(option)


def plain(value):
    """Without the mark of plain scalars, and with one kind of quotes, for comparing."""
    if isinstance(value, dict):
        return {plain(key): plain(member) for key, member in value.items()}
    if isinstance(value, list):
        return [plain(item) for item in value]
    return value.removeprefix("plain ").replace('"', "'")


def main():
    root = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else pathlib.Path(__file__).parent)
    passed, failed, skipped = 0, 0, 0
    for steps in sorted(root.glob("*/steps")):
        case = steps.parent
        if not (case / "after.yaml").exists():
            continue
        try:
            before = read((case / "before.yaml").read_bytes())
        except yaml.YAMLError:
            skipped += 1  # broken text, on purpose
            continue
        model = Model(before)
        try:
            apply(model, shlex.split(steps.read_text(), comments=True))
        except KeyError as unknown:
            if not str(unknown).startswith("'--"):
                raise
            skipped += 1  # a step this second model does not know
            continue
        expected, got = plain(model.flow), plain(read((case / "after.yaml").read_bytes()))
        if expected == got:
            passed += 1
        else:
            failed += 1
            print(f"{case.name}: after.yaml means\n  {got}\ninstead of\n  {expected}")
    print(f"{skipped} not compared")
    print(f"{passed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
