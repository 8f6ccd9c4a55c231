using System.Diagnostics.Metrics;
using TicketTriage.Helpdesks;

namespace TicketTriage.Intake;

/// <summary>Counts deliveries by what they were answered.</summary>
public sealed class IntakeMeter : ICountedFromZero, IDisposable
{
    private static readonly string[] Answers = ["accepted", "refused", "busy"];

    private readonly Meter meter = new("TicketTriage.Intake");
    private readonly Counter<long> deliveries;

    public IntakeMeter() => deliveries = meter.CreateCounter<long>("tickettriage_deliveries");

    /// <param name="answer">accepted, refused or busy.</param>
    public void Answered(string helpdesk, string answer) => Count(1, helpdesk, answer);

    public void ShowZeros(IReadOnlyCollection<string> helpdesks)
    {
        foreach (var helpdesk in helpdesks)
        {
            foreach (var answer in Answers)
            {
                Count(0, helpdesk, answer);
            }
        }
    }

    public void Dispose() => meter.Dispose();

    private void Count(long more, string helpdesk, string answer) => deliveries.Add(more, new("helpdesk", helpdesk), new("answer", answer));
}
