using System.Collections.Frozen;

namespace TicketTriage.Reading;

/// <summary>The words by which postal addresses are known, folded.</summary>
internal static class AddressWords
{
    /// <summary>German endings that only streets have.</summary>
    public static readonly string[] StreetEndings =
        ["strasse", "str", "allee", "gasse", "chaussee", "promenade", "gaesschen", "straat", "gracht", "laan"];

    /// <summary>German endings that streets share with a few other words: Rückweg.</summary>
    public static readonly string[] LikelyEndings =
        ["weg", "damm", "ufer", "pfad", "stieg", "twiete", "kamp", "graben", "platz", "ring", "steig"];

    /// <summary>German endings that streets share with many other words: Monitor, Fragebogen. They need a postcode behind them.</summary>
    public static readonly string[] PossibleEndings =
    [
        "hof", "markt", "garten", "bruecke", "tor", "berg", "hang", "feld", "winkel", "zeile", "kai", "wall", "anger", "grund", "tal",
        "bogen", "wiese", "wiesen", "siedlung", "schanze", "rain", "plan", "busch", "hoehe", "park", "burg", "aue", "quai",
        "linden", "acker",
    ];

    /// <summary>What may stand before a street's own name: Große Bergstraße.</summary>
    public static readonly FrozenSet<string> Adjectives = FrozenSet.Create(
        StringComparer.Ordinal,
        "alte", "alter", "altes", "neue", "neuer", "neues", "grosse", "grosser", "grosses", "kleine", "kleiner", "kleines", "obere",
        "oberer", "untere", "unterer", "lange", "langer", "kurze", "kurzer", "hohe", "hoher", "breite", "breiter", "hintere", "vordere",
        "aeussere", "innere", "mittlere", "heilige", "schwarze", "weisse", "rote", "gruene");

    /// <summary>What a street's name may begin with: An der Mühle. Only before a postcode is it known for one.</summary>
    public static readonly FrozenSet<string> Beginnings = FrozenSet.Create(
        StringComparer.Ordinal,
        "am", "an", "auf", "im", "in", "unter", "zum", "zur", "zu", "hinter", "vor", "bei", "beim", "ober", "ueber", "neben", "vom",
        "zwischen");

    public static readonly FrozenSet<string> Articles = FrozenSet.Create(
        StringComparer.Ordinal,
        "der", "den", "dem", "des", "die", "das");

    /// <summary>English words that end a street's name, and their short forms.</summary>
    public static readonly FrozenSet<string> EnglishEndings = FrozenSet.Create(
        StringComparer.Ordinal,
        "street", "st", "road", "rd", "avenue", "ave", "av", "lane", "ln", "drive", "dr", "court", "ct", "boulevard", "blvd", "way",
        "place", "pl", "terrace", "ter", "close", "crescent", "cres", "square", "sq", "gardens", "gdns", "grove", "parkway", "pkwy",
        "highway", "hwy", "circle", "cir", "trail", "trl", "mews", "row", "walk", "plaza", "loop", "pike", "turnpike", "tpke", "run",
        "ridge", "path", "quay", "freeway", "fwy", "expressway", "extension", "hill", "hills", "green", "view", "views", "park", "alley",
        "branch", "bridge", "brook", "canyon", "causeway", "center", "centre", "cliff", "common", "corner", "corners", "course", "cove",
        "creek", "crossing", "curve", "dale", "estate", "estates", "falls", "ferry", "field", "fields", "flat", "flats", "ford", "forest",
        "fork", "forks", "fort", "garden", "gateway", "glen", "harbor", "haven", "heights", "hollow", "inlet", "island", "islands",
        "isle", "junction", "key", "knoll", "knolls", "lake", "lakes", "landing", "light", "lock", "lodge", "mall", "manor", "meadow",
        "meadows", "mill", "mills", "mission", "motorway", "mount", "mountain", "neck", "orchard", "overpass", "parade", "pass",
        "passage", "pine", "pines", "plain", "plains", "point", "points", "port", "prairie", "ranch", "rapid", "rapids", "rest", "river",
        "route", "shoal", "shore", "shores", "spring", "springs", "spur", "station", "stream", "summit", "throughway", "trace", "track",
        "tunnel", "underpass", "union", "valley", "via", "viaduct", "village", "villages", "ville", "vista", "wall", "well", "wells",
        "burg", "burgs", "bypass", "camp", "cape", "club", "dam", "divide", "rue", "skyway", "stravenue", "rise", "yard", "wharf", "end",
        "gate", "circus", "broadway");

    /// <summary>English words that end a street's name and mean little else beside a number.</summary>
    public static readonly FrozenSet<string> CertainEnglishEndings = FrozenSet.Create(
        StringComparer.Ordinal,
        "street", "st", "road", "rd", "avenue", "ave", "lane", "ln", "drive", "boulevard", "blvd", "terrace", "crescent", "parkway",
        "pkwy", "highway", "hwy", "freeway", "mews", "gardens", "grove");

    /// <summary>What a street begins with where the number follows, or stands before: Via Roma 12, 12 rue de la Paix.</summary>
    public static readonly FrozenSet<string> RomanceBeginnings = FrozenSet.Create(
        StringComparer.Ordinal,
        "rue", "avenue", "boulevard", "chemin", "impasse", "allee", "quai", "route", "via", "viale", "piazza", "corso", "vicolo", "calle",
        "avenida", "plaza", "paseo", "rua", "travessa", "praca", "ul", "ulica", "aleja", "al", "ulitsa");

    public static readonly FrozenSet<string> Rooms = FrozenSet.Create(
        StringComparer.Ordinal,
        "apt", "apartment", "suite", "ste", "unit", "flat", "room", "floor", "box", "whg", "wohnung", "top", "og", "eg", "stock", "etage");

    public static readonly FrozenSet<string> CityPrefixes = FrozenSet.Create(
        StringComparer.Ordinal,
        "bad", "sankt", "st", "markt", "gross", "klein", "neu", "alt", "new", "los", "las", "san", "santa", "la", "le", "den", "port",
        "fort", "saint", "north", "south", "east", "west", "lake", "mount", "el", "sao", "hohen", "schloss", "freie");

    public static readonly FrozenSet<string> CityJoiners = FrozenSet.Create(
        StringComparer.Ordinal,
        "am", "an", "im", "in", "ob", "bei", "vor", "a", "v", "unter", "sur", "upon", "de", "del", "les", "la", "aan");

    /// <summary>Words that announce an address.</summary>
    public static readonly FrozenSet<string> Announcements = FrozenSet.Create(
        StringComparer.Ordinal,
        "anschrift", "adresse", "lieferadresse", "rechnungsadresse", "postanschrift", "lieferanschrift", "wohnhaft", "wohne", "wohnt",
        "wohnen", "wohnadresse", "address", "live", "lives", "living", "ship", "deliver", "residing", "zugestellt", "liefern",
        "heimatadresse", "sitz");

    /// <summary>What is numbered and is no street: Kapitel 5, 12345 Zeichen.</summary>
    public static readonly FrozenSet<string> Counted = FrozenSet.Create(
        StringComparer.Ordinal,
        "kapitel", "seite", "artikel", "zimmer", "raum", "version", "woche", "tag", "teil", "punkt", "absatz", "paragraph", "ticket",
        "auftrag", "bestellung", "rechnung", "vertrag", "kunde", "kundennummer", "nr", "nummer", "position", "pos", "monitor", "drucker",
        "geraet", "filiale", "kasse", "tisch", "gleis", "gate", "flug", "zug", "ice", "room", "page", "chapter", "table", "section",
        "order", "item", "step", "level", "schritt", "stufe", "fehler", "error", "code", "fehlercode", "euro", "eur", "kw",
        "kalenderwoche", "stand", "build", "release", "menge", "anzahl", "januar", "februar", "maerz", "april", "mai", "juni", "juli",
        "august", "september", "oktober", "november", "dezember", "um", "ab", "bis", "seit", "ca", "etwa", "rund", "mit", "auf", "nach",
        "von", "vor", "zu", "und", "oder", "je", "nur", "noch", "schon", "sind", "waren", "habe", "haben", "hat");
}
