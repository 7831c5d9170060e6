#!/usr/bin/env bash
# The demo: the sample feeds through the whole pipeline onto the screen, alive, without a network.
# shellcheck source=lib.sh
. "$(dirname "$0")/lib.sh" "$1"

open_terminal 120 36 "$program demo"
sees 'demo'
sees 'Headlines'
sees 'Layoffs'
sees 'Amazon'
ok "the demo shows its panels"
sees ' new' 60
ok "articles come in while it is open"
press Tab
press z
sees 'Deals'
no_longer_sees 'Headlines'
ok "z gives the focused panel the whole body"
press z
sees 'Headlines'
press '?'
sees 'zoom'
ok "? explains the keys"
press q
sees 'Headlines'
press BTab # the headlines have the focus again: a small terminal shows only that panel
for size in '80 24' '200 60' '40 10' '120 36'; do
  # shellcheck disable=SC2086 # two numbers
  set -- $size
  tmux -L "$socket" resize-window -t main -x "$1" -y "$2"
  sees 'Headlines'
done
ok "it lives through resizes"
press Enter
press q
sees 'Headlines'
press q
sees 'ended 0'
ok "q leaves with status 0"
[ -e "$XDG_DATA_HOME/dealwire" ] && fail "the demo touched the real store"
ok "the demo leaves no trace in the home folder"
echo "$passed passed, 0 failed"
