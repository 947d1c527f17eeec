"""seeds.py TESTS FOLDER: a folder of seeds for each fuzz target, from the recorded cases."""
import json
import pathlib
import random
import sys

tests, folder = map(pathlib.Path, sys.argv[1:])
dice = random.Random(4711)


def put(target, name, content):
    (folder / target).mkdir(exist_ok=True)
    (folder / target / name).write_bytes(content)


for file in sorted((tests / "conformance/expressions").glob("*.json")):
    if not file.name.endswith(".results.json"):
        for case in json.loads(file.read_text(encoding="utf-8")):
            text = case["expr"].replace("jq(p)", "jq('" + str(case.get("vars", {}).get("p")) + "')")
            put("fuzz_expression", case["id"], b"0" + text.encode("utf-8", "surrogatepass"))

flows = [file for part in ("conformance", "fidelity") for file in sorted((tests / part).rglob("*.yaml"))]
for number, file in enumerate(flows):
    text = file.read_bytes()
    if len(text) < 8192:
        put("fuzz_analyse", str(number), dice.randbytes(8) + text)

for kind in range(6):
    for number in range(16):
        values = b"".join(bytes([dice.randrange(8), dice.randrange(19), dice.randrange(4), 7]) + dice.randbytes(8) for _ in range(number % 3 + 1))
        put("fuzz_store", f"{kind}-{number}", bytes([kind]) + values)
put("fuzz_store", "version-1", b"\6" + (tests / "engine/databases/version-1.db").read_bytes()[:8192])
