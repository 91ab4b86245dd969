#!/bin/sh
# Creates the two databases and one user a process, each with the least it needs. Safe to repeat:
# what exists stays, and passwords follow the secret files.
#   INFLUX_URL   where the server listens
#   JIEYUE_KEEP_READINGS_DAYS   how long readings are kept, 730 by default; what is computed, for ever
#   SECRETS      folder of the files influx_{admin,collector,api,grafana}_password
set -eu

url=${INFLUX_URL:-http://influxdb:8086}
secrets=${SECRETS:-/run/secrets}

fail() {
  echo "influxdb init: $1" >&2
  exit 1
}

# The set of characters keeps quoting out of InfluxQL, curl and Grafana's own expansion of '$'.
password_of() {
  file=$secrets/influx_$1_password
  [ -r "$file" ] || fail "cannot read $file; containers run without the right to override its mode"
  password=$(tr -d '\r\n' <"$file")
  case $password in
    *[!A-Za-z0-9_-]*) fail "$file: expected letters, digits, _ and - only" ;;
  esac
  [ "${#password}" -ge 16 ] || fail "$file: expected at least 16 characters, found ${#password}"
  printf %s "$password"
}

admin=$(password_of admin)
collector=$(password_of collector)
api=$(password_of api)
grafana=$(password_of grafana)

# $1 is the statement, $2 the login, if any. Curl reads both from its input, so that no password
# shows in the list of processes.
ask() {
  {
    [ -z "${2-}" ] || printf 'user = "%s"\n' "$2"
    printf 'data-urlencode = "q=%s"\n' "$1"
  } | curl --silent --show-error --max-time 20 --config - "$url/query"
}

run() {
  answer=$(ask "$1" "jieyue_admin:$admin") || fail "no answer from $url"
  case $answer in
    *'"error"'*) fail "${1%%\'*} was refused: $answer" ;;
  esac
}

# With authentication on and no user yet, this is the one statement a stranger may send.
ask "CREATE USER jieyue_admin WITH PASSWORD '$admin' WITH ALL PRIVILEGES" >/dev/null ||
  fail "no answer from $url"

databases=$(ask 'SHOW DATABASES' "jieyue_admin:$admin") || fail "no answer from $url"
create() {
  case $databases in
    *"\"$1\""*) ;;
    *) run "CREATE DATABASE $1 WITH DURATION $2 REPLICATION 1 SHARD DURATION $3" ;;
  esac
}

# Long shards: fewer files to open for a year's curve, and what is computed is asked for by the year.
# A database that is there keeps its own: a row written again could come to lie in a shard of each.
create jieyue 730d 30d
create jieyue_rollup INF 3650d

days=${JIEYUE_KEEP_READINGS_DAYS:-}
if [ -n "$days" ]; then
  case $days in *[!0-9]*) fail "JIEYUE_KEEP_READINGS_DAYS: expected whole days, found $days" ;; esac
  keep="ALTER RETENTION POLICY autogen ON jieyue DURATION ${days}d"
  case $(ask "$keep" "jieyue_admin:$admin") in
    *'shard duration'*) keep="$keep SHARD DURATION $((days < 5 ? 1 : 5))d" ;;
  esac
  run "$keep"
fi

user() {
  case $(ask 'SHOW USERS' "jieyue_admin:$admin") in
    *"\"$1\""*) run "SET PASSWORD FOR $1 = '$2'" ;;
    *) run "CREATE USER $1 WITH PASSWORD '$2'" ;;
  esac
}

user jieyue_collector "$collector"
user jieyue_api "$api"
user jieyue_grafana "$grafana"

# The collector's health check reads back its last reading; what was computed is not its business.
run 'GRANT ALL ON jieyue TO jieyue_collector'
run 'GRANT READ ON jieyue TO jieyue_api'
run 'GRANT ALL ON jieyue_rollup TO jieyue_api'
run 'GRANT READ ON jieyue TO jieyue_grafana'
run 'GRANT READ ON jieyue_rollup TO jieyue_grafana'

echo 'influxdb init: databases and users are ready'
