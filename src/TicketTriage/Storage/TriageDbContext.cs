using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;

namespace TicketTriage.Storage;

/// <summary>
/// The product's tables, for what is looked at and maintained; the few statements of the hot path are plain SQL in their rooms.
/// It knows no room: each room maps its own rows, and the mappings are found in this assembly.
/// </summary>
public sealed partial class TriageDbContext(DbContextOptions<TriageDbContext> options) : DbContext(options)
{
    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.ApplyConfigurationsFromAssembly(typeof(TriageDbContext).Assembly);
        foreach (var property in modelBuilder.Model.GetEntityTypes().SelectMany(type => type.GetProperties()))
        {
            property.SetColumnName(WordBorder().Replace(property.Name, "_$0").ToLowerInvariant());
        }
    }

    [GeneratedRegex("(?<=[a-z0-9])[A-Z]", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex WordBorder();
}
