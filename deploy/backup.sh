#!/usr/bin/env bash
# Saves everything that TicketTriage keeps: its database, and its data directory without the private database.
#   deploy/backup.sh DIRECTORY
# Reads ConnectionStrings__TicketTriage or the libpq variables (PGHOST, PGDATABASE ...), and DataDirectory, which is that of deploy/systemd
# where it isn't given.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
# shellcheck source=deploy/connection.sh
source connection.sh

target=${1:?"name the directory that the backup goes to"}
data=${DataDirectory:-/var/lib/tickettriage}
mkdir -p "$target"
chmod 700 "$target"
stamp=$(date -u +%Y%m%dT%H%M%SZ)

# One snapshot: it never holds a change without its decision.
pg_dump --format=custom --no-owner --file="$target/tickettriage-$stamp.dump.part"
if [[ -d $data ]]; then
  tar --create --gzip --file="$target/tickettriage-$stamp.files.tgz" --directory="$data" --exclude=./postgres .
else
  echo "There is no directory $data, so the database alone is saved: set DataDirectory where the service keeps its files elsewhere." >&2
fi
# Last, so that a file with the final name is a whole backup.
mv "$target/tickettriage-$stamp.dump.part" "$target/tickettriage-$stamp.dump"
echo "$target/tickettriage-$stamp.dump"
