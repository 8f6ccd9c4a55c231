# shellcheck shell=bash
# Sourced by the scripts that build the service. Hangfire is tried first; where its packages are not to be had, Quartz
# does the same work.

# More arguments for NuGet's restore, such as `--source https://packages.example/v3/index.json`.
# shellcheck disable=SC2206 # Meant to be split into words.
restore_arguments=(--nologo ${TICKETTRIAGE_RESTORE_ARGS:-})

# Sets JOB_ENGINE and says in one line why it is that one. The answer of the package feed is remembered in
# artifacts/job-engine until the packages or the restore arguments change; delete the file to ask again.
choose_job_engine() {
  local memory=artifacts/job-engine log=artifacts/job-engine.log question
  question="$(cksum < Directory.Packages.props) ${restore_arguments[*]}"
  if [[ -f $memory && $(tail -n +2 "$memory") == "$question" ]]; then
    JOB_ENGINE=$(head -n 1 "$memory")
    echo "Job engine: $JOB_ENGINE, as found before."
    return
  fi

  mkdir -p artifacts
  if dotnet restore src/TicketTriage.Host -p:JobEngine=Hangfire "${restore_arguments[@]}" > "$log" 2>&1; then
    JOB_ENGINE=Hangfire
    echo "Job engine: Hangfire."
  else
    JOB_ENGINE=Quartz
    if ! grep -qE 'NU110[12]' "$log"; then
      # The feed did not answer, which says nothing about next time.
      echo "Job engine: Quartz for this time, since Hangfire's restore failed ($log says why)."
      return
    fi
    echo "Job engine: Quartz, since the package feed doesn't have Hangfire's packages."
  fi
  printf '%s\n' "$JOB_ENGINE" "$question" > "$memory"
}
