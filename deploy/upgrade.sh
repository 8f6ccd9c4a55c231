#!/usr/bin/env bash
# Brings a version onto a single machine that runs by deploy/systemd, as root.
#   deploy/upgrade.sh 0.2.0 FOLDER     FOLDER is what `dotnet publish` has made, or a .tar.gz of it
#   deploy/upgrade.sh --back           to the version that ran before, at once
# The new version is unpacked beside the old one and checked with this machine's settings while the old one goes on. Then the tables are
# brought up to date, with which the old version works on too, and the processes are replaced one after the other. Where one doesn't get
# ready, all go back.
set -euo pipefail

home=${TICKETTRIAGE_HOME:-/opt/tickettriage}
settings=${TICKETTRIAGE_SETTINGS:-/etc/tickettriage}
patience=${TICKETTRIAGE_PATIENCE:-60}
web_port=${TICKETTRIAGE_WEB_PORT:-5080}

fail() {
  echo "$1" >&2
  exit 1
}

# Runs a command of a version as the units run the service. Where the service connects as a role that can't make tables, migrate.env has the
# connection string of their owner, and the service's role as APPLICATION_ROLE: for `migrate` alone.
run() {
  local version=$1 words=("$2") APPLICATION_ROLE=
  (
    cd "$settings" || exit 1
    export DataDirectory=/var/lib/tickettriage
    [[ ! -f secrets.key ]] || export Secrets__KeyFile="$settings/secrets.key"
    if [[ -f secrets.env ]]; then
      set -a
      # shellcheck disable=SC1091
      source secrets.env
      set +a
    fi
    if [[ $2 == migrate && -f migrate.env ]]; then
      set -a
      # shellcheck disable=SC1091
      source migrate.env
      set +a
      [[ -z $APPLICATION_ROLE ]] || words+=(--application-role "$APPLICATION_ROLE")
    fi
    exec dotnet "$home/$version/TicketTriage.Host.dll" "${words[@]}"
  )
}

# Whether a process of this machine says that it can do its work.
is_ready() {
  local line
  {
    exec 3<> "/dev/tcp/127.0.0.1/$1" \
      && printf 'GET /health/ready HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n' >&3 \
      && read -r line <&3
  } 2> /dev/null && [[ $line == *" 200 "* ]]
}

# A worker listens on 5080 plus its number.
port_of() {
  case $1 in
    *worker@*) echo $((5080 + $(sed 's/.*@\([0-9]*\).*/\1/' <<< "$1"))) ;;
    *) echo "$web_port" ;;
  esac
}

restart() {
  local unit=$1 port waited=0
  port=$(port_of "$unit")
  systemctl restart "$unit" || return 1
  until (is_ready "$port"); do
    ((waited < patience)) || return 1
    waited=$((waited + 1))
    sleep 1
  done
  echo "$unit is ready."
}

# The workers first: the web process is what customers' tickets come in by.
restart_all() {
  local unit
  for unit in $(systemctl list-units --plain --no-legend 'tickettriage-worker@*' | awk '{ print $1 }') tickettriage-web.service; do
    restart "$unit" || return 1
  done
}

version_at() { basename "$(readlink "$home/$1" 2> /dev/null)" 2> /dev/null || true; }

# One step: nobody sees a moment without a version.
point() {
  ln -sfn "$home/$2" "$home/.$1.new"
  mv -T "$home/.$1.new" "$home/$1"
}

back() {
  local now before
  now=$(version_at current)
  before=$(version_at previous)
  [[ -n $before && -d $home/$before ]] || fail "There is no version before $now in $home."
  point current "$before"
  point previous "$now"
  restart_all || fail "$before doesn't get ready either: journalctl -u 'tickettriage-*' says why."
  echo "Back at $before."
}

if [[ ${1:-} == --back ]]; then
  back
  exit
fi

version=${1:?"name the version and what it is made of: upgrade.sh 0.2.0 FOLDER"}
source=${2:?"name the folder or the archive of version $version"}
[[ $version =~ ^[0-9][0-9A-Za-z.+-]*$ ]] || fail "$version is no version: expected something like 0.2.0."
[[ ! -e $home/$version ]] || fail "$home/$version is there already: a version that ran is not changed."

part=$home/.$version.part
rm -rf "$part"
mkdir -p "$part"
if [[ -d $source ]]; then
  cp -R "$source/." "$part/"
else
  tar --extract --gzip --file="$source" --directory="$part"
fi
[[ -f $part/TicketTriage.Host.dll ]] || fail "$source has no TicketTriage.Host.dll."
chmod -R u=rwX,go=rX "$part"
mv "$part" "$home/$version"

give_up() {
  rm -rf "${home:?}/$version"
  fail "$version was not taken, and what ran goes on: $1"
}

run "$version" check || give_up "check says what is wrong."
run "$version" migrate || give_up "the tables could not be brought up to date."

before=$(version_at current)
point current "$version"
if restart_all; then
  [[ -z $before ]] || point previous "$before"
  echo "$version runs. Back again: $0 --back"
  exit
fi

why="$version doesn't get ready: journalctl -u 'tickettriage-*' says why."
[[ -n $before ]] || fail "$why"
echo "$why Going back to $before." >&2
point current "$before"
restart_all || fail "$before doesn't get ready either."
exit 1
