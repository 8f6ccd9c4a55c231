#!/usr/bin/env bash
# Checks every request that the connectors send, and every answer of the sandbox, against the vendors' API descriptions with Stoplight
# Prism: tests/spec-check.sh SPECDIR [--no-build]. The descriptions belong to their vendors and are not part of this repository; without
# the directory, Node.js or npm it is skipped. TICKETTRIAGE_PRISM names a directory where Prism is installed, or shall stay.
#
# The connectors' contract tests run against witness -> Prism -> sandbox. Prism runs without --errors: that would end a call at the first
# deviation, also where the description is wrong and the vendor's own page right. It tells the same in the header sl-violations of each
# answer, and witness.mjs writes it down. adapt.mjs says what is changed in the descriptions, explained.json why a deviation is none.
set -euo pipefail

here="$(cd "$(dirname "$0")" && pwd)"
specs="${1:-}"
prism_version=5.16.0

skip() {
  echo "spec-check: skipped, $1"
  exit 0
}

[ -n "$specs" ] || skip "name the directory of the API descriptions: tests/spec-check.sh SPECDIR"
[ -d "$specs" ] || skip "there is no directory $specs"
specs="$(cd "$specs" && pwd)"
command -v node > /dev/null || skip "Node.js is not installed"
command -v npm > /dev/null || skip "npm is not installed"

find_one() { find "$specs" -maxdepth 1 -name "$1" | sort | head -1; }
zendesk="$(find_one 'zendesk-support*.strict.yaml')"
help_center="$(find_one 'zendesk-helpcenter*.yaml')"
freshdesk="$(find_one 'freshdesk*.prefixed.yaml')"
[ -n "$zendesk" ] && [ -n "$help_center" ] && [ -n "$freshdesk" ] ||
  skip "$specs lacks a description: zendesk-support*.strict.yaml, zendesk-helpcenter*.yaml, freshdesk*.prefixed.yaml"

work="$(mktemp -d)"
pids=()
clean_up() {
  for pid in "${pids[@]}"; do kill "$pid" 2> /dev/null || true; done
  rm -rf "$work"
}
trap clean_up EXIT

prism="${TICKETTRIAGE_PRISM:-$work}"
if [ ! -x "$prism/node_modules/.bin/prism" ]; then
  echo "spec-check: installing Prism $prism_version into $prism"
  (cd "$prism" && SCARF_ANALYTICS=false npm install --silent --no-audit --no-fund "@stoplight/prism-cli@$prism_version") \
    > "$work/npm.log" 2>&1 || skip "npm can't install Prism: $(tail -1 "$work/npm.log")"
fi

for description in zendesk help_center freshdesk; do
  node "$here/spec-check/adapt.mjs" "$prism/node_modules" "${!description}" "$work/$description.json"
done

# Eight ports in a row, for a witness and the sandbox after it, and for the Prisms.
base="$(node -e 'console.log(20000 + 8 * Math.floor(Math.random() * 1500))')"
zendesk_port=$base
freshdesk_port=$((base + 2))

start_prism() {
  SCARF_ANALYTICS=false "$prism/node_modules/.bin/prism" proxy -h 127.0.0.1 -p "$1" "$2" "http://127.0.0.1:$3" > "$work/prism-$1.log" 2>&1 &
  pids+=($!)
}

start_prism $((base + 4)) "$work/zendesk.json" $((zendesk_port + 1))
start_prism $((base + 5)) "$work/help_center.json" $((zendesk_port + 1))
start_prism $((base + 6)) "$work/freshdesk.json" $((freshdesk_port + 1))

# Waits until a process has said something: its log, what it says, the process.
await_line() {
  local waited=0
  until grep -q "$2" "$1" 2> /dev/null; do
    sleep 1
    waited=$((waited + 1))
    if [ $waited -ge 300 ] || ! kill -0 "$3" 2> /dev/null; then
      echo "spec-check: no \"$2\" in $1 after $waited seconds:"
      tail -8 "$1"
      exit 1
    fi
  done
}

for at in 0 1 2; do await_line "$work/prism-$((base + 4 + at)).log" "Prism is listening" "${pids[$at]}"; done

record="$work/record.jsonl"
: > "$record"
start_witness() {
  cat > "$work/$1.json" <<JSON
{"vendor": "$1", "port": $2, "sandbox": $(($2 + 1)), "prisms": [$3], "record": "$record"}
JSON
  node "$here/spec-check/witness.mjs" "$work/$1.json" > "$work/$1.log" 2>&1 &
  pids+=($!)
}

start_witness Zendesk "$zendesk_port" \
  "{\"port\": $((base + 4)), \"description\": \"$work/zendesk.json\"}, {\"port\": $((base + 5)), \"description\": \"$work/help_center.json\"}"
start_witness Freshdesk "$freshdesk_port" "{\"port\": $((base + 6)), \"description\": \"$work/freshdesk.json\"}"
await_line "$work/Zendesk.log" ready "${pids[3]}"
await_line "$work/Freshdesk.log" ready "${pids[4]}"

# One after the other: each vendor has one port. Faults of the network are none of Prism's business, so those tests stay away.
tests=0
TICKETTRIAGE_SPEC_PROXY_ZENDESK="http://127.0.0.1:$zendesk_port/" TICKETTRIAGE_SPEC_PROXY_FRESHDESK="http://127.0.0.1:$freshdesk_port/" \
  dotnet test "$here/TicketTriage.Helpdesks.Tests" -c Release ${2:-} --nologo \
  --filter 'FullyQualifiedName~Each_call_of_a_connector|FullyQualifiedName~Changing_either|FullyQualifiedName~Reading_from_either' \
  -- NUnit.NumberOfTestWorkers=1 || tests=$?

report=0
node "$here/spec-check/report.mjs" "$record" "$here/spec-check/explained.json" Zendesk Freshdesk || report=$?
[ $tests -eq 0 ] || echo "spec-check: tests failed between witness and sandbox."
exit $((tests != 0 || report != 0))
