using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace TicketTriage.Storage.Migrations;

/// <summary>What the team knows: articles from their sources, cut into passages that can be found and quoted.</summary>
[DbContext(typeof(TriageDbContext))]
[Migration("20261122000011_Knowledge")]
internal sealed class Knowledge : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
        create table knowledge_articles (
            source       text        not null,
            key          text        not null,
            title        text        not null,
            language     text        not null,
            audience     text        not null check (audience in ('customers', 'agents')),
            product      text,
            owner        text,
            address      text,
            valid_from   timestamptz,
            valid_until  timestamptz,
            review_at    timestamptz,
            updated_at   timestamptz not null,
            digest       bytea       not null,
            kept_at      timestamptz not null default now(),
            primary key (source, key)
        );

        create table knowledge_passages (
            id        bigint   generated always as identity primary key,
            source    text     not null,
            article   text     not null,
            place     int      not null,
            heading   text     not null,
            text      text     not null,
            words     tsvector not null,
            foreign key (source, article) references knowledge_articles (source, key) on delete cascade,
            unique (source, article, place)
        );
        create index knowledge_passages_by_word on knowledge_passages using gin (words) with (fastupdate = off);

        -- Each word that the passages have, and in how many: made anew with every change of the knowledge.
        create table knowledge_words (
            word      text collate "C" primary key,
            passages  int  not null
        );
        create index knowledge_words_by_end on knowledge_words (reverse(word) collate "C");

        create table knowledge_sources (
            source      text        primary key,
            cursor      text,
            read_until  timestamptz,
            read_at     timestamptz not null
        );

        -- Counted up with every change, so that whoever keeps a copy in memory knows that it is old.
        create table knowledge_version (version bigint not null);
        insert into knowledge_version values (0);

        -- Finds words in spite of typing errors. Part of PostgreSQL's own extensions; where it isn't installed, or this user may not
        -- add it, the search does without.
        do $$
        begin
            create extension if not exists pg_trgm;
            create index knowledge_words_by_likeness on knowledge_words using gin (word gin_trgm_ops);
        exception
            when insufficient_privilege or undefined_file or feature_not_supported or undefined_object then
                raise notice 'pg_trgm is not there: typing errors are not forgiven in the search for knowledge.';
        end
        $$;
        """);
}
