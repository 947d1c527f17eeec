#!/bin/sh
# run.sh BUILD [SECONDS [TARGET…]]: fuzzes every target for so long, side by side, with seeds from the recorded cases.
# What makes one fail is kept in BUILD/fuzz-faults.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
build=$1
seconds=${2:-60}
shift; [ $# -eq 0 ] || shift
[ $# -gt 0 ] || set -- fuzz_expression fuzz_analyse fuzz_store
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cat "$here/../support/lsan.supp" "$here/lsan.supp" >"$work/lsan.supp"
export UBSAN_OPTIONS=print_stacktrace=1 LSAN_OPTIONS="suppressions=$work/lsan.supp:print_suppressions=0"
[ ! -w /dev/shm ] || export TMPDIR=/dev/shm
mkdir -p "$build/fuzz-faults"
mkdir "$work/seeds"
python3 "$here/seeds.py" "$here/.." "$work/seeds"
for target in "$@"; do
    (
        "$build/bin/$target" "$work/seeds/$target" -max_total_time="$seconds" -max_len=16384 -timeout=30 -rss_limit_mb=3000 \
            -artifact_prefix="$build/fuzz-faults/$target-" -verbosity=0 -print_final_stats=1 >"$work/$target.log" 2>&1 &&
            touch "$work/$target.passed"
    ) &
done
wait
passed=0
failed=0
for target in "$@"; do
    echo "$target:"
    cat "$work/$target.log"
    if [ -e "$work/$target.passed" ]; then passed=$((passed + 1)); else failed=$((failed + 1)); fi
done
echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
