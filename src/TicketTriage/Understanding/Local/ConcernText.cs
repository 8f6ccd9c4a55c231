using System.Text;
using System.Text.RegularExpressions;
using TicketTriage.Helpdesks;
using TicketTriage.Reading;
using TicketTriage.Tickets;

namespace TicketTriage.Understanding.Local;

/// <summary>
/// What the classifier reads of a text: the concern, without what stands around it. Examples and past tickets seldom hold the greetings
/// and our own markers that real mail does, and their words would tip a decision that few words carry (a signature moved one ticket in
/// eight).
/// </summary>
internal static partial class ConcernText
{
    private const int FewestLetters = 15;

    /// <param name="text">Plain text of a cleaned ticket.</param>
    /// <returns>The same where nothing else would be left.</returns>
    public static string Of(string text)
    {
        var kept = new StringBuilder(text.Length);
        foreach (var line in text.EnumerateLines())
        {
            var rest = line[LengthOfGreeting(line)..].Trim();
            if (!rest.IsEmpty && !(rest[0] == '[' && rest[^1] == ']'))
            {
                kept.Append(kept.Length > 0 ? "\n" : "").Append(rest);
            }
        }

        return kept.Length > 0 ? kept.ToString() : text;
    }

    /// <summary>Reads a past ticket as the service would have: markup, quoted history and signature come off.</summary>
    public static string OfPast(string text)
    {
        var isMarkup = Markup().IsMatch(text);
        var ticket = TicketCleaner.Clean(
            new HelpdeskTicket { Number = "0", Stamp = "" },
            [new HelpdeskComment { Id = "0", Text = isMarkup ? "" : text, Html = isMarkup ? text : null, IsFromCustomer = true, IsPublic = true }],
            new TicketId("past", "0"));
        var cleaned = Of(string.Join('\n', ticket.Messages.Select(message => message.Text)));
        return string.IsNullOrWhiteSpace(cleaned) ? text : cleaned;
    }

    // "Guten Abend" alone on its line goes; in "hello world program fails" nothing parts the greeting from the rest, so it stays.
    private static int LengthOfGreeting(ReadOnlySpan<char> line)
    {
        foreach (var greeting in Greeting().EnumerateMatches(line))
        {
            var rest = line[greeting.Length..].Trim();
            return rest.IsEmpty || rest.Length >= FewestLetters ? greeting.Length : 0;
        }

        return 0;
    }

    private const RegexOptions Options = RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant;

    [GeneratedRegex(
        @"^\s*(hallo|hi|hello|hey|moin|servus|guten (tag|morgen|abend)|grüß gott|gruess gott|liebes?|sehr geehrte[rs]?|dear"
        + @"|good (morning|afternoon|evening|day))( [\p{L}.&/-]{1,20}){0,6}\s*([,!]|$)",
        Options,
        1000)]
    private static partial Regex Greeting();

    [GeneratedRegex(@"</(p|div|span|a|b|i|td|tr|table|li|ul|body|html|blockquote)\s*>|<br\s*/?>", Options, 1000)]
    private static partial Regex Markup();
}
