#!/usr/bin/env bash
# Scores the figures of `dealwire extract` on annotated articles: gold.sh BINARY. They lie outside of
# the repository, in DEALWIRE_SHARED or ../shared; without them the test is skipped (77). The floors
# are what was reached; raise them with the score.
set -u
source=$(cd "$(dirname "$0")/../.." && pwd)
gold=${DEALWIRE_SHARED:-$source/../shared}/data/gold
if [ ! -f "$gold/score.py" ] || ! command -v python3 >/dev/null; then
  echo "no annotated articles at $gold (or no python3): skipped"
  exit 77
fi
python3 "$gold/score.py" "$1" --min-mention-f1 95 --min-value 97 --min-kind 85 --min-status 77 \
  --min-party-f1 73 --min-strict-f1 55
