#!/usr/bin/env bash
# Every figure of one real article and nothing else: seed.sh BINARY. The article lies outside of the
# repository, in DEALWIRE_SHARED or ../shared; without it the test is skipped (77).
set -u
source=$(cd "$(dirname "$0")/../.." && pwd)
article=${DEALWIRE_SHARED:-$source/../shared}/data/seed-article.txt
if [ ! -f "$article" ] || ! command -v python3 >/dev/null; then
  echo "no article at $article (or no python3): skipped"
  exit 77
fi
found=$("$1" extract --format ndjson --published 2026-01-29 "$article" | python3 -c '
import json, sys
for f in json.load(sys.stdin)["figures"]:
    print(f["kind"], f["unit"], "%d" % (f["low"] if f["value"] is None else f["value"]), "+".join(f["from"]) or "-", "+".join(f["to"]) or "-",
          f["status"], f["term"], f["when"], "+".join(f["attribution"]) or "-",
          "|".join(m["surface"] for m in f["mentions"]))')
wanted='investment USD 50000000000 Amazon OpenAI talks None None DCD $50 billion|$50 billion|$50 billion|fifty billion
round USD 100000000000 - OpenAI talks None None DCD $100 billion
valuation USD 830000000000 - OpenAI talks None None DCD $830 billion|$830 billion
investment USD 50000000000 Nvidia+SoftBank OpenAI talks None None - $50 billion
contract USD 38000000000 OpenAI Amazon announced P7Y 2025-11 - $38 billion
layoffs people 16000 Amazon - announced None None - 16,000|thousands
investment USD 1000000000 Amazon Anthropic completed None None - billions|billions
spending USD 1400000000000 Amazon - announced None None - $1.4 trillion'
diff <(echo "$wanted") <(echo "$found") && echo "all figures of the article, none too many"
