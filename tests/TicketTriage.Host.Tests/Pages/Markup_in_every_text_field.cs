using Microsoft.AspNetCore.Routing;
using TicketTriage.Host.Access;
using TicketTriage.Host.Tests.Access;
using TicketTriage.Host.Tests.Policies;

namespace TicketTriage.Host.Tests.Pages;

[CancelAfter(120_000)]
internal sealed class Markup_in_every_text_field
{
    private const string Markup = "\"'><img src=x onerror=alert(1)>";

    /// <summary>Each form with the fields that take any text, and what it has beside them to be taken.</summary>
    private static readonly (string Page, string Action, string[] Texts, (string Name, string Value)[] Others)[] Forms =
    [
        ("/rules/rule", "/rules/rule", ["name", "owner", "note", "group", "agent", "tags", "values"], [("field", "brand"), ("operator", "is"), ("revision", "0")]),
        ("/rules/rule", "/rules/rule", ["from", "until", "minConfidence", "requireSkills", "preferSkills", "before", "nested"], [("name", "n"), ("revision", "1")]),
        ("/rules/text", "/rules/text", ["text"], [("revision", "1")]),
        ("/matrix/part/rows", "/matrix/part/rows", ["f.name", "f.intents", "f.segments", "f.levels.0.who", "f.levels.0.tag"], [("f.levels.count", "1"), ("revision", "0")]),
        ("/matrix/part/people", "/matrix/part/people", ["name"], [("revision", "0")]),
        ("/matrix/part/people", "/matrix/part/people", ["f.quietHours.hours", "f.quietHours.zone"], [("name", "n"), ("revision", "1")]),
        ("/matrix/part/settings", "/matrix/part/settings", ["f.fallback", "f.coolDownMinutes"], [("revision", "1")]),
        ("/taxonomy/part/products", "/taxonomy/part/products", ["f.name", "f.words"], [("revision", "0")]),
        ("/taxonomy/part/intents?at=0", "/taxonomy/part/intents", ["f.title.en", "f.description.en", "f.examples.en", "f.reply.en"], [("at", "0"), ("revision", "0")]),
        ("/style/part/languages?at=en", "/style/part/languages", ["f.tone", "f.greeting", "f.closing"], [("at", "en"), ("name", "en"), ("revision", "0")]),
        ("/skills", "/skills/roster", ["text", "helpdesk"], []),
        ("/skills", "/skills/roster", ["kept", "seen"], [("helpdesk", "acme"), ("text", $"id,name,groups\n7,\"{Markup.Replace("\"", "\"\"", StringComparison.Ordinal)}\",{Markup[2..]}")]),
        ("/skills", "/skills/roster/try", ["text", "kept", "helpdesk"], []),
        ("/erasure", "/erasure", ["helpdesk", "requester", "tickets", "words"], []),
        ("/access", "/access/keys", ["name", "role"], []),
        ("/escalations", "/escalations/00000000-0000-7000-8000-000000000000/acknowledge", ["return"], []),
        ("/escalations", "/escalations/00000000-0000-7000-8000-000000000000/outcome", ["return", "outcome"], []),
        ("/skills/agent?helpdesk=acme&id=7", "/skills/agent", ["skill", "languages", "products", "groups"], [("level", "3"), ("helpdesk", "acme"), ("id", "7")]),
        ("/skills/agent?helpdesk=acme&id=7", "/skills/agent", ["capacity", "channels", "zone", "hours", "from", "until", "level", "mark"], [("helpdesk", "acme"), ("id", "7")]),
        ("/tickets/acme/3", "/tickets/acme/3/correct", ["triage", "intent", "priority", "group"], []),
        ("/quality/sample", "/quality/sample", ["triage", "intent", "priority"], []),
        ("/rules", "/rules/move", ["place", "to", "revision"], []),
        ("/rules", "/rules/delete", ["place", "revision"], []),
        ("/rules", "/rules/rebase", ["revision", "seen"], []),
        ("/matrix", "/matrix/part/rows/move", ["at", "to", "revision"], []),
        ("/matrix", "/matrix/part/rows/delete", ["at", "revision"], []),
        ("/rules", "/tries/of/routing", ["days", "helpdesk"], []),
        ("/rules", "/look", ["language", "theme", "return"], []),
        ("/rules", "/sign-in", ["key", "return"], []),
    ];

    /// <summary>Forms of buttons alone, doors that are no forms of pages, and a text that comes back as a file.</summary>
    private static readonly HashSet<string> WithoutTexts =
    [
        "/audit/check", "/sign-out", "/access/keys/{name}/withdraw", "/jobs/{name}/run", "/jobs/{name}/pause", "/jobs/{name}/resume", "/jobs/parked/replay",
        "/jobs/parked/{helpdesk}/{number}/replay", "/tries/{id:guid}/cancel", "/connections/{helpdesk}/secret", "/acknowledge/{token}",
        "/feedback/{token}", "/webhooks/{helpdesk}", "/rules/discard", "/matrix/discard", "/taxonomy/discard", "/style/discard",
        "/rules/history/{id:long}/return", "/matrix/history/{id:long}/return", "/taxonomy/history/{id:long}/return",
        "/style/history/{id:long}/return", "/knowledge/gaps/{helpdesk}/{number}/phrase", "/knowledge/gaps/download",
    ];

    private static readonly string[] Pages =
    [
        "/rules", "/rules/text", "/rules/rule?place=7", "/rules/history", "/matrix", "/matrix/part/people?at=n", "/taxonomy", "/style", "/skills", "/access", "/erasure", "/audit",
        $"/tickets?q={Uri.EscapeDataString(Markup)}&intent={Uri.EscapeDataString(Markup)}", $"/jobs?asked={Uri.EscapeDataString(Markup)}",
        $"/skills?helpdesk={Uri.EscapeDataString(Markup)}", $"/audit?subject={Uri.EscapeDataString(Markup)}", $"/sign-in?return={Uri.EscapeDataString(Markup)}",
        $"/reports?by={Uri.EscapeDataString(Markup)}", $"/tickets?product={Uri.EscapeDataString(Markup)}&language={Uri.EscapeDataString(Markup)}",
        $"/tickets?from={Uri.EscapeDataString(Markup)}&to={Uri.EscapeDataString(Markup)}&group={Uri.EscapeDataString(Markup)}",
        "/skills/agent?helpdesk=acme&id=7",
    ];

    [Test]
    public async Task Stays_text_on_every_page(CancellationToken cancellationToken)
    {
        await using var console = await SeededConsole.OpenAsync(3, cancellationToken);
        await console.Database.AskAsync<object>("insert into agents (helpdesk, id, name) values ('acme', '7', 'Ada')");
        using var admin = await console.SignedInAsync(Roles.Admin, cancellationToken);
        var shown = 0;

        using (Assert.EnterMultipleScope())
        {
            foreach (var (page, action, texts, others) in Forms)
            {
                using var answer = await Door.SubmitAsync(
                    admin, page, action,
                    [.. texts.Select(name => KeyValuePair.Create(name, Markup)), .. others.Select(other => KeyValuePair.Create(other.Name, other.Value))],
                    cancellationToken);
                Look(action, await answer.Content.ReadAsStringAsync(cancellationToken));
            }

            var trial = await Trials.RunAsync(console, admin, "/style", "style", cancellationToken);
            using var published = await Door.SubmitAsync(
                admin, trial, $"{trial}/publish", [new("note", Markup), new("sure", "on")], cancellationToken);
            Look(trial, await admin.GetStringAsync("/style/history", cancellationToken));
            foreach (var page in Pages)
            {
                using var answer = await admin.GetAsync(page, cancellationToken);
                Look(page, await answer.Content.ReadAsStringAsync(cancellationToken));
            }
        }

        Assert.That(shown, Is.GreaterThan(15), "pages that show it");

        void Look(string where, string html)
        {
            shown += html.Contains("&lt;img src=x", StringComparison.Ordinal) ? 1 : 0;
            Assert.That(html, Does.Not.Contain("<img"), where);
        }
    }

    [Test]
    public async Task No_form_is_left_out(CancellationToken cancellationToken)
    {
        await using var console = await SeededConsole.OpenAsync(1, cancellationToken);
        var tried = Forms.Select(form => form.Action).Append("/tries/00000000-0000-7000-8000-000000000000/publish").ToList();

        var forms = console.ListEndpoints().OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods.Contains("POST") == true)
            .Select(endpoint => "/" + endpoint.RoutePattern.RawText?.Trim('/'))
            .Where(path => !path.StartsWith("/api", StringComparison.Ordinal) && !path.StartsWith("/{**", StringComparison.Ordinal)).Distinct().ToList();

        Assert.That(forms, Has.Count.GreaterThan(40));
        Assert.That(
            forms.Where(path => !WithoutTexts.Contains(path) && !tried.Exists(action => Fits(path, action) || IsAlike(path, action))),
            Is.Empty);
    }

    /// <summary>An address that the pattern takes.</summary>
    private static bool Fits(string pattern, string address)
    {
        var parts = pattern.Split('/').Zip(address.Split('/'));
        return pattern.Count(letter => letter == '/') == address.Count(letter => letter == '/')
            && parts.All(part => part.First == part.Second || (part.First.StartsWith('{') && part.Second.Length > 0));
    }

    /// <summary>The four kinds of policies have their common pages from one place.</summary>
    private static bool IsAlike(string pattern, string address)
    {
        string[] kinds = ["/rules/", "/matrix/", "/taxonomy/", "/style/"];
        return kinds.FirstOrDefault(kind => pattern.StartsWith(kind, StringComparison.Ordinal)) is { } mine
            && kinds.Any(kind => Fits(pattern.Replace(mine, kind, StringComparison.Ordinal), address));
    }
}
