namespace TicketTriage.Understanding;

/// <summary>
/// The wish for a person. It is read from the customer's words by a list, in German and English, and counts whatever a model says: who asks
/// for a person gets one.
/// </summary>
internal static class PersonWish
{
    /// <param name="locally">What the local provider understood.</param>
    /// <returns>The signal, or nothing.</returns>
    public static IEnumerable<string> In(TicketUnderstanding locally) =>
        locally.Signals.Where(signal => signal == UrgencySignals.WantsPerson);
}
