#!/usr/bin/env bash
# Puts a backup into an empty database.
#   deploy/restore.sh FILE.dump
# Stop all processes of TicketTriage first. After the start, the reconciliation finds in the helpdesk what has happened since the backup.
set -euo pipefail
file=$(realpath "${1:?"name the backup: a file that ends with .dump"}")
cd "$(dirname "${BASH_SOURCE[0]}")"
# shellcheck source=deploy/connection.sh
source connection.sh

if [[ $(psql --no-psqlrc --tuples-only --no-align --command "select count(*) from pg_tables where schemaname = 'public'") != 0 ]]; then
  echo "The database has tables already: create an empty one and name that, so that nothing is overwritten." >&2
  exit 1
fi

# Roles belong to a server and not to a database, and this server may know others: whoever restores owns the tables.
pg_restore --no-owner --no-privileges --exit-on-error --single-transaction --dbname="${PGDATABASE:?}" "$file"
# A restored table has no figures to plan by until it is looked through.
psql --no-psqlrc --quiet --command "analyze"
files=${file%.dump}.files.tgz
if [[ -f $files ]]; then
  data=${DataDirectory:-/var/lib/tickettriage}
  mkdir -p "$data"
  tar --extract --gzip --file="$files" --directory="$data"
  echo "The files are in $data."
fi
echo "Restored. Where the service connects as a role of its own, grant it its rights: migrate --application-role ROLE."
echo "Start the processes: what has changed in the helpdesk since the backup is looked at again."
