#!/usr/bin/env bash
# From a feed on a web server to figures on the command line and rows on a living dashboard.
# shellcheck source=lib.sh
. "$(dirname "$0")/lib.sh" "$1"

here=$source_dir/tests/e2e/first-light
# the real article where it lies beside the repository, else the same facts in other words
article=$here/article.txt
real=${DEALWIRE_SHARED:-$source_dir/../shared}/data/seed-article.txt
[ -r "$real" ] && article=$real
article=$(sed 's/&/\&amp;/g; s/</\&lt;/g' "$article")

# item TITLE SLUG SECONDS_AGO TEXT
item() {
  printf '<item><title>%s</title><link>http://127.0.0.1:%s/%s.html</link><guid isPermaLink="false">%s</guid><pubDate>%s</pubDate><description>%s</description></item>\n' \
    "$1" "$port" "$2" "$2" "$(ago "$3" '%a, %d %b %Y %H:%M:%S GMT')" "$4"
}

# feed ITEM…: replaces what the server gives
feed() {
  {
    printf '<?xml version="1.0" encoding="UTF-8"?>\n<rss version="2.0"><channel><title>Wire Test</title><link>http://127.0.0.1:%s/</link><description>d</description>\n' "$port"
    printf '%s' "$@"
    printf '</channel></rss>\n'
  } >"$work/web/next.xml"
  mv "$work/web/next.xml" "$work/web/feed.xml"
}

start_server
mkdir -p "$XDG_CONFIG_HOME/dealwire"
printf '<?xml version="1.0"?>\n<opml version="2.0"><head/><body/></opml>\n' >"$XDG_CONFIG_HOME/dealwire/feeds.opml"
main_item=$(item 'Amazon in talks to put $50 billion into OpenAI' amazon-openai 4000 "$article")
older=$(
  item 'Halden Chips raises $310 million' halden 9000 'Chip designer Halden Chips has raised $310 million in a Series C round led by Northlake Capital, the company said.'
  item 'Mistfield lays off 1,200 workers' mistfield 12000 'Mistfield has laid off 1,200 workers after its merger, the company said on Tuesday.'
  item 'Quillon agrees to buy Tarn Labs for $4 billion' quillon 16000 'Quillon has agreed to acquire Tarn Labs for $4 billion in cash, the companies announced.'
)
feed "$main_item" "$older"

# --- the command line ----------------------------------------------------------------------------

# ten minutes ago, so that the refresh below is not held back by the pause between two requests
DEALWIRE_NOW=$(ago 600) "$program" feeds add "http://127.0.0.1:$port/feed.xml" >"$work/out" 2>&1 ||
  fail "feeds add: $(cat "$work/out")"
wants '4 new' "feeds add takes the address, and the four articles with it" <"$work/out"

"$program" figures --format json --limit 100 >"$work/figures.json" || fail "figures --format json"
# figure NAME JQ-CONDITION: exactly one figure of the article fulfils it
figure() {
  local count
  count=$(jq --arg link "http://127.0.0.1:$port/amazon-openai.html" \
    "[.[] | select(.link == \$link) | select($2)] | length" "$work/figures.json") || fail "jq: $1"
  [ "$count" = 1 ] || fail "$1: $count figures instead of one: $(jq -c '.[] | [.kind,.unit,.value,.from,.to,.status,.term,.when]' "$work/figures.json")"
  ok "$1"
}
figure "the investment of Amazon in OpenAI" '.kind == "investment" and .value == 50000000000 and .from == ["Amazon"] and .to == ["OpenAI"] and .status == "talks"'
figure "the round" '.kind == "round" and .value == 100000000000 and .to == ["OpenAI"] and .status == "talks"'
figure "the valuation" '.kind == "valuation" and .value == 830000000000 and .to == ["OpenAI"] and .status == "talks"'
figure "the remaining half" '(.kind == "investment" or .kind == "round") and .value == 50000000000 and .to == ["OpenAI"] and (.from | index("SoftBank")) and (.from | index("Nvidia"))'
figure "the cloud contract" '.kind == "contract" and .value == 38000000000 and .from == ["OpenAI"] and .to == ["Amazon"] and .term == "P7Y" and .status == "announced" and (.when | test("-11$"))'
figure "the layoffs" '.kind == "layoffs" and .value == 16000 and .from == ["Amazon"] and .unit == "people" and .status == "announced"'
figure "the billions in Anthropic" '.kind == "investment" and .qualifier == "vague" and .from == ["Amazon"] and .to == ["Anthropic"] and .status == "completed"'

DEALWIRE_NOW=$(ago 500) "$program" fetch --all >"$work/out" 2>&1 || fail "second fetch: $(cat "$work/out")"
[ "$(tail -1 "$work/access.log" | awk '{print $9}')" = 304 ] || fail "the second request was not conditional: $(cat "$work/access.log")"
ok "the second request is conditional and answered by 304"
[ "$("$program" articles --format json | jq length)" = 4 ] || fail "articles doubled"
ok "nothing is stored twice"

# --- the dashboard -------------------------------------------------------------------------------

open_terminal 120 36 "$program"
sees 'Amazon in talks to put'
sees '$50.0B'
sees '$830.0B'
sees '16,000'
ok "the dashboard shows headlines, deals and layoffs"
press Down
press Down
press Down
selected() { screen | grep -F '▌' | head -1; }
deadline=$((SECONDS + 10))
until selected | grep -qF 'Quillon'; do
  [ $SECONDS -lt $deadline ] || { screen; fail "the third Down does not select the fourth headline"; }
  read -r -t 0.05 <> <(:) || true
done
feed "$(item 'Corvid Robotics in talks to raise $2.5 billion' corvid 5 'Corvid Robotics is in talks to raise $2.5 billion, people familiar with the matter said.')" "$main_item" "$older"
press R
sees 'Corvid Robotics in talks' 20
sees '$2.5B'
ok "an article that the feed gained comes in while the dashboard is open"
selected | grep -qF 'Quillon' || { screen; fail "the selection moved"; }
ok "the selection stays on its row"
tmux -L "$socket" resize-window -t main -x 80 -y 24
sees 'Corvid'
ok "a resize to 80x24 keeps the content"
press Q
sees 'ended 0'
ok "Q leaves with status 0"
tmux -L "$socket" kill-server

# --- trouble -------------------------------------------------------------------------------------

stop_server
DEALWIRE_NOW=$(ago -600) "$program" fetch --all >"$work/out" 2>&1
[ $? -eq 1 ] || fail "fetch without a network does not end with 1: $(cat "$work/out")"
wants "127.0.0.1:$port" "a dead server is named" <"$work/out"
[ "$("$program" articles --format json | jq length)" = 5 ] || fail "articles were lost"
ok "nothing is lost with the network gone"

start_server
printf '\211PNG\r\n\032\n0000' >"$work/web/feed.xml"
DEALWIRE_NOW=$(ago -9000) "$program" fetch --all >"$work/out" 2>&1
[ $? -eq 1 ] || fail "an image as a feed does not end with 1: $(cat "$work/out")"
grep -qi 'image' "$work/out" || fail "an image is not called one: $(cat "$work/out")"
ok "what is no feed is called what it is"

: >"$work/file"
"$program" --store "$work/file/store.db" articles >"$work/out" 2>&1
[ $? -eq 1 ] || fail "a store that cannot be opened does not end with 1: $(cat "$work/out")"
wants "$work/file/store.db" "a store that cannot be opened is named" <"$work/out"
echo "$passed passed, 0 failed"
