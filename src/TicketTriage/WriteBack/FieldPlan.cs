using System.Security.Cryptography;
using System.Text;
using TicketTriage.Helpdesks;
using TicketTriage.Tickets;
using TicketTriage.Triages;

namespace TicketTriage.WriteBack;

/// <summary>Decides what the triage's fields shall hold: those that are empty or still as they were written last.</summary>
public static class FieldPlan
{
    private const string FingerprintMark = "sha256:";

    /// <param name="summary">For agents to read, within the helpdesk.</param>
    /// <param name="kept">Gets a sentence for each field that was left to the person who changed it.</param>
    /// <returns>What has to be written; <see langword="null"/> where that is nothing.</returns>
    public static IReadOnlyDictionary<TriageField, string>? Choose(
        HelpdeskTicket ticket, Triage triage, HelpdeskAbilities abilities, AppliedChange? last, string summary, List<string> kept)
    {
        var wanted = new Dictionary<TriageField, string>();
        foreach (var field in abilities.Fields)
        {
            var value = ValueOf(field, triage, summary);
            if (value.Length == 0)
            {
                continue;
            }

            var present = ticket.Fields.GetValueOrDefault(field);
            var written = last?.Fields.GetValueOrDefault(field);
            if (IsAsLeft(present, written))
            {
                if (present is null || !IsSame(present, value))
                {
                    wanted.Add(field, value);
                }
            }
            else if (present is null || !IsSame(present, value))
            {
                kept.Add($"The field {field.ToString().ToLowerInvariant()} was changed by a person and stays as it is.");
            }
        }

        return wanted.Count > 0 ? wanted : null;
    }

    /// <summary>
    /// What is kept of a change: enough to see later whether a person has changed it since. Texts that may hold personal data stay within
    /// the helpdesk; of the summary a fingerprint is kept.
    /// </summary>
    public static HelpdeskChange ForRecord(HelpdeskChange change) => change with
    {
        PrivateNoteHtml = null,
        SummaryHtml = null,
        Fields = change.Fields?.ToDictionary(
            field => field.Key, field => field.Key == TriageField.Summary ? Fingerprint(field.Value) : field.Value),
    };

    private static string ValueOf(TriageField field, Triage triage, string summary) => field switch
    {
        TriageField.Intent => triage.Understanding.Intent.Value,
        TriageField.Sentiment => triage.Understanding.Sentiment.Value,
        TriageField.Language => triage.Understanding.Language.Value,
        TriageField.Product when triage.Understanding.Product.Value == Finding.Unclear => "",
        TriageField.Product => triage.Understanding.Product.Value,
        TriageField.Summary => summary,
    };

    private static bool IsAsLeft(string? present, string? written) =>
        present is null ? written is null : written is not null && IsSame(present, written);

    private static bool IsSame(string present, string other) => other.StartsWith(FingerprintMark, StringComparison.Ordinal)
        ? Fingerprint(present) == other
        : Letters(present) == Letters(other);

    private static string Fingerprint(string text) =>
        FingerprintMark + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Letters(text))));

    // Helpdesks change line ends and blanks, and choices come back as tags: what nobody changed must not look changed.
    private static string Letters(string text) => string.Concat(text.Where(char.IsLetterOrDigit)).ToLowerInvariant();
}
