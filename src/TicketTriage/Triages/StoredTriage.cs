using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace TicketTriage.Triages;

/// <summary>A decision record's row, for looking at. Each part is JSON as <see cref="TriageJson"/> writes it.</summary>
public sealed class StoredTriage
{
    public Guid Id { get; init; }

    public required string Helpdesk { get; init; }

    public required string Number { get; init; }

    public DateTimeOffset DecidedAt { get; init; }

    public required string Stamp { get; init; }

    public required string ContentHash { get; init; }

    public required string Conversation { get; init; }

    public required string Understanding { get; init; }

    public required string Priority { get; init; }

    public required string Route { get; init; }

    public required string Draft { get; init; }

    public required string Versions { get; init; }

    /// <summary><see langword="null"/> in records from before it was kept.</summary>
    public string? Sent { get; init; }
}

internal sealed class StoredTriageMapping : IEntityTypeConfiguration<StoredTriage>
{
    public void Configure(EntityTypeBuilder<StoredTriage> builder)
    {
        builder.ToTable("triages");
        builder.HasKey(triage => triage.Id);
        builder.Property(triage => triage.Conversation).HasColumnType("jsonb");
        builder.Property(triage => triage.Understanding).HasColumnType("jsonb");
        builder.Property(triage => triage.Priority).HasColumnType("jsonb");
        builder.Property(triage => triage.Route).HasColumnType("jsonb");
        builder.Property(triage => triage.Draft).HasColumnType("jsonb");
        builder.Property(triage => triage.Versions).HasColumnType("jsonb");
        builder.Property(triage => triage.Sent).HasColumnType("jsonb");
    }
}
