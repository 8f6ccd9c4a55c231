namespace TicketTriage.Helpdesks.Quotas;

/// <summary>
/// The calls that a ticket's way needs, taken before the first of them. Whatever calls are made until it is disposed use them up; the
/// rest is given back.
/// </summary>
public sealed class HelpdeskTurn : IDisposable
{
    /// <summary>Of a helpdesk whose calls aren't counted.</summary>
    internal static readonly HelpdeskTurn Free = new(end: null);

    private Action? end;

    internal HelpdeskTurn(Action? end) => this.end = end;

    public void Dispose() => Interlocked.Exchange(ref end, null)?.Invoke();
}
