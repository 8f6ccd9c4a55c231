using System.Net;
using System.Text;
using TicketTriage.Helpdesks;

namespace TicketTriage.Testing;

/// <summary>The same concern as other people and other mail programs would write it: what it is about must not change.</summary>
public static class Rewrites
{
    private const double SlipsPerLetter = 0.01;

    public static HelpdeskComment Plain(string text) => new() { Id = "1", Text = text, IsFromCustomer = true, IsPublic = true };

    public static HelpdeskComment WithUmlautsSpeltOut(string text) => Plain(text
        .Replace("ä", "ae", StringComparison.Ordinal).Replace("ö", "oe", StringComparison.Ordinal).Replace("ü", "ue", StringComparison.Ordinal)
        .Replace("Ä", "Ae", StringComparison.Ordinal).Replace("Ö", "Oe", StringComparison.Ordinal).Replace("Ü", "Ue", StringComparison.Ordinal)
        .Replace("ß", "ss", StringComparison.Ordinal));

    public static HelpdeskComment InCapitals(string text) => Plain(text.ToUpperInvariant());

    public static HelpdeskComment WithGreetingAndSignature(string text) => Plain(
        $"Hallo zusammen,\n\n{text}\n\nMit freundlichen Grüßen\nKim Beispiel\n-- \nBeispiel GmbH\nMusterweg 1, 12345 Musterstadt");

    public static HelpdeskComment WithQuotedReply(string text) => Plain(
        $"{text}\n\nAm 3. März 2026 um 10:12 schrieb Support <support@acme.example>:\n> Guten Tag,\n> vielen Dank für Ihre Bestellung und die Rechnung.\n> Ihr Team");

    public static HelpdeskComment AsMarkup(string text) => Plain("") with
    {
        Html = $"<div style=\"font-family:Arial\"><p>{WebUtility.HtmlEncode(text).Replace(" ", " <b></b>", StringComparison.Ordinal)}</p><br></div>",
    };

    /// <summary>A letter in a hundred is left out, doubled, exchanged with the next one or replaced.</summary>
    public static HelpdeskComment WithSlips(string text, Random chance)
    {
        ArgumentNullException.ThrowIfNull(chance);

        var written = new StringBuilder(text);
        for (var at = 0; at < written.Length - 1; at++)
        {
            if (chance.NextDouble() >= SlipsPerLetter || !char.IsLetter(written[at]))
            {
                continue;
            }

            switch (chance.Next(4))
            {
                case 0:
                    written.Remove(at, 1);
                    break;
                case 1:
                    written.Insert(at, written[at]);
                    break;
                case 2:
                    (written[at], written[at + 1]) = (written[at + 1], written[at]);
                    break;
                default:
                    written[at] = (char)('a' + chance.Next(26));
                    break;
            }
        }

        return Plain(written.ToString());
    }
}
