using System.Net;
using System.Text;
using TicketTriage.Drafting.Style;
using TicketTriage.Escalations;
using TicketTriage.Host.Access;
using TicketTriage.Host.Pages;
using TicketTriage.Host.Policies;
using TicketTriage.Host.Tests.Access;
using TicketTriage.Policies;
using TicketTriage.Prioritisation;
using TicketTriage.Routing.Rules;
using TicketTriage.Testing;
using TicketTriage.Triages;

namespace TicketTriage.Host.Tests.Pages;

[CancelAfter(120_000)]
internal sealed class What_lints_and_reasons_say
{
    private static readonly Words German = new(new Look(IsGerman: true, Theme: null));

    /// <summary>Whatever is written in them is said to people, but for what stands in <see cref="Silent"/>.</summary>
    private static readonly string[] Sources =
    [
        "src/TicketTriage/Routing/Rules/RuleLint.cs", "src/TicketTriage/Routing/Rules/RuleReach.cs", "src/TicketTriage/Routing/Rules/RuleReader.cs",
        "src/TicketTriage/Policies/TaxonomyLint.cs", "src/TicketTriage/Escalations/EscalationMatrixLint.cs",
        "src/TicketTriage/Drafting/Style/StyleGuideLint.cs", "src/TicketTriage/ServiceLevels/OpenWindow.cs",
        "src/TicketTriage/Prioritisation/PriorityScale.cs", "src/TicketTriage/Prioritisation/PriorityChoice.cs",
        "src/TicketTriage/Routing/GroupRouter.cs", "src/TicketTriage/Routing/Rules/FieldTest.cs",
        "src/TicketTriage/Routing/Matching/AgentChoice.cs", "src/TicketTriage/Routing/Matching/Staff.cs",
        "src/TicketTriage/Understanding/Local/TaxonomyReader.cs", "src/TicketTriage/Understanding/Local/ProductFinder.cs",
        "src/TicketTriage/Understanding/Local/SentimentReader.cs", "src/TicketTriage/Understanding/Local/LearntIntents.cs",
        "src/TicketTriage/Reading/LanguageFinder.cs", "src/TicketTriage/Understanding/ModelAnswer.cs", "src/TicketTriage/Understanding/Cascade.cs",
        "src/TicketTriage/Models/ModelRefusals.cs", "src/TicketTriage/Routing/SkillDesk.cs", "src/TicketTriage/WriteBack/ChangePlan.cs",
        "src/TicketTriage/WriteBack/FieldPlan.cs", "src/TicketTriage/Escalations/EscalationPlan.cs",
    ];

    /// <summary>Joins names or the clock, which the table has without the comma, or is told to whoever runs the program.</summary>
    private static readonly string[] Silent =
    [
        " and ", " before ", ", by the helpdesk's own clock", ", by the clock kept here", "The model in ",
        " learn from tickets whose intents are the taxonomy's.", "The words of the language ",
    ];

    [Test]
    public void Every_sentence_of_theirs_has_its_german()
    {
        var known = LintInGerman.Texts.Concat(ReasonsInGerman.Texts).Select(text => text.Key).ToList();

        var said = Sources.SelectMany(source => SourceTexts.In(Repository.Read(source))).Where(IsSaid).ToList();

        Assert.That(said, Has.Count.GreaterThan(150));
        Assert.That(said.Where(pieces => !known.Exists(key => Holds(key, pieces))).Select(pieces => string.Join("…", pieces)), Is.Empty);
    }

    [Test]
    public void The_shipped_priorities_and_escalations_give_their_reasons_in_german()
    {
        var reasons = PriorityPolicy.LoadShipped().Content.Rules.Select(rule => rule.Because)
            .Concat(EscalationMatrix.LoadShipped().Content.AtOnce.Select(rule => rule.Because)).ToList();

        Assert.That(reasons, Has.Count.GreaterThan(15));
        Assert.That(reasons.Where(because => German.Sentence(because) == because), Is.Empty);
    }

    [TestCase("Rule “a: b” names the group X, which the helpdesk does not have.", "Regel „a: b“ nennt die Gruppe X, die der Helpdesk nicht hat.")]
    [TestCase(
        "Rule “VIP” can be given to nobody: no agent has refunds at level 3 and german at level 2. Its tickets would wait for ever.",
        "Was Regel „VIP“ nimmt, darf niemand bekommen: Kein Agent hat refunds auf Stufe 3 und german auf Stufe 2. Diese Tickets würden für immer warten.")]
    [TestCase("A condition has to be an object in braces.", "Eine Bedingung muss ein Objekt in geschweiften Klammern sein.")]
    [TestCase("Name stands twice in a rule.", "Name steht doppelt in einer Regel.")]
    [TestCase("Intent billing/refund, title is missing in de.", "Das Anliegen billing/refund, Bezeichnung: Die Sprache de fehlt.")]
    [TestCase("There are 2 of the need of Intent a/b: order_number.", "Das Anliegen a/b nennt das Feld order_number 2-mal.")]
    [TestCase("Row 1, level 2: atRisk is 3; it has to lie between 0 and 1.", "Zeile 1, Stufe 2: atRisk ist 3; es muss zwischen 0 und 1 liegen.")]
    [TestCase(
        "Raised from Normal to High: the customer keeps writing (3 tickets in seven days).",
        "Von normal auf hoch angehoben: Der Kunde schreibt immer wieder (3 Tickets in sieben Tagen).")]
    [TestCase(
        "Raised from Low to Urgent: a reason of the team's own (api; Reply, due at 2026-11-22 10:00 UTC).",
        "Von niedrig auf dringend angehoben: a reason of the team's own (api; Reply, fällig am 2026-11-22 10:00 UTC).")]
    [TestCase(
        "Rule “Refunds”: intent billing/refund (93 % sure), language de, sentiment negative, tag a, b, out of business hours.",
        "Regel „Refunds“: Anliegen billing/refund (93 % sicher), Sprache de, Stimmung negativ, Tag a, b, außerhalb der Geschäftszeit.")]
    [TestCase("Not: 11, 12 (away); 4 (not in the group Billing).", "Nicht: 11, 12 (abwesend); 4 (nicht in der Gruppe Billing).")]
    [TestCase(
        "100 % of the target for first reply are used up; it is due at 2026-11-22 10:00 UTC, by the clock kept here.",
        "Das Ziel für die erste Antwort ist nach der hier geführten Uhr zu 100 % verbraucht; fällig ist es am 2026-11-22 10:00 UTC.")]
    [TestCase("The customer wants the money back (and says so).", "The customer wants the money back (and says so).")]
    public void Values_stay_as_they_are_and_what_nobody_knows_stays_english(string english, string german) =>
        Assert.That(German.Sentence(english), Is.EqualTo(german));

    [Test]
    public void Whoever_reads_english_reads_them_as_they_were_made() =>
        Assert.That(
            new Words(new Look(IsGerman: false, Theme: null)).Sentences(["The local model agrees.", "Agent 3 gets it."]),
            Is.EqualTo("The local model agrees. Agent 3 gets it."));

    [Test]
    public void Faults_in_documents_of_every_kind_read_german()
    {
        string[] faults =
        [
            .. Faults("""{ "fallbackGroup": 7, "rules": [ { "name": "a", "who": 1, "when": { "field": "intend", "is": "x" }, "then": { "grop": "b" } } ], "rules": [] }"""),
            .. Faults("""{ "fallbackGroup": "Triage", "rules": [ { "name": "a", "until": "2020-01-01", "when": { "all": [] }, "then": {} } ] }"""),
            .. Faults("{ \"fallbackGroup\": \"Triage\", "), .. Faults("[1] 2"), .. Faults(""), .. Faults("{ fallbackGroup: 1 }"), .. Faults("{} x"),
            .. FaultsOf(json => TaxonomyInForce.Read(json), "{}"), .. FaultsOf(json => TaxonomyInForce.Read(json), "null"),
            .. FaultsOf(json => TaxonomyInForce.Read(json), """{ "intents": [], "colour": 1 }"""),
            .. FaultsOf(json => TaxonomyInForce.Read(json), """{ "intents": 1 }"""), .. FaultsOf(json => TaxonomyInForce.Read(json), "{ \"intents\": [ ,"),
            .. FaultsOf(json => StyleGuide.Parse(json), """{ "mostWords": "many" }"""), .. FaultsOf(json => StyleGuide.Parse(json), "{"),
        ];

        Assert.That(faults, Has.Length.GreaterThan(15));
        Assert.That(faults.Where(fault => IsEnglish(German.Sentence(fault))).Select(fault => $"{fault} > {German.Sentence(fault)}"), Is.Empty);
    }

    [Test]
    public async Task Pages_in_german_have_no_english_lint_and_no_english_reasons(CancellationToken cancellationToken)
    {
        await using var console = await SeededConsole.OpenAsync(6, cancellationToken);
        using var lead = await console.SignedInAsync(Roles.Lead, cancellationToken);
        await console.Database.AskAsync<object>(
            """
            update triages set priority = '{"value":"high","confidence":1,"reasons":["Begins at Normal, as most intents do.", "Raised from Normal to High: the customer may leave."]}',
                route = route || '{"reasons":["Rule “Refunds”: intent billing/refund (93 % sure), within business hours."]}' where number = '3'
            """);
        using var german = await Door.SubmitAsync(lead, "/rules", "/look", [new("language", "de")], cancellationToken);
        using var saved = await Door.SubmitAsync(
            lead, "/rules/text", "/rules/text",
            [new("text", """{ "fallbackGroup": "Triage", "rules": [ { "name": "leer", "when": { "field": "language", "is": "de" }, "then": {} } ] }"""),
                new("revision", "0")],
            cancellationToken);
        using var taxonomy = await Door.SubmitAsync(
            lead, "/taxonomy/text", "/taxonomy/text", [new("text", "{ \"intents\": [], \"colour\": 1 }"), new("revision", "0")], cancellationToken);

        var rules = WebUtility.HtmlDecode(await saved.Content.ReadAsStringAsync(cancellationToken));
        var intents = WebUtility.HtmlDecode(await taxonomy.Content.ReadAsStringAsync(cancellationToken));
        var ticket = WebUtility.HtmlDecode(await lead.GetStringAsync("/tickets/acme/3", cancellationToken));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(rules, Does.Contain("Regel „leer“ tut nichts").And.Not.Contain("does nothing"));
            Assert.That(intents, Does.Contain("colour gibt es hier nicht.").And.Not.Contain("JSON property"));
            Assert.That(ticket, Does.Contain("Von normal auf hoch angehoben: Der Kunde könnte kündigen.").And.Not.Contain("Raised from"));
            Assert.That(ticket, Does.Contain("Regel „Refunds“: Anliegen billing/refund (93 % sicher), in der Geschäftszeit.").And.Not.Contain("business hours"));
        }
    }

    private static IEnumerable<string> Faults(string rules) =>
        RuleFile.Read(Encoding.UTF8.GetBytes(rules), new KnownNames(), new DateOnly(2026, 11, 22)).Faults.Select(fault => fault.Reason);

    private static IReadOnlyList<string> FaultsOf(Action<byte[]> read, string json) =>
        Assert.Throws<PolicyFaultyException>(() => read(Encoding.UTF8.GetBytes(json)))?.Faults ?? [];

    private static bool IsEnglish(string text) =>
        text.Split(' ', '.', ',', ';', ':').Intersect(["the", "is", "has", "of", "to", "known", "there", "be"], StringComparer.OrdinalIgnoreCase).Any();

    // A name, a path or a form of a date is no sentence.
    private static bool IsSaid(IReadOnlyList<string> pieces) =>
        pieces.Sum(piece => piece.Count(char.IsAsciiLetter)) > 2 && pieces.Any(piece => piece.Contains(' ', StringComparison.Ordinal))
        && !Silent.Contains(pieces[0]);

    private static bool Holds(string key, IReadOnlyList<string> pieces)
    {
        var at = 0;
        foreach (var piece in pieces)
        {
            var found = key.IndexOf(piece, at, StringComparison.OrdinalIgnoreCase);
            if (found < 0)
            {
                return false;
            }

            at = found + piece.Length;
        }

        return true;
    }
}
