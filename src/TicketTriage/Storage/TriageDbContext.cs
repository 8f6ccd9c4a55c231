using Microsoft.EntityFrameworkCore;

namespace TicketTriage.Storage;

/// <summary>
/// The product's tables. It knows no room: each room maps its own rows, and the mappings are found in this assembly.
/// </summary>
public sealed class TriageDbContext(DbContextOptions<TriageDbContext> options) : DbContext(options)
{
    protected override void OnModelCreating(ModelBuilder modelBuilder) =>
        modelBuilder.ApplyConfigurationsFromAssembly(typeof(TriageDbContext).Assembly);
}
