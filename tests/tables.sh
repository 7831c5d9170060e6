#!/usr/bin/env bash
# A table that is compiled in stops the build at a line that is too wide or stands twice, and names
# it: tables.sh SCRIPT, which is tsv-to-c.cmake.
set -u
script=$1
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
failed=0

# stops LINES COLUMNS UNIQUE WANTED: the build of these lines ends with these words
stops() {
  printf "$1" >"$folder/bad.tsv"
  said=$(cmake -DINPUT="$folder/bad.tsv" -DOUTPUT="$folder/bad.c" -DSYMBOL=bad -DCOLUMNS="$2" -DUNIQUE="$3" \
    -P "$script" 2>&1) && { echo "no error for $1"; failed=1; }
  case $(echo "$said" | tr -s ' \n' ' ') in
    *"$4"*) ;;
    *) echo "wanted \"$4\", got: $said"; failed=1 ;;
  esac
}

stops '# a comment\none\t1\ntwo\t2\t3\n' 2 0 'bad.tsv:3: 3 columns, 2 are allowed'
stops 'one\t1\n\ntwo\t2\none\t3\n' 2 1 'bad.tsv:4: "one" stands in line 1 already'

printf 'one\t1\ntwo\n' >"$folder/good.tsv"
cmake -DINPUT="$folder/good.tsv" -DOUTPUT="$folder/good.c" -DSYMBOL=good -DCOLUMNS=2 -DUNIQUE=1 -P "$script" &&
  grep -q 'CELL("two")' "$folder/good.c" || { echo "a good table gives no C"; failed=1; }
exit $failed
