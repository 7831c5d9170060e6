#!/usr/bin/env bash
# The command line as scripts and people meet it: statuses, messages, formats, pipes, missing places.
# With --update as the second argument it rewrites the expected help texts.
# shellcheck source=lib.sh
. "$(dirname "$0")/lib.sh" "$1"

here=$source_dir/tests/e2e/cli
golden=$source_dir/tests/golden/cli
export DEALWIRE_NOW=2026-01-29T10:42:00Z

# ends STATUS NAME ARGUMENT…: runs it, keeps what it prints in $work/out and $work/err
ends() {
  local wanted=$1 name=$2 status
  shift 2
  "$program" "$@" >"$work/out" 2>"$work/err" </dev/null
  status=$?
  [ "$status" = "$wanted" ] || fail "$name: status $status instead of $wanted: $(cat "$work/out" "$work/err")"
  ok "$name"
}

says() { wants "$1" "… and says: $1" <"$work/err"; }
prints() { wants "$1" "… and prints: $1" <"$work/out"; }
silent() { [ ! -s "$work/err" ] || fail "$1: $(cat "$work/err")"; }

# --- help ----------------------------------------------------------------------------------------

# golden_help FILE ARGUMENT…
golden_help() {
  local file=$golden/$1.txt
  shift
  "$program" "$@" >"$work/help" || fail "dealwire $*"
  [ "${update:-}" = --update ] && cp "$work/help" "$file"
  diff -u "$file" "$work/help" || fail "dealwire $* differs from $file"
  ok "dealwire $* is as agreed"
}

update=${2:-}
golden_help overview --help
commands=$("$program" --help | sed -n 's/^  \([a-z][a-z]*\)  *.*/\1/p')
for command in $commands; do
  golden_help "$command" "$command" --help
done
diff <("$program" help figures) "$golden/figures.txt" || fail "help COMMAND is not COMMAND --help"
ok "help COMMAND is COMMAND --help"
ends 0 "--version" --version
grep -qE '^dealwire [0-9]+\.[0-9]+\.[0-9]+$' "$work/out" || fail "version: $(cat "$work/out")"
ok "--version is one line"

# --- wrong usage ---------------------------------------------------------------------------------

ends 2 "an unknown command" figurs
says 'did you mean figures?'
ends 2 "an unknown option" figures --fromat json
says 'did you mean --format?'
ends 2 "an unknown format" figures --format xml
says 'table, csv, tsv, json, ndjson, markdown'
ends 2 "a kind that is none" figures kind:layof
says 'did you mean layoffs?'
ends 2 "a quote left open" articles '"open'
says 'quote'
ends 2 "a time that is none" events --since yesteryear
says '--since yesteryear'
ends 2 "a number that is none" events --limit many
says '--limit many'
ends 2 "an order that is none" events --sort size
says 'time, amount, company'
ends 2 "an operand too many" demo now
says '"now"'
ends 2 "an ID that is none" show figure
says 'a12'
DEALWIRE_NOW=teatime ends 2 "a clock that is none" articles
says 'DEALWIRE_NOW'

# --- before anything is there --------------------------------------------------------------------

ends 1 "no store yet" articles
says 'dealwire fetch'
says "$XDG_DATA_HOME/dealwire/store.db"
ends 1 "the dashboard without a terminal"
says 'dealwire events'

# --- the lists -----------------------------------------------------------------------------------

mkdir -p "$XDG_CONFIG_HOME/dealwire"
printf '<?xml version="1.0"?>\n<opml version="2.0"><head/><body/></opml>\n' >"$XDG_CONFIG_HOME/dealwire/feeds.opml"
ends 0 "feeds add takes a file" feeds add "$here/feed.xml"
ends 0 "fetch reads it" fetch
prints '3 new articles'
for list in figures events articles "feeds list"; do
  # shellcheck disable=SC2086 # a command of two words
  "$program" $list --format json >"$work/list.json" 2>"$work/err" || fail "$list --format json"
  silent "$list --format json"
  rows=$(jq length "$work/list.json") || fail "$list --format json is no JSON: $(cat "$work/list.json")"
  [ "$rows" -gt 0 ] || fail "$list is empty"
  names=$(jq -c '[.[] | keys_unsorted | map(select(. != "each" and . != "home" and . != "failures" and . != "notice"))] | unique' "$work/list.json")
  # shellcheck disable=SC2086
  "$program" $list --format ndjson | jq -s . | diff - <(jq . "$work/list.json") || fail "$list: ndjson is not json"
  # shellcheck disable=SC2086
  "$program" $list --format csv | python3 "$here/check-csv.py" "$rows" "$names" || fail "$list --format csv"
  # shellcheck disable=SC2086
  "$program" $list --format tsv | awk -F'\t' -v rows="$rows" \
    'NR == 1 { n = NF } NF != n { exit 1 } END { exit NR != rows + 1 }' || fail "$list --format tsv"
  # shellcheck disable=SC2086
  [ "$("$program" $list --format table | wc -l)" = $((rows + 1)) ] || fail "$list --format table"
  # shellcheck disable=SC2086
  "$program" $list --format markdown | sed -n 2p | grep -qE '^(\| -+:? )+\|$' || fail "$list --format markdown"
  ok "$list has the same rows in every format"
done
"$program" articles --format json >"$work/articles.json"
jq -e 'map(select(.title and .link and .feed and .published and .id and (.figures | type == "number"))) | length == 3' \
  "$work/articles.json" >/dev/null || fail "articles lack members: $(cat "$work/articles.json")"
ok "articles carry title, link, feed, published, id and figures"
"$program" figures --format json >"$work/figures.json"
jq -e 'map(select(.kind == "layoffs")) | .[0] | .value == 1200 and .unit == "people" and .qualifier == "exact"
  and .from == ["Mistfield"] and .to == [] and .status == "completed" and .low == 1200 and .term == null
  and .link == "https://wire.example/mistfield.html" and .feed == "Wire, \"Test\"" and .published == "2026-01-29T07:30:00Z"' \
  "$work/figures.json" >/dev/null || fail "the layoffs: $(cat "$work/figures.json")"
ok "figures carry the figure and its article"
grep -q '"value":310000000,' "$work/figures.json" || fail "whole numbers are not whole: $(cat "$work/figures.json")"
ok "whole numbers are written whole"

[ "$("$program" figures kind:layoffs --format ndjson | wc -l)" = 1 ] || fail "kind:layoffs"
[ "$("$program" figures -kind:layoffs --format ndjson | jq -s 'map(select(.kind == "layoffs")) | length')" = 0 ] || fail "-kind:layoffs"
[ "$("$program" articles --limit 2 --format ndjson | wc -l)" = 2 ] || fail "--limit"
[ "$("$program" articles --since 2h --format ndjson | wc -l)" = 1 ] || fail "--since 2h"
[ "$("$program" articles --until 2026-01-28 --format ndjson | wc -l)" = 0 ] || fail "--until"
[ "$("$program" articles --reverse --limit 1 --format ndjson | jq -r .title)" = 'Mistfield lays off 1,200 workers' ] || fail "--reverse"
[ "$("$program" events 'amount>=1B' --format ndjson | jq .value)" = 2500000000 ] || fail "amount>=1B"
[ "$("$program" events --sort amount --limit 1 --format ndjson | jq .value)" = 2500000000 ] || fail "--sort amount"
ok "queries, --since, --until, --sort, --reverse and --limit choose rows"

# --- show ----------------------------------------------------------------------------------------

id=$(jq -r '.[] | select(.title | startswith("Mistfield")) | .id' "$work/articles.json")
ends 0 "show prints an article" show "a$id"
prints '[1]1,200 workers'
"$program" show "a$id" --format json | jq -e '.text[.figures[0].mentions[-1].start:.figures[0].mentions[-1].end] == "1,200"' \
  >/dev/null || fail "show --format json: $("$program" show "a$id" --format json)"
ok "mentions point into the text"
event=$(jq -r '.[] | select(.kind == "layoffs") | .event' "$work/figures.json")
ends 0 "show prints an event" show "e$event"
prints 'Mistfield, 1,200, layoffs: completed'
prints 'Wire, "Test"'
"$program" show "e$event" --format json | jq -e '.type == "event" and .evidence[0].article and .revisions[0].value == 1200' \
  >/dev/null || fail "show e$event --format json"
ok "an event as JSON has its evidence and revisions"
ends 1 "an ID that nothing has" show e99999
says 'no event 99999'

# --- pipes, places, permissions ------------------------------------------------------------------

"$program" articles --format ndjson 2>"$work/err" | head -0
[ "${PIPESTATUS[0]}" = 0 ] || fail "a reader that goes away: status ${PIPESTATUS[0]}"
silent "a reader that goes away"
ok "a reader that goes away is no failure"
if [ -w /dev/full ]; then
  "$program" articles >/dev/full 2>"$work/err"
  [ $? = 1 ] || fail "a full disk does not end with 1"
  says 'space'
fi
"$program" parse - <"$here/feed.xml" | jq -e '.entries | length == 3' >/dev/null || fail "parse -"
"$program" parse <"$here/feed.xml" | jq -e '.entries | length == 3' >/dev/null || fail "parse without operands"
ok "- and nothing are standard input"
page='<title>Plant</title><p>The maker of chips said on Thursday that it would build a second plant, and sooner than planned.</p>'
for format in json ndjson; do
  "$program" read --format $format --url https://news.example/2026/01/29/plant <<<"$page" |
    jq -e '.title == "Plant" and .published == "2026-01-29T00:00:00Z" and .byline == null and (.text | startswith("The maker"))' >/dev/null ||
    fail "read --format $format"
done
"$program" read --format text - <<<"$page" | diff - <(printf 'Plant\n\n%s\n' \
  'The maker of chips said on Thursday that it would build a second plant, and sooner than planned.') || fail "read --format text"
ok "read prints a page as JSON and as text"
stub="${page}<p>Subscribe to continue reading.</p>"
"$program" read <<<"$stub" 2>"$work/err" | jq -e '.text | test("Subscribe") | not' >/dev/null || fail "read a stub"
says 'for subscribers'
ends 1 "what is no page" read /dev/null
says 'this is not HTML'
ends 2 "a page in a format that is none" read --format csv /dev/null
says 'json, ndjson or text'
ends 1 "a file that is missing" parse "$work/missing.xml" "$here/feed.xml"
says "$work/missing.xml"
prints '"format"'
(
  unset HOME XDG_CONFIG_HOME XDG_DATA_HOME XDG_STATE_HOME
  ends 1 "no HOME" articles
  says '--store FILE'
  ends 0 "no HOME, but --store" --store "$work/home/.local/share/dealwire/store.db" articles --format ndjson
  prints 'mistfield.html'
) || exit 1
: >"$work/file"
ends 1 "a store where no folder can be" --store "$work/file/store.db" fetch
says "$work/file"
chmod -R a-w "$XDG_DATA_HOME/dealwire"
ends 0 "a store that may not be written can be read" articles --format ndjson
prints 'mistfield.html'
chmod -R u+w "$XDG_DATA_HOME/dealwire"
printf 'no store at all, but long enough to be looked at as one\n%.0s' {1..99} >"$work/broken.db"
cp "$work/broken.db" "$work/broken.copy"
ends 1 "a file that is no store" --store "$work/broken.db" articles
says "$work/broken.db"
cmp -s "$work/broken.db" "$work/broken.copy" || fail "a file that is no store was changed"
ok "a file that is no store is left as it is"

# --- a terminal ----------------------------------------------------------------------------------

open_terminal 60 16 "env NO_COLOR=1 $program articles"
sees 'ended 0'
screen | grep -qE '^a[0-9]+ .*株式会社' || { screen; fail "the table on a terminal"; }
[ "$(screen | grep -c .)" = 5 ] || { screen; fail "a row is wider than the terminal"; }
ok "a table fits the terminal"
tmux -L "$socket" capture-pane -pe -t main | grep -q $'\033\[' && fail "NO_COLOR and yet colours"
ok "NO_COLOR means no colour"
tmux -L "$socket" kill-server
echo "$passed passed, 0 failed"
