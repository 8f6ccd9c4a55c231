using TicketTriage.Host.Access;
using TicketTriage.Host.Tests.Access;

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
        ("/erasure", "/erasure", ["helpdesk", "requester", "tickets", "words"], []),
        ("/access", "/access/keys", ["name", "role"], []),
        ("/escalations", "/escalations/00000000-0000-7000-8000-000000000000/acknowledge", ["return"], []),
    ];

    private static readonly string[] Pages =
    [
        "/rules", "/rules/text", "/rules/rule?place=7", "/matrix", "/matrix/part/people?at=n", "/taxonomy", "/style", "/skills", "/access", "/erasure", "/audit",
        $"/tickets?q={Uri.EscapeDataString(Markup)}&intent={Uri.EscapeDataString(Markup)}", $"/jobs?asked={Uri.EscapeDataString(Markup)}",
        $"/skills?helpdesk={Uri.EscapeDataString(Markup)}", $"/audit?subject={Uri.EscapeDataString(Markup)}", $"/sign-in?return={Uri.EscapeDataString(Markup)}",
        $"/reports?by={Uri.EscapeDataString(Markup)}",
    ];

    [Test]
    public async Task Stays_text_on_every_page(CancellationToken cancellationToken)
    {
        await using var console = await SeededConsole.OpenAsync(3, cancellationToken);
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

            foreach (var page in Pages)
            {
                using var answer = await admin.GetAsync(page, cancellationToken);
                Look(page, await answer.Content.ReadAsStringAsync(cancellationToken));
            }
        }

        Assert.That(shown, Is.GreaterThan(10), "pages that show it");

        void Look(string where, string html)
        {
            shown += html.Contains("&lt;img src=x", StringComparison.Ordinal) ? 1 : 0;
            Assert.That(html, Does.Not.Contain("<img"), where);
        }
    }
}
