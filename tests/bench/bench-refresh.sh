#!/usr/bin/env bash
# Bench of a whole refresh: 200 feeds of 50 items (28 MB) from a web server on 127.0.0.1, beside the
# feed readers newsboat and sfeed on the same feeds (where they are installed).
# Usage: bench-refresh.sh DEALWIRE [RUNS]; prints medians of wall times in seconds and their ratios.
#
# cold: nothing is known; warm: every answer is a 304; far: cold, each answer 50 ms late.
set -u
program=$(realpath "${1:?usage: $0 DEALWIRE [RUNS]}")
runs=${2:-5}
here=$(cd "$(dirname "$0")" && pwd)
feeds=200
work=$(mktemp -d "${TMPDIR:-/tmp}/dealwire-bench.XXXXXX")
unset http_proxy https_proxy all_proxy
pids=()
cleanup() {
  [ ${#pids[@]} -eq 0 ] || kill "${pids[@]}" 2>/dev/null
  wait
  rm -rf "$work"
}
trap cleanup EXIT

free_port() { python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'; }

await_port() {
  local deadline=$((SECONDS + 10))
  until (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; do
    [ $SECONDS -lt $deadline ] || { echo "no server at port $1"; exit 1; }
  done
}

python3 "$here/make-feeds.py" "$work/web" $feeds 50 2800
du -sb "$work/web" | awk '{printf "feeds: %.1f MB\n", $1 / 1e6}'

# --- servers -------------------------------------------------------------------------------------

port=$(free_port)
user=
[ "$(id -u)" -eq 0 ] && user='user root;'
cat >"$work/nginx.conf" <<CONF
$user
daemon off; master_process off; pid $work/nginx.pid; error_log $work/nginx.log;
events { worker_connections 256; }
http { types { application/rss+xml xml; } access_log off; keepalive_requests 100000;
  client_body_temp_path $work/t1; proxy_temp_path $work/t2; fastcgi_temp_path $work/t3;
  uwsgi_temp_path $work/t4; scgi_temp_path $work/t5;
  server { listen 127.0.0.1:$port; root $work/web; } }
CONF
"$(command -v nginx || echo /usr/sbin/nginx)" -c "$work/nginx.conf" -p "$work" 2>>"$work/nginx.log" &
pids+=($!)
far_port=$(free_port)
python3 "$here/late-server.py" "$far_port" "$work/web" 0.05 &
pids+=($!)
await_port "$port"
await_port "$far_port"

# --- the readers: PROGRAM_prepare PORT empties its memory, PROGRAM_run refreshes once --------------

each_url() {
  local i
  for ((i = 0; i < feeds; i++)); do printf "$2" "http://127.0.0.1:$1/feed$i.xml"; done
}

dealwire_prepare() {
  rm -rf "$work/dw"
  mkdir -p "$work/dw/config"
  { echo '<opml version="2.0"><head/><body>'
    each_url "$1" '<outline type="rss" xmlUrl="%s"/>\n'
    echo '</body></opml>'; } >"$work/dw/config/feeds.opml"
}
dealwire_run() {
  /usr/bin/env time -f %M -o "$work/dw/kb" "$program" fetch --all --quiet --config "$work/dw/config" \
    --store "$work/dw/store.db" --log "$work/dw/log" >"$work/dw/out" 2>&1 || cat "$work/dw/out"
}
# A feed is not asked twice within half a minute: the clock goes on.
dealwire_again() { DEALWIRE_NOW=$(date -u -d '+2 hours' +%Y-%m-%dT%H:%M:%SZ) dealwire_run; }

newsboat_prepare() {
  rm -rf "$work/nb"
  mkdir -p "$work/nb"
  each_url "$1" '%s\n' >"$work/nb/urls"
  : >"$work/nb/config"
}
newsboat_run() { HOME=$work/nb newsboat -q -u "$work/nb/urls" -c "$work/nb/cache.db" -C "$work/nb/config" -x reload; }
newsboat_again() { newsboat_run; }

sfeed_prepare() {
  rm -rf "$work/sf"
  mkdir -p "$work/sf/feeds"
  { echo "sfeedpath=\"$work/sf/feeds\""
    echo 'feeds() {'
    local i
    for ((i = 0; i < feeds; i++)); do echo "feed 'f$i' 'http://127.0.0.1:$1/feed$i.xml'"; done
    echo '}'; } >"$work/sf/sfeedrc"
}
sfeed_run() { sfeed_update "$work/sf/sfeedrc" >/dev/null 2>&1; }
sfeed_again() { sfeed_run; }

# --- measuring -----------------------------------------------------------------------------------

seconds() {
  local begun
  begun=$(date +%s%N)
  "$@" >&2
  echo "$(($(date +%s%N) - begun))" | awk '{printf "%.3f\n", $1 / 1e9}'
}
median() { sort -n | awk '{v[NR] = $1} END {print v[int((NR + 1) / 2)]}'; }

measure() {
  local reader=$1 i
  : >"$work/cold" >"$work/warm" >"$work/far" >"$work/memory"
  for ((i = 0; i < runs; i++)); do
    "${reader}_prepare" "$port"
    seconds "${reader}_run" >>"$work/cold"
    [ "$reader" = dealwire ] && cat "$work/dw/kb" >>"$work/memory"
    seconds "${reader}_again" >>"$work/warm"
    "${reader}_prepare" "$far_port"
    seconds "${reader}_run" >>"$work/far"
  done
  eval "${reader}_cold=$(median <"$work/cold") ${reader}_warm=$(median <"$work/warm") ${reader}_far=$(median <"$work/far")"
  echo "$reader: cold $(median <"$work/cold") s, warm $(median <"$work/warm") s, far $(median <"$work/far") s"
}

measure dealwire
echo "dealwire: $(sqlite3 "$work/dw/store.db" 'SELECT COUNT(*) FROM articles' 2>/dev/null) articles," \
  "peak $(median <"$work/memory") KB"
for reader in newsboat sfeed; do
  command -v "${reader/%sfeed/sfeed_update}" >/dev/null || { echo "$reader is not installed"; continue; }
  measure $reader
  for when in cold warm far; do
    own=dealwire_$when other=${reader}_$when
    awk -v a="${!own}" -v b="${!other}" -v what="$when" -v who=$reader \
      'BEGIN {printf "ratio to %s, %s: %.3f\n", who, what, a / b}'
  done
done
