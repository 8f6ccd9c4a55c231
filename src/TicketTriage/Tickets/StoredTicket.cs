using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace TicketTriage.Tickets;

/// <summary>A ticket's row, for looking at. It is changed only by <see cref="TicketQueue"/> and by intake.</summary>
public sealed class StoredTicket
{
    public required string Helpdesk { get; init; }

    public required string Number { get; init; }

    public long Wanted { get; init; }

    public long Done { get; init; }

    public DateTimeOffset? NextAt { get; init; }

    public DateTimeOffset? LeaseUntil { get; init; }

    public int Attempts { get; init; }

    public int Failures { get; init; }

    public string? Outcome { get; init; }

    public string? Reason { get; init; }

    /// <summary>What was read of it, as JSON with personal data replaced, where it has failed since it was last decided.</summary>
    public string? LastRead { get; init; }

    public DateTimeOffset FirstSeenAt { get; init; }

    public DateTimeOffset ChangedAt { get; init; }

    /// <summary>The word for where the ticket stands: received, triaging, written, skipped or parked.</summary>
    public string State(DateTimeOffset now) =>
        LeaseUntil > now ? "triaging"
        : NextAt is not null || Outcome is null ? "received"
        : Outcome;
}

internal sealed class StoredTicketMapping : IEntityTypeConfiguration<StoredTicket>
{
    public void Configure(EntityTypeBuilder<StoredTicket> builder)
    {
        builder.ToTable("tickets");
        builder.HasKey(ticket => new { ticket.Helpdesk, ticket.Number });
        builder.Property(ticket => ticket.LastRead).HasColumnType("jsonb");
    }
}
