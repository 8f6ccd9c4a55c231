namespace TicketTriage.Sandbox.Desk;

/// <summary>Articles for customers and ready answers for agents.</summary>
internal sealed class DeskKnowledge
{
    private const long FirstId = 8_447_500_000_001;

    private readonly TimeProvider clock;
    private readonly Lock gate = new();
    private IReadOnlyList<SandboxArticle> articles = [];
    private long made;

    public DeskKnowledge(TimeProvider clock)
    {
        this.clock = clock;
        Sections =
        [
            new(FirstId + 1_000_001, "Orders and delivery"),
            new(FirstId + 1_000_002, "Payment and refunds"),
            new(FirstId + 1_000_003, "Account and access"),
        ];
        Macros =
        [
            new(FirstId + 2_000_001, "Ask for the order number", "Could you send us your order number? The confirmation has it."),
            new(FirstId + 2_000_002, "Nach der Bestellnummer fragen", "Nennen Sie uns bitte Ihre Bestellnummer."),
            new(FirstId + 2_000_003, "Refund is under way", "Your refund is under way; your bank needs three to five working days."),
        ];
        Add(new("Where is my order?", "<p>The confirmation mail links to the parcel's way. A parcel takes two to four working days.</p>"));
        Add(new("Wo ist meine Bestellung?", "<p>In der Bestätigung steht ein Verweis auf den Weg des Pakets. Es braucht zwei Werktage.</p>")
        {
            Locale = "de",
        });
        Add(new("How a refund is paid", "<p>We pay back the way you paid, within <b>fourteen days</b> after the parcel came back.</p>")
        {
            Section = 1,
        });
        Add(new("Wie eine Erstattung läuft", "<p>Wir erstatten auf dem Weg der Zahlung, <b>vierzehn Tage</b> nach der Rücksendung.</p>")
        {
            Locale = "de",
            Section = 1,
        });
        Add(new("Reset a password", "<p>Choose <i>Forgot password</i> on the sign-in page. The link lasts for one hour.</p>")
        {
            Section = 2,
            Translations =
            [
                new("de", "Ein Passwort zurücksetzen", "<p>Wählen Sie <i>Passwort vergessen</i> auf der Anmeldeseite. Der Link gilt eine Stunde.</p>"),
                new("fr", "Nouveau mot de passe", "<p>Pas fini.</p>") { IsPublished = false },
            ],
        });
        Add(new("Passkeys (draft)", "<p>Not finished.</p>") { Section = 2, IsPublished = false });
    }

    public IReadOnlyList<SandboxSection> Sections { get; }

    public IReadOnlyList<SandboxMacro> Macros { get; }

    /// <summary>In the order of their last change.</summary>
    public IReadOnlyList<SandboxArticle> Articles
    {
        get
        {
            lock (gate)
            {
                return articles;
            }
        }
    }

    public SandboxArticle Add(NewArticle article)
    {
        lock (gate)
        {
            var now = clock.GetUtcNow();
            var added = new SandboxArticle(
                FirstId + made++, Sections[article.Section].Id, article.Title, article.Html, article.Locale, article.IsPublished, now, now)
            {
                Translations = article.Translations,
                Segments = article.Segments,
            };
            articles = [.. articles, added];
            return added;
        }
    }

    public SandboxArticle Replace(long id, string title, string html)
    {
        lock (gate)
        {
            var known = articles.FirstOrDefault(article => article.Id == id)
                ?? throw new ArgumentOutOfRangeException(nameof(id), id, "The sandbox has no article with this id.");
            var changed = known with { Title = title, Html = html, UpdatedAt = clock.GetUtcNow() };
            articles = [.. articles.Where(article => article.Id != id), changed];
            return changed;
        }
    }
}

/// <summary>An article that is about to be written.</summary>
public sealed record NewArticle(string Title, string Html)
{
    public string Locale { get; init; } = "en-us";

    /// <summary>0 orders, 1 payment, 2 account.</summary>
    public int Section { get; init; }

    public bool IsPublished { get; init; } = true;

    public IReadOnlyList<SandboxTranslation> Translations { get; init; } = [];

    /// <summary>Zendesk's segments of users who alone may read it; empty for everybody.</summary>
    public IReadOnlyList<long> Segments { get; init; } = [];
}

/// <summary>An article in another language.</summary>
public sealed record SandboxTranslation(string Locale, string Title, string Html)
{
    public bool IsPublished { get; init; } = true;
}

/// <summary>An article of the help centre.</summary>
public sealed record SandboxArticle(
    long Id, long SectionId, string Title, string Html, string Locale, bool IsPublished, DateTimeOffset CreatedAt,
    DateTimeOffset UpdatedAt)
{
    /// <summary>Those beside the language that it was written in.</summary>
    public IReadOnlyList<SandboxTranslation> Translations { get; init; } = [];

    /// <inheritdoc cref="NewArticle.Segments"/>
    public IReadOnlyList<long> Segments { get; init; } = [];
}

/// <summary>A group of articles: a section at Zendesk, a folder at Freshdesk.</summary>
internal sealed record SandboxSection(long Id, string Name);

/// <summary>A ready answer: a macro at Zendesk, a canned response at Freshdesk.</summary>
internal sealed record SandboxMacro(long Id, string Title, string Text);
