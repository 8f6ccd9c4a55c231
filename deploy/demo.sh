#!/usr/bin/env bash
# Builds the service and runs its demo; needs the .NET SDK and installs PostgreSQL where there is none.
# Arguments go to the demo: deploy/demo.sh --help
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
# shellcheck source=deploy/find-postgres.sh
source deploy/find-postgres.sh
# shellcheck source=deploy/job-engine.sh
source deploy/job-engine.sh

if ! command -v dotnet > /dev/null; then
  echo "The .NET 10 SDK is missing: install it from https://dotnet.microsoft.com/download and start again." >&2
  exit 1
fi

if [[ -z ${ConnectionStrings__TicketTriage:-} ]]; then
  require_postgres
  # PostgreSQL refuses to run as root, and the account that runs it instead can't enter a folder such as /root.
  if [[ $EUID -eq 0 && -z ${DataDirectory:-} ]] && ! setpriv --reuid=65534 --clear-groups test -x "$PWD"; then
    export DataDirectory=/var/lib/tickettriage
    echo "The demo's data go to $DataDirectory, since only root may enter $PWD."
  fi
fi

choose_job_engine
echo "Building; the first time takes a minute or two."
dotnet build src/TicketTriage.Host -c Release -p:JobEngine="$JOB_ENGINE" "${restore_arguments[@]}" -v quiet -clp:NoSummary
exec dotnet artifacts/bin/TicketTriage.Host/release/TicketTriage.Host.dll demo "$@"
