#!/bin/sh
# Sets dealwire up on a fresh machine: finds what is missing, installs it, builds, and runs.
set -eu

usage() {
  cat <<'TXT'
usage: ./setup.sh [--no-install] COMMAND

  demo                  open the dashboard on the sample feeds: no network, nothing kept
  run [ARGUMENT…]       build and run dealwire with these arguments
  test                  build and run the tests
  check                 all that continuous integration checks: format, lint, both compilers,
                        sanitizers, a minute of each fuzz target, static analysis
  install [--prefix P]  build and install (default: /usr/local)

  --no-install          never install packages: say what is missing and stop
TXT
}

say() { printf '%s\n' "setup.sh: $*" >&2; }
die() { say "$*"; exit 1; }

cd "$(dirname "$0")"
install_allowed=yes

# What is needed: stage, how to see that it is there, and the packages that bring it.
# stage  probe                     apt                  dnf                    pacman     apk                  zypper               brew
needs() {
  cat <<'TXT'
build cmd:cc                     gcc,libc6-dev          gcc                    gcc        gcc,musl-dev         gcc                  -
build cmd:cmake                  cmake                  cmake                  cmake      cmake                cmake                cmake
build cmd:ninja                  ninja-build            ninja-build            ninja      samurai              ninja                ninja
build cmd:pkg-config             pkg-config             pkgconf-pkg-config     pkgconf    pkgconf              pkg-config           pkg-config
build pc:ncursesw                libncurses-dev         ncurses-devel          ncurses    ncurses-dev          ncurses-devel        ncurses
build pc:libcurl                 libcurl4-openssl-dev   libcurl-devel          curl       curl-dev             libcurl-devel        curl
build pc:libxml-2.0              libxml2-dev            libxml2-devel          libxml2    libxml2-dev          libxml2-devel        libxml2
build pc:sqlite3                 libsqlite3-dev         sqlite-devel           sqlite     sqlite-dev           sqlite3-devel        sqlite
build pc:jansson                 libjansson-dev         jansson-devel          jansson    jansson-dev          libjansson-devel     jansson
build pc:libutf8proc             libutf8proc-dev        utf8proc-devel         libutf8proc utf8proc-dev        utf8proc-devel       utf8proc
test  pc:cmocka                  libcmocka-dev          libcmocka-devel        cmocka     cmocka-dev           libcmocka-devel      cmocka
test  cmd:tmux                   tmux                   tmux                   tmux       tmux                 tmux                 tmux
test  cmd:nginx                  nginx-light            nginx                  nginx      nginx                nginx                nginx
test  cmd:jq                     jq                     jq                     jq         jq                   jq                   jq
test  cmd:sqlite3                sqlite3                sqlite                 sqlite     sqlite               sqlite3              sqlite
test  cmd:pgrep                  procps                 procps-ng              procps-ng  procps               procps               -
test  cmd:script                 bsdutils               util-linux             util-linux util-linux           util-linux           -
test  cmd:python3                python3                python3                python     python3              python3              python3
check cmd:g++                    g++                    gcc-c++                gcc        g++                  gcc-c++              gcc
check cmd:clang                  clang                  clang                  clang      clang                clang                llvm
check file:clang-fuzzer          libclang-rt-14-dev     compiler-rt            compiler-rt compiler-rt         clang                llvm
check cmd:clang-format           clang-format           clang-tools-extra      clang      clang-extra-tools    clang                clang-format
check cmd:clang-tidy             clang-tidy             clang-tools-extra      clang      clang-extra-tools    clang                llvm
check cmd:git                    git                    git                    git        git                  git                  git
TXT
}

# pkg-config names differ between systems: ncurses has wide characters by default on some.
has_module() {
  pkg-config --exists "$1" 2>/dev/null && return 0
  [ "$1" = ncursesw ] && pkg-config --exists ncurses 2>/dev/null
}

# libFuzzer is a part of clang that some systems package apart.
has_fuzzer() {
  command -v clang >/dev/null 2>&1 || return 1
  dir=$(clang --print-runtime-dir 2>/dev/null) || return 1
  for lib in "$dir"/libclang_rt.fuzzer* "$(clang --print-resource-dir)"/lib/*/libclang_rt.fuzzer*; do
    [ -e "$lib" ] && return 0
  done
  return 1
}

is_there() {
  case $1 in
    cmd:pkg-config) command -v pkg-config >/dev/null 2>&1 || command -v pkgconf >/dev/null 2>&1 ;;
    cmd:ninja) command -v ninja >/dev/null 2>&1 || command -v samu >/dev/null 2>&1 ;;
    cmd:nginx) command -v nginx >/dev/null 2>&1 || [ -x /usr/sbin/nginx ] ;;
    cmd:*) command -v "${1#cmd:}" >/dev/null 2>&1 ;;
    pc:*) has_module "${1#pc:}" ;;
    file:clang-fuzzer) has_fuzzer ;;
  esac
}

package_manager() {
  for name in apt-get dnf pacman apk zypper brew; do
    command -v "$name" >/dev/null 2>&1 && { echo "$name"; return 0; }
  done
  return 1
}

as_root() {
  if [ "$(id -u)" -eq 0 ]; then "$@"
  elif command -v sudo >/dev/null 2>&1; then sudo "$@"
  elif command -v doas >/dev/null 2>&1; then doas "$@"
  else die "installing packages needs root, and neither sudo nor doas is here; as root run: $*"
  fi
}

apt_install() {
  as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends "$@" </dev/null
}

install_packages() {
  manager=$1
  shift
  case $manager in
    # the lists may be missing or stale on a fresh machine: fetch them only when they are needed
    apt-get) apt_install "$@" >/dev/null 2>&1 || { as_root apt-get update -q && apt_install "$@"; } ;;
    dnf) as_root dnf install -y "$@" ;;
    pacman) as_root pacman -S --needed --noconfirm "$@" ;;
    apk) as_root apk add "$@" ;;
    zypper) as_root zypper --non-interactive install "$@" ;;
    brew) brew install "$@" ;;
  esac
}

# require STAGE…: installs what the stages need and the machine lacks.
require() {
  missing=
  while read -r stage probe apt dnf pacman apk zypper brew; do
    case " $* " in *" $stage "*) ;; *) continue ;; esac
    is_there "$probe" && continue
    case $(package_manager || true) in
      apt-get) wanted=$apt ;; dnf) wanted=$dnf ;; pacman) wanted=$pacman ;; apk) wanted=$apk ;;
      zypper) wanted=$zypper ;; brew) wanted=$brew ;; *) wanted=${probe#*:} ;;
    esac
    [ "$wanted" = - ] && die "no ${probe#*:} here: install your system's compiler tools first"
    missing="$missing $(printf '%s' "$wanted" | tr ',' ' ')"
  done <<TXT
$(needs)
TXT
  [ -n "$missing" ] || return 0
  manager=$(package_manager) || die "missing:$missing, and no package manager that this script knows"
  [ "$install_allowed" = yes ] || die "missing packages:$missing (leave out --no-install to install them with $manager)"
  say "installing with $manager:$missing"
  # shellcheck disable=SC2086 # a list of names
  install_packages "$manager" $missing || die "$manager could not install:$missing"
}

# quietly COMMAND…: its output only if it fails
quietly() {
  mkdir -p build
  "$@" >build/log.txt 2>&1 || { cat build/log.txt >&2; die "failed: $*"; }
}

build_program() {
  [ -f build/release/build.ninja ] || {
    say "building; the first time takes a minute"
    quietly cmake --preset release -DBUILD_TESTING=OFF
  }
  quietly cmake --build --preset release --target dealwire
}

run_tests() {
  quietly cmake --preset release -DBUILD_TESTING=ON
  cmake --build --preset release
  ctest --preset release -j2
}

install_program() {
  prefix=/usr/local
  case ${1:-} in
    --prefix) [ $# -ge 2 ] || die "--prefix needs a folder"; prefix=$2 ;;
    --prefix=*) prefix=${1#--prefix=} ;;
    '') ;;
    *) usage >&2; exit 2 ;;
  esac
  build_program
  if mkdir -p "$prefix" 2>/dev/null && [ -w "$prefix" ]; then
    cmake --install build/release --prefix "$prefix"
  else
    as_root cmake --install build/release --prefix "$prefix"
  fi
}

[ "${1:-}" = --no-install ] && { install_allowed=no; shift; }
command=${1:-}
[ $# -gt 0 ] && shift
[ "${1:-}" = --no-install ] && { install_allowed=no; shift; }
case $command in
  demo) require build; build_program; exec build/release/dealwire demo "$@" ;;
  run) require build; build_program; exec build/release/dealwire "$@" ;;
  test) require build test; run_tests ;;
  check) require build test check; exec tests/check.sh "$@" ;;
  install) require build; install_program "$@" ;;
  -h | --help | help) usage ;;
  *) usage >&2; exit 2 ;;
esac
