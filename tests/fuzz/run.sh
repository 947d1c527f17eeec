#!/bin/sh
# run.sh BUILD [SECONDS]: fuzzes every target for so long, with seeds from the recorded cases.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
build=$1
seconds=${2:-60}
seeds=$(mktemp -d)
trap 'rm -rf "$seeds"' EXIT
python3 - "$here/../conformance/expressions" "$seeds" <<'PY'
import glob, json, pathlib, sys
for file in sorted(glob.glob(sys.argv[1] + "/*.json")):
    if not file.endswith(".results.json"):
        for case in json.load(open(file, encoding="utf-8")):
            pathlib.Path(sys.argv[2], case["id"]).write_text("0" + case["expr"], encoding="utf-8", newline="")
PY
"$build/bin/fuzz_expression" "$seeds" -max_total_time="$seconds" -max_len=2048 -timeout=10 -rss_limit_mb=3000 -verbosity=1 -print_final_stats=1
