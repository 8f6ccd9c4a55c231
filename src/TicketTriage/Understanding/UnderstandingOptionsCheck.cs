using System.Globalization;
using Microsoft.Extensions.Options;
using TicketTriage.Policies;

namespace TicketTriage.Understanding;

/// <summary>Refuses a configuration that can't be meant.</summary>
internal sealed class UnderstandingOptionsCheck(PolicyDocument<Taxonomy> taxonomy) : IValidateOptions<UnderstandingOptions>
{
    private const int MostExamples = 30;
    private const int MostCorrectedTokens = 10_000;

    public ValidateOptionsResult Validate(string? name, UnderstandingOptions options)
    {
        var faults = Faults(options).ToList();
        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }

    private IEnumerable<string> Faults(UnderstandingOptions options)
    {
        if (options.Bar is not (> 0 and <= 1))
        {
            yield return string.Create(
                CultureInfo.InvariantCulture, $"Understanding:Bar is {options.Bar}: it must lie between 0 and 1; 1 asks the model each time.");
        }

        foreach (var (place, bar) in options.Bars.Index())
        {
            if (!taxonomy.Content.Intents.Any(intent => IntentPattern.Fits(bar.Intent, intent.Name)))
            {
                yield return $"Understanding:Bars:{place}:Intent is {bar.Intent}: the taxonomy has no such intent or branch.";
            }

            if (bar.Bar is not (> 0 and <= 1))
            {
                yield return string.Create(
                    CultureInfo.InvariantCulture,
                    $"Understanding:Bars:{place}:Bar is {bar.Bar}: it must lie between 0 and 1; 1 asks the model each time.");
            }
        }

        foreach (var signal in options.RiskSignals.Where(signal => !UrgencySignals.All.Contains(signal)))
        {
            yield return $"Understanding:RiskSignals has {signal}: known are {string.Join(", ", UrgencySignals.All)}.";
        }

        if (options.CorrectedTokens is < 0 or > MostCorrectedTokens)
        {
            yield return $"Understanding:CorrectedTokens is {options.CorrectedTokens}: it must lie between 0 and {MostCorrectedTokens}.";
        }

        foreach (var fault in FaultsOfExamples(options.Examples))
        {
            yield return fault;
        }
    }

    private IEnumerable<string> FaultsOfExamples(IList<TeachingExample> examples)
    {
        if (examples.Count > MostExamples)
        {
            yield return $"Understanding:Examples has {examples.Count} entries: {MostExamples} are the most, since each ticket pays for them.";
        }

        foreach (var (place, example) in examples.Index())
        {
            if (string.IsNullOrWhiteSpace(example.Text))
            {
                yield return $"Understanding:Examples:{place}:Text is missing: give what the customer wrote.";
            }

            if (taxonomy.Content.FindIntent(example.Intent) is null)
            {
                yield return $"Understanding:Examples:{place}:Intent is {example.Intent}: the taxonomy has no such intent.";
            }
        }
    }
}
