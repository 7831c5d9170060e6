#!/usr/bin/env bash
# Takes the screens that README.md shows anew: readme-screens.sh BINARY. Each block that begins with
# "```text" is one screen of the demo, in the order of `keys` below; the clock stands still.
set -eu
program=$(realpath "${1:?usage: $0 BINARY}")
cd "$(dirname "$0")/.."
keys=(1 "7 v")
server=dealwire-readme-$$
work=$(mktemp -d)
trap 'tmux -L "$server" kill-server 2>/dev/null || true; rm -rf "$work"' EXIT

for i in "${!keys[@]}"; do
  tmux -L "$server" -f /dev/null new-session -d -s "$i" -x 110 -y 32 \
    "env DEALWIRE_NOW=2026-11-23T10:42:00Z TZ=UTC '$program' demo"
  # the demo has read its sample once it says so
  for _ in $(seq 100); do
    tmux -L "$server" capture-pane -p -t "$i" | grep -q '^ refreshed' && break
    sleep 0.1
  done
  for key in ${keys[$i]}; do
    tmux -L "$server" send-keys -t "$i" "$key"
    sleep 0.5
  done
  tmux -L "$server" capture-pane -p -t "$i" >"$work/$i"
done

awk -v folder="$work" '
  /^```text$/ { print; file = folder "/" n++; while ((getline line <file) > 0) { sub(/ +$/, "", line); print line }; skip = 1; next }
  /^```$/ { skip = 0 }
  !skip { print }' README.md >"$work/README.md"
cp "$work/README.md" README.md
