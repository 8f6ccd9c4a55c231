using System.Text.RegularExpressions;

namespace TicketTriage.Reading;

/// <summary>
/// Takes out what a message repeats of earlier ones. Cautious: a line with a colon isn't a mail header (mailgun/talon #129), and what was
/// forwarded stays, since it is usually what the customer writes about.
/// </summary>
internal static partial class QuotedHistory
{
    public const string Marker = "[quoted text removed]";

    private const int LongestHead = 300;

    /// <param name="lines">A message.</param>
    /// <param name="isForward">True where the subject says that the message passes another one on.</param>
    public static List<MessageLine> Remove(IReadOnlyList<MessageLine> lines, bool isForward)
    {
        var kept = new List<MessageLine>(lines.Count);
        for (var at = 0; at < lines.Count;)
        {
            if (lines[at].IsQuoted && IsForwarded(lines, at))
            {
                var end = EndOfQuoted(lines, at);
                kept.AddRange(lines.Skip(at).Take(end - at));
                at = end;
                continue;
            }

            var next = EndOfHistory(lines, at, isForward);
            if (next > at)
            {
                AddMarker(kept);
                at = next;
                continue;
            }

            kept.Add(lines[at]);
            at++;
        }

        return kept;
    }

    private static void AddMarker(List<MessageLine> kept)
    {
        if (kept.FindLast(line => !line.IsBlank).Text != Marker)
        {
            kept.Add(new MessageLine(Marker, false));
        }
    }

    /// <returns>Where the history that begins at <paramref name="at"/> ends; <paramref name="at"/> itself where none begins.</returns>
    private static int EndOfHistory(IReadOnlyList<MessageLine> lines, int at, bool isForward)
    {
        if (lines[at].IsQuoted)
        {
            return EndOfQuoted(lines, at);
        }

        var introduction = LinesOfIntroduction(lines, at);
        if (introduction > 0)
        {
            var afterIntroduction = SkipBlank(lines, at + introduction);
            var isFollowedByQuote = afterIntroduction < lines.Count && lines[afterIntroduction].IsQuoted;
            return isFollowedByQuote ? EndOfQuoted(lines, afterIntroduction) : lines.Count;
        }

        return !isForward && BeginsOldMessage(lines, at) ? lines.Count : at;
    }

    private static int EndOfQuoted(IReadOnlyList<MessageLine> lines, int at)
    {
        while (at < lines.Count)
        {
            var next = SkipBlank(lines, at);
            if (next >= lines.Count || !lines[next].IsQuoted)
            {
                break;
            }

            at = next + 1;
        }

        return at;
    }

    /// <returns>How many lines say who wrote what follows, and when: 0 to 3, since mail programs wrap them.</returns>
    private static int LinesOfIntroduction(IReadOnlyList<MessageLine> lines, int at)
    {
        var head = "";
        for (var count = 1; count <= 3 && at + count <= lines.Count; count++)
        {
            var line = lines[at + count - 1];
            head = count == 1 ? line.Text : $"{head} {line.Text}";
            if (line.IsBlank || line.IsQuoted || head.Length > LongestHead)
            {
                return 0;
            }

            if (head.EndsWith(':') && (Introduction().IsMatch(head) || IntroductionByAddress().IsMatch(head))
                && TimeOrAddress().IsMatch(head) && !OwnWriting().IsMatch(head))
            {
                return count;
            }
        }

        return 0;
    }

    private static bool BeginsOldMessage(IReadOnlyList<MessageLine> lines, int at)
    {
        var text = lines[at].Text;
        if (text.Length > LongestHead)
        {
            return false;
        }

        return Divider().IsMatch(text)
            || IsHeader(lines, at)
            || (Underscores().IsMatch(text) && SkipBlank(lines, at + 1) is var next && next < lines.Count && IsHeader(lines, next));
    }

    // From, then a date and a subject within the next lines: what Outlook puts above the message that it answers.
    private static bool IsHeader(IReadOnlyList<MessageLine> lines, int at)
    {
        if (lines[at].Text.Length > LongestHead || !From().IsMatch(lines[at].Text))
        {
            return false;
        }

        var following = lines.Skip(at + 1)
            .Where(line => !line.IsBlank)
            .Take(7)
            .Select(line => PlainText.Cut(line.Text, LongestHead))
            .ToList();
        return following.Exists(Sent().IsMatch) && following.Exists(Subject().IsMatch);
    }

    private static bool IsForwarded(IReadOnlyList<MessageLine> lines, int at)
    {
        var first = SkipBlank(lines, at);
        return first < lines.Count && Forwarded().IsMatch(PlainText.Cut(lines[first].Text, LongestHead));
    }

    private static int SkipBlank(IReadOnlyList<MessageLine> lines, int at)
    {
        while (at < lines.Count && lines[at].IsBlank)
        {
            at++;
        }

        return at;
    }

    private const RegexOptions Options = RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant;

    [GeneratedRegex(
        @"^(On|Am|Le|El|Il|Op|Em|W dniu)\b.{6,}\b(wrote|schrieb|a écrit|escribió|ha scritto|schreef|escreveu" +
        @"|napisał(\(a\))?)\b.{0,120}:$",
        Options,
        1000)]
    private static partial Regex Introduction();

    [GeneratedRegex(
        @"^.{0,120}\S@\S.{0,120}\b(wrote|schrieb|a écrit|escribió|ha scritto|schreef|escreveu|napisał(\(a\))?)\b.{0,80}:$",
        Options,
        1000)]
    private static partial Regex IntroductionByAddress();

    [GeneratedRegex(@"\b[0-9]{1,2}[:.][0-9]{2}\b|\b(19|20)[0-9]{2}\b|\S@\S", Options, 1000)]
    private static partial Regex TimeOrAddress();

    [GeneratedRegex(@"\b(I|we|you) wrote\b|\bschrieb(en)? (ich|wir|mir|ihnen|sie|man)\b|\b(ich|wir)\b.*\bschrieb", Options, 1000)]
    private static partial Regex OwnWriting();

    [GeneratedRegex(
        @"^[-_=*\s]{2,}(Original Message|Original-?Nachricht|Original-?Mail|Urspr(ü|ue)ngliche (Nachricht|E-?Mail)" +
        @"|Message d'origine|Mensaje original|Messaggio originale|Oorspronkelijk bericht|Mensagem original" +
        @"|Oryginalna wiadomość)[-_=*\s]{2,}$",
        Options,
        1000)]
    private static partial Regex Divider();

    [GeneratedRegex(@"^_{20,}$", Options, 1000)]
    private static partial Regex Underscores();

    [GeneratedRegex(@"^\*{0,2}(From|Von|De|Da|Van|Od)\s?:\*{0,2}\s*\S", Options, 1000)]
    private static partial Regex From();

    [GeneratedRegex(
        @"^\*{0,2}(Sent|Date|Gesendet( am)?|Datum|Envoyé|Enviado( el)?|Fecha|Inviato|Verzonden|Data" +
        @"|Wysłano)\s?:\*{0,2}.*[0-9]",
        Options,
        1000)]
    private static partial Regex Sent();

    [GeneratedRegex(@"^\*{0,2}(Subject|Betreff|Objet|Asunto|Oggetto|Onderwerp|Assunto|Temat)\s?:", Options, 1000)]
    private static partial Regex Subject();

    [GeneratedRegex(
        @"^[>\s]*[-_=\s]*(Forwarded message|Begin forwarded message|Weitergeleitete Nachricht|Anfang der weitergeleiteten)",
        Options,
        1000)]
    private static partial Regex Forwarded();
}
