using System.Net;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using TicketTriage.Drafting.Style;
using TicketTriage.Escalations;
using TicketTriage.Host.Access;
using TicketTriage.Host.Pages;
using TicketTriage.Host.Policies;
using TicketTriage.Host.Policies.Parts;
using TicketTriage.Host.Tests.Access;
using TicketTriage.Host.Tests.Pages;
using TicketTriage.Policies;

namespace TicketTriage.Host.Tests.Policies;

/// <summary>The forms of matrix, taxonomy and style guide, sent as a browser without scripts sends them.</summary>
[CancelAfter(120_000)]
internal sealed class Editing_by_forms
{
    private const string Matrix = "select body from policy_drafts where kind = 'escalation'";
    private const string Taxonomy = "select body from policy_drafts where kind = 'taxonomy'";

    [Test]
    public async Task What_is_sent_back_as_it_was_shown_changes_nothing(CancellationToken cancellationToken)
    {
        await using var console = await SeededConsole.OpenAsync(1, cancellationToken);
        using var lead = await console.SignedInAsync(Roles.Lead, cancellationToken);
        var places = console.Services.GetRequiredService<PolicyPlaces>();

        using (Assert.EnterMultipleScope())
        {
            foreach (var (place, part, at) in (IEnumerable<(PolicyPlace, string, string)>)
                [
                    (places.Matrix, "rows", "0"), (places.Matrix, "rows", "1"), (places.Matrix, "at-once", "4"), (places.Matrix, "people", "lead"),
                    (places.Matrix, "settings", ""), (places.Taxonomy, "intents", "0"), (places.Taxonomy, "products", "0"),
                    (places.Taxonomy, "fields", "0"), (places.Style, "languages", "de"), (places.Style, "promises", "0"), (places.Style, "settings", ""),
                ])
            {
                var page = await lead.GetStringAsync(PartPages.PathOf(place.Path, part, at), cancellationToken);
                using var saved = await lead.PostAsync(PartPages.PathOf(place.Path, part), ShownForm.Of(page), cancellationToken);
                var draft = await console.Database.AskAsync<string>($"select body from policy_drafts where kind = '{place.Kind}'");

                Assert.That(saved.StatusCode, Is.EqualTo(HttpStatusCode.Redirect), $"{place.Path} {part} {at}");
                Assert.That(draft, Is.EqualTo(place.JsonInForce), $"{place.Path} {part} {at}");
            }
        }
    }

    [Test]
    public async Task A_list_that_is_longer_than_its_form_loses_no_row(CancellationToken cancellationToken)
    {
        await using var console = await SeededConsole.OpenAsync(1, cancellationToken);
        using var lead = await console.SignedInAsync(Roles.Lead, cancellationToken);
        var place = console.Services.GetRequiredService<PolicyPlaces>().Matrix;
        var document = JsonNode.Parse(place.JsonInForce)?.AsObject() ?? [];
        var shifts = Enumerable.Range(0, 60).Select(shift => (JsonNode)new JsonObject
        {
            ["person"] = shift % 2 == 0 ? "lead" : "head",
            ["hours"] = $"{shift % 23:00}:00-{(shift % 23) + 1:00}:00",
            ["days"] = new JsonArray("monday"),
        });
        document["rosters"] = new JsonObject { ["nights"] = new JsonObject { ["zone"] = "Europe/Berlin", ["shifts"] = new JsonArray([.. shifts]) } };
        using var kept = await Door.SubmitAsync(
            lead, "/matrix/text", "/matrix/text", [new("text", document.ToJsonString()), new("revision", "0")], cancellationToken);
        var before = await console.Database.AskAsync<string>(Matrix);

        var page = await lead.GetStringAsync("/matrix/part/rosters?at=nights", cancellationToken);
        using var saved = await lead.PostAsync("/matrix/part/rosters", ShownForm.Of(page), cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That((kept.StatusCode, saved.StatusCode), Is.EqualTo((HttpStatusCode.Redirect, HttpStatusCode.Redirect)));
            Assert.That(page, Does.Contain("10 more rows are edited as text"));
            Assert.That(await console.Database.AskAsync<string>(Matrix), Is.EqualTo(before));
        }
    }

    [Test]
    public async Task A_row_of_the_matrix_is_added_moved_and_counts_once_published(CancellationToken cancellationToken)
    {
        await using var console = await SeededConsole.OpenAsync(6, cancellationToken);
        using var lead = await console.SignedInAsync(Roles.Lead, cancellationToken);

        using var added = await SubmitAsync(
            lead, "/matrix/part/rows", 0, cancellationToken,
            new("f.name", "refunds <b>"), new("f.intents", "billing/refund, billing/*"), new("f.priorities", "high"), new("f.priorities", "urgent"),
            new("f.levels.count", "2"), new("f.levels.0.atShare", "62,5"), new("f.levels.0.direction", "functional"), new("f.levels.0.who", "lead, group"),
            new("f.levels.0.acknowledgeMinutes", "20"), new("f.levels.0.by", "mail"), new("f.levels.0.tag", "refund_late"),
            new("f.levels.1.atShare", "70"), new("f.levels.1.gone", "on"),
            new("f.levels.2.atShare", "100"), new("f.levels.2.direction", "hierarchical"), new("f.levels.2.who", "head"),
            new("f.levels.2.acknowledgeMinutes", "30"), new("f.levels.2.by", "chat"));
        using var moved = await Door.SubmitAsync(
            lead, "/matrix", "/matrix/part/rows/move", [new("at", "0"), new("to", "1"), new("revision", "1")], cancellationToken);
        var page = await lead.GetStringAsync("/matrix", cancellationToken);
        var trial = await Trials.RunAsync(console, lead, "/matrix", EscalationMatrix.Kind, cancellationToken);
        using var published = await Door.SubmitAsync(lead, trial, $"{trial}/publish", [new("note", "n"), new("sure", "on")], cancellationToken);
        var row = console.Services.GetRequiredService<EscalationPolicies>().Matrix.Matrix.Rows[1];

        using (Assert.EnterMultipleScope())
        {
            Assert.That((added.StatusCode, moved.StatusCode), Is.EqualTo((HttpStatusCode.Redirect, HttpStatusCode.Redirect)));
            Assert.That(page, Does.Contain("refunds &lt;b&gt;").And.Contain("not in force"));
            Assert.That(published.StatusCode, Is.EqualTo(HttpStatusCode.Redirect));
            Assert.That(row.Name, Is.EqualTo("refunds <b>"));
            Assert.That(row.Intents, Is.EqualTo(new[] { "billing/refund", "billing/*" }));
            Assert.That(row.Priorities, Has.Count.EqualTo(2));
            Assert.That(row.Levels, Has.Count.EqualTo(2), "one was taken out");
            Assert.That(row.Levels[0], Has.Property(nameof(MatrixLevel.AtShare)).EqualTo(0.625).And.Property(nameof(MatrixLevel.Tag)).EqualTo("refund_late"));
            Assert.That(row.Levels[0].Who, Is.EqualTo(new[] { "lead", "group" }));
        }
    }

    [Test]
    public async Task What_the_lint_refuses_is_shown_again_as_it_was_typed(CancellationToken cancellationToken)
    {
        await using var console = await SeededConsole.OpenAsync(1, cancellationToken);
        using var lead = await console.SignedInAsync(Roles.Lead, cancellationToken);

        using var nobody = await SubmitAsync(
            lead, "/matrix/part/rows", 0, cancellationToken,
            new("f.name", "mine"), new("f.levels.count", "0"), new("f.levels.0.atShare", "50"), new("f.levels.0.direction", "functional"),
            new("f.levels.0.who", "Napoleon"), new("f.levels.0.acknowledgeMinutes", "20"), new("f.levels.0.by", "mail"));
        using var noNumber = await SubmitAsync(
            lead, "/matrix/part/settings", 0, cancellationToken,
            new("f.fallback", "head"), new("f.coolDownMinutes", "soon"), new("f.mostMessages", "5"));
        using var taken = await SubmitAsync(lead, "/matrix/part/people", 0, cancellationToken, KeyValuePair.Create("name", "lead"));
        using var needed = await Door.SubmitAsync(
            lead, "/matrix", "/matrix/part/people/delete", [new("at", "head"), new("revision", "0")], cancellationToken);
        using var unknown = await lead.GetAsync("/matrix/part/rows?at=77", cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(nobody.StatusCode, Is.EqualTo(HttpStatusCode.BadRequest));
            Assert.That(await nobody.Content.ReadAsStringAsync(cancellationToken), Does.Contain("Napoleon is neither a person").And.Contain("value=\"mine\""));
            Assert.That(await noNumber.Content.ReadAsStringAsync(cancellationToken), Does.Contain("soon is no whole number"));
            Assert.That(await taken.Content.ReadAsStringAsync(cancellationToken), Does.Contain("There is lead already"));
            Assert.That(await needed.Content.ReadAsStringAsync(cancellationToken), Does.Contain("fallback is head"));
            Assert.That(unknown.StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
            Assert.That(await console.Database.AskAsync<long>("select count(*) from policy_drafts"), Is.Zero);
        }
    }

    [Test]
    public async Task An_intent_is_added_with_its_examples_and_taken_out_again(CancellationToken cancellationToken)
    {
        await using var console = await SeededConsole.OpenAsync(1, cancellationToken);
        using var lead = await console.SignedInAsync(Roles.Lead, cancellationToken);
        var before = console.Services.GetRequiredService<TaxonomyInForce>().Current.Content.Intents.Count;

        using var added = await SubmitAsync(
            lead, "/taxonomy/part/intents", 0, cancellationToken,
            new("f.name", "orders/engraving"), new("f.skill", "orders"), new("f.risk", "Low"), new("f.title.de", "Gravur"), new("f.title.en", "Engraving"),
            new("f.description.de", "Fragen zur Gravur."), new("f.description.en", "Questions about <engraving>."),
            new("f.examples.de", "Kann ich einen Namen eingravieren lassen?\r\nWas kostet eine Gravur?\r\n\r\nWelche Schriften gibt es?"),
            new("f.examples.en", "Can you engrave a name?\r\nWhat does engraving cost?\r\nWhich fonts are there?"));
        var refused = await added.Content.ReadAsStringAsync(cancellationToken);
        var draft = TaxonomyInForce.Read(System.Text.Encoding.UTF8.GetBytes(await console.Database.AskAsync<string>(Taxonomy) ?? "{}")).Content;
        var made = draft.FindIntent("orders/engraving");
        using var removed = await Door.SubmitAsync(
            lead, "/taxonomy", "/taxonomy/part/intents/delete", [new("at", $"{before}"), new("revision", "1")], cancellationToken);
        var after = TaxonomyInForce.Read(System.Text.Encoding.UTF8.GetBytes(await console.Database.AskAsync<string>(Taxonomy) ?? "{}")).Content;

        using (Assert.EnterMultipleScope())
        {
            Assert.That(added.StatusCode, Is.EqualTo(HttpStatusCode.Redirect), refused);
            Assert.That(made?.Examples["de"], Is.EqualTo(
                new[] { "Kann ich einen Namen eingravieren lassen?", "Was kostet eine Gravur?", "Welche Schriften gibt es?" }));
            Assert.That(made?.Description["en"], Is.EqualTo("Questions about <engraving>."));
            Assert.That(draft.Intents, Has.Count.EqualTo(before + 1));
            Assert.That(after.Intents, Has.Count.EqualTo(before));
        }
    }

    [Test]
    public async Task A_person_is_renamed_where_nobody_names_them_and_an_old_window_changes_nothing(CancellationToken cancellationToken)
    {
        await using var console = await SeededConsole.OpenAsync(1, cancellationToken);
        using var lead = await console.SignedInAsync(Roles.Lead, cancellationToken);

        using var added = await SubmitAsync(
            lead, "/matrix/part/people", 0, cancellationToken, new("name", "night"), new("f.quietHours.hours", ""), new("f.quietHours.zone", ""));
        using var renamed = await SubmitAsync(
            lead, "/matrix/part/people?at=night", 1, cancellationToken,
            new("at", "night"), new("name", "night shift"), new("f.quietHours.hours", "22:00-06:00"), new("f.quietHours.zone", "Europe/Berlin"));
        using var old = await SubmitAsync(lead, "/matrix/part/people", 1, cancellationToken, KeyValuePair.Create("name", "late"));
        var people = EscalationMatrix.Parse(System.Text.Encoding.UTF8.GetBytes(await console.Database.AskAsync<string>(Matrix) ?? "{}")).Content.People;

        using (Assert.EnterMultipleScope())
        {
            Assert.That((added.StatusCode, renamed.StatusCode), Is.EqualTo((HttpStatusCode.Redirect, HttpStatusCode.Redirect)));
            Assert.That(old.StatusCode, Is.EqualTo(HttpStatusCode.Conflict));
            Assert.That(people.Keys, Is.EqualTo(new[] { "lead", "head", "night shift" }));
            Assert.That(people["night shift"].QuietHours, Is.EqualTo(new QuietHours("22:00-06:00", "Europe/Berlin")));
        }
    }

    [Test]
    public async Task A_verbatim_text_and_a_name_that_is_never_translated_are_added_and_shown_again(CancellationToken cancellationToken)
    {
        await using var console = await SeededConsole.OpenAsync(1, cancellationToken);
        using var lead = await console.SignedInAsync(Roles.Lead, cancellationToken);

        using var text = await SubmitAsync(
            lead, "/style/part/snippets", 0, cancellationToken,
            new("f.name", "right-of-withdrawal"), new("f.text.de", "Sie dürfen binnen 14 Tagen\r\nwiderrufen."),
            new("f.text.en", "You may withdraw within 14 days."), new("f.intents", "orders/*"));
        using var term = await SubmitAsync(
            lead, "/style/part/glossary", 1, cancellationToken, new("f.term", "SmartBox"), new("f.not", "schlaue Kiste\r\nkluge Box"));
        var guide = StyleGuide.Parse(System.Text.Encoding.UTF8.GetBytes(
            await console.Database.AskAsync<string>("select body from policy_drafts where kind = 'style'") ?? "{}")).Content;
        var again = await lead.GetStringAsync("/style/part/snippets?at=0", cancellationToken);
        var page = await lead.GetStringAsync("/style", cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That((text.StatusCode, term.StatusCode), Is.EqualTo((HttpStatusCode.Redirect, HttpStatusCode.Redirect)));
            Assert.That(guide.Snippets[0].Text["de"], Is.EqualTo("Sie dürfen binnen 14 Tagen\nwiderrufen."));
            Assert.That(guide.Snippets[0].Intents, Is.EqualTo(new[] { "orders/*" }));
            Assert.That((guide.Glossary[0].Term, string.Join('|', guide.Glossary[0].Not)), Is.EqualTo(("SmartBox", "schlaue Kiste|kluge Box")));
            Assert.That(again, Does.Contain("You may withdraw within 14 days."));
            Assert.That(page, Does.Contain("/style/part/snippets?at=0").And.Contain("/style/part/glossary?at=0"));
        }
    }

    [Test]
    public void Every_title_and_hint_has_a_german_sentence()
    {
        var parts = (IEnumerable<PolicyPart>)
            [.. PolicyParts.Matrix, .. PolicyParts.Style(StyleGuide.LoadShipped().Content), .. PolicyParts.Taxonomy(ShippedPolicies.LoadTaxonomy().Content)];
        var fields = parts.SelectMany(part => part.Fields).SelectMany(field => field.Inner.Prepend(field)).ToList();

        var said = parts.Select(part => part.Title).Concat(fields.SelectMany(field => new[] { field.Title, field.Hint ?? field.Title }))
            .Concat(fields.SelectMany(field => field.Choices).Select(choice => choice.ToLowerInvariant()));

        Assert.That(said.Where(sentence => !Words.Knows(sentence)), Is.Empty);
    }

    private static Task<HttpResponseMessage> SubmitAsync(
        HttpClient lead, string page, int revision, CancellationToken cancellationToken, params KeyValuePair<string, string>[] fields) =>
        Door.SubmitAsync(lead, page, page.Split('?')[0], [.. fields, new("revision", $"{revision}")], cancellationToken);
}
