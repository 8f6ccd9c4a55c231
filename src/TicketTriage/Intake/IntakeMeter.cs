using System.Diagnostics.Metrics;

namespace TicketTriage.Intake;

/// <summary>Counts deliveries by what they were answered.</summary>
public sealed class IntakeMeter : IDisposable
{
    private readonly Meter meter = new("TicketTriage.Intake");
    private readonly Counter<long> deliveries;

    public IntakeMeter() => deliveries = meter.CreateCounter<long>("tickettriage_deliveries");

    /// <param name="answer">accepted, refused or busy.</param>
    public void Answered(string helpdesk, string answer) => deliveries.Add(1, new("helpdesk", helpdesk), new("answer", answer));

    public void Dispose() => meter.Dispose();
}
