#!/usr/bin/env bash
# Fetching over TLS, HTTP/2, IPv6 and a proxy: what is trusted, what is not, and how it is told.
# shellcheck source=lib.sh
. "$(dirname "$0")/lib.sh" "$1"

command -v openssl >/dev/null || { echo "SKIPPED: no openssl here"; exit 77; }
command -v python3 >/dev/null || { echo "SKIPPED: no python3 here"; exit 77; }
nginx=$(command -v nginx || echo /usr/sbin/nginx)
[ -x "$nginx" ] || { echo "SKIPPED: no nginx here"; exit 77; }
config=$XDG_CONFIG_HOME/dealwire
mkdir -p "$config" "$work/ca"
cd "$work/ca" || exit 1

# --- certificates --------------------------------------------------------------------------------

{
  : >index.txt
  echo 01 >serial
  cat >ca.cnf <<CONF
[ca]
default_ca = own
[own]
dir = .
database = index.txt
serial = serial
new_certs_dir = .
default_md = sha256
policy = any
copy_extensions = copy
unique_subject = no
[any]
commonName = supplied
CONF
  openssl req -x509 -newkey rsa:2048 -nodes -keyout ca.key -out ca.pem -subj "/CN=Test authority" -days 30 \
    -addext basicConstraints=critical,CA:TRUE -addext keyUsage=keyCertSign
  # certificate NAME ALTERNATIVE_NAME FROM TO
  certificate() {
    openssl req -newkey rsa:2048 -nodes -keyout "$1.key" -out "$1.csr" -subj "/CN=$1" -addext "subjectAltName=$2"
    openssl ca -batch -config ca.cnf -cert ca.pem -keyfile ca.key -in "$1.csr" -out "$1.pem" -notext \
      -startdate "$3" -enddate "$4"
  }
  year=$(date -u +%y)
  certificate good DNS:localhost,IP:127.0.0.1,IP:::1 "$((year - 1))0101000000Z" "$((year + 2))0101000000Z"
  certificate expired DNS:localhost,IP:127.0.0.1 "$((year - 3))0101000000Z" "$((year - 2))0101000000Z"
  certificate other DNS:other.example "$((year - 1))0101000000Z" "$((year + 2))0101000000Z"
  openssl req -x509 -newkey rsa:2048 -nodes -keyout self.key -out self.pem -subj "/CN=localhost" -days 30 \
    -addext subjectAltName=DNS:localhost,IP:127.0.0.1
} >"$work/openssl.log" 2>&1
[ -s good.pem ] && [ -s expired.pem ] && [ -s other.pem ] && [ -s self.pem ] ||
  fail "no certificates: $(cat "$work/openssl.log")"
cd - >/dev/null || exit 1

# --- the server ----------------------------------------------------------------------------------

declare -A port_of
servers=
for name in good expired other self plain six; do
  port_of[$name]=$(free_port)
  tls="ssl http2"
  host=127.0.0.1
  certificate=$name
  [ $name = plain ] && tls= certificate=good
  [ $name = six ] && host='[::1]' certificate=good
  [ $name = six ] && ! python3 -c 'import socket; socket.socket(socket.AF_INET6).bind(("::1", 0))' 2>/dev/null &&
    { unset 'port_of[six]'; continue; }
  servers+="server { listen $host:${port_of[$name]} $tls; ssl_certificate $work/ca/$certificate.pem;
    ssl_certificate_key $work/ca/$certificate.key; root $work/web; }
"
done
cat >"$work/nginx.conf" <<CONF
$([ "$(id -u)" -eq 0 ] && echo 'user root;')
daemon off; master_process off; pid $work/nginx.pid; error_log $work/nginx-error.log;
events { worker_connections 64; }
http {
  types { application/rss+xml xml; }
  log_format protocol '\$server_port \$server_protocol \$status';
  access_log $work/access.log protocol;
  client_body_temp_path $work/t1; proxy_temp_path $work/t2; fastcgi_temp_path $work/t3;
  uwsgi_temp_path $work/t4; scgi_temp_path $work/t5;
  $servers
}
CONF
printf '<rss version="2.0"><channel><title>Wire</title><item><title>A</title><guid>a</guid></item></channel></rss>' \
  >"$work/web/feed.xml"
"$nginx" -c "$work/nginx.conf" -p "$work" 2>>"$work/nginx-error.log" &
nginx_pid=$!
deadline=$((SECONDS + 10))
until (exec 3<>"/dev/tcp/127.0.0.1/${port_of[good]}") 2>/dev/null; do
  [ $SECONDS -lt $deadline ] || fail "nginx does not answer: $(cat "$work/nginx-error.log")"
  kill -0 "$nginx_pid" 2>/dev/null || fail "nginx ended: $(cat "$work/nginx-error.log")"
done

# fetch_only URL…: a new store, these feeds, one fetch
fetch_only() {
  local url
  rm -rf "$XDG_DATA_HOME"
  {
    printf '<opml version="2.0"><head/><body>'
    for url in "$@"; do printf '<outline type="rss" xmlUrl="%s"/>' "$url"; done
    printf '</body></opml>\n'
  } >"$config/feeds.opml"
  "$program" fetch --all >"$work/out" 2>&1
}
articles() { "$program" articles --format json | jq length; }

# --- certificates --------------------------------------------------------------------------------

good=https://127.0.0.1:${port_of[good]}/feed.xml
fetch_only "$good" && fail "an authority that nobody trusts is trusted"
wants certificate "a certificate of an unknown authority is named" <"$work/out"
export SSL_CERT_FILE=$work/ca/ca.pem
fetch_only "$good" || fail "a good certificate: $(cat "$work/out")"
[ "$(articles)" = 1 ] || fail "no article over TLS"
ok "a certificate of an authority that the user trusts is taken"
grep -q "^${port_of[good]} HTTP/2.0 200" "$work/access.log" || fail "no HTTP/2: $(cat "$work/access.log")"
ok "HTTP/2 is spoken where the server does"

for name in expired other self; do
  url=https://127.0.0.1:${port_of[$name]}/feed.xml
  fetch_only "$url" "$good" && fail "the certificate \"$name\" is trusted"
  [ "$(articles)" = 1 ] || fail "the neighbour of \"$name\" is harmed"
  wants "$url" "the feed with the certificate \"$name\" is named" <"$work/out"
  case $name in
    expired) wants expired "an expired certificate is called so" <"$work/out" ;;
    other) wants host "a certificate of another host is called so" <"$work/out" ;;
    self) wants self "a certificate signed by itself is called so" <"$work/out" ;;
  esac
  wants certificate "... and its certificate is" <"$work/out"
done
fetch_only "https://127.0.0.1:${port_of[plain]}/feed.xml" && fail "TLS with a server that has none"
wants TLS "a server without TLS is told" <"$work/out"
fetch_only "http://127.0.0.1:${port_of[good]}/feed.xml" && fail "http to a port of TLS"
wants "127.0.0.1:${port_of[good]}" "plain http to a TLS port is told" <"$work/out"

# --- IPv6 and a proxy ----------------------------------------------------------------------------

if [ -n "${port_of[six]:-}" ]; then
  fetch_only "https://[::1]:${port_of[six]}/feed.xml" || fail "IPv6: $(cat "$work/out")"
  ok "a feed on IPv6"
fi
http_proxy=http://127.0.0.1:${port_of[plain]} fetch_only "http://wire.example/feed.xml" ||
  fail "through a proxy: $(cat "$work/out")"
[ "$(articles)" = 1 ] || fail "no article through the proxy"
ok "a proxy of the environment is used"
dead=$(free_port)
http_proxy=http://me:secret@127.0.0.1:$dead fetch_only "http://wire.example/feed.xml" && fail "a dead proxy answers"
wants wire.example "a feed behind a dead proxy is named" <"$work/out"
grep -q secret "$work/out" && fail "the proxy's password is shown"
ok "the proxy's password is not shown"
echo "$passed passed, 0 failed"
