using System.Text.RegularExpressions;
using TicketTriage.Reading;

namespace TicketTriage.Understanding;

/// <summary>Makes a summary that a model wrote fit for people: one short paragraph, no way out of it.</summary>
internal static partial class ModelSummary
{
    /// <summary>Room for three sentences.</summary>
    public const int MostCharacters = 600;

    private const string Removed = "[link removed]";

    /// <param name="summary">As the model wrote it, placeholders inside.</param>
    /// <param name="redactor">The one that masked the ticket.</param>
    public static string Tidy(string summary, Redactor redactor)
    {
        // Links go before the placeholders come back: what stands behind a placeholder is the customer's own and known to the agent.
        var line = PlainText.OneLine(summary, MostCharacters * 3);
        var withoutTargets = MarkdownLink().Replace(Markup().Replace(line, " "), link => link.Groups["text"].Value + " ");
        var withoutLinks = Address().Replace(withoutTargets, Removed);
        return PlainText.OneLine(redactor.PutBack(PlainText.OneLine(withoutLinks, MostCharacters)), MostCharacters * 2);
    }

    private const RegexOptions Options = RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant;

    [GeneratedRegex(@"<[^<>]{0,300}>", Options, 1000)]
    private static partial Regex Markup();

    [GeneratedRegex(
        @"!?\[(?<text>[^\[\]]{0,200}|\[?[A-Z]{2,20}_[0-9]{1,5}\]?)\](\([^()]{0,500}\)|\[[^\[\]]{0,100}\]|:\s\S{1,500})",
        Options,
        1000)]
    private static partial Regex MarkdownLink();

    [GeneratedRegex(
        @"\b[a-z][a-z0-9+.-]{1,20}:/{1,3}\S+|(?<![\w])//\S+|\b(javascript|data|mailto|tel|file):\S+|\bwww\.\S+" +
        @"|\S*@\S*\.\S+|\b(xn--)?[\p{L}\p{N}-]{1,63}(\.[\p{L}\p{N}-]{1,63})*\.[\p{L}]{2,24}(?![\p{L}\p{N}])(:[0-9]+)?" +
        @"(/\S*)?",
        Options,
        1000)]
    private static partial Regex Address();
}
