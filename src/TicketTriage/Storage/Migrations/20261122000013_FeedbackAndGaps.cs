using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace TicketTriage.Storage.Migrations;

/// <summary>What agents say of notes, what the knowledge lacks, and vectors of the configured model.</summary>
[DbContext(typeof(TriageDbContext))]
[Migration("20261122000013_FeedbackAndGaps")]
internal sealed class FeedbackAndGaps : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
        -- One word on each note: the key is what makes a link good for one use.
        create table note_feedback (
            triage     uuid        primary key,
            intent     text        not null,
            is_useful  boolean     not null,
            given_at   timestamptz not null
        );
        create index note_feedback_by_time on note_feedback (given_at);

        -- Questions that the knowledge did not answer stand in the decisions; this finds them.
        create index triages_without_support on triages (decided_at) where draft ->> 'support' = 'Nothing';

        create table knowledge_vectors (
            passage  bigint not null references knowledge_passages (id) on delete cascade,
            model    text   not null,
            vector   real[] not null,
            primary key (passage, model)
        );

        -- Sources tell of what has changed by a moment, not by a place in a list: nothing ever used it.
        alter table knowledge_sources drop column cursor;
        """);

    protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
        alter table knowledge_sources add column cursor text;
        drop table knowledge_vectors;
        drop index triages_without_support;
        drop table note_feedback;
        """);
}
