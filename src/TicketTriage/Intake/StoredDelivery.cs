using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace TicketTriage.Intake;

/// <summary>
/// A delivery as it was taken in. What it said about the ticket is not kept: it is a hint, and the ticket is read from its helpdesk.
/// </summary>
public sealed class StoredDelivery
{
    public required string Helpdesk { get; init; }

    public required string Key { get; init; }

    public required string Number { get; init; }

    public required string EventType { get; init; }

    public string? ActorId { get; init; }

    public DateTimeOffset ReceivedAt { get; init; }
}

internal sealed class StoredDeliveryMapping : IEntityTypeConfiguration<StoredDelivery>
{
    public void Configure(EntityTypeBuilder<StoredDelivery> builder)
    {
        builder.ToTable("deliveries");
        builder.HasKey(delivery => new { delivery.Helpdesk, delivery.Key });
    }
}
