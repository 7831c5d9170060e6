#!/bin/sh
# Compiles every header alone: the public ones as C and C++, those of the folders as C.
set -eu
cd "$(dirname "$0")/.."
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir "$work/house"
for folder in src/*/; do
  name=$(basename "$folder")
  mkdir "$work/house/$name"
  ln -s "$PWD/$folder"*.h "$work/house/$name/" 2>/dev/null || true
done
failed=0
check() { "$@" || { failed=$((failed + 1)); echo "not self-contained: $*"; }; }
for header in include/dealwire/*.h; do
  check cc -std=c11 -Wall -Wextra -Wpedantic -Werror -Iinclude -fsyntax-only -x c "$header"
  check c++ -std=c++17 -Wall -Wextra -Werror -Iinclude -fsyntax-only -x c++ "$header"
done
for header in src/*/*.h; do
  check cc -std=c11 -D_POSIX_C_SOURCE=200809L -D_XOPEN_SOURCE=700 -Wall -Wextra -Iinclude \
    -I"$work/house" -I"$(dirname "$header")" $(pkg-config --cflags libxml-2.0 libcurl sqlite3 jansson) \
    -fsyntax-only -x c "$header"
done
exit "$((failed > 0))"
