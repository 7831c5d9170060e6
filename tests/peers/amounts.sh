#!/usr/bin/env bash
# Scores the quantities of `dealwire extract` on cases of peers' suites and on hard ones of our own:
# amounts.sh BINARY. The cases lie outside of the repository, in DEALWIRE_SHARED or ../shared;
# without them the test is skipped (77). The floors are what was reached; raise them with the score.
set -u
source=$(cd "$(dirname "$0")/../.." && pwd)
cases=${DEALWIRE_SHARED:-$source/../shared}/data
if [ ! -f "$cases/amounts-score.py" ] || ! command -v python3 >/dev/null; then
  echo "no cases of amounts at $cases (or no python3): skipped"
  exit 77
fi
python3 "$cases/amounts-score.py" "$1" "$cases/amounts-dev.jsonl" --min-strict-f1 0.97 --min-traps 1 || exit 1
python3 "$cases/amounts-score.py" "$1" "$cases/amounts-hard.jsonl" --min-strict-f1 0.96 --min-traps 1
