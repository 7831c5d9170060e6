#!/usr/bin/env bash
# All that continuous integration checks beside the release tests. Arguments name single steps.
set -u
cd "$(dirname "$0")/.."
steps=(format lint headers asan tsan fuzz tidy)
fuzz_seconds=${DEALWIRE_FUZZ_SECONDS:-60}
jobs=${DEALWIRE_JOBS:-2}

sources() { git ls-files --cached --others --exclude-standard 'src/*.c' 'src/*.h' 'include/*.h' 'tests/*.c' 'tests/*.h'; }

step_format() { sources | xargs clang-format --dry-run -Werror; }
step_lint() { tests/lint.sh; }
step_headers() { tests/headers.sh; }

# Debug with asserts, gcc's warnings as errors, AddressSanitizer and UBSan over every test.
step_asan() {
  cmake --preset asan >/dev/null && cmake --build --preset asan -j"$jobs" -- --quiet &&
    ASAN_OPTIONS=detect_leaks=1 ctest --preset asan -j"$jobs" --timeout 300
}

# The parts that have threads, under ThreadSanitizer.
step_tsan() {
  cmake --preset tsan >/dev/null && cmake --build --preset tsan -j"$jobs" -- --quiet &&
    ctest --preset tsan -j"$jobs" -L 'base|engine|fetch' -LE fuzz --timeout 300
}

# fuzz_target NAME: one target on its corpus, in silence unless it finds something
fuzz_target() {
  local target=$1 found status=0
  found=$(mktemp -d)
  mkdir "$found/new"
  build/fuzz/tests/"$target" -max_total_time="$fuzz_seconds" -timeout=10 -rss_limit_mb=2048 -max_len=20000 \
    -print_final_stats=1 -artifact_prefix="$found/" "$found/new" "tests/fuzz/${target#fuzz-}" >"$found/log" 2>&1 || status=1
  echo "  $target: $(sed -n 's/^stat::number_of_executed_units: *//p' "$found/log") runs"
  if [ "$status" -ne 0 ]; then
    tail -40 "$found/log"
    for crash in "$found"/crash-* "$found"/timeout-* "$found"/oom-* "$found"/leak-*; do
      [ -e "$crash" ] && { echo "input that did it:"; base64 "$crash"; }
    done
  fi
  rm -rf "$found"
  return "$status"
}

# clang's warnings as errors, then each fuzz target for DEALWIRE_FUZZ_SECONDS, as many at once as
# there are cores.
step_fuzz() {
  cmake --preset fuzz >/dev/null && cmake --build --preset fuzz -j"$jobs" -- --quiet || return 1
  local cores
  cores=$(getconf _NPROCESSORS_ONLN 2>/dev/null || echo "$jobs")
  export -f fuzz_target
  export fuzz_seconds
  for source in tests/fuzz/fuzz-*.c; do
    basename "$source" .c
  done | xargs -P "$cores" -I TARGET bash -c 'fuzz_target TARGET'
}

step_tidy() {
  [ -f build/asan/compile_commands.json ] || cmake --preset asan >/dev/null || return 1
  git ls-files --cached --others --exclude-standard 'src/*.c' |
    xargs -P "$jobs" -n 4 clang-tidy --quiet -p build/asan 2>/dev/null
}

[ $# -gt 0 ] && steps=("$@")
passed=0
failed=0
for step in "${steps[@]}"; do
  declare -F "step_$step" >/dev/null || { echo "check: no such step: $step (there are: format lint headers asan tsan fuzz tidy)" >&2; exit 2; }
  echo "== $step"
  start=$SECONDS
  if "step_$step"; then
    passed=$((passed + 1))
    echo "== $step: ok, $((SECONDS - start)) s"
  else
    failed=$((failed + 1))
    echo "== $step: FAILED, $((SECONDS - start)) s"
  fi
done
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
