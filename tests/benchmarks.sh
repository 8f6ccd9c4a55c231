#!/usr/bin/env bash
# Runs benchmarks against the built service; needs what tests/run.sh needs, and a build before it.
# Arguments go to the program: tests/benchmarks.sh journey. Without any: one short round of each that needs no file, to see that they still run.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
# shellcheck source=deploy/find-postgres.sh
source deploy/find-postgres.sh
require_postgres

program=artifacts/bin/TicketTriage.Benchmarks/release/TicketTriage.Benchmarks.dll
if [[ $# -gt 0 ]]; then
  exec dotnet "$program" "$@"
fi
for benchmark in claim journey knowledge routing backtest; do
  dotnet "$program" "$benchmark" --smoke
done
