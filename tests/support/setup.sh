# SPDX-License-Identifier: BSL-1.0
# shellcheck shell=bash disable=SC2154
# For examples/run and tests/run: what is missing is installed with apt, and long output is shown only when it tells of
# a failure. Sourced by bash.

name=${0#"$PWD"/}
say() { printf '%s: %s\n' "$name" "$*"; }
fail() { printf '%s: %s\n' "$name" "$*" >&2; exit 1; }

if cores=$(nproc 2>/dev/null) && [ "$cores" -lt 2 ]; then jobs=1; else jobs=2; fi
jobs=${DOVETAIL_JOBS:-$jobs}

scratch=$(mktemp -d) || fail "cannot make a temporary folder"
undo() { rm -rf "$scratch"; }
trap 'undo' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP

# quietly WHAT COMMAND…: the command's output is shown when it fails, without the steps that a build went through.
quietly() {
  local what=$1
  shift
  if ! "$@" >"$scratch/log" 2>&1 </dev/null; then
    grep -vE '^\[[0-9]+/[0-9]+\] ' "$scratch/log" >&2
    fail "$what failed"
  fi
}

has_command() { command -v "$1" >/dev/null 2>&1; }
at_least() { [ "$(printf '%s\n' "$1" "$2" | sort -V | head -n 1)" = "$1" ]; }
version_of() { "$@" --version 2>/dev/null | grep -oE '[0-9]+(\.[0-9]+)+' | head -n 1; }
preprocesses() { "${CXX:-g++}" -std=c++20 -E -x c++ - >/dev/null 2>&1; }
has_package() { [ "$(dpkg-query -W -f '${db:Status-Status}' "$1" 2>/dev/null)" = installed ]; }

# Whether a thing is there, however it came.
is_there() {
  case "$1" in
    g++ | g++-12) has_command "$1" && at_least 12 "$("$1" -dumpfullversion)" ;;
    cmake) has_command cmake && at_least 3.25 "$(version_of cmake)" ;;
    ninja-build) has_command ninja ;;
    clang-19) has_command clang++-19 ;;
    python3) has_command python3 && python3 -c 'import sys; sys.exit(sys.version_info < (3, 9))' 2>/dev/null ;;
    ccache) has_command ccache ;;
    libboost1.81-dev)
      preprocesses <<<$'#include <boost/version.hpp>\n#if BOOST_VERSION < 108100\n#error\n#endif' ;;
    libfmt-dev) preprocesses <<<$'#include <fmt/core.h>\n#if FMT_VERSION < 90000\n#error\n#endif' ;;
    libsqlite3-dev) preprocesses <<<'#include <sqlite3.h>' ;;
    libpq-dev) has_command pg_config && preprocesses <<<"#include \"$(pg_config --includedir)/libpq-fe.h\"" ;;
    catch2) preprocesses <<<$'#if !__has_include(<catch2/catch_test_macros.hpp>)\n#include <catch2/catch.hpp>\n#endif' ;;
    postgresql) "$root/tests/support/postgres.sh" binaries >/dev/null ;;
    *) has_package "$1" ;;
  esac
}

missing() {
  local package
  for package in "$@"; do is_there "$package" || printf '%s\n' "$package"; done
}

apt_get() { $as_root env DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout=600 -o Acquire::Retries=3 "$@"; }

# need PACKAGE…: installs those of which the thing itself is not there.
need() {
  local wanted removed drop_in=/etc/postgresql-common/createcluster.d/dovetail.conf
  mapfile -t wanted < <(missing "$@")
  [ ${#wanted[@]} -gt 0 ] || return 0

  has_command apt-get || fail "missing: ${wanted[*]}; without apt they cannot be installed here"
  as_root=
  if [ "$(id -u)" != 0 ]; then
    has_command sudo || fail "missing: ${wanted[*]}; install them as root, there is no sudo here"
    [ -t 0 ] || sudo -n true 2>/dev/null || fail "missing: ${wanted[*]}; install them, sudo asks for a password"
    as_root=sudo
  fi
  say "installing with apt: ${wanted[*]}"
  quietly "apt-get update" apt_get -q update

  # Debian 12's own Boost (1.74) excludes 1.81; what a user has is not thrown out without a word.
  apt_get -s --no-install-recommends install "${wanted[@]}" >"$scratch/plan" 2>&1 ||
    { cat "$scratch/plan" >&2; fail "apt cannot install: ${wanted[*]}"; }
  removed=$(sed -n 's/^Remv \([^ ]*\).*/\1/p' "$scratch/plan" | tr '\n' ' ')
  if [ -n "$removed" ] && [ "${CI:-}" != true ]; then
    fail "apt would remove ${removed% } to install ${wanted[*]}; remove them first if that is right"
  fi

  # The package of the PostgreSQL server starts one for the whole machine; we only need its programs.
  if [[ " ${wanted[*]} " == *" postgresql "* ]] && [ ! -e /etc/postgresql ] && [ ! -e "$drop_in" ]; then
    $as_root mkdir -p "${drop_in%/*}"
    echo 'create_main_cluster = false' | $as_root tee "$drop_in" >/dev/null
    undo() { rm -rf "$scratch"; $as_root rm -f "$drop_in"; }
  fi
  quietly "apt-get install ${wanted[*]}" apt_get -q -y --no-install-recommends install "${wanted[@]}"
  undo
  undo() { rm -rf "$scratch"; }
  scratch=$(mktemp -d) || fail "cannot make a temporary folder"

  mapfile -t wanted < <(missing "$@")
  [ ${#wanted[@]} -eq 0 ] || fail "still missing after apt installed it: ${wanted[*]}"
}
