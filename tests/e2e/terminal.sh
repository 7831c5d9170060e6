#!/usr/bin/env bash
# The dashboard's manners: every way out leaves the terminal as it was, odd terminals get a sentence.
# shellcheck source=lib.sh
. "$(dirname "$0")/lib.sh" "$1"

# typed LINE: as a person at the shell would
typed() { press -l "$1"; press Enter; }

# same_line NAME: the line settings are what they were before the dashboard
same_line() {
  typed "stty -a >$work/after; cmp $work/before $work/after && echo line-is-''same"
  sees 'line-is-same'
  ok "$1"
  typed 'clear'
}

dashboard_pid() { pgrep -f "^$program --offline" | head -1; }

open_terminal 100 30 "bash --norc -i"
typed "PS1='shell> '; stty -a >$work/before; echo rea''dy"
sees 'ready'

typed "$program --offline"
sees 'Headlines'
press C-z
sees 'Stopped'
no_longer_sees 'Headlines'
same_line "Ctrl-Z gives the shell its terminal"
typed fg
sees 'Headlines'
ok "fg brings the dashboard back"
press q
no_longer_sees 'Headlines'
same_line "q restores the terminal"

for signal in TERM HUP INT SEGV ABRT; do
  typed "$program --offline"
  sees 'Headlines'
  kill -s "$signal" "$(dashboard_pid)"
  no_longer_sees 'Headlines'
  same_line "SIG$signal restores the terminal"
done

typed "TERM=dumb $program --offline; echo status \$?"
sees 'cannot place its cursor'
sees 'status 1'
typed "clear; TERM=nonsense $program --offline; echo status \$?"
sees 'does not know such a terminal'
typed "clear; TERM= $program --offline; echo status \$?"
sees 'is not set'
ok "terminals that cannot show it get a sentence"
typed "clear; $program --offline | cat"
sees 'dealwire events'
ok "a pipe gets a sentence"

typed "clear; LC_ALL=C NO_COLOR=1 script -qc '$program --offline' $work/raw"
sees 'Headlines'
press Tab
press z
no_longer_sees 'Headlines'
press Q
sees 'shell>'
deadline=$((SECONDS + 10))
until grep -q 'Deals' "$work/raw"; do
  [ $SECONDS -lt $deadline ] || fail "script wrote nothing"
  read -r -t 0.05 <> <(:) || true
done
LC_ALL=C grep -q -P '[\x80-\xff]' "$work/raw" && fail "bytes above 127 in the C locale"
ok "the C locale gets ASCII alone"
grep -q -P '\x1b\[[0-9;]*(3[0-7]|4[0-7]|38|48|9[0-7])[0-9;]*m' "$work/raw" && fail "colours in spite of NO_COLOR"
ok "NO_COLOR gets no colours"
echo "$passed passed, 0 failed"
