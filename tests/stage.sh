# shellcheck shell=bash
# Sourced by the scripts that run one thing after another.

# Runs one stage and says how long it took; the first that fails ends the run.
stage() {
  local name=$1 began=$SECONDS status=0
  shift
  "$@" || status=$?
  echo "[$name: $((SECONDS - began)) s$( ((status == 0)) || echo ', failed')]"
  return "$status"
}
