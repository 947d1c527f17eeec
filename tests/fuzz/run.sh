#!/bin/sh
# run.sh BUILD [SECONDS [TARGET…]]: fuzzes every target for so long, with seeds from the recorded cases.
# What makes one fail is kept in BUILD/fuzz-faults.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
build=$1
seconds=${2:-60}
shift; [ $# -eq 0 ] || shift
[ $# -gt 0 ] || set -- fuzz_expression fuzz_analyse fuzz_store
seeds=$(mktemp -d)
trap 'rm -rf "$seeds"' EXIT
export UBSAN_OPTIONS=print_stacktrace=1
[ ! -w /dev/shm ] || export TMPDIR=/dev/shm
mkdir -p "$build/fuzz-faults"
python3 "$here/seeds.py" "$here/.." "$seeds"
failed=0
for target in "$@"; do
    "$build/bin/$target" "$seeds/$target" -max_total_time="$seconds" -max_len=16384 -timeout=10 -rss_limit_mb=3000 \
        -artifact_prefix="$build/fuzz-faults/$target-" -verbosity=0 -print_final_stats=1 || failed=1
done
exit $failed
