#!/usr/bin/env bash
# SPDX-License-Identifier: BSL-1.0
# A private PostgreSQL server in a temporary folder, on loopback, with a password that nobody else knows.
#
#   postgres.sh start STATE [OWNER]   starts one, writes into the file STATE where it is, and prints its conninfo;
#                                     it stops by itself when the process OWNER (by default: the caller) is gone
#   postgres.sh stop STATE            stops it and removes all that it left; fine when there is none
#   postgres.sh with STATE COMMAND…   runs the command with DOVETAIL_POSTGRES=conninfo
#   postgres.sh binaries              prints the folder of the server's programs
set -uo pipefail

self=$(realpath "$0")
fail() { echo "postgres.sh: $*" >&2; exit 1; }

# The newest installed version.
binaries() {
  local found
  found=$(ls -d /usr/lib/postgresql/*/bin/postgres 2>/dev/null | sort -V | tail -n 1)
  [ -n "$found" ] || found=$(command -v postgres)
  [ -n "$found" ] && dirname "$(readlink -f "$found")"
}

# The server refuses to run as root.
as_server() {
  if [ "$(id -u)" = 0 ]; then
    local user=nobody
    id postgres >/dev/null 2>&1 && user=postgres
    exec setpriv --reuid="$user" --regid="$(id -g "$user")" --clear-groups --no-new-privs "$@"
  else
    exec "$@"
  fi
}

stop() {
  local state=$1 folder pid
  [ -f "$state" ] || return 0
  folder=$(cat "$state")
  case "$folder" in */dovetail-pg.*) ;; *) rm -f "$state"; return 0 ;; esac
  if pid=$(head -n 1 "$folder/data/postmaster.pid" 2>/dev/null) && [ -n "$pid" ]; then
    kill -INT "$pid" 2>/dev/null  # a fast shutdown: ends open connections
    for _ in $(seq 100); do kill -0 "$pid" 2>/dev/null || break; sleep 0.1; done
    if kill -0 "$pid" 2>/dev/null; then
      kill -QUIT "$pid"
      for _ in $(seq 50); do kill -0 "$pid" 2>/dev/null || break; sleep 0.1; done
    fi
  fi
  rm -rf "$folder"
  rm -f "$state"
}

start() {
  local state=$1 owner=$2 bin base folder password port pid
  bin=$(binaries) || fail "no PostgreSQL server is installed"
  stop "$state"

  base=${TMPDIR:-/tmp}
  [ "${#base}" -le 60 ] || base=/tmp  # the path of a socket has at most 107 characters
  folder=$(mktemp -d "$base/dovetail-pg.XXXXXX") || fail "cannot make a folder in $base"
  printf '%s\n' "$folder" >"$state" || { rm -rf "$folder"; fail "cannot write $state"; }
  trap 'stop "$state"' EXIT
  trap 'exit 130' INT TERM HUP

  password=$(od -An -N16 -tx1 /dev/urandom | tr -d ' \n')
  printf '%s\n' "$password" >"$folder/password"
  if [ "$(id -u)" = 0 ]; then
    chown -R "$(id -u postgres 2>/dev/null || id -u nobody)" "$folder"
  fi
  cd "$folder" || fail "cannot enter $folder"

  (as_server "$bin/initdb" -D "$folder/data" -U dovetail -E UTF8 --no-locale --no-sync \
    --auth-local=trust --auth-host=scram-sha-256 --pwfile="$folder/password") >"$folder/log" 2>&1 ||
    { cat "$folder/log" >&2; fail "initdb failed"; }
  cat >>"$folder/data/postgresql.conf" <<CONF
listen_addresses = '127.0.0.1'
unix_socket_directories = '$folder'
unix_socket_permissions = 0700
fsync = off
synchronous_commit = off
full_page_writes = off
shared_buffers = 32MB
max_connections = 50
autovacuum_naptime = 1s
CONF

  # A free port is one on which the server starts.
  for _ in $(seq 20); do
    port=$((20000 + RANDOM % 12000))
    (as_server setsid "$bin/postgres" -D "$folder/data" -p "$port") </dev/null >"$folder/log" 2>&1 &
    pid=$!
    while kill -0 "$pid" 2>/dev/null; do
      if [ "$(sed -n 8p "$folder/data/postmaster.pid" 2>/dev/null | tr -d ' ')" = ready ]; then break 2; fi
      sleep 0.05
    done
    grep -q "could not create any TCP/IP sockets\|Address already in use" "$folder/log" || break
  done
  kill -0 "$pid" 2>/dev/null || { cat "$folder/log" >&2; fail "the server did not start"; }

  "$bin/psql" -X -q -h "$folder" -p "$port" -U dovetail -d postgres -c 'CREATE DATABASE dovetail' >&2 ||
    fail "cannot connect to the server"
  echo "host=127.0.0.1 port=$port user=dovetail password=$password dbname=dovetail" >"$folder/conninfo"

  # Whoever started it may be killed before it can call stop.
  setsid "$self" watch "$state" "$folder" "$owner" </dev/null >/dev/null 2>&1 &
  disown -a
  trap - EXIT
  cat "$folder/conninfo"
}

# Stops the server when its owner is gone.
watch() {
  local state=$1 folder=$2 owner=$3
  cd /
  while [ -d "$folder" ]; do
    if ! kill -0 "$owner" 2>/dev/null; then
      [ "$(cat "$state" 2>/dev/null)" = "$folder" ] || { state=$(mktemp) && printf '%s\n' "$folder" >"$state"; }
      stop "$state"
      return
    fi
    sleep 1
  done
}

command=${1:-}
[ $# -gt 0 ] && shift
case "$command" in
  start) [ $# -ge 1 ] || fail "start STATE [OWNER]"; start "$(realpath -m "$1")" "${2:-$PPID}" ;;
  stop) [ $# -eq 1 ] || fail "stop STATE"; stop "$(realpath -m "$1")" ;;
  watch) watch "$@" ;;
  with)
    state=$1
    shift
    DOVETAIL_POSTGRES=$(cat "$(cat "$state")/conninfo") || fail "no server runs for $state"
    export DOVETAIL_POSTGRES
    exec "$@"
    ;;
  binaries) binaries ;;
  *) sed -n '3,11s/^# \{0,1\}//p' "$0" >&2; exit 2 ;;
esac
