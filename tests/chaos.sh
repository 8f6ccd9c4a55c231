#!/usr/bin/env bash
# Publishes the product as it is installed, and plays the chaos program against it; needs what tests/run.sh needs.
# Arguments go to the program: tests/chaos.sh kill-worker --deliveries 300. Without any: all scenarios, 5,000 deliveries, three at a time.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
# shellcheck source=deploy/find-postgres.sh
source deploy/find-postgres.sh
# shellcheck disable=SC2206 # Meant to be split into words.
restore_arguments=(--nologo ${TICKETTRIAGE_RESTORE_ARGS:-})
require_postgres

dotnet publish src/TicketTriage.Host -c Release --use-current-runtime --self-contained false -p:PublishReadyToRun=true \
  -o artifacts/product "${restore_arguments[@]}" -v quiet -clp:NoSummary
dotnet build tests/TicketTriage.Chaos -c Release "${restore_arguments[@]}" -v quiet -clp:NoSummary
if [[ $# -eq 0 ]]; then
  set -- all --deliveries 5000 --lanes 3
fi
exec dotnet artifacts/bin/TicketTriage.Chaos/release/TicketTriage.Chaos.dll "$@" --product artifacts/product/TicketTriage.Host.dll
