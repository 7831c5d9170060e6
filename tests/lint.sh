#!/bin/sh
# Rules of the house that no compiler checks. Prints each breach as file:line and fails if there is one.
set -u
cd "$(dirname "$0")/.."
breaches=$(mktemp)
trap 'rm -f "$breaches"' EXIT

# rule NAME: reads breaches from standard input
rule() {
  found=$(cat)
  [ -z "$found" ] && return 0
  printf '%s:\n%s\n' "$1" "$found" | sed '2,$s/^/  /' | tee -a "$breaches"
}

# search PATTERN FILE…: matches outside comments that open a line
search() {
  pattern=$1
  shift
  grep -nE "$pattern" "$@" /dev/null 2>/dev/null | grep -vE '^[^:]+:[0-9]+: *(/?\*|//)'
}

sources=$(git ls-files --cached --others --exclude-standard 'src/*.c' 'src/*.h' 'include/*.h')
tests=$(git ls-files --cached --others --exclude-standard 'tests/*.c' 'tests/*.h')
without() { printf '%s\n' "$sources" | grep -vE "$1"; }

# shellcheck disable=SC2086,SC2046 # lists of file names without spaces
{
search '\b(strlen|strcpy|strcat|strncpy|strncat|strtok|sprintf|vsprintf|atoi|atol|atof|sscanf|gets|system|popen)\(' $sources |
  rule 'banned function (slices and base have a safe one)'
search '#include "\.\./|#include "[^"]*/\.\./' $sources $tests | rule 'include that climbs out of its folder'
search '#include <(ncurses|curses|term\.h)' $(without '^src/ui/screen-') | rule 'curses outside ui/screen'
search '#include <curl/' $(without '^src/fetch/') | rule 'libcurl outside fetch'
search '#include <sqlite3' $(without '^src/store/') | rule 'SQLite outside store'
search '#include <libxml/' $(without '^src/(text|feed|page)/') | rule 'libxml2 outside text, feed and page'
search '"(SELECT|INSERT|UPDATE|DELETE|CREATE) ' $(without '^src/(store|query)/') | rule 'SQL outside store'
search '\b(malloc|calloc|realloc)\(' $(without '^src/(base|store)/') | rule 'malloc outside base and store'
search '\b(fork|execvp|execl|execv)\(' $sources | rule 'fork or exec (posix_spawn with arguments is the way)'
grep -nE '\b(TO''DO|FIX''ME|XX''X|HA''CK)\b' $sources $tests /dev/null | rule 'unfinished'
for file in $sources $tests; do
  lines=$(wc -l <"$file")
  [ "$lines" -gt 900 ] && echo "$file:$lines: too long: there are two subjects in it"
  head -1 "$file" | grep -q '^/\*' || echo "$file:1: does not open with what it is for"
done | rule 'files'
git ls-files --cached --others --exclude-standard 'src/*.h' 'include/*.h' | while read -r header; do
  grep -qE '^#ifndef [A-Z0-9_]+_H$' "$header" || echo "$header:1: no include guard of the house's form"
done | rule 'headers'
}

[ ! -s "$breaches" ]
