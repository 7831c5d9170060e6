# What the end-to-end tests share: a home of their own, a web server on 127.0.0.1, a terminal in tmux.
# Sourced by bash scripts that got the program's path as their first argument. Everything started here
# is stopped by the pid or the socket that was made for it.
set -u

program=$(realpath "${1:?usage: $0 DEALWIRE}")
source_dir=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
work=$(mktemp -d "${TMPDIR:-/tmp}/dealwire-e2e.XXXXXX")
export HOME=$work/home XDG_CONFIG_HOME=$work/home/.config XDG_DATA_HOME=$work/home/.local/share
export XDG_STATE_HOME=$work/home/.local/state LC_ALL=C.UTF-8 TZ=UTC
unset NO_COLOR DEALWIRE_NOW http_proxy https_proxy all_proxy BROWSER TMUX
mkdir -p "$HOME" "$work/web"
socket=dealwire-e2e-$$
nginx_pid=
passed=0

cleanup() {
  tmux -L "$socket" kill-server 2>/dev/null
  stop_server
  rm -rf "$work"
}
trap cleanup EXIT

fail() {
  echo "FAILED: $*"
  exit 1
}

ok() {
  passed=$((passed + 1))
  echo "ok $passed - $*"
}

# wants TEXT NAME: the text on standard input holds TEXT
wants() {
  local got
  got=$(cat)
  case $got in
    *"$1"*) ok "$2" ;;
    *) fail "$2: no \"$1\" in: $got" ;;
  esac
}

# --- the server ----------------------------------------------------------------------------------

free_port() { python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'; }

start_server() {
  local nginx user=
  nginx=$(command -v nginx || echo /usr/sbin/nginx)
  [ -x "$nginx" ] || { echo "SKIPPED: no nginx here"; exit 77; }
  [ "$(id -u)" -eq 0 ] && user='user root;'
  port=${port:-$(free_port)}
  cat >"$work/nginx.conf" <<CONF
$user
daemon off;
master_process off;
pid $work/nginx.pid;
error_log $work/nginx-error.log;
events { worker_connections 64; }
http {
  types { application/rss+xml xml; text/html html; image/png png; }
  access_log $work/access.log;
  client_body_temp_path $work/t1; proxy_temp_path $work/t2; fastcgi_temp_path $work/t3;
  uwsgi_temp_path $work/t4; scgi_temp_path $work/t5;
  gzip on; gzip_types application/rss+xml;
  server { listen 127.0.0.1:$port; root $work/web; }
}
CONF
  "$nginx" -c "$work/nginx.conf" -p "$work" 2>>"$work/nginx-error.log" &
  nginx_pid=$!
  local deadline=$((SECONDS + 10))
  until (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; do
    [ $SECONDS -lt $deadline ] || fail "nginx does not answer: $(cat "$work/nginx-error.log")"
    kill -0 "$nginx_pid" 2>/dev/null || fail "nginx ended: $(cat "$work/nginx-error.log")"
  done
}

stop_server() {
  [ -n "$nginx_pid" ] || return 0
  kill "$nginx_pid" 2>/dev/null
  wait "$nginx_pid" 2>/dev/null
  nginx_pid=
}

# --- the terminal --------------------------------------------------------------------------------

# open_terminal COLUMNS ROWS COMMAND…
open_terminal() {
  local size="-x $1 -y $2"
  shift 2
  # shellcheck disable=SC2086 # two options
  TERM=xterm-256color tmux -L "$socket" -f /dev/null new-session -d $size -s main "$*; echo ended \$?; exec cat" ||
    fail "tmux does not start"
  tmux -L "$socket" set-option -g status off >/dev/null 2>&1
}

screen() { tmux -L "$socket" capture-pane -p -t main; }
press() { tmux -L "$socket" send-keys -t main "$@"; }

# sees TEXT [SECONDS]: waits until the screen holds it
sees() {
  local deadline=$((SECONDS + ${2:-10}))
  until screen | grep -qF -- "$1"; do
    if [ $SECONDS -ge $deadline ]; then
      screen
      fail "the screen never showed: $1"
    fi
    read -r -t 0.05 <> <(:) || true
  done
}

# no_longer_sees TEXT [SECONDS]
no_longer_sees() {
  local deadline=$((SECONDS + ${2:-10}))
  while screen | grep -qF -- "$1"; do
    if [ $SECONDS -ge $deadline ]; then
      screen
      fail "the screen still shows: $1"
    fi
    read -r -t 0.05 <> <(:) || true
  done
}

# ago SECONDS: that long ago, as RFC 3339 (for DEALWIRE_NOW) or in the format given as second argument
ago() { date -u -d "@$(($(date +%s) - $1))" "+${2:-%Y-%m-%dT%H:%M:%SZ}"; }
