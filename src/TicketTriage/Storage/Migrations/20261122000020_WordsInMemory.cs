using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace TicketTriage.Storage.Migrations;

/// <summary>
/// Takes away what the search for knowledge needed while the database ranked passages: processes now hold the words in memory. No version
/// was released that asks for these.
/// </summary>
[DbContext(typeof(TriageDbContext))]
[Migration("20261122000020_WordsInMemory")]
internal sealed class WordsInMemory : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
        drop table knowledge_words;
        drop index knowledge_passages_by_word;
        """);

    protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
        create table knowledge_words (
            word      text collate "C" primary key,
            passages  int  not null
        );
        create index knowledge_words_by_end on knowledge_words (reverse(word) collate "C");
        create index knowledge_passages_by_word on knowledge_passages using gin (words) with (fastupdate = off);
        """);
}
