#!/usr/bin/env bash
# Scores the matching of figures to events: events.sh PLACER DEALWIRE. First on stories of our own, then
# on annotated articles that lie outside of the repository, in DEALWIRE_SHARED or ../shared; without
# those, or without python3, the test is skipped (77). The floors are what was reached; raise them
# with the score.
set -u
source=$(cd "$(dirname "$0")/../.." && pwd)
gold=${DEALWIRE_SHARED:-$source/../shared}/data/gold
command -v python3 >/dev/null || { echo "no python3: skipped"; exit 77; }
score() { python3 -B "$source/tests/peers/events.py" "$@"; }
own=$source/tests/golden/events
score "$1" "$own/articles.jsonl" "$own/events.jsonl" --min-b3 0.98 --min-latest 97 || exit 1
score "$1" "$own/articles.jsonl" "$own/events.jsonl" --through "$2" || exit 1
if [ ! -f "$gold/events.jsonl" ]; then
  echo "no annotated articles at $gold: skipped"
  exit 77
fi
score "$1" "$gold/articles.jsonl" "$gold/events.jsonl" --min-b3 0.98 --min-latest 97 || exit 1
score "$1" "$gold/articles.jsonl" "$gold/events.jsonl" --through "$2" --min-b3 0.93
