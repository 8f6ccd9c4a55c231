using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace TicketTriage.WriteBack;

/// <summary>A change's row, for looking at. It is written only by <see cref="WriteBackLedger"/>.</summary>
public sealed class StoredWriteBack
{
    public Guid TriageId { get; init; }

    public required string Helpdesk { get; init; }

    public required string Number { get; init; }

    /// <summary>sent, applied, superseded or refused.</summary>
    public required string State { get; init; }

    public required string Change { get; init; }

    public DateTimeOffset SentAt { get; init; }

    public DateTimeOffset? EndedAt { get; init; }

    public string? AuditId { get; init; }

    public string? Reason { get; init; }
}

internal sealed class StoredWriteBackMapping : IEntityTypeConfiguration<StoredWriteBack>
{
    public void Configure(EntityTypeBuilder<StoredWriteBack> builder)
    {
        builder.ToTable("write_backs");
        builder.HasKey(writeBack => writeBack.TriageId);
        builder.Property(writeBack => writeBack.Change).HasColumnType("jsonb");
    }
}
