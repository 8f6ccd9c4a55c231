using System.Text.RegularExpressions;

namespace TicketTriage.Reading;

/// <summary>
/// Takes out how a message ends: greeting, name, address, the phone's advertisement. Cautious: lines that name an order or a customer
/// number stay, and a greeting that more sentences follow is cut alone.
/// </summary>
internal static partial class SignatureBlock
{
    public const string Marker = "[signature removed]";

    private const int MostLines = 15;
    private const int FarthestLine = 60;
    private const int LongestLine = 90;

    /// <param name="lines">A message without its quoted history.</param>
    /// <param name="names">Collects the names that people signed with.</param>
    public static List<MessageLine> Remove(IReadOnlyList<MessageLine> lines, ISet<string> names)
    {
        var kept = new List<MessageLine>(lines.Count);
        var hasText = false;
        for (var at = 0; at < lines.Count; at++)
        {
            var line = lines[at];
            if (line.Text.Length is 0 or > LongestLine || line.IsQuoted)
            {
                kept.Add(line);
            }
            else if (MobileAdvertisement().IsMatch(line.Text))
            {
                AddMarker(kept);
            }
            else if (line.Text is "--" or "—" && Block(lines, at).Count is > 0 and <= MostLines)
            {
                CollectName(lines, at, names);
                AddMarker(kept);
                kept.AddRange(Block(lines, at).Where(IsReference));
                at = EndOfPart(lines, at) - 1;
            }
            else if (hasText && IsClosing(line.Text, names))
            {
                AddMarker(kept);
                at = CloseAt(lines, at, names, kept);
            }
            else
            {
                kept.Add(line);
            }

            hasText |= line.Text.Length > 0 && !line.IsMarker;
        }

        return kept;
    }

    /// <returns>The last line that belongs to the signature.</returns>
    private static int CloseAt(IReadOnlyList<MessageLine> lines, int at, ISet<string> names, List<MessageLine> kept)
    {
        var nameAt = CollectName(lines, at, names);
        var block = Block(lines, at);
        var legal = block.FindIndex(line => LegalNotice().IsMatch(PlainText.Cut(line.Text, LongestLine)));
        var own = legal < 0 ? block : block[..legal];
        if (own.Count <= MostLines && !own.Exists(IsSentence))
        {
            kept.AddRange(own.Where(IsReference));
            return EndOfPart(lines, at) - 1;
        }

        return nameAt ?? at;
    }

    private static void AddMarker(List<MessageLine> kept)
    {
        if (kept.FindLast(line => !line.IsBlank).Text != Marker)
        {
            kept.Add(new MessageLine(Marker, false));
        }
    }

    private static List<MessageLine> Block(IReadOnlyList<MessageLine> lines, int at) =>
        [.. lines.Take(EndOfPart(lines, at)).Skip(at + 1).Where(line => !line.IsBlank)];

    // A signature reaches to the next quotation, to a postscript, or to the end.
    private static int EndOfPart(IReadOnlyList<MessageLine> lines, int at)
    {
        var end = at + 1;
        while (end < lines.Count && end - at <= FarthestLine && lines[end].Text != QuotedHistory.Marker && !lines[end].IsQuoted
            && !Postscript().IsMatch(PlainText.Cut(lines[end].Text, 20)))
        {
            end++;
        }

        return end;
    }

    private static bool IsClosing(string line, ISet<string> names)
    {
        var closing = Closing().Match(line);
        if (!closing.Success)
        {
            return false;
        }

        var rest = closing.Groups["rest"].Value.Trim(' ', ',', '!', '.');
        if (rest.Length == 0)
        {
            return true;
        }

        // "LG Washing machine" and "Cheers for the help, but" are no endings: after a short form only a name may follow.
        var isName = IsName(rest);
        if (isName)
        {
            names.Add(rest);
        }

        return isName || (closing.Groups["long"].Success && rest.Length <= 30 && !rest.Contains('?', StringComparison.Ordinal)
            && FromPlace().IsMatch(rest));
    }

    /// <returns>The line after the closing that is a name.</returns>
    private static int? CollectName(IReadOnlyList<MessageLine> lines, int closing, ISet<string> names)
    {
        var end = EndOfPart(lines, closing);
        var at = closing + 1;
        while (at < end && lines[at].IsBlank)
        {
            at++;
        }

        if (at >= end || !IsName(lines[at].Text))
        {
            return null;
        }

        names.Add(lines[at].Text);
        return at;
    }

    private static bool IsName(string text) => text.Length is >= 2 and <= 40 && PersonName().IsMatch(text) && !Organisation().IsMatch(text);

    private static bool IsSentence(MessageLine line) =>
        line.Text.Contains('?', StringComparison.Ordinal) || line.Text.Length > LongestLine
        || (line.Text.Split(' ').Length >= 7 && line.Text[^1] is '.' or '!' or ':' or ',');

    private static bool IsReference(MessageLine line) => Reference().IsMatch(PlainText.Cut(line.Text, LongestLine));

    private const RegexOptions Options = RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant;

    [GeneratedRegex(
        @"^((?<long>mit (den |vielen )?(freundlichen|besten|lieben|herzlichen|schönen|vielen) (grüßen|grüssen|gruessen|gruß|gruss)" +
        @"|mit (freundlichem|bestem|liebem|herzlichem) (gruß|gruss)" +
        @"|(viele|beste|liebe|herzliche|freundliche|schöne|ganz liebe) (grüße|grüsse|gruesse)" +
        @"|(schönen|lieben|besten|freundlichen) (gruß|gruss)|hochachtungsvoll|(best|kind|kindest|warm|warmest|many kind) regards" +
        @"|best wishes|yours (sincerely|faithfully|truly)|sincerely( yours)?|with (best|kind) regards|cordialement|saludos( cordiales)?" +
        @"|cordiali saluti|met vriendelijke groet(en)?|atenciosamente|pozdrawiam)" +
        @"|mfg|mit fr\. grüßen|vlg|lg|vg|bg|regards|rgds|br|cheers|gruß|gruss|grüße|grüsse)" +
        @"(?<rest>([ ,.!].*)?)$",
        Options,
        1000)]
    private static partial Regex Closing();

    [GeneratedRegex(@"^(aus|von|from|in|an|und|and)\b", Options, 1000)]
    private static partial Regex FromPlace();

    [GeneratedRegex(
        @"^(i\. ?[AV]\. )?((Dr|Prof|Dipl)\.([- ]Ing\.)? ?)*\p{Lu}[\p{L}'’.-]*( (von|van|de|der|zu|di|da" +
        @"|\p{Lu}[\p{L}'’.-]*)){0,4}$",
        RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant,
        1000)]
    private static partial Regex PersonName();

    [GeneratedRegex(
        @"\b(team|gmbh|ag|kg|ug|ltd|inc|llc|ihre?|your|the|support|service|hotel|firma|kundenservice|abteilung)\b",
        Options,
        1000)]
    private static partial Regex Organisation();

    [GeneratedRegex(
        @"^\[?((von|gesendet von|mit) mein(em|er) .{2,40} (gesendet|geschickt)|gesendet (von|mit) (mein(em|er)|der" +
        @"|outlook|mail|yahoo|gmx|web\.de|samsung).{0,60}|diese nachricht wurde von meinem .{2,60} gesendet\.?|sent (from" +
        @"|via|with) (my|mail|outlook|yahoo|samsung|the|proton).{0,60}|get outlook for .{2,20}" +
        @"|outlook für .{2,20} beziehen|envoyé de mon .{2,30}|enviado desde mi .{2,30}|inviato da .{2,30})\]?\.?$",
        Options,
        1000)]
    private static partial Regex MobileAdvertisement();

    [GeneratedRegex(@"^p\.? ?s\.?( |:)", Options, 1000)]
    private static partial Regex Postscript();

    [GeneratedRegex(
        @"^(\W{0,3})(diese (e-?mail|nachricht) (enthält|ist|kann)|der inhalt dieser|this (e-?mail" +
        @"|message)( and any attachments)? (is|are|may|contains)|the (information|contents?) (contained )?(in|of) this" +
        @"|confidentiality)",
        Options,
        1000)]
    private static partial Regex LegalNotice();

    [GeneratedRegex(
        @"\b(bestell|auftrags|rechnungs|kunden|vertrags|buchungs|reservierungs|artikel|serien|sendungs|vorgangs|order" +
        @"|invoice|customer|booking|reservation|contract|account|serial|ticket|case|reference|referenz" +
        @"|aktenzeichen)[ -]?(nummer|nr|number|no|id|code|#)?\b?.{0,4}[:#]?.*[0-9]",
        Options,
        1000)]
    private static partial Regex Reference();
}
