using System.Net;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using TicketTriage.Drafting.Style;
using TicketTriage.Escalations;
using TicketTriage.Helpdesks;
using TicketTriage.Host.Access;
using TicketTriage.Host.Tests.Access;
using TicketTriage.Host.Tests.Pages;
using TicketTriage.Rehearsals;
using TicketTriage.Tickets;

namespace TicketTriage.Host.Tests.Policies;

[CancelAfter(120_000)]
internal sealed class What_a_trial_lists
{
    private const int Changed = TrialFigures.MostShown + 50;

    [Test]
    public async Task Is_whole_as_csv_and_stays_so_for_the_last_trials(CancellationToken cancellationToken)
    {
        await using var console = await SeededConsole.OpenAsync(1, cancellationToken);
        using var lead = await console.SignedInAsync(Roles.Lead, cancellationToken);
        var desk = console.Services.GetRequiredService<TrialDesk>();
        var first = await RunAsync(desk, "routing", cancellationToken);

        var page = await lead.GetStringAsync($"/tries/{first.Id}", cancellationToken);
        var lines = (await lead.GetStringAsync($"/tries/{first.Id}/tickets.csv", cancellationToken)).TrimEnd().Split("\r\n");
        for (var later = 0; later < 5; later++)
        {
            await RunAsync(desk, "routing", cancellationToken);
        }

        var old = await lead.GetStringAsync($"/tries/{first.Id}", cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(page, Does.Contain("The first 200 of 250.").And.Contain($"/tries/{first.Id}/tickets.csv"));
            Assert.That(lines, Has.Length.EqualTo(1 + Changed));
            Assert.That(lines[0], Is.EqualTo("helpdesk,ticket,before,after"));
            Assert.That(lines[^1], Is.EqualTo("\"acme\",\"250\",\"'=cmd()\",\"Orders \"\"late\"\"\""), "no cell is a formula");
            Assert.That(old, Does.Contain("The first 200 of 250.").And.Not.Contain("tickets.csv").And.Contain("try once more to download it"));
        }
    }

    [Test]
    public async Task Of_the_matrix_is_said_part_by_part_in_the_readers_language(CancellationToken cancellationToken)
    {
        await using var console = await SeededConsole.OpenAsync(3, cancellationToken);
        using var lead = await console.SignedInAsync(Roles.Lead, cancellationToken);
        lead.DefaultRequestHeaders.AcceptLanguage.ParseAdd("de");
        var inForce = console.Services.GetRequiredService<EscalationPolicies>().Matrix.Matrix;
        var level = new MatrixLevel
        {
            AtShare = 0.5, AtRisk = 0.4, Direction = LevelDirection.Functional, Who = [MatrixLevel.Assignee], AcknowledgeMinutes = 15,
            By = [NoticeChannel.Note, NoticeChannel.Mail], RaiseTo = TicketPriority.High, Tag = "vip", ToGroup = "Billing",
        };
        var candidate = inForce with
        {
            Rows = [new MatrixRow { Name = "Stammkunden", Priorities = [TicketPriority.Normal], Levels = [level, level with { AtShare = 0.8, Tag = null }] }, .. inForce.Rows],
        };
        using var saved = await Door.SubmitAsync(
            lead, "/matrix/text", "/matrix/text", [new("text", Encoding.UTF8.GetString(candidate.ToJson())), new("revision", "0")], cancellationToken);
        Assert.That(saved.StatusCode, Is.EqualTo(HttpStatusCode.Redirect), WebUtility.HtmlDecode(await saved.Content.ReadAsStringAsync(cancellationToken)));

        var path = await Trials.RunAsync(console, lead, "/matrix", EscalationMatrix.Kind, cancellationToken);
        var page = WebUtility.HtmlDecode(await lead.GetStringAsync(path, cancellationToken));

        Assert.That(Trials.Of(console, path)?.Figures?.Changed, Is.EqualTo(3));
        Assert.That(
            page,
            Does.Contain(
                "Stammkunden; Stufe 1, bei 50 % des Ziels, oder bei einem Risiko von 40 %, fachlich, es erfahren: assignee, "
                + "auf dem Weg: Notiz, Mail, zu übernehmen binnen 15 Minuten, angehoben auf hoch, Tag vip, an die Gruppe Billing; Stufe 2, bei 80 % des Ziels"));
    }

    [Test]
    public async Task Is_of_one_helpdesk_where_a_lead_chooses_it(CancellationToken cancellationToken)
    {
        await using var console = await SeededConsole.OpenAsync(3, cancellationToken, [.. Helpdesk("acme"), .. Helpdesk("beta")]);
        using var lead = await console.SignedInAsync(Roles.Lead, cancellationToken);
        var candidate = console.Services.GetRequiredService<StyleGuides>().Current.Content with { MostWords = 77 };
        using var saved = await Door.SubmitAsync(
            lead, "/style/text", "/style/text",
            [new("text", Encoding.UTF8.GetString(candidate.ToJson())), new("revision", "0")],
            cancellationToken);

        var page = await lead.GetStringAsync("/style", cancellationToken);
        using var begun = await Door.SubmitAsync(lead, "/style", "/tries/of/style", [new("days", "7"), new("helpdesk", "beta")], cancellationToken);
        var path = begun.Headers.Location?.OriginalString ?? "";
        await Eventually.TrueAsync(() => Trials.Of(console, path)?.IsOver == true, cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(page, Does.Contain("<select id=\"helpdesk\" name=\"helpdesk\">").And.Contain("<option value=\"beta\">"));
            Assert.That(Trials.Of(console, path)?.Plan.Helpdesk, Is.EqualTo("beta"));
            Assert.That(Trials.Of(console, path)?.Figures?.Tickets, Is.Zero, "the three tickets are acme's");
        }
    }

    private static async Task<Trial> RunAsync(TrialDesk desk, string kind, CancellationToken cancellationToken)
    {
        var trial = desk.Begin(new TrialPlan(kind, "v", "lead", null, DateTimeOffset.UnixEpoch, (_, _, _) => new TrialFigures(
            Changed, Changed, [],
            [.. Enumerable.Range(1, Changed).Select(number => new TrialChange(new TicketId("acme", $"{number}"), "=cmd()", "Orders \"late\""))])))
            ?? throw new InvalidOperationException("No trial was begun.");
        await Eventually.TrueAsync(() => trial.IsOver, cancellationToken);
        return trial;
    }

    private static Dictionary<string, string?> Helpdesk(string name) => new()
    {
        [$"Helpdesks:{name}:Kind"] = "Zendesk",
        [$"Helpdesks:{name}:BaseUrl"] = "http://127.0.0.1:9",
        [$"Helpdesks:{name}:Email"] = "triage@acme.example",
        [$"Helpdesks:{name}:ApiToken"] = "token",
        [$"Helpdesks:{name}:WebhookSecret"] = "the-secret-of-now",
    };
}
