#!/usr/bin/env bash
# Fetching under trouble: signals in mid-fetch, kill -9 at any moment, two processes, no space.
# shellcheck source=lib.sh
. "$(dirname "$0")/lib.sh" "$1"

command -v python3 >/dev/null || { echo "SKIPPED: no python3 here"; exit 77; }
start_server
config=$XDG_CONFIG_HOME/dealwire
mkdir -p "$config"

# feed NAME COUNT: a feed of COUNT articles on the web server
feed() {
  local i
  {
    printf '<rss version="2.0"><channel><title>%s</title><link>http://127.0.0.1:%s/</link><description>d</description>' "$1" "$port"
    for ((i = 1; i <= $2; i++)); do
      printf '<item><title>%s %d</title><link>http://127.0.0.1:%s/%s/%d</link><guid>%s-%d</guid><description>%s%d Labs raised $%d million in a round led by Halden%d Capital, it said.</description></item>' \
        "$1" "$i" "$port" "$1" "$i" "$1" "$i" "${1^}" "$i" "$((i * 7))" "$i"
    done
    printf '</channel></rss>'
  } >"$work/web/$1.xml"
}

# list URL…: the list of feeds
list() {
  {
    printf '<opml version="2.0"><head/><body>'
    printf '<outline type="rss" text="%s" xmlUrl="%s"/>' $(for url in "$@"; do echo "$url" "$url"; done)
    printf '</body></opml>\n'
  } >"$config/feeds.opml"
}

articles() { "$program" articles --format json --limit 100000 | jq length; }
# integrity: "ok" too where the end came before there was a store
integrity() {
  local store=$XDG_DATA_HOME/dealwire/store.db
  [ -e "$store" ] || { echo ok; return; }
  sqlite3 "$store" 'PRAGMA integrity_check'
}

# A server that takes connections and never says a word.
silent_port=$(free_port)
python3 -c '
import signal, socket, sys
s = socket.socket(); s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
s.bind(("127.0.0.1", int(sys.argv[1]))); s.listen(64); signal.pause()' "$silent_port" &
silent_pid=$!
trap 'kill $silent_pid 2>/dev/null; cleanup' EXIT
until (exec 3<>"/dev/tcp/127.0.0.1/$silent_port") 2>/dev/null; do
  kill -0 "$silent_pid" || fail "the silent server does not start"
done

# --- signals -------------------------------------------------------------------------------------

feed quick 5
for signal in INT TERM HUP; do
  rm -rf "$XDG_DATA_HOME"
  list "http://127.0.0.1:$port/quick.xml" "http://127.0.0.1:$silent_port/never.xml"
  "$program" fetch --all >"$work/out" 2>&1 &
  pid=$!
  deadline=$((SECONDS + 20))
  until [ "$(articles 2>/dev/null)" = 5 ]; do
    [ $SECONDS -lt $deadline ] || fail "the quick feed waits for the silent one: $(cat "$work/out")"
  done
  begun=$(date +%s%N)
  kill -s "$signal" "$pid"
  wait "$pid"
  spent=$((($(date +%s%N) - begun) / 1000000))
  [ "$spent" -lt 3000 ] || fail "SIG$signal: gone after $spent ms"
  [ "$(articles)" = 5 ] || fail "SIG$signal: articles were lost"
done
ok "a signal in mid-fetch ends it within 3 s, what came is kept"
[ "$("$program" feeds list --format json | jq '[.[] | select(.state == "FAIL")] | length')" = 0 ] ||
  fail "a transfer that we ended is blamed on its feed"
ok "nobody is blamed for what we ended ourselves"

# --- kill -9 -------------------------------------------------------------------------------------

rm -rf "$XDG_DATA_HOME"
urls=()
for i in 1 2 3 4 5 6; do
  feed "many$i" 120
  urls+=("http://127.0.0.1:$port/many$i.xml")
done
list "${urls[@]}"
seen=0
for pause in 0.05 0.1 0.15 0.2 0.3 0.4 0.5 0.7; do
  "$program" fetch --all >/dev/null 2>&1 &
  pid=$!
  read -r -t "$pause" <> <(:) || true
  kill -9 "$pid" 2>/dev/null
  wait "$pid" 2>/dev/null
  now=$(articles 2>/dev/null || echo 0)
  [ "${now:-0}" -ge "$seen" ] || fail "$seen articles were seen, $now are left"
  seen=${now:-0}
  [ "$(integrity)" = ok ] || fail "the store is damaged: $(integrity)"
done
ok "kill -9 damages nothing and takes back nothing ($seen articles seen)"
DEALWIRE_NOW=$(ago -400) "$program" fetch --all >"$work/out" 2>&1 || fail "the fetch after kill -9: $(cat "$work/out")"
[ "$(articles)" = 720 ] || fail "$(articles) articles instead of 720 after kill -9"
ok "the next fetch completes, nothing is doubled"

# --- two at once ---------------------------------------------------------------------------------

rm -rf "$XDG_DATA_HOME"
: >"$work/access.log"
"$program" fetch >"$work/out1" 2>&1 &
first=$!
"$program" fetch >"$work/out2" 2>&1 || fail "the second of two processes: $(cat "$work/out2")"
wait "$first" || fail "the first of two processes: $(cat "$work/out1")"
[ "$(articles)" = 720 ] || fail "two processes make $(articles) articles"
[ "$(wc -l <"$work/access.log")" = 6 ] || fail "two processes ask $(wc -l <"$work/access.log") times for 6 feeds"
ok "two processes on one store ask each feed once"
"$program" fetch >"$work/out" 2>&1 || fail "a fetch of nothing due: $(cat "$work/out")"
[ "$(wc -l <"$work/access.log")" = 6 ] || fail "a feed was asked before its time"
ok "nothing is asked before its time"

# --- no space ------------------------------------------------------------------------------------

rm -rf "$XDG_DATA_HOME"
list "http://127.0.0.1:$port/quick.xml"
"$program" fetch >/dev/null 2>&1 || fail "fetch of the quick feed"
list "http://127.0.0.1:$port/quick.xml" "${urls[@]}"
(ulimit -f 600; trap '' XFSZ; exec "$program" fetch --all) >"$work/out" 2>&1
[ $? -eq 1 ] || fail "no space does not end with 1: $(cat "$work/out")"
grep -qiE 'space|disk full' "$work/out" || fail "no space is not called so: $(cat "$work/out")"
ok "no space is told"
DEALWIRE_NOW=$(ago -7200) "$program" fetch --all >"$work/out" 2>&1 || fail "fetch with space again: $(cat "$work/out")"
[ "$(articles)" = 725 ] || fail "$(articles) articles instead of 725 once there is space"
ok "it completes once there is space"

# --- configuration -------------------------------------------------------------------------------

rm -rf "$XDG_DATA_HOME"
list "http://127.0.0.1:$port/quick.xml"
printf '# mine\ninterval = 2h\nallow_private = nas.lan, 127.0.0.3\n' >"$config/config"
"$program" fetch >"$work/out" 2>&1 || fail "fetch with a configuration: $(cat "$work/out")"
gap=$("$program" feeds list --format json | jq -r '.[0] | (.next_try | fromdate) - (.last_try | fromdate)')
{ [ "$gap" -ge 6480 ] && [ "$gap" -le 7980 ]; } || fail "a feed wanted every 2 h comes back after $gap s"
ok "the user's interval is kept"
printf 'interval = 5s\nnonsense = 1\n' >"$config/config"
"$program" fetch >"$work/out" 2>&1 || fail "fetch with a broken configuration: $(cat "$work/out")"
wants "config, line 1: interval wants a time from 10m to 7d" "a broken setting is named with its line" <"$work/out"
wants 'line 2: there is no setting "nonsense"' "... an unknown one too" <"$work/out"
rm "$config/config"

# --- a service -----------------------------------------------------------------------------------

rm -rf "$XDG_DATA_HOME"
: >"$work/access.log"
"$program" fetch --watch >"$work/out" 2>&1 &
pid=$!
deadline=$((SECONDS + 20))
until [ "$(articles 2>/dev/null)" = 5 ]; do
  [ $SECONDS -lt $deadline ] || fail "the service fetches nothing: $(cat "$work/out")"
done
switches() { awk '/ctxt_switches/ {sum += $2} END {print sum}' /proc/"$pid"/task/*/status; }
before=$(switches)
read -r -t 3 <> <(:) || true
[ $(($(switches) - before)) -le 12 ] || fail "at rest it wakes up $(($(switches) - before)) times in 3 s"
ok "at rest the service wakes up less than twice a second and thread"
begun=$(date +%s%N)
kill -TERM "$pid"
wait "$pid" || fail "the service ends with $?"
[ $((($(date +%s%N) - begun) / 1000000)) -lt 2000 ] || fail "the service does not end"
[ "$(wc -l <"$work/access.log")" = 1 ] || fail "the service asked $(wc -l <"$work/access.log") times"
ok "the service asks once and ends when told"
echo "$passed passed, 0 failed"
