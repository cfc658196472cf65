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
    local status TIMEFORMAT='%U %S'
    { time { (set -euo pipefail; "part_$1") > "$folder/log" 2>&1; }; } \
        2> "$folder/processor_seconds"
    status=$?
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

# run_programs PRESET CTEST-ARGUMENTS...: test programs, two at a time.
run_programs() {
    local preset=$1
    shift
    GTEST_OUTPUT="json:$folder/" ctest --test-dir "build/$preset" "$@" -j "$(nproc)" \
        --timeout 600 --output-on-failure --output-junit "$folder/ctest.xml" || true
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
    run_programs dev -R '_test$' -E '^scenario_'
}

part_lint() {
    build_preset dev all
    check "clang-tidy over what changed" nice -n 15 tools/tidy clang-tidy
}

# start_postgres: one of this part's own, which ends with it.
start_postgres() {
    local place
    place=$(mktemp -u /tmp/emplettes-postgres-XXXXXX)
    trap "tools/postgres stop '$place'" EXIT  # expanded here: it runs after this function
    EMPLETTES_POSTGRES_URL=$(tools/postgres start "$place")
    export EMPLETTES_POSTGRES_URL
}

part_store() {
    build_preset dev all
    start_postgres
    run_programs dev -R '_contract$'
}

part_scenario() {
    export EMPLETTES_EXCHANGES=$folder/exchanges.jsonl
    install_node_modules tests
    build_preset dev all
    run_programs dev -R '^scenario_'
    run_node tests/api/exchanges.test.mjs
}

# Where threads meet: the group commit, the server, an index being changed while it is read. The
# modules above have no threads of their own; their races for the last item are part of `store`.
concurrent_programs=(base_test store_test store_contract web_test search_test)

part_tsan() {
    local regex without_aslr=()
    regex=$(IFS='|'; printf '^(%s)$' "${concurrent_programs[*]}")
    # GCC 12's ThreadSanitizer cannot start where the kernel spreads addresses widely.
    ! setarch "$(uname -m)" -R true 2> /dev/null || without_aslr=(setarch "$(uname -m)" -R)
    build_preset tsan "${concurrent_programs[@]}"
    start_postgres
    export TSAN_OPTIONS="suppressions=$PWD/tools/tsan.supp"
    export GTEST_FILTER='-Oracle.*'  # one thread, which only takes longer here
    "${without_aslr[@]}" bash -c "$(declare -f run_programs); folder=$folder
        run_programs tsan -R '$regex'"
}

fuzz_seconds=10

# fuzz_one PROGRAM: from its corpus, in a copy, so that the checkout stays as it is.
fuzz_one() {
    local name=${1##*/} corpus
    corpus=$folder/corpus-$name
    mkdir -p "$corpus"
    "$1" -max_total_time="$fuzz_seconds" -timeout=5 -rss_limit_mb=1024 -print_final_stats=1 \
        -artifact_prefix="$folder/$name-" "$corpus" "tests/fuzz/corpus/$name" \
        > "$folder/$name.log" 2>&1 && grep -q 'number_of_executed_units: [1-9]' "$folder/$name.log"
}

part_fuzz() {
    local program
    build_preset dev all
    for program in build/dev/tests/fuzz/*_fuzz; do
        [ "$(jobs -rp | wc -l)" -lt "$(nproc)" ] || wait -n
        check "${program##*/}" fuzz_one "$program" &
    done
    wait
    grep -h -A25 'ERROR:' "$folder"/*_fuzz.log || true
}

# What a town lives through in a thousand days; other lives: town_simulation DAYS SEED.
town_days=1000

part_fault() {
    local test
    build_preset release emplettes town_simulation
    check "$town_days town-days" build/release/tests/simulation/town_simulation "$town_days" 1
    unpack_package exim4-daemon-light build/exim
    start_postgres
    for test in tests/fault/*_test.py; do
        python3 "$test" --checks "$folder/checks.tsv" ||
            grep -q failed "$folder/checks.tsv" || record "$test ended early" failed 0
    done
}

part_flood() {
    build_preset release emplettes
    python3 tests/flood/flood_test.py --checks "$folder/checks.tsv" ||
        grep -q failed "$folder/checks.tsv" || record "flood_test.py ended early" failed 0
}

part_package() {
    local name
    build_preset release emplettes package_documents
    mkdir -p build/unpacked build/programs
    for name in caddy haproxy liblua5.3-0 libopentracing-c-wrapper0 libopentracing1 prometheus; do
        unpack_package "$name" "build/unpacked/$name"
        [ ! -e "build/unpacked/$name" ] || cp -r -u "build/unpacked/$name/." build/programs
    done
    python3 tests/package/package_test.py --checks "$folder/checks.tsv" ||
        grep -q failed "$folder/checks.tsv" || record "package_test.py ended early" failed 0
}

part_browser() {
    install_node_modules tests
    build_preset release emplettes
    PLAYWRIGHT_JUNIT_OUTPUT_FILE=$folder/playwright.xml npm --prefix tests run browser || true
}
