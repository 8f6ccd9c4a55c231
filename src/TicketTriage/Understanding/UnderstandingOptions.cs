using TicketTriage.Policies;

namespace TicketTriage.Understanding;

/// <summary>Who understands tickets, and from what: the keys under <c>Understanding</c>.</summary>
public sealed record UnderstandingOptions
{
    public const string Section = "Understanding";

    /// <summary>
    /// Who is asked where a model is configured. Default: <see cref="UnderstandingMode.Cascade"/> where <see cref="IntentModel"/> is set,
    /// else <see cref="UnderstandingMode.Model"/>, because what the starter model says of its own chances was never held against the
    /// team's tickets.
    /// </summary>
    public UnderstandingMode? Mode { get; init; }

    /// <summary>
    /// The folder of a classifier that <c>learn --label intent</c> wrote, with names of the taxonomy's intents as values;
    /// <see langword="null"/> (default) for the starter model, which is trained on the taxonomy's examples.
    /// </summary>
    public string? IntentModel { get; init; }

    /// <summary>How sure the local model has to be to answer without the model; above 0 and at most 1. Default 0.9.</summary>
    public double Bar { get; init; } = 0.9;

    /// <summary>Bars of single intents or branches; the first that fits counts before <see cref="Bar"/>.</summary>
    public IList<IntentBar> Bars { get; init; } = [];

    /// <summary>
    /// Names from <see cref="UrgencySignals"/>: a ticket that shows one of them is never left to the local model alone. Default: security,
    /// fraud, legal, outage and cancellation.
    /// </summary>
    public IList<string> RiskSignals { get; init; } = [];

    /// <summary>Tickets whose intent the team has corrected, to show to the model; personal data in them is masked first. 30 at most.</summary>
    public IList<TeachingExample> Examples { get; init; } = [];

    /// <summary>
    /// How many tokens of tickets that people have corrected here are shown to the model beside a ticket like them, masked; 0 shows none.
    /// Default 1,000, at most 10,000.
    /// </summary>
    public int CorrectedTokens { get; init; } = 1_000;

    /// <summary>Of the summaries that a model writes; it is configured where notes are.</summary>
    internal string TeamLanguage { get; set; } = "en";

    internal static IReadOnlyList<string> ShippedRiskSignals { get; } =
        [UrgencySignals.Security, UrgencySignals.Fraud, UrgencySignals.Legal, UrgencySignals.Outage, UrgencySignals.Cancellation];

    internal UnderstandingMode ModeInForce =>
        Mode ?? (string.IsNullOrWhiteSpace(IntentModel) ? UnderstandingMode.Model : UnderstandingMode.Cascade);

    /// <returns>How sure the local model has to be of an intent to answer alone.</returns>
    internal double BarOf(string intent) => Bars.FirstOrDefault(bar => IntentPattern.Fits(bar.Intent, intent))?.Bar ?? Bar;
}

/// <summary>Who understands tickets where a model is configured.</summary>
public enum UnderstandingMode
{
    /// <summary>The local model, and nobody else.</summary>
    Local = 0,

    /// <summary>The model; the local one stands in where it fails.</summary>
    Model,

    /// <summary>The local model where it is sure enough and no risk signal speaks, else the model.</summary>
    Cascade,
}

/// <param name="Intent">An intent such as <c>billing/refund</c>, or a branch such as <c>billing/*</c>.</param>
/// <param name="Bar">Above 0; at 1 the model is asked each time, since nobody is that sure.</param>
public sealed record IntentBar(string Intent, double Bar);

/// <summary>A ticket with the intent that the team gave it.</summary>
/// <param name="Text">What the customer wrote.</param>
/// <param name="Intent">A name of the taxonomy.</param>
public sealed record TeachingExample(string Text, string Intent);
