using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace TicketTriage.Storage.Migrations;

/// <summary>What recurring jobs have done, and which of them are paused. Engines keep their own tables elsewhere, and nothing that matters in them.</summary>
[DbContext(typeof(TriageDbContext))]
[Migration("20261122000002_JobRuns")]
internal sealed class JobRuns : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
        -- A run is named by its job and its due time, so that no due time can have two.
        create table job_runs (
            name        text        not null,
            due_at      timestamptz not null,
            started_at  timestamptz not null,
            ended_at    timestamptz,
            attempts    integer     not null,
            process     text        not null,
            outcome     text,
            error       text,
            primary key (name, due_at),
            constraint job_runs_end_says_how check (ended_at is null or (outcome is null) <> (error is null))
        );

        create table job_pauses (
            name       text        primary key,
            paused_at  timestamptz not null,
            paused_by  text        not null
        );
        """);
}
