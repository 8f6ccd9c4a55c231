using System.Collections.Frozen;
using System.Reflection;

namespace TicketTriage.Reading;

/// <summary>The words by which names of people are known, folded.</summary>
internal static class NameWords
{
    public static readonly FrozenSet<string> Given = Read("names/given");

    public static readonly FrozenSet<string> Family = Read("names/family");

    /// <summary>Everyday words of German and English: names among them count only beside something that says so.</summary>
    public static readonly FrozenSet<string> Everyday = FrozenSet.ToFrozenSet(
        Read("languages/de").Concat(Read("languages/en")), StringComparer.Ordinal);

    /// <summary>Given names that are words, months, places or brands as well.</summary>
    public static readonly FrozenSet<string> DoubtfulGiven = FrozenSet.Create(
        StringComparer.Ordinal,
        "abel", "alma", "amal", "art", "august", "basil", "ben", "bill", "can", "carolina", "chelsea", "crystal", "daisy", "dan", "dawn",
        "dean", "else", "ewa", "faith", "flora", "florence", "frank", "gary", "georgia", "ginger", "gloria", "grace", "harry", "hope",
        "ina", "inga", "iris", "israel", "jack", "jean", "jona", "jordan", "jost", "kai", "kelly", "kim", "lia", "li", "lin", "lola",
        "lore", "lou", "madison", "mai", "malta", "mara", "mark", "max", "maxi", "maxim", "maxime", "medina", "melody", "mia", "mick",
        "mike", "mila", "mina", "mine", "mira", "nada", "nele", "nick", "nike", "nika", "olive", "omar", "oscar", "per", "pia", "pilar",
        "poppy", "reina", "remo", "reto", "rio", "rob", "robin", "roman", "romeo", "ron", "rosa", "rose", "rowan", "roy", "rufus", "rune",
        "said", "sally", "sam", "sandy", "seth", "sienna", "silva", "star", "stella", "sue", "sultan", "till", "tara", "ted", "tibor",
        "tim", "timeo", "toni", "tyler", "vera", "victor", "victoria", "viola", "violet", "virginia", "ville", "wanda", "will", "wolf",
        "xenia", "zita", "alexis", "amy", "angel", "marina", "martini", "merle", "peer", "aurora", "maria", "david", "adam");

    /// <summary>Family names that are words for things as well.</summary>
    public static readonly FrozenSet<string> DoubtfulFamily = FrozenSet.Create(
        StringComparer.Ordinal,
        "urban", "sinn", "meister", "strauss", "schuetze", "heller", "burger", "kaufmann", "engelmann", "held", "bode", "alexander",
        "alt", "arm", "auer", "bach", "bader", "baker", "bauer", "baum", "becker", "bell", "berg", "berger", "binder", "blum", "boos",
        "bos", "boss", "brand", "brandt", "braun", "brown", "bulut", "busch", "busse", "campbell", "can", "carpenter", "carter", "clark",
        "cook", "cooper", "cox", "dorn", "dunkel", "ehrlich", "engel", "ernst", "falk", "feld", "fischer", "ford", "forest", "fox",
        "frank", "freeman", "frei", "freitag", "freund", "froehlich", "fuchs", "gardner", "graf", "grant", "green", "grimm", "gross",
        "gruen", "gut", "haag", "haas", "hahn", "hall", "hammer", "harper", "hart", "heil", "hein", "hell", "hensel", "herbst", "hering",
        "herold", "herzog", "hill", "hinz", "hirsch", "hoch", "hofer", "holz", "horn", "huang", "hunt", "hunter", "jaeger", "jonas",
        "jordan", "jung", "kaiser", "kamp", "keil", "keller", "kern", "kiefer", "kim", "king", "kirchner", "klaus", "klein", "klug",
        "knapp", "knight", "knopp", "koch", "koenig", "kohl", "korte", "kraft", "kranz", "krebs", "kreis", "krug", "kurtz", "kurz",
        "lampe", "lang", "lange", "laurent", "lee", "lieb", "linke", "lock", "long", "loos", "lotz", "ludwig", "lustig", "luther", "maas",
        "mader", "mann", "mason", "maurer", "may", "melzer", "merkel", "metzger", "miller", "mills", "montag", "morgenstern", "moser",
        "nagel", "neu", "neumann", "nickel", "noll", "otto", "pape", "park", "parker", "pfeffer", "pfeifer", "plank", "porter", "posch",
        "prinz", "probst", "quast", "rau", "rauch", "reed", "reich", "reiter", "richter", "ritter", "rose", "rot", "roth", "ruf", "rupp",
        "sanft", "sauer", "schade", "scharf", "schenk", "schiller", "schilling", "schnell", "schober", "schoen", "schuster", "schwab",
        "schwarz", "schweizer", "shaw", "silva", "singer", "smart", "sommer", "sonntag", "spies", "springer", "stahl", "stark", "stein",
        "stern", "stock", "stoll", "stolz", "stone", "sturm", "taylor", "teich", "thomas", "tran", "turner", "unger", "vogel", "vogt",
        "volk", "wagner", "wald", "walker", "wall", "wallace", "ward", "washington", "webb", "weber", "weigel", "weiss", "wells", "white",
        "wild", "winter", "winters", "wirth", "wolf", "wolff", "wood", "woods", "young", "zahn", "zander", "zapf", "ziegler", "zimmer",
        "zink", "zorn");

    /// <summary>What belongs to a family name without being one: von der Heide.</summary>
    public static readonly FrozenSet<string> Particles = FrozenSet.Create(
        StringComparer.Ordinal,
        "von", "vom", "van", "der", "den", "dem", "de", "du", "di", "da", "dos", "del", "della", "la", "le", "zu", "zur", "zum", "ter",
        "ten", "te", "und", "al", "el", "bin", "ibn", "ben", "abu", "mc", "mac", "st", "san");

    /// <summary>What a family name's particles begin with where the name stands alone.</summary>
    public static readonly FrozenSet<string> FirstParticles = FrozenSet.Create(
        StringComparer.Ordinal,
        "von", "vom", "van", "zu", "zur", "zum", "de", "del", "di", "ter");

    /// <summary>What stands before a name and is no part of it.</summary>
    public static readonly FrozenSet<string> Titles = FrozenSet.Create(
        StringComparer.Ordinal,
        "frau", "herr", "herrn", "hr", "fr", "fraeulein", "mr", "mrs", "ms", "miss", "mister", "mme", "madame", "monsieur", "senor",
        "senora", "sr", "sra", "signor", "signora", "sig", "pani", "meneer", "mevrouw", "hrn", "familie", "fam", "eheleute", "doktor",
        "professor", "sir", "lady");

    /// <summary>Titles that are masked together with the name.</summary>
    public static readonly FrozenSet<string> Degrees = FrozenSet.Create(StringComparer.Ordinal,
        "dr", "prof", "dipl", "ing", "mag", "med");

    /// <summary>Words after which a name comes, whatever it looks like: <c>Inhaber: Kurz</c>.</summary>
    public static readonly FrozenSet<string> Announcements = FrozenSet.Create(
        StringComparer.Ordinal,
        "ansprechpartner", "ansprechpartnerin", "ansprechperson", "inhaber", "inhaberin", "kontoinhaber", "kontoinhaberin",
        "karteninhaber", "karteninhaberin", "holder", "cardholder", "attn", "attention", "name", "namen", "namens", "vorname", "nachname",
        "familienname", "surname", "firstname", "lastname", "beneficiary", "payee", "empfaenger", "empfaengerin", "recipient", "gez",
        "signed", "heisse", "heisst", "called", "passenger", "fahrgast", "hd", "haenden", "unterzeichner", "auftraggeber", "versicherungsnehmer",
        "versicherte", "versicherter", "mieter", "mieterin", "patient", "patientin", "gast", "guest", "traveller", "traveler",
        "reisender", "teilnehmer", "teilnehmerin", "sachbearbeiter", "sachbearbeiterin", "c/o", "co", "geburtsname",
        "rechnungsempfaenger", "nutzer", "benutzer", "user");

    /// <summary>Words after which a name may come, if it looks like one: <c>Kollege Roth</c>.</summary>
    public static readonly FrozenSet<string> Hints = FrozenSet.Create(
        StringComparer.Ordinal,
        "kollege", "kollegin", "kollegen", "colleague", "contact", "kontakt", "kontaktperson", "schrieb", "wrote", "from", "von", "to",
        "an", "cc", "bcc", "kunde", "kundin", "kunden", "customer", "client", "mitarbeiter", "mitarbeiterin", "techniker", "technician",
        "berater", "beraterin", "agent", "advisor", "manager", "with", "mit", "mann", "frau", "husband", "wife", "sohn", "son", "tochter",
        "daughter", "mutter", "mother", "vater", "father", "bruder", "brother", "schwester", "sister", "nachbar", "nachbarin",
        "neighbour", "chef", "chefin", "boss", "freund", "freundin", "friend", "partner", "partnerin", "durch", "by", "ist", "is", "bin",
        "am", "i'm", "hier", "fuer", "for", "ask", "tell", "told", "bei", "und", "and", "oder", "or", "name's", "assistant",
        "assistentin", "vertreten", "betreut", "regards", "gruss", "gruesse", "thanks", "danke");

    /// <summary>Those of the hints that are English alone.</summary>
    public static readonly FrozenSet<string> EnglishHints = FrozenSet.Create(
        StringComparer.Ordinal,
        "by", "to", "from", "with", "and", "or", "ask", "tell", "told", "for", "wrote", "customer", "client", "friend", "neighbour");

    public static readonly FrozenSet<string> Greetings = FrozenSet.Create(
        StringComparer.Ordinal,
        "hallo", "hi", "hey", "hello", "dear", "liebe", "lieber", "liebes", "moin", "servus", "geehrte", "geehrter", "werte", "werter",
        "tag", "morgen", "abend", "morning", "afternoon", "evening", "gruezi", "hej", "bonjour", "cher", "chere", "hola", "estimado",
        "estimada", "ciao", "gentile", "geachte");

    /// <summary>Words that are no name, where one could stand.</summary>
    public static readonly FrozenSet<string> NoNames = FrozenSet.Create(
        StringComparer.Ordinal,
        "der", "die", "das", "den", "dem", "des", "ein", "eine", "einer", "einem", "einen", "ich", "du", "er", "sie", "es", "wir", "ihr",
        "mein", "meine", "ihre", "ihren", "ihrem", "sein", "und", "oder", "aber", "nicht", "kein", "keine", "am", "an", "im", "in", "auf",
        "aus", "bei", "mit", "nach", "von", "zu", "zum", "zur", "ueber", "unter", "vor", "fuer", "durch", "ohne", "bis", "seit", "wie",
        "als", "wenn", "dass", "ob", "hat", "habe", "haben", "hatte", "ist", "sind", "war", "waren", "wird", "werden", "wurde", "kann",
        "bitte", "danke", "siehe", "sowie", "auch", "noch", "nur", "so", "sehr", "hier", "da", "the", "a", "and", "or", "but", "not",
        "no", "is", "was", "are", "were", "be", "been", "has", "have", "had", "will", "would", "can", "could", "my", "your", "his", "her",
        "our", "their", "this", "that", "these", "those", "it", "he", "she", "we", "you", "they", "i", "me", "us", "of", "on", "at", "by",
        "for", "from", "to", "with", "about", "please", "thanks", "thank", "very", "just", "as", "if", "who", "which", "what", "where",
        "when", "team", "support", "service", "kundenservice", "kundendienst", "customer", "care", "help", "desk", "helpdesk",
        "abteilung", "gmbh", "ag", "kg", "ug", "ltd", "inc", "llc", "ohg", "ev", "hotel", "firma", "verwaltung", "buchhaltung", "damen",
        "herren", "dame", "herr", "frau", "kunde", "kundin", "kunden", "kollegen", "kollegin", "kollege", "all", "alle", "zusammen",
        "leute", "everyone", "everybody", "folks", "there", "sir", "madam", "guys", "mail", "email", "e-mail", "post", "telefon", "tel",
        "phone", "handy", "mobil", "mobile", "fax", "adresse", "anschrift", "address", "nummer", "number", "name", "rechnung", "invoice",
        "bestellung", "order", "auftrag", "lieferung", "delivery", "ticket", "konto", "account", "vertrag", "contract", "karte", "card",
        "iban", "bic", "paypal", "visa", "amazon", "google", "microsoft", "outlook", "windows", "apple", "samsung", "iphone", "android",
        "zendesk", "dhl", "ups", "montag", "dienstag", "mittwoch", "donnerstag", "freitags", "samstag", "monday", "tuesday", "wednesday",
        "thursday", "friday", "saturday", "sunday", "januar", "februar", "maerz", "april", "mai", "juni", "juli", "august", "september",
        "oktober", "november", "dezember", "january", "february", "march", "may", "june", "july", "october", "december", "gesendet",
        "sent", "datum", "date", "betreff", "subject", "re", "aw", "fw", "wg", "cc", "deutschland", "germany", "oesterreich", "austria",
        "schweiz", "switzerland", "berlin", "hamburg", "london", "bescheid", "erledigt", "ok", "yes", "ja", "nein", "gruss", "gruesse",
        "gruessen", "regards", "kind", "best", "cheers", "liebe", "lieber", "hallo", "hello", "hi", "hey", "dear", "mfg", "lg", "ps",
        "anbei", "betrag", "euro", "eur", "usd", "uhr", "version", "build", "client", "server", "error", "fehler", "geehrte", "geehrter",
        "guten");

    /// <summary>Words after which a name comes without a colon too: <c>ich heiße Roth</c>.</summary>
    public static readonly FrozenSet<string> CertainAnnouncements = FrozenSet.Create(
        StringComparer.Ordinal,
        "heisse", "attn", "attention", "hd", "haenden", "gez", "namens");

    /// <summary>True for a word, or one joined of words such as Support-Team, that is no name.</summary>
    public static bool IsNoName(string word) =>
        NoNames.Contains(word) || (word.Contains('-', StringComparison.Ordinal) && word.Split('-').Any(part => NoNames.Contains(part)));

    public static bool IsGiven(string word) =>
        Given.Contains(word) || (word.Contains('-', StringComparison.Ordinal) && Array.TrueForAll(word.Split('-'), Given.Contains));

    public static bool IsListed(string word) =>
        IsOne(word) || (word.Contains('-', StringComparison.Ordinal) && Array.TrueForAll(word.Split('-'), IsOne));

    /// <summary>True for a name that is a word for something else as well.</summary>
    public static bool IsDoubtful(string word) => DoubtfulGiven.Contains(word) || DoubtfulFamily.Contains(word) || Everyday.Contains(word);

    private static bool IsOne(string word) => Given.Contains(word) || Family.Contains(word) || DoubtfulFamily.Contains(word);

    private static FrozenSet<string> Read(string resource)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(resource)
            ?? throw new InvalidOperationException($"The words {resource} are missing from the program.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)
            .Select(word => WordsOfText.Fold(word)).ToFrozenSet(StringComparer.Ordinal);
    }
}
