#!/usr/bin/env bash
# Opens the demo's pages in Chromium: no text of a stranger may run or load anything, the console's ten main ways work, and axe-core finds
# nothing serious. Skips where Chromium or Node.js is missing.
# tests/browser/run.sh [--screenshots] [FILE.test.mjs ...]; CHROMIUM names another browser.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

skip() {
  echo "The browser tests were skipped: $1"
  exit 0
}

CHROMIUM=${CHROMIUM:-$(command -v chromium || command -v chromium-browser || command -v google-chrome || true)}
[[ -n $CHROMIUM ]] || skip "there is no Chromium; on Debian: apt-get install chromium."
command -v node > /dev/null || skip "there is no Node.js 20 or newer; on Debian: apt-get install nodejs npm."
[[ $(node -p 'process.versions.node.split(".")[0]') -ge 20 ]] || skip "Node.js $(node --version) is older than 20."
if [[ ! -d node_modules/playwright-core || ! -d node_modules/axe-core ]]; then
  command -v npm > /dev/null || skip "there is no npm to install playwright-core and axe-core with."
  npm ci --no-audit --no-fund --silent || skip "playwright-core and axe-core could not be installed by npm."
fi

host=../../artifacts/bin/TicketTriage.Host/release/TicketTriage.Host.dll
if [[ ! -f $host ]]; then
  command -v dotnet > /dev/null || skip "the service is not built, and there is no .NET SDK."
  dotnet build ../../src/TicketTriage.Host -c Release -v quiet -clp:NoSummary
fi

export CHROMIUM
if [[ ${1:-} == --screenshots ]]; then
  export SCREENSHOTS=../../docs/images
  shift
fi

if [[ $# -eq 0 ]]; then
  set -- *.test.mjs
fi

exec node --test --test-concurrency=1 "$@"
