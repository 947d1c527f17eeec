"""Reads texts with PyYAML and compares with what the flow's own reader made of them.

Each line of the file is {"text": …, "reads": …}: lists as lists, mappings as {"map": [[key, value]…]},
scalars and aliases as their text.
"""
import json
import sys
import threading

import yaml


def read(text):
    events = iter(yaml.parse(text, Loader=yaml.SafeLoader))

    def value(event):
        if isinstance(event, yaml.AliasEvent):
            return "*" + event.anchor
        if isinstance(event, yaml.ScalarEvent):
            return event.value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")  # halves of a pair
        members = []
        end = yaml.SequenceEndEvent if isinstance(event, yaml.SequenceStartEvent) else yaml.MappingEndEvent
        while not isinstance(event := next(events), end):
            first = value(event)
            members.append(first if end is yaml.SequenceEndEvent else [first, value(next(events))])
        return members if end is yaml.SequenceEndEvent else {"map": members}

    for event in events:
        if isinstance(event, yaml.NodeEvent):
            return value(event)
    return None


def main():
    agreed = refused = 0
    for line in open(sys.argv[1], encoding="utf-8"):
        row = json.loads(line)
        try:
            got = read(row["text"].lstrip("\ufeff"))
        except yaml.YAMLError:
            refused += 1  # it is stricter about tabs and some control characters
            continue
        if got != row["reads"]:
            print("the second reader reads\n", got, "\ninstead of\n", row["reads"], "\nin\n", row["text"])
            return 1
        agreed += 1
    print(f"second reader: {agreed} texts agree, {refused} it does not read")
    return 1 if agreed == 0 or refused * 20 > agreed else 0


if __name__ == "__main__":
    # Some samples nest a thousand levels.
    sys.setrecursionlimit(100_000)
    threading.stack_size(512 << 20)
    results = []
    reader = threading.Thread(target=lambda: results.append(main()))
    reader.start()
    reader.join()
    sys.exit(results[0] if results else 1)
