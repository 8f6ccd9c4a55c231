using System.Net;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using TicketTriage.Drafting.Style;
using TicketTriage.Host.Access;
using TicketTriage.Host.Tests.Access;
using TicketTriage.Host.Tests.Pages;

namespace TicketTriage.Host.Tests.Policies;

[CancelAfter(120_000)]
internal sealed class Publishing_the_style_guide
{
    [Test]
    public async Task Another_closing_is_tried_asked_about_again_and_then_in_force(CancellationToken cancellationToken)
    {
        await using var console = await SeededConsole.OpenAsync(6, cancellationToken);
        using var lead = await console.SignedInAsync(Roles.Lead, cancellationToken);
        var guides = console.Services.GetRequiredService<StyleGuides>();
        var before = guides.Current;
        var closing = before.Content.StyleOf("de").Closing;
        var text = Encoding.UTF8.GetString(before.Content.ToJson()).Replace(closing, "Bis bald", StringComparison.Ordinal);

        using var faulty = await Door.SubmitAsync(lead, "/style/text", "/style/text", [new("text", "{}"), new("revision", "0")], cancellationToken);
        using var saved = await Door.SubmitAsync(lead, "/style/text", "/style/text", [new("text", text), new("revision", "0")], cancellationToken);
        var trial = await Trials.RunAsync(console, lead, "/style", StyleGuide.Kind, cancellationToken);
        var found = await lead.GetStringAsync(trial, cancellationToken);
        using var hasty = await Door.SubmitAsync(lead, trial, $"{trial}/publish", [new("note", "Shorter")], cancellationToken);
        using var published = await Door.SubmitAsync(
            lead, trial, $"{trial}/publish", [new("note", "Shorter"), new("sure", "on")], cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(faulty.StatusCode, Is.EqualTo(HttpStatusCode.BadRequest));
            Assert.That(saved.Headers.Location?.OriginalString, Is.EqualTo("/style"));
            Assert.That(found, Does.Contain("Bis bald").And.Contain("100 %"), "all six are German");
            Assert.That((hasty.StatusCode, published.StatusCode), Is.EqualTo((HttpStatusCode.Conflict, HttpStatusCode.Redirect)));
            Assert.That(guides.Current.Content.StyleOf("de").Closing, Is.EqualTo("Bis bald"));
            Assert.That((await guides.FindCurrentAsync(cancellationToken)).Version, Is.EqualTo(guides.Current.Version).And.Not.EqualTo(before.Version));
            Assert.That(
                await console.Database.AskAsync<string>("select subject from audit_entries where action = 'policy.published'"),
                Is.EqualTo("policy style"));
        }
    }
}
