using System.Text;
using System.Text.RegularExpressions;
using TicketTriage.Reading;

namespace TicketTriage.Understanding;

/// <summary>Makes a summary that a model wrote fit for people: one short paragraph, no way out of it.</summary>
internal static partial class ModelSummary
{
    /// <summary>Room for two long sentences.</summary>
    public const int MostCharacters = 600;

    private const string Removed = "[link removed]";

    /// <param name="summary">As the model wrote it, placeholders inside.</param>
    /// <param name="redactor">The one that masked the ticket.</param>
    public static string Tidy(string summary, Redactor redactor)
    {
        // Links go before the placeholders come back: a name or an order is the customer's own and known to the agent.
        var withoutLinks = WithoutLinks(PlainText.OneLine(summary, MostCharacters * 3));
        return PlainText.OneLine(redactor.PutBack(PlainText.OneLine(withoutLinks, MostCharacters)), MostCharacters * 2);
    }

    /// <summary>
    /// A line without anything that leads away: markup, links in every way that Markdown writes them, addresses of hosts and of mail,
    /// those too that are written so that only people see them (evil[.]example, hxxp).
    /// </summary>
    public static string WithoutLinks(string line)
    {
        var plain = line.IsNormalized(NormalizationForm.FormKC) ? line : line.Normalize(NormalizationForm.FormKC);
        var withoutMarkup = Markup().Replace(plain.Replace('。', '.'), " ");
        var withoutTargets = MarkdownLink().Replace(withoutMarkup, link => link.Groups["text"].Value + " ");
        return Address().Replace(withoutTargets, Removed);
    }

    private const RegexOptions Options = RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant;

    [GeneratedRegex(@"<[^<>]{0,300}>", Options, 1000)]
    private static partial Regex Markup();

    [GeneratedRegex(
        @"!?\[(?<text>[^\[\]]{0,200}|\[?[A-Z]{2,20}_[0-9]{1,5}\]?)\](\([^()]{0,500}\)|\[[^\[\]]{0,100}\]|:\s\S{1,500})",
        Options,
        1000)]
    private static partial Regex MarkdownLink();

    private const string Dot = @"(\.|\[\.\]|\(\.\)|\[dot\]|\(dot\))";

    [GeneratedRegex(
        @"\b[a-z][a-z0-9+.-]{1,20}:/{1,3}\S+|(?<![\w])//\S+|\b(javascript|data|mailto|tel|file):\S+|\bwww\.\S+|\S*@\S*\.\S+" +
        @"|\b(xn--)?[\p{L}\p{N}-]{1,63}(" + Dot + @"[\p{L}\p{N}-]{1,63}){0,8}" + Dot +
        @"(xn--[a-z0-9-]{2,59}|[\p{L}]{2,24})(?![\p{L}\p{N}])(:[0-9]+)?(/\S*)?" +
        @"|(?<![0-9.])[0-9]{1,3}(\.[0-9]{1,3}){3}(:[0-9]{2,5}|/)\S*",
        Options,
        1000)]
    private static partial Regex Address();
}
