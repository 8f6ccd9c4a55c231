using System.Text.RegularExpressions;
using TicketTriage.Knowledge;

namespace TicketTriage.Drafting;

/// <summary>
/// Finds words by which a reply owes something: money, goods, a right, or certainty. All is told from folded words: ä is ae.
/// </summary>
internal static partial class Promises
{
    /// <summary>Cancelling: more often what a customer does than what is promised, so a no beside it is only marked.</summary>
    public const string End = "end";

    private static readonly (string Kind, Func<Regex> Words)[] Kinds =
    [
        ("money back", MoneyBack), ("gift", Gift), ("replacement", Replacement), ("compensation", Compensation), ("right", Right),
        ("certainty", Certainty), ("at once", AtOnce), ("for ever", ForEver), (End, Ending), ("exception", Exception), ("call", Call),
        ("done", Done),
    ];

    /// <summary>What the kinds are called.</summary>
    public static IReadOnlyList<string> KindNames { get; } = [.. Kinds.Select(kind => kind.Kind)];

    public static IEnumerable<Fact> In(string text)
    {
        var folded = SearchWords.Folded(text);
        return Kinds.SelectMany(kind => kind.Words().Matches(folded).Select(match => new Fact(
            FactKind.Promise, kind.Kind, match.Groups["done"] is { Success: true } done ? done.Value : match.Value)));
    }

    /// <summary>Folded words without those that say free by a no: at no cost, ohne Aufpreis.</summary>
    public static string WithoutFree(string folded) => FreeByNo().Replace(folded, "");

    /// <summary>Both speak of a voucher, or of a warranty: things that are had, and promised only in their passage's numbers.</summary>
    public static bool AreOfOneThing(string one, string other) =>
        Thing().Match(one) is { Success: true } thing && thing.Value == Thing().Match(other).Value;

    private const RegexOptions Options = RegexOptions.CultureInvariant;
    private const int Patience = FactPatterns.Patience;

    private const string NoCost =
        @"(?:at |for )?(?:no|without|zero)(?: any)?(?: extra| additional| further)? (?:cost|charge|fee|payment)s?"
        + @"|(?:ohne|keine[rn]?)(?: weitere[nr]?| zusaetzliche[nr]?)? (?:\w*kosten|\w*gebuehr(?:en)?|aufpreis|zuschlag|aufschlag"
        + @"|berechnung|bezahlung)"
        + @"|(?:kostet|kosten)(?: \w+){0,5} nichts|nichts (?:zu )?(?:be)?zahlen|nichts(?: \w+)? kosten|costs?(?: you)? nothing"
        + @"|nothing to pay|nothing extra";

    [GeneratedRegex(@"\b(?:" + NoCost + @")\b", Options, Patience)]
    private static partial Regex FreeByNo();

    [GeneratedRegex("gutschein|voucher|rabatt|discount|garantie|warranty", Options, Patience)]
    private static partial Regex Thing();

    [GeneratedRegex(
        @"\b\w*(?:erstatt|rueckzahl|zurueckzahl|zurueckbuch|zurueckueberw|gutgeschrieben|gutschrift|gutschreib|refund|reimburs"
            + @"|chargeback)\w*"
            + @"|\b(?:\w*geld|betrag|\w*preis|\w*kosten|euro|eur|money|price|amounts?|costs?|euros|pounds"
            + @"|dollars)\b(?: \w+){0,5} (?:zurueck|back)\b"
            + @"|\bget back(?: \w+){0,3} (?:money|price|amount|costs?)\b|\b(?:pay|transfer)s? (?:\w+ ){0,4}back\b|\bmoney back\b"
            + @"|\b(?:zahlen|ueberweisen|buchen)\b(?: \w+){0,8} (?:zurueck|aus)\b|\bcredit(?:ed|s)?(?= (?:\w+ ){0,3}(?:you|to)\b)"
            + @"|\bcredit note\b|\bausgezahlt\b|\bauszahl\w*"
            + @"|\bpa(?:y|ys|id) out\b",
        Options,
        Patience)]
    private static partial Regex MoneyBack();

    [GeneratedRegex(
        @"\b\w*(?:gutschein|kostenlos|kostenfrei|gebuehrenfrei|versandfrei|portofrei|ermaessig|preisnachlass|voucher|discount)\w*"
            + @"|\b(?:gratis|rabatt|umsonst|geschenk|bonus)\w*"
            + @"|\b(?<!feel )free(?:bies?|ly)?\b(?! (?:space|disk|storage|memory|up|to))|\bcomplimentary\b|\b(?:" + NoCost + @")\b"
            + @"|\bon (?:us|the house)\b|\b(?:auf|zu) unsere[nr]? (?:kosten|lasten|rechnung)\b|\bat our (?:cost|expense)s?\b|\b(?:\d+"
            + @"|percent) off\b|\boff your\b|\bhalf price\b"
            + @"|\b(?:we|will|ll) (?:cover|bear|pay for|absorb)\b|\bwaive\w*|\berlass(?:en|t)\b|\bverzichten\b"
            + @"|\b(?:wir|unternehmen|haus) (?:uebernehmen|tragen)\b|\b(?:uebernehmen|tragen|bezahlen) wir\b|\bbezahlen wir\b"
            + @"|\bkeep\b(?: \w+){0,4} (?:item|product|parcel|article)\b",
        Options,
        Patience)]
    private static partial Regex Gift();

    [GeneratedRegex(
        @"\bersatz(?!teil|akku|filter)\w*|\bersetz(?:en|t)\b|\breplac(?:e|es|ed|ing|ements?)\b|\bexchang\w*|\b(?:aus|um)tausch\w*"
            + @"|\bumzutauschen\b|\btausch(?:en|t)\b"
            + @"|\b(?:schicken|senden|liefern|bekommen|erhalten)\b(?: \w+){0,4} (?:neue[nrsm]?|ein weitere[srn]|noch einmal|nochmals?"
            + @"|erneut)\b"
            + @"|\b(?:send|ship|dispatch|get|receive)s?\b(?: \w+){0,2} (?:new|right|correct|another)\b(?! (?:address|email|size))",
        Options,
        Patience)]
    private static partial Regex Replacement();

    [GeneratedRegex(
        @"\b\w*(?:entschaedig|schadensersatz|schadenersatz|kompens|compensat|wiedergutmach|goodwill|kulan)\w*|\bmake (?:it"
            + @"|this) up to you\b|\bals dankeschoen\b",
        Options,
        Patience)]
    private static partial Regex Compensation();

    [GeneratedRegex(
        @"\b\w*(?:anspruch|gesetzlich|gewaehrleist|garantie(?!r)|warrant|entitle|statutory|rechtlich|legally)\w*|\b(?:haft|liab)\w*"
            + @"|\brecht auf\b|\bright to\b|\brechtsanspr\w*",
        Options,
        Patience)]
    private static partial Regex Right();

    [GeneratedRegex(
        @"\b\w*(?:garantier|versprech|versproch|zusicher|zugesichert|guarante|definitiv|definitely|certainly)\w*|\b(?:verspr|promis"
            + @"|assur)\w*"
            + @"|\b(?:auf jeden fall|in jedem fall|ganz sicher|mit sicherheit|zweifellos|ausnahmslos|for sure|no doubt|without doubt"
            + @"|without exception|surely|in any case)\b"
            + @"|\bwe(?: will| ll)? (?:make sure|ensure)\b|\b(?:wir (?:sorgen|stellen sicher)|stellen wir sicher|sorgen wir)\b",
        Options,
        Patience)]
    private static partial Regex Certainty();

    [GeneratedRegex(
        @"\b(?:sofort\w*|umgehend\w*|unverzueglich\w*|immediate\w*|instant\w*|asap|prompt(?:ly)?|right away|straight away|right now"
            + @"|at once|auf der stelle"
            + @"|schnellstmoeglich|so (?:schnell|bald) wie moeglich|as (?:soon|quickly|fast) as possible|without delay|ohne verzoegerung"
            + @"|in no time|noch heute)\b",
        Options,
        Patience)]
    private static partial Regex AtOnce();

    [GeneratedRegex(
        @"(?<!\bnoch )(?<!\bwie )\bimmer\b(?! (?:noch|wieder|mehr))|\b(?:niemals|lebenslang\w*|always|never|lifetime|unbegrenzt\w*"
            + @"|unlimited|unbefristet\w*|dauerhaft\w*|permanent\w*)\b"
            + @"|\b(?:jederzeit|any ?time|at all times|for ever|forever|for life|for good|indefinitely|no limit|fuer immer|ohne frist"
            + @"|ewig|day and night|rund um die uhr|around the clock)\b",
        Options,
        Patience)]
    private static partial Regex ForEver();

    [GeneratedRegex(@"\b\w*(?:kuendig|cancel|stornier|storno|widerruf|withdraw)\w*", Options, Patience)]
    private static partial Regex Ending();

    [GeneratedRegex(@"\bausnahm(?!slos)\w*|\b(?<!without )exceptions?\b", Options, Patience)]
    private static partial Regex Exception();

    [GeneratedRegex(
        @"\b\w*rueckruf(?!en|aktion|sich)\w*|\brufen\b(?: \w+){0,6} an\b|\bmelden wir uns\b|\bwir melden uns\b|\b(?:call|phone"
            + @"|ring)s?(?: \w+)? you\b|\bcalls? you back\b"
            + @"|\bget back to you\b|\bgive you a call\b|\bwe(?: will| ll)? (?:contact|call|phone|ring)\b|\bin touch with you\b"
            + @"|\bmeldet sich\b|\bruft\b(?: \w+){0,6} an\b",
        Options,
        Patience)]
    private static partial Regex Call();

    // Nothing is done yet when a reply is drafted; what follows a condition tells of the customer's case instead.
    [GeneratedRegex(
        @"^(?!.*\b(?:if|once|when|after|until|unless|as soon as|wenn|sobald|falls|nachdem|bis|sofern|solange)\b).*?(?<done>\b(?:(?:we"
            + @"|i) (?:have|ve) (?:already |just |now )?\w+(?:ed|ent)\b"
            + @"|your \w+(?: \w+)? (?:has|have) (?:already |just |now )?been \w+(?:ed|ent)\b|wir haben (?:\w+ )*(?:ge\w+(?:t|en)|\w+iert"
            + @"|(?:ver|be|er|ueber)\w+(?:t|en))$"
            + @"|(?:is|are) (?:already )?on (?:its|the|their) way|ist (?:bereits |schon )?unterwegs|bereits (?:ver\w+t|ge\w+t)))",
        Options,
        Patience)]
    private static partial Regex Done();
}
