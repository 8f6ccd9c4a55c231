using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace TicketTriage.Storage.Migrations;

/// <summary>
/// What was read of a ticket that has failed or ended its worker, with personal data replaced, so that people see what they are to look at; and
/// whose it is, so that it can be erased with them. Empty for all others. The version before neither writes nor reads it.
/// </summary>
[DbContext(typeof(TriageDbContext))]
[Migration("20261123000044_WhatWasReadLast")]
internal sealed class WhatWasReadLast : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) =>
        migrationBuilder.Sql("alter table tickets add column last_read jsonb, add column last_read_of text");

    protected override void Down(MigrationBuilder migrationBuilder) =>
        migrationBuilder.Sql("alter table tickets drop column last_read, drop column last_read_of");
}
