#!/usr/bin/env bash
# Builds everything and runs every test; needs the .NET SDK and installs PostgreSQL where there is none.
# Arguments go to `dotnet test`: tests/run.sh --filter FullyQualifiedName~Routing
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
# shellcheck source=deploy/find-postgres.sh
source deploy/find-postgres.sh
# shellcheck source=tests/stage.sh
source tests/stage.sh
# shellcheck disable=SC2206 # Meant to be split into words.
restore_arguments=(--nologo ${TICKETTRIAGE_RESTORE_ARGS:-})

# Adds up one of the counters of all test result files.
count() {
  { cat "$results"/*.trx 2> /dev/null || true; } | { grep -o '<Counters [^>]*' || true; } |
    sed -n "s/.* $1=\"\([0-9]*\)\".*/\1/p" | awk '{ sum += $1 } END { print sum + 0 }'
}

if [[ -z ${TICKETTRIAGE_TEST_DATABASE:-} ]]; then
  require_postgres
fi

# What tests are chosen by arguments says nothing about the shape of the source.
if [[ $# -eq 0 ]]; then
  stage format dotnet format whitespace . --folder --verify-no-changes --include src/ tests/ deploy/
fi
stage build dotnet build TicketTriage.sln -c Release -warnaserror "${restore_arguments[@]}" -v quiet -clp:NoSummary

results=artifacts/test-results
rm -rf "$results"
status=0
# One project after the other: each runs its own tests side by side.
for project in tests/*.Tests; do
  name=${project#tests/TicketTriage.}
  stage "$name" dotnet test "$project" -c Release --no-build --nologo --logger trx --results-directory "$results" "$@" || status=$?
done

passed=$(count passed)
failed=$(count failed)
skipped=$(($(count total) - passed - failed))
if [[ $passed -eq 0 && $failed -eq 0 ]]; then
  echo "No test ran." >&2
  status=1
elif [[ $status -eq 0 && $failed -gt 0 ]]; then
  status=1
fi

if [[ $skipped -gt 0 ]]; then
  echo "$passed passed, $failed failed, $skipped skipped"
else
  echo "$passed passed, $failed failed"
fi
exit "$status"
