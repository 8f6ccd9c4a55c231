namespace TicketTriage.Intake;

/// <summary>How deliveries are taken in.</summary>
public sealed class IntakeOptions
{
    public const string Section = "Intake";

    /// <summary>Deliveries that share a commit at most. 1: each has its own, which is slower in every way; for comparison.</summary>
    public int BatchSize { get; set; } = 128;

    /// <summary>Commits under way at once.</summary>
    public int Writers { get; set; } = 2;

    /// <summary>Deliveries that may wait for a commit; beyond that the sender is asked to come again.</summary>
    public int MostWaiting { get; set; } = 4096;

    /// <summary>Longest wait for one commit. Zendesk gives up on a delivery after about 10 seconds.</summary>
    public TimeSpan StoreTimeout { get; set; } = TimeSpan.FromSeconds(4);

    /// <summary>
    /// How long the first waiting ticket may have been due; beyond it senders are asked to come again, so that a service that can't keep
    /// up says so. What the reconciliation finds is always taken in.
    /// </summary>
    public TimeSpan MostBacklogAge { get; set; } = TimeSpan.FromMinutes(15);
}
