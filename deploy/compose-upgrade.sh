#!/usr/bin/env bash
# Brings the version in this folder's source into Compose: it is built and checked with the configuration here while the old one works,
# then its tables are made, and only then containers are replaced.
#   deploy/compose-upgrade.sh
# Back again: the source of before, and the same. Tables stay: the version before works with them.
set -euo pipefail

compose=(docker compose --file "$(dirname "${BASH_SOURCE[0]}")/compose.yaml")

keep() {
  echo "This version was not taken, and what ran goes on: $1" \
    "Don't run \`up\` before that is mended: it would take the image that was built." >&2
  exit 1
}

"${compose[@]}" build || keep "it doesn't build."
# `up` ends the old containers before it waits for a step of the new ones: so both are asked for beforehand.
"${compose[@]}" run --rm --no-deps -T web check || keep "check says what is wrong."
"${compose[@]}" run --rm --no-deps -T migrate || keep "the tables could not be brought up to date."
"${compose[@]}" up --detach
