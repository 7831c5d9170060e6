#!/usr/bin/env bash
# Compares what the program prints with what it is to print:
#   run.sh BINARY AREA "COMMAND ARGS" [--update]
# For each tests/golden/AREA/NAME.in the command reads the file on standard input; its output, its
# messages (as lines "! …") and its exit status, where that is not 0, are compared with NAME.out.
# A NAME.args beside it holds further arguments, one a line. --update writes NAME.out anew.
set -u
export LC_ALL=C.UTF-8 TZ=UTC DEALWIRE_NOW=2026-01-29T10:42:00Z
binary=$1
area=$2
read -r -a command <<<"$3"
update=${4:-}
folder=$(cd "$(dirname "$0")" && pwd)/$area
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export HOME=$work XDG_CONFIG_HOME=$work/config XDG_DATA_HOME=$work/data XDG_STATE_HOME=$work/state

# Everything that a run shows, as one text.
show() {
  local args=()
  [ -f "$folder/$1.args" ] && mapfile -t args <"$folder/$1.args"
  timeout 20 "$binary" "${command[@]}" "${args[@]}" <"$folder/$1.in" >"$work/out" 2>"$work/messages"
  local status=$?
  cat "$work/out"
  sed 's/^/! /' "$work/messages"
  [ $status -eq 0 ] || echo "exit status $status"
}

failures=0
count=0
for input in "$folder"/*.in; do
  [ -e "$input" ] || { echo "no cases in $folder"; exit 1; }
  name=$(basename "$input" .in)
  count=$((count + 1))
  show "$name" >"$work/shown"
  if [ "$update" = --update ]; then
    cp "$work/shown" "$folder/$name.out"
  elif ! diff -u --label "$area/$name.out" --label "$area/$name now" "$folder/$name.out" "$work/shown"; then
    failures=$((failures + 1))
  fi
done
echo "$count cases, $failures failures"
[ "$failures" -eq 0 ]
