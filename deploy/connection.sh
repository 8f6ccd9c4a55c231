# shellcheck shell=bash
# Sourced by the scripts that talk to the database: makes libpq's variables from ConnectionStrings__TicketTriage where it is given.

connection_part() {
  tr ';' '\n' <<< "${ConnectionStrings__TicketTriage:-}" | sed -n "s/^ *$1 *= *//Ip" | head -n 1
}

if [[ -n ${ConnectionStrings__TicketTriage:-} ]]; then
  PGHOST=$(connection_part Host)
  PGPORT=$(connection_part Port)
  PGDATABASE=$(connection_part Database)
  PGUSER=$(connection_part Username)
  PGPASSWORD=$(connection_part Password)
  export PGHOST PGDATABASE PGUSER PGPASSWORD PGPORT="${PGPORT:-5432}"
fi

if [[ -z ${PGDATABASE:-} ]]; then
  echo "No database is named: set ConnectionStrings__TicketTriage, or PGHOST, PGDATABASE, PGUSER and PGPASSWORD." >&2
  exit 1
fi
