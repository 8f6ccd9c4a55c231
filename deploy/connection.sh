# shellcheck shell=bash
# Sourced by the scripts that talk to the database: makes libpq's variables from ConnectionStrings__TicketTriage where it is given.

# The first key of these names, as the service's driver knows it.
connection_part() {
  tr ';' '\n' <<< "${ConnectionStrings__TicketTriage:-}" | sed -nE "s/^ *($1) *= *//Ip" | head -n 1
}

if [[ -n ${ConnectionStrings__TicketTriage:-} ]]; then
  PGHOST=$(connection_part "Host|Server")
  PGPORT=$(connection_part Port)
  PGDATABASE=$(connection_part "Database|DB")
  PGUSER=$(connection_part "Username|User Name|User ?Id|User|UID")
  PGPASSWORD=$(connection_part "Password|PSW|PWD")
  export PGHOST PGDATABASE PGUSER PGPASSWORD PGPORT="${PGPORT:-5432}"
  # VerifyFull is verify-full here.
  tls=$(connection_part "SSL ?Mode" | sed -E 's/^Verify-?/verify-/I' | tr '[:upper:]' '[:lower:]')
  [[ -z $tls ]] || export PGSSLMODE="$tls"
fi

if [[ -z ${PGDATABASE:-} ]]; then
  echo "No database is named: set ConnectionStrings__TicketTriage, or PGHOST, PGDATABASE, PGUSER and PGPASSWORD." >&2
  exit 1
fi
