using System.Globalization;
using TicketTriage.Tickets;

namespace TicketTriage.Understanding;

/// <summary>Whether the local model's answer is good enough to spare the model.</summary>
internal static class Cascade
{
    /// <param name="locally">What the local model found.</param>
    /// <returns>Why the model has to be asked, in one sentence; <see langword="null"/> where the local answer stands.</returns>
    public static string? WhyToAsk(TicketUnderstanding locally, UnderstandingOptions options)
    {
        var intent = locally.Intent;
        if (intent.Value == Finding.Unclear)
        {
            return "The local model finds no intent that fits.";
        }

        if (locally.Signals.FirstOrDefault(options.RiskSignals.Contains) is { } risk)
        {
            return $"The ticket shows the signal {risk}.";
        }

        // Without a single decimal 89.6 % and a bar of 90 % would look alike.
        return intent.Confidence >= options.BarOf(intent.Value)
            ? null
            : string.Create(
                CultureInfo.InvariantCulture,
                $"The local model is {intent.Confidence:P1} sure of {intent.Value}, and the bar is {options.BarOf(intent.Value):P1}.");
    }
}
