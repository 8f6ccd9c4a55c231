#!/usr/bin/env bash
# Builds what is committed twice and compares what is published, file by file; some minutes on two cores. The second time it is in another
# folder, with other times of its files and another order of them on the disk, and without git.
# Arguments go to `dotnet publish`: tests/reproduce.sh -p:JobEngine=Hangfire
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
# shellcheck disable=SC2206 # Meant to be split into words.
restore_arguments=(--nologo ${TICKETTRIAGE_RESTORE_ARGS:-})
commit=$(git rev-parse HEAD)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# No process that built before lends a hand.
publish() {
  local sources=$1 name=$2
  (
    cd "$sources"
    dotnet publish src/TicketTriage.Host -c Release -o "$work/published/$name" -v quiet -clp:NoSummary -nodeReuse:false \
      -p:UseSharedCompilation=false "${restore_arguments[@]}" "${@:3}"
  )
  (cd "$work/published/$name" && find . -type f -exec sha256sum {} + | sort --key 2) > "$work/$name.sums"
}

first=$work/one
second=$work/another/place/further/down
git clone --quiet --no-checkout . "$first"
git -C "$first" checkout --quiet --detach "$commit"
mkdir -p "$second"
git -C "$first" ls-files | sort --reverse | tar --create --directory "$first" --files-from - | tar --extract --touch --directory "$second"
find "$first" -name .git -prune -o -type f -exec touch --date '2020-01-01 08:00' {} +

publish "$first" one "$@"
publish "$second" two "$@"
if ! diff "$work/one.sums" "$work/two.sums"; then
  echo "The files above differ between two builds of $commit." >&2
  exit 1
fi
echo "$(wc -l < "$work/one.sums") files of $commit are the same in both builds."
