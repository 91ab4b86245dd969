#!/bin/sh
# Makes the secret files docker-compose.yml mounts, once; existing ones stay as they are.
# The folder is closed to others. The files inside are readable, because Compose mounts them with
# their mode on the host and each container reads them as a user of its own.
set -eu

folder=${1:-secrets}
mkdir -p "$folder"
chmod 700 "$folder"
for name in influx_admin_password influx_collector_password influx_api_password \
  influx_grafana_password grafana_admin_password api_token; do
  file=$folder/$name
  [ -e "$file" ] && continue
  LC_ALL=C tr -dc 'A-Za-z0-9' </dev/urandom | head -c 40 >"$file"
  chmod 444 "$file"
  echo "made $file"
done
