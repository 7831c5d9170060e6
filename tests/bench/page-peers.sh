#!/usr/bin/env bash
# Pages a second of the page reader against Mozilla's Readability under Node on the same pages, one
# core each, in processor time: page-peers.sh BENCH-PAGE FILE.html…
# Needs node and npm, which put Readability and jsdom into a throw-away folder; without them, or
# without a network, it is skipped (77).
set -u
bench=$(realpath "$1")
shift
[ $# -gt 0 ] || { echo "page-peers: no pages given" >&2; exit 2; }
pages=$(realpath "$@")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
command -v node >/dev/null && command -v npm >/dev/null || { echo "no node or npm: skipped"; exit 77; }
(cd "$work" && npm install --silent --no-audit --no-fund @mozilla/readability jsdom >/dev/null 2>&1) ||
  { echo "npm cannot install Readability and jsdom: skipped"; exit 77; }

cat >"$work/run.cjs" <<'END'
const fs = require("fs");
const { Readability } = require("@mozilla/readability");
const { JSDOM, VirtualConsole } = require("jsdom");
const pages = fs.readFileSync(0, "utf8").split("\n").filter(Boolean).map((path) => fs.readFileSync(path, "utf8"));
const bytes = pages.reduce((sum, page) => sum + Buffer.byteLength(page), 0);
const start = process.cpuUsage();
for (const page of pages) {
  const dom = new JSDOM(page, { url: "https://ex.example/a", virtualConsole: new VirtualConsole() });
  try {
    new Readability(dom.window.document).parse();
  } catch (error) {
    /* a page that it cannot read costs what it cost */
  }
  dom.window.close();
}
const used = process.cpuUsage(start);
const seconds = (used.user + used.system) / 1e6;
console.log(`readability  ${(pages.length / seconds).toFixed(1)} pages/s ${(bytes / 1e6 / seconds).toFixed(2)} MB/s`);
END

# shellcheck disable=SC2086 # file names without spaces
"$bench" $pages >"$work/ours" || exit 1
printf '%s\n' $pages | node "$work/run.cjs" >"$work/theirs" || { echo "Readability does not run here: skipped"; exit 77; }
cat "$work/ours" "$work/theirs"
awk '/^page reader/ { ours = $3 } /^readability/ { theirs = $2 } END { printf "%.1f times the pages a second of Readability\n", ours / theirs }' \
  "$work/ours" "$work/theirs"
