#!/usr/bin/env bash
# Scores `dealwire parse` on the feeds of peers' own test suites: feeds.sh BINARY
# The cases lie outside of the repository, in DEALWIRE_SHARED or ../shared; without them the test is
# skipped (77). The floor is what was reached; raise it with the score.
set -u
floor=0.98
source=$(cd "$(dirname "$0")/../.." && pwd)
cases=${DEALWIRE_SHARED:-$source/../shared}/data/feeds
if [ ! -f "$cases/score.py" ] || ! command -v python3 >/dev/null; then
  echo "no feed cases at $cases (or no python3): skipped"
  exit 77
fi
python3 "$cases/score.py" "$1" "$cases" --min "$floor" --jobs 2 --seconds 20
