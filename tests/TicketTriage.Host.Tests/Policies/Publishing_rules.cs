using System.Net;
using Microsoft.Extensions.DependencyInjection;
using TicketTriage.Host.Access;
using TicketTriage.Host.Tests.Access;
using TicketTriage.Host.Tests.Pages;
using TicketTriage.Policies;
using TicketTriage.Routing;
using TicketTriage.Routing.Rules;

namespace TicketTriage.Host.Tests.Policies;

[CancelAfter(120_000)]
internal sealed class Publishing_rules
{
    private static readonly KeyValuePair<string, string>[] RefundRule =
    [
        new("name", "refunds <first>"), new("match", "all"), new("field", "intent"), new("operator", "is"), new("values", "billing/refund"),
        new("group", "Refunds"), new("note", "Since <b>spring</b>"),
    ];

    [Test]
    public async Task A_rule_goes_from_the_form_through_a_trial_into_force_and_back(CancellationToken cancellationToken)
    {
        await using var console = await SeededConsole.OpenAsync(30, cancellationToken);
        using var lead = await console.SignedInAsync(Roles.Lead, cancellationToken);
        var rules = console.Services.GetRequiredService<RulesInForce>();
        var before = rules.Current.Document.Version;

        using var saved = await Door.SubmitAsync(lead, "/rules/rule", "/rules/rule", [.. RefundRule, new("revision", "0")], cancellationToken);
        var draft = await lead.GetStringAsync("/rules", cancellationToken);
        for (var place = 7; place > 0; place--)
        {
            using var moved = await MoveAsync(lead, place, place - 1, revision: 8 - place, cancellationToken);
            Assert.That(moved.Headers.Location?.OriginalString, Is.EqualTo($"/rules#rule-{place}"), "where it stands now");
        }

        var ordered = await lead.GetStringAsync("/rules", cancellationToken);

        var trial = await TryAsync(console, lead, cancellationToken);
        var found = await lead.GetStringAsync(trial, cancellationToken);
        using var hasty = await Door.SubmitAsync(lead, trial, $"{trial}/publish", [new("note", "Refunds have their own desk")], cancellationToken);
        using var published = await Door.SubmitAsync(
            lead, trial, $"{trial}/publish", [new("note", "Refunds have their own desk"), new("sure", "on")], cancellationToken);
        var inForce = rules.Current.Document;
        var history = await lead.GetStringAsync(published.Headers.Location, cancellationToken);
        var later = await lead.GetStringAsync("/rules/history", cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(saved.Headers.Location?.OriginalString, Is.EqualTo("/rules"));
            Assert.That(draft, Does.Contain("refunds &lt;first&gt;").And.Contain("Since &lt;b&gt;spring&lt;/b&gt;").And.Contain("not in force"));
            Assert.That(found, Does.Contain("<b>30</b>").And.Contain("<b>10</b>").And.Contain("33 %"), "ten of thirty are refunds");
            Assert.That(found, Does.Contain("Waiting and breaches, simulated").And.Contain("Solved after their target"));
            Assert.That(Trials.Of(console, trial)?.Figures?.Effect is { Before.MeanMinutes: > 0, After.MeanMinutes: > 0 }, Is.True);
            Assert.That(hasty.StatusCode, Is.EqualTo(HttpStatusCode.Conflict), "a third of the tickets is asked about again");
            Assert.That(published.StatusCode, Is.EqualTo(HttpStatusCode.Redirect));
            Assert.That(inForce.Version, Is.Not.EqualTo(before));
            Assert.That(inForce.Content.Rules[0].Name, Is.EqualTo("refunds <first>"));
            Assert.That(ordered, Does.Contain("<tr id=\"rule-1\" tabindex=\"-1\" data-place=\"0\""));
            Assert.That(history, Does.Contain(inForce.Version).And.Contain("Refunds have their own desk"));
            Assert.That(history, Does.Contain($"role=\"status\">Version {inForce.Version} is in force.</p>"));
            Assert.That(later, Does.Not.Contain("role=\"status\""));
        }
    }

    [Test]
    public async Task A_rule_that_names_a_group_which_the_helpdesk_lacks_is_refused_with_the_reason(CancellationToken cancellationToken)
    {
        await using var console = await SeededConsole.OpenAsync(3, cancellationToken);
        using var lead = await console.SignedInAsync(Roles.Lead, cancellationToken);
        var rules = console.Services.GetRequiredService<RulesInForce>();
        var known = new KnownNames { Groups = rules.Current.Document.Content.ListGroups() };
        await rules.RefreshAsync(_ => Task.FromResult(known), cancellationToken);

        using var refused = await Door.SubmitAsync(lead, "/rules/rule", "/rules/rule", [.. RefundRule, new("revision", "0")], cancellationToken);
        var page = await refused.Content.ReadAsStringAsync(cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(refused.StatusCode, Is.EqualTo(HttpStatusCode.BadRequest));
            Assert.That(page, Does.Contain("names the group Refunds, which the helpdesk does not have"));
            Assert.That(await console.Database.AskAsync<long>("select count(*) from policy_drafts"), Is.Zero);
        }
    }

    [Test]
    public async Task Of_two_leads_who_began_with_the_same_version_one_is_told_and_loses_nothing(CancellationToken cancellationToken)
    {
        await using var console = await SeededConsole.OpenAsync(3, cancellationToken);
        using var first = await console.SignedInAsync(Roles.Lead, cancellationToken);
        using var second = await console.SignedInAsync(SeededConsole.SecondLead, cancellationToken);
        using var one = await Door.SubmitAsync(first, "/rules", "/rules/delete", [new("place", "6"), new("revision", "0")], cancellationToken);
        using var other = await Door.SubmitAsync(second, "/rules", "/rules/delete", [new("place", "5"), new("revision", "0")], cancellationToken);
        var trialOfFirst = await TryAsync(console, first, cancellationToken);
        var trialOfSecond = await TryAsync(console, second, cancellationToken);

        using var won = await PublishAsync(first, trialOfFirst, cancellationToken);
        using var lost = await PublishAsync(second, trialOfSecond, cancellationToken);
        var told = await lost.Content.ReadAsStringAsync(cancellationToken);
        var page = await second.GetStringAsync("/rules", cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(won.StatusCode, Is.EqualTo(HttpStatusCode.Redirect));
            Assert.That(lost.StatusCode, Is.EqualTo(HttpStatusCode.Conflict));
            Assert.That(told, Does.Contain("Your draft is kept"));
            Assert.That(page, Does.Contain("lead has published since you began this draft").And.Contain("not in force"));
            Assert.That(await console.Database.AskAsync<long>("select count(*) from policy_publications"), Is.EqualTo(1));
            Assert.That(await console.Database.AskAsync<long>("select count(*) from policy_drafts where author = 'lotte'"), Is.EqualTo(1));
        }
    }

    [Test]
    public async Task Two_leads_who_edit_the_same_rule_see_what_the_other_did_before_one_replaces_it(CancellationToken cancellationToken)
    {
        await using var console = await SeededConsole.OpenAsync(3, cancellationToken);
        using var first = await console.SignedInAsync(Roles.Lead, cancellationToken);
        using var second = await console.SignedInAsync(SeededConsole.SecondLead, cancellationToken);
        using var one = await EditAsync(first, "by the first", cancellationToken);
        using var other = await EditAsync(second, "by the second", cancellationToken);
        var drafts = await console.Database.AskAsync<long>("select count(*) from policy_drafts where body like '%by the %'");

        using var won = await PublishAsync(first, await TryAsync(console, first, cancellationToken), cancellationToken);
        using var lost = await PublishAsync(second, await TryAsync(console, second, cancellationToken), cancellationToken);
        var latest = await console.Database.AskAsync<long>("select max(id) from policy_publications");
        var theirs = await second.GetStringAsync($"/rules/history/{latest}", cancellationToken);
        using var goesOn = await Door.SubmitAsync(
            second, "/rules", "/rules/rebase", [new("revision", "1"), new("seen", $"{latest}")], cancellationToken);
        using var replaced = await PublishAsync(second, await TryAsync(console, second, cancellationToken), cancellationToken);
        var rules = console.Services.GetRequiredService<RulesInForce>().Current.Document.Content.Rules;

        using (Assert.EnterMultipleScope())
        {
            Assert.That((one.StatusCode, other.StatusCode, drafts), Is.EqualTo((HttpStatusCode.Redirect, HttpStatusCode.Redirect, 2L)));
            Assert.That((won.StatusCode, lost.StatusCode), Is.EqualTo((HttpStatusCode.Redirect, HttpStatusCode.Conflict)));
            Assert.That(theirs, Does.Contain("by the first"));
            Assert.That((goesOn.StatusCode, replaced.StatusCode), Is.EqualTo((HttpStatusCode.Redirect, HttpStatusCode.Redirect)));
            Assert.That(rules[0].Note, Is.EqualTo("by the second"));
            Assert.That(await console.Database.AskAsync<long>("select count(*) from policies where body::text like '%by the first%'"), Is.EqualTo(1));
        }
    }

    [Test]
    public async Task A_trial_that_would_move_a_third_is_published_only_by_who_says_so(CancellationToken cancellationToken)
    {
        await using var console = await SeededConsole.OpenAsync(30, cancellationToken);
        using var lead = await console.SignedInAsync(Roles.Lead, cancellationToken);
        var before = console.Services.GetRequiredService<RulesInForce>().Current.Document.Version;
        using var saved = await Door.SubmitAsync(lead, "/rules/rule", "/rules/rule", [.. RefundRule, new("revision", "0")], cancellationToken);
        using var moved = await MoveAsync(lead, 7, 0, revision: 1, cancellationToken);
        var trial = await TryAsync(console, lead, cancellationToken);

        using var hasty = await Door.SubmitAsync(lead, trial, $"{trial}/publish", [new("note", "n")], cancellationToken);
        using var denied = await Door.SubmitAsync(lead, trial, $"{trial}/publish", [new("note", "n"), new("sure", "off")], cancellationToken);
        var asked = await hasty.Content.ReadAsStringAsync(cancellationToken);
        var between = console.Services.GetRequiredService<RulesInForce>().Current.Document.Version;
        using var meant = await PublishAsync(lead, trial, cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That((hasty.StatusCode, denied.StatusCode), Is.EqualTo((HttpStatusCode.Conflict, HttpStatusCode.Conflict)));
            Assert.That(asked, Does.Contain("This would move 33 % of the tickets").And.Contain("name=\"sure\""));
            Assert.That(between, Is.EqualTo(before));
            Assert.That(meant.StatusCode, Is.EqualTo(HttpStatusCode.Redirect));
        }
    }

    [Test]
    public async Task What_the_configuration_says_is_brought_back_as_any_version(CancellationToken cancellationToken)
    {
        await using var console = await SeededConsole.OpenAsync(3, cancellationToken);
        using var lead = await console.SignedInAsync(Roles.Lead, cancellationToken);
        var rules = console.Services.GetRequiredService<RulesInForce>();
        var configured = rules.Current.Document.Content.Rules.Select(rule => rule.Name).ToList();
        using var one = await Door.SubmitAsync(lead, "/rules", "/rules/delete", [new("place", "0"), new("revision", "0")], cancellationToken);
        using var published = await PublishAsync(lead, await TryAsync(console, lead, cancellationToken), cancellationToken);
        var without = rules.Current.Document.Content.Rules.Count;

        using var back = await Door.SubmitAsync(lead, "/rules/history/0", "/rules/history/0/return", [], cancellationToken);
        using var again = await PublishAsync(lead, await TryAsync(console, lead, cancellationToken), cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(without, Is.EqualTo(configured.Count - 1));
            Assert.That((back.StatusCode, again.StatusCode), Is.EqualTo((HttpStatusCode.Redirect, HttpStatusCode.Redirect)));
            Assert.That(rules.Current.Document.Content.Rules.Select(rule => rule.Name), Is.EqualTo(configured));
        }
    }

    [Test]
    public async Task A_change_from_a_page_that_is_old_changes_nothing_and_shows_what_was_sent(CancellationToken cancellationToken)
    {
        await using var console = await SeededConsole.OpenAsync(1, cancellationToken);
        using var lead = await console.SignedInAsync(Roles.Lead, cancellationToken);
        using var first = await Door.SubmitAsync(lead, "/rules", "/rules/delete", [new("place", "6"), new("revision", "0")], cancellationToken);

        using var stale = await Door.SubmitAsync(lead, "/rules/rule", "/rules/rule", [.. RefundRule, new("revision", "0")], cancellationToken);
        using var again = await Door.SubmitAsync(lead, "/rules", "/rules/delete", [new("place", "6"), new("revision", "0")], cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(stale.StatusCode, Is.EqualTo(HttpStatusCode.Conflict));
            Assert.That(await stale.Content.ReadAsStringAsync(cancellationToken), Does.Contain("Since").And.Contain("Refunds"));
            Assert.That(again.StatusCode, Is.EqualTo(HttpStatusCode.Conflict));
            Assert.That(await console.Database.AskAsync<int>("select revision from policy_drafts"), Is.EqualTo(1));
        }
    }

    [Test]
    public async Task Ten_thousand_rules_are_refused_with_a_sentence(CancellationToken cancellationToken)
    {
        await using var console = await SeededConsole.OpenAsync(1, cancellationToken);
        using var lead = await console.SignedInAsync(Roles.Lead, cancellationToken);
        var rule = """{"name":"r%","when":{"all":[{"field":"intent","is":["billing/refund"]}]},"then":{"group":"A"}}""";
        var text = $$"""{"fallbackGroup":"Support","rules":[{{string.Join(',', Enumerable.Range(0, 10_000).Select(n => rule.Replace("%", $"{n}")))}}]}""";

        using var answer = await Door.SubmitAsync(lead, "/rules/text", "/rules/text", [new("text", text), new("revision", "0")], cancellationToken);
        var page = await answer.Content.ReadAsStringAsync(cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.BadRequest));
            Assert.That(page, Does.Contain("These are 10000 rules and 1000 are the most"));
            Assert.That(await console.Database.AskAsync<long>("select count(*) from policy_drafts"), Is.Zero);
        }
    }

    [Test]
    public async Task A_text_that_is_longer_than_any_form_is_refused_and_changes_nothing(CancellationToken cancellationToken)
    {
        await using var console = await SeededConsole.OpenAsync(1, cancellationToken);
        using var lead = await console.SignedInAsync(Roles.Lead, cancellationToken);

        using var long2 = await Door.SubmitAsync(
            lead, "/rules/text", "/rules/text", [new("text", new string('x', 2_100_000)), new("revision", "0")], cancellationToken);
        using var tooLong = await Door.SubmitAsync(
            lead, "/rules/text", "/rules/text", [new("text", new string('x', 19_000_000)), new("revision", "0")], cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(long2.StatusCode, Is.EqualTo(HttpStatusCode.BadRequest));
            Assert.That(await long2.Content.ReadAsStringAsync(cancellationToken), Does.Contain("2100000 characters and 2000000 are the most"));
            Assert.That(tooLong.StatusCode, Is.EqualTo(HttpStatusCode.RequestEntityTooLarge));
            Assert.That(await tooLong.Content.ReadAsStringAsync(cancellationToken), Does.Contain("Nothing was saved"));
            Assert.That(await console.Database.AskAsync<long>("select count(*) from policy_drafts"), Is.Zero);
        }
    }

    [Test]
    public async Task What_one_process_publishes_another_takes(CancellationToken cancellationToken)
    {
        await using var console = await SeededConsole.OpenAsync(1, cancellationToken);
        var desk = console.Services.GetRequiredService<PolicyDesk>();
        var taxonomy = console.Services.GetRequiredService<TaxonomyInForce>();
        var other = taxonomy.Current.Content with { Products = [new Product("kettle", ["kettle"])] };
        var json = System.Text.Encoding.UTF8.GetString(other.ToJson());

        // As another process would: this one is not told.
        await desk.PublishAsync(taxonomy.Kind, "abcabcabcabc", json, "lea", "A new product", PolicyDesk.Beginning, cancellationToken);

        await Eventually.TrueAsync(() => taxonomy.Current.Version == "abcabcabcabc", cancellationToken);
        Assert.That(taxonomy.Current.Content.Products.Select(product => product.Name), Is.EqualTo(new[] { "kettle" }));
    }

    /// <summary>Changes the note of the first rule.</summary>
    private static async Task<HttpResponseMessage> EditAsync(HttpClient lead, string note, CancellationToken cancellationToken)
    {
        var shown = ShownForm.FieldsOf(await lead.GetStringAsync("/rules/rule?place=0", cancellationToken));
        using var form = new FormUrlEncodedContent(shown.Select(field => field.Key == "note" ? KeyValuePair.Create("note", note) : field));
        return await lead.PostAsync("/rules/rule", form, cancellationToken);
    }

    private static Task<HttpResponseMessage> MoveAsync(HttpClient lead, int place, int to, int revision, CancellationToken cancellationToken) =>
        Door.SubmitAsync(
            lead, "/rules", "/rules/move", [new("place", $"{place}"), new("to", $"{to}"), new("revision", $"{revision}")], cancellationToken);

    private static Task<HttpResponseMessage> PublishAsync(HttpClient lead, string trial, CancellationToken cancellationToken) =>
        Door.SubmitAsync(lead, trial, $"{trial}/publish", [new("note", "Less is more"), new("sure", "on")], cancellationToken);

    private static Task<string> TryAsync(SeededConsole console, HttpClient lead, CancellationToken cancellationToken) =>
        Trials.RunAsync(console, lead, "/rules", "routing", cancellationToken);
}
