using TicketTriage.Knowledge;

namespace TicketTriage.Drafting;

/// <summary>Words by which a reply owes something: money, a right, or certainty. Each only where a passage has words of its kind too.</summary>
internal static class Promises
{
    private static readonly (string Kind, string[] Begins)[] Kinds =
    [
        ("money back", ["erstatt", "rueckerstatt", "rueckzahl", "refund", "reimburs", "zurueckzahl", "zurueckbuch", "gutgeschrieb", "gutschrift"]),
        ("gift", ["gutschein", "voucher", "kostenlos", "kostenfrei", "gratis", "rabatt", "discount", "umsonst", "free", "geschenk", "bonus"]),
        ("compensation", ["entschaedig", "schadensersatz", "schadenersatz", "kompens", "compensat", "wiedergutmach", "goodwill", "kulanz"]),
        ("right", ["anspruch", "haft", "gesetzlich", "gewaehrleist", "garantie", "warranty", "liab", "entitle", "statutory", "rechtlich", "legally"]),
        ("certainty", ["garantier", "verspr", "zusicher", "zugesichert", "guarante", "promis", "assur", "definitiv", "definitely", "certainly"]),
        ("at once", ["sofort", "umgehend", "unverzueglich", "immediate", "instant", "rightaway", "asap"]),
        ("for ever", ["immer", "niemals", "lebenslang", "always", "never", "lifetime", "unbegrenzt", "unlimited"]),
        ("end", ["kuendig", "cancel", "stornier", "widerruf", "withdraw"]),
    ];

    /// <summary>What the kinds are called.</summary>
    public static IReadOnlyList<string> KindNames { get; } = [.. Kinds.Select(kind => kind.Kind)];

    public static IEnumerable<Fact> In(string text)
    {
        foreach (var word in SearchWords.Of(text))
        {
            foreach (var (kind, begins) in Kinds)
            {
                // Compounds end with it as often as they begin: Warenrückerstattung.
                if (begins.Any(begin => begin.Length >= 6 ? word.Contains(begin, StringComparison.Ordinal) : word.StartsWith(begin, StringComparison.Ordinal)))
                {
                    yield return new Fact(FactKind.Promise, kind, word);
                }
            }
        }
    }
}
