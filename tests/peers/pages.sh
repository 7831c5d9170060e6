#!/usr/bin/env bash
# Scores `dealwire read` on annotated article pages: pages.sh BINARY
# The pages lie outside of the repository, in DEALWIRE_SHARED or ../shared; without them the test is
# skipped (77). The floors are what was reached; raise them with the scores.
set -u
source=$(cd "$(dirname "$0")/../.." && pwd)
cases=${DEALWIRE_SHARED:-$source/../shared}/data/pages
if [ ! -f "$cases/score.py" ] || ! command -v python3 >/dev/null; then
  echo "no pages at $cases (or no python3): skipped"
  exit 77
fi
python3 "$cases/score.py" "$1" "$cases/cases.jsonl" --jobs 2 --max-failed 0 --max-breaches 0 \
  --min-text-f1 0.96 --min-segments-f1 0.94 --min-title 0.89 --min-byline 0.75 --min-date 0.95
