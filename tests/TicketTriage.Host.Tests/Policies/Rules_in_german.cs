using System.Net;
using System.Text.Json.Nodes;
using TicketTriage.Host.Access;
using TicketTriage.Host.Pages;
using TicketTriage.Host.Policies;
using TicketTriage.Host.Tests.Access;
using TicketTriage.Host.Tests.Pages;
using TicketTriage.Rehearsals;

namespace TicketTriage.Host.Tests.Policies;

[CancelAfter(120_000)]
internal sealed class Rules_in_german
{
    private const string Rule =
        """
        {
          "when": { "all": [
            { "field": "priority", "atLeast": "high" }, { "field": "sentiment", "is": ["negative", "neutral"] }, { "field": "brand", "exists": false },
            { "any": [ { "field": "businessHours", "is": true }, { "none": [ { "field": "tags", "isNot": ["high"] }, { "field": "signals", "exists": true } ] } ] }
          ] },
          "then": { "group": "Billing", "agent": "11", "requireSkills": { "refunds": 3 }, "preferSkills": ["german"], "priorityAtLeast": "urgent", "hold": true, "tags": ["high"] }
        }
        """;

    [TestCase(true,
        "Priorität ≥ hoch und Stimmung ist negativ, neutral und Marke ist nicht da und (Geschäftszeit ist ja oder (weder Tags ist nicht high noch Signale ist da))",
        "an die Gruppe Billing · an den Agenten 11 · braucht refunds 3 · bevorzugt german · Priorität mindestens dringend · für einen Menschen angehalten · Tags: high")]
    [TestCase(false,
        "priority ≥ high and sentiment is negative, neutral and brand is not there and (businessHours is yes or (neither tags is not high nor signals is there))",
        "to the group Billing · to the agent 11 · needs refunds 3 · prefers german · priority at least urgent · held for a person · tags: high")]
    public void A_rule_is_told_in_the_readers_words_and_names_stay_names(bool isGerman, string when, string then)
    {
        var wording = new RuleWording(new Words(new Look(isGerman, Theme: null)));
        var rule = JsonNode.Parse(Rule);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(wording.When(rule?["when"]), Is.EqualTo(when));
            Assert.That(wording.Then(rule?["then"]), Is.EqualTo(then));
        }
    }

    [Test]
    public async Task Table_form_trial_difference_and_history_have_no_english_left(CancellationToken cancellationToken)
    {
        await using var console = await SeededConsole.OpenAsync(30, cancellationToken);
        using var lead = await console.SignedInAsync(Roles.Lead, cancellationToken);
        using var german = await Door.SubmitAsync(lead, "/rules", "/look", [new("language", "de")], cancellationToken);
        using var saved = await Door.SubmitAsync(
            lead, "/rules/rule", "/rules/rule",
            [
                new("name", "Erstattung"), new("match", "all"), new("field", "intent"), new("operator", "is"), new("values", "billing/refund"),
                new("field", "businessHours"), new("operator", "is"), new("values", "nein"), new("field", "tags"), new("operator", "exists"),
                new("values", "ja"), new("hold", "on"), new("tags", "x"), new("revision", "0"),
            ],
            cancellationToken);
        using var moved = await Door.SubmitAsync(
            lead, "/rules", "/rules/move", [new("place", "7"), new("to", "0"), new("revision", "1")], cancellationToken);
        using var other = await Door.SubmitAsync(
            lead, "/rules/rule", "/rules/rule",
            [
                new("name", "Dringend"), new("field", "intent"), new("operator", "is"), new("values", "billing/refund"), new("agent", "11"),
                new("priorityAtLeast", "urgent"), new("requireSkills", "refunds:3"), new("group", "Refunds"), new("revision", "2"),
            ],
            cancellationToken);
        using var first = await Door.SubmitAsync(
            lead, "/rules", "/rules/move", [new("place", "8"), new("to", "0"), new("revision", "3")], cancellationToken);

        var table = WebUtility.HtmlDecode(await lead.GetStringAsync("/rules", cancellationToken));
        var form = await lead.GetStringAsync("/rules/rule?place=1", cancellationToken);
        var trial = await Trials.RunAsync(console, lead, "/rules", "routing", cancellationToken);
        var found = WebUtility.HtmlDecode(await lead.GetStringAsync(trial, cancellationToken));
        var version = WebUtility.HtmlDecode(await lead.GetStringAsync("/rules/history/0", cancellationToken));
        var history = WebUtility.HtmlDecode(await lead.GetStringAsync("/rules/history", cancellationToken));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(first.StatusCode, Is.EqualTo(HttpStatusCode.Redirect));
            Assert.That(table, Does.Contain("Geschäftszeit ist nein und Tags ist da").And.Contain("für einen Menschen angehalten · Tags: x"));
            Assert.That(table, Does.Contain("Priorität mindestens dringend").And.Not.Contain("priorityAtLeast").And.Not.Contain("hold:"));
            Assert.That(form, Does.Contain("value=\"nein\"").And.Contain("value=\"ja\"").And.Contain("ist da (ja oder nein)").And.Contain(">hoch</option>"));
            Assert.That(found, Does.Contain("dringend, Agent 11, Fähigkeiten refunds:3").And.Contain("keine Fähigkeiten").And.Not.Contain("no skills"));
            Assert.That(version, Does.Contain("veröffentlicht von Konfiguration").And.Contain("Die Regeln, wie konfiguriert."));
            Assert.That(history, Does.Contain("Konfiguration").And.Contain("Die Regeln, wie konfiguriert."));
        }
    }

    [Test]
    public void Each_part_of_a_route_has_a_word_for_none()
    {
        var route = new PastRoute("Billing", Helpdesks.TicketPriority.High, IsHeld: false, new Routing.Matching.TicketDemand(), []);

        var told = route.List(RouteParts.Priority | RouteParts.Agent | RouteParts.Hold | RouteParts.Skills | RouteParts.Tags);

        Assert.That(
            told.Select(part => $"{part.Part} {part.Value}".Trim()), Is.EqualTo(new[] { "Group Billing", "Priority high", "Agent", "Hold", "Skills", "Tags" }));
    }
}
