#!/usr/bin/env bash
# Finding feeds: of a page that names them, of a site that names none, of one that has none at all.
# shellcheck source=lib.sh
. "$(dirname "$0")/lib.sh" "$1"

start_server
home="http://127.0.0.1:$port"

# feed FILE TITLE: a feed with one article
feed() {
  mkdir -p "$(dirname "$work/web/$1")"
  printf '<rss version="2.0"><channel><title>%s</title><link>%s/</link><description>d</description><item><title>One</title><link>%s/1</link></item></channel></rss>' \
    "$2" "$home" "$home" >"$work/web/$1"
}

mkdir -p "$work/web/blog" "$work/web/quiet" "$work/web/none"
feed main.xml "Wafer Notes"
feed comments.xml "Comments on Wafer Notes"
printf '<html><head><title>Notes</title>
<link rel="alternate" type="application/rss+xml" title="Comments" href="/comments.xml">
<link rel="alternate" type="application/rss+xml" title="Wafer Notes" href="/main.xml"></head></html>' \
  >"$work/web/blog/index.html"
feed quiet/feed.xml "Quiet Ledger"
printf '<html><title>Quiet</title><p>Nothing is named here.</html>' >"$work/web/quiet/index.html"
printf '<html><title>None</title><p>No feeds at all.</html>' >"$work/web/none/index.html"

out=$("$program" feeds discover "$home/main.xml" --format json)
[ "$(jq -r '.[0].title' <<<"$out")" = "Wafer Notes" ] || fail "a feed is not taken for one: $out"
ok "an address that is a feed is found to be one"

out=$("$program" feeds discover "$home/blog/" --format json)
[ "$(jq -r '.[].url' <<<"$out")" = "$home/main.xml
$home/comments.xml" ] || fail "the page's feeds, comments last: $out"
ok "the feeds that a page names are listed, those of comments last"

out=$("$program" feeds discover "$home/quiet/" --format json)
[ "$(jq -r '.[0].url + " " + .[0].found' <<<"$out")" = "$home/quiet/feed.xml usual place" ] ||
  fail "the usual place: $out"
ok "a feed that no page names is found in a usual place"

"$program" feeds discover "$home/none/" >"$work/out" 2>&1 && fail "a feed where there is none"
grep -q 'web page (HTML) "None", not a feed' "$work/out" || fail "no reason: $(cat "$work/out")"
ok "a site without a feed is said to have none"

# requests PATH: how often it was asked for
requests() { grep -cF "GET $1 " "$work/access.log"; }

feed alone.xml "Alone"
DEALWIRE_NOW=$(ago 600) "$program" feeds add "$home/alone.xml" >"$work/out" 2>&1 || fail "feeds add: $(cat "$work/out")"
wants "added $home/alone.xml: 1 new" "feeds add stores what it got to see" <"$work/out"
"$program" fetch >"$work/out" 2>&1 || fail "fetch: $(cat "$work/out")"
[ "$(requests /alone.xml)" = 1 ] || fail "adding a feed costs $(requests /alone.xml) requests"
[ "$("$program" articles --format json | jq length)" = 1 ] || fail "no article: $("$program" articles)"
ok "adding a feed costs one request"
DEALWIRE_NOW=$(ago -7200) "$program" fetch >"$work/out" 2>&1 || fail "fetch: $(cat "$work/out")"
[ "$(requests /alone.xml) $(tail -1 "$work/access.log" | awk '{print $9}')" = "2 304" ] ||
  fail "the second request is not conditional: $(cat "$work/access.log")"
ok "its validators are kept from the first answer on"
"$program" feeds remove "$home/alone.xml" >"$work/out" 2>&1 || fail "feeds remove: $(cat "$work/out")"

"$program" feeds add "$home/blog/" >"$work/out" 2>&1 || fail "feeds add: $(cat "$work/out")"
grep -q "added $home/main.xml" "$work/out" || fail "the wrong feed: $(cat "$work/out")"
grep -q "also there: $home/comments.xml" "$work/out" || fail "not told: $(cat "$work/out")"
ok "feeds add of a home page takes its feed and tells the others"

"$program" feeds add "$home/none/" >"$work/out" 2>&1 && fail "a page was added as a feed"
[ "$("$program" feeds list --format json | jq length)" = 1 ] || fail "the page is in the list"
ok "feeds add refuses a page without a feed"

away="http://127.0.0.1:$(free_port)/feed.xml"
"$program" feeds add "$away" >"$work/out" 2>&1 || fail "away: $(cat "$work/out")"
grep -q "added as it is" "$work/out" || fail "not told that it was not asked: $(cat "$work/out")"
ok "feeds add takes an address that does not answer as it is"

"$program" feeds add --no-check "$home/none/" >"$work/out" 2>&1 || fail "--no-check: $(cat "$work/out")"
ok "feeds add --no-check asks nobody"

# ask ADDRESS: in the dashboard's view of feeds
ask() {
  press +
  sees "address of a feed or site"
  press -l "$1"
  press Enter
}

open_terminal 110 30 "$program"
sees 'Headlines'
press 5
ask "$home/none/"
sees 'No feed was found at'
sees 'web page (HTML) "None", not a feed'
press q
ask "$home/quiet/"
sees 'usual place'
asked=$(requests /quiet/feed.xml)
press Enter
no_longer_sees 'usual place'
sees 'Quiet Ledger'
[ "$(requests /quiet/feed.xml)" = "$asked" ] || fail "the dashboard asks for a feed again that it has just seen"
ok "the dashboard offers the feed of a site, and Enter subscribes to it"
press Q
sees 'ended 0'
[ "$("$program" feeds list --format json | jq '[.[] | select(.url == "'"$home"'/quiet/feed.xml")] | length')" = 1 ] ||
  fail "not in the list: $("$program" feeds list)"
ok "what the dashboard subscribed to is in the list"
