using System.Collections.Frozen;
using System.Globalization;
using TicketTriage.Host.Access;
using TicketTriage.Host.Audits;
using TicketTriage.Host.Connections;
using TicketTriage.Host.Escalations;
using TicketTriage.Host.Feedback;
using TicketTriage.Host.Forgetting;
using TicketTriage.Host.Health;
using TicketTriage.Host.Jobs;
using TicketTriage.Host.Knowledge;
using TicketTriage.Host.Policies;
using TicketTriage.Host.Policies.Parts;
using TicketTriage.Host.Quality;
using TicketTriage.Host.Skills;
using TicketTriage.Host.Tickets;
using TicketTriage.Host.Today;
using TicketTriage.Triages;

namespace TicketTriage.Host.Pages;

/// <summary>
/// What pages say, in the reader's language. Pages are written in English; each room of pages has a list of the same sentences in German,
/// and a test finds what it lacks.
/// </summary>
internal sealed class Words(Look look)
{
    private static readonly FrozenDictionary<string, string> German = new[]
    {
        PagesInGerman.Texts, TodayInGerman.Texts, TicketsInGerman.Texts, PoliciesInGerman.Texts, PartsInGerman.Texts, SkillsInGerman.Texts,
        AccessInGerman.Texts, KnowledgeInGerman.Texts, QualityInGerman.Texts, ConnectionsInGerman.Texts, JobsInGerman.Texts, AuditInGerman.Texts,
        ErasureInGerman.Texts, EscalationsInGerman.Texts, FeedbackInGerman.Texts, HealthInGerman.Texts,
    }.SelectMany(texts => texts).DistinctBy(text => text.Key).ToFrozenDictionary(text => text.Key, text => text.Value);

    private static readonly Sentences Made = new(
    [
        .. LintInGerman.Texts, .. ReasonsInGerman.Texts, .. OutcomesInGerman.Texts, .. RosterInGerman.Texts, .. RunsInGerman.Texts,
        .. ErasureInGerman.Refusals,
    ]);

    public Look Look => look;

    /// <summary>The sentence, or the English one where it has no German.</summary>
    public string this[string english] => look.IsGerman ? German.GetValueOrDefault(english, english) : english;

    /// <summary>The same with values in the places of <c>{0}</c>, <c>{1}</c>.</summary>
    public string Of(string english, params object?[] values) => string.Format(look.Culture, this[english], values);

    /// <summary>A sentence that was made in English, by a lint or as the reason of a decision; one that is not known stays English.</summary>
    public string Sentence(string made) => look.IsGerman ? Made.Say(made) : made;

    /// <summary>Several of them, one after the other.</summary>
    public string Sentences(IEnumerable<string> made) => string.Join(' ', made.Select(Sentence));

    /// <summary>True where the sentence has its own words in German.</summary>
    public static bool Knows(string english) => German.ContainsKey(english);

    public string Number(long number) => number.ToString("N0", look.Culture);

    public string Share(double share) => share.ToString(share is > 0 and < 0.095 ? "0.# %" : "0 %", look.Culture);

    public string Money(double amount) => amount.ToString("N2", look.Culture);

    /// <summary>In UTC; a script puts the reader's own time in its place.</summary>
    public string At(DateTimeOffset at) =>
        at.ToUniversalTime().ToString(look.IsGerman ? "dd.MM.yyyy HH:mm 'UTC'" : "d MMM yyyy HH:mm 'UTC'", look.Culture);

    public string Day(DateOnly day) => day.ToString(look.IsGerman ? "dd.MM.yyyy" : "d MMM yyyy", look.Culture);

    /// <summary>A stretch of time, as exactly as somebody wants to know.</summary>
    public string Long(TimeSpan time) => time switch
    {
        { TotalSeconds: < 1 } => string.Create(look.Culture, $"{time.TotalMilliseconds:0} ms"),
        { TotalMinutes: < 1 } => string.Create(look.Culture, $"{time.TotalSeconds:0.#} s"),
        { TotalHours: < 1 } => string.Create(look.Culture, $"{time.TotalMinutes:0} min"),
        { TotalHours: < 10 } => string.Create(look.Culture, $"{time.TotalHours:0.#} h"),
        { TotalDays: < 2 } => string.Create(look.Culture, $"{time.TotalHours:0} h"),
        _ => Of("{0} days", ((long)time.TotalDays).ToString(look.Culture)),
    };

    /// <summary>For attributes of pictures.</summary>
    public static string Plain(double number) => number.ToString("0.##", CultureInfo.InvariantCulture);
}
