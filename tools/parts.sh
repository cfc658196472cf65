# The parts of ./test: one function each, part_NAME, run in a subshell with its output in
# $results/NAME/log. A part leaves machine-readable results in its folder; tools/report counts them.
# Sourced by ./test; `results` is set there.

# run_part NAME: runs it and prints its line.
run_part() {
    local started=$EPOCHREALTIME
    folder=$results/$1
    mkdir -p "$folder"
    # Not `( … ) || record …`: bash ignores `set -e` on the left of ||.
    set +e
    (set -euo pipefail; "part_$1") > "$folder/log" 2>&1
    local status=$?
    set -e
    [ "$status" -eq 0 ] || record "part $1 ended early (status $status)" failed 0
    seconds_since "$started" > "$folder/seconds"
    tools/report part "$folder" || show_failures "$folder/log"
}

show_failures() {
    grep -E -A8 'error:|Failure$|FAILED|not ok|ERROR|runtime error|WARNING: Thread' "$1" |
        head -n 60 | sed 's/^/    | /' || true
    say "    everything is in ${1#"$PWD"/}"
}

seconds_since() { awk -v a="$1" -v b="$EPOCHREALTIME" 'BEGIN { printf "%.2f\n", b - a }'; }

record() { printf '%s\t%s\t%s\n' "$1" "$2" "$3" >> "$folder/checks.tsv"; }

# check NAME COMMAND...: one test that passes when the command does.
check() {
    local name=$1 started=$EPOCHREALTIME outcome=passed
    shift
    say "== $name"
    "$@" || outcome=failed
    record "$name" "$outcome" "$(seconds_since "$started")"
}

# run_programs PRESET REGEX: the test programs whose ctest name matches, two at a time.
run_programs() {
    GTEST_OUTPUT="json:$folder/" ctest --test-dir "build/$1" -R "$2" -j "$(nproc)" \
        --timeout 300 --output-on-failure --output-junit "$folder/ctest.xml" || true
}

# run_node TESTS...: node's own test runner, counted from its TAP.
run_node() {
    node --test --test-reporter=tap "$@" | tee "$folder/node.tap" || true
}

part_docs() {
    install_node_modules tests
    check "what documents point at" tools/tidy documents
    run_node tests/api/description.test.mjs
}

part_tidy() {
    check "tools/tidy" tools/tidy
    check "formatting" tools/tidy format
    check "clang-tidy" tools/tidy clang-tidy --changed
    PYTHONPATH=tools PYTHONDONTWRITEBYTECODE=1 python3 -m checks.tests |
        tee "$folder/checks.tap" || true
}

part_web() {
    install_node_modules web
    (cd web && run_node test/*.test.*)
    check "types" npm --prefix web run lint
    check "build" npm --prefix web run build
}

part_unit() {
    build_preset dev all
    run_programs dev '_test$'
}
