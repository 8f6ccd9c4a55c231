using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using TicketTriage.Sandbox;

namespace TicketTriage.Host.Tests.Commands;

[CancelAfter(180_000)]
internal sealed class Demo
{
    [Test]
    public async Task It_triages_its_samples_with_nothing_configured(CancellationToken cancellationToken)
    {
        using var folder = new TemporaryFolder();
        await using var demo = HostProcess.Start(
            folder, new Dictionary<string, string>(), "demo", "--sandbox-url=http://127.0.0.1:0", "--Urls=http://127.0.0.1:0");
        using var http = new HttpClient { BaseAddress = new Uri(await demo.WaitForLineAsync("The sandbox helpdesk:", cancellationToken)) };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue(
            "Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{SandboxCredentials.Email}/token:{SandboxCredentials.ApiToken}")));

        var tags = await Eventually.GetAsync(ListTagsAsync, tickets => tickets.Count(IsTriaged) >= 3, cancellationToken);
        var run = await demo.StopAsync(cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(tags.Where(IsTriaged), Has.All.Some.StartsWith("triage_lang_"));
            Assert.That(run.ExitCode, Is.Zero, $"{run}");
            Assert.That(run.Errors, Is.Empty);
            Assert.That(
                Directory.GetFiles(folder.Path, "postmaster.pid", SearchOption.AllDirectories), Is.Empty, "its database is stopped");
        }

        async Task<IReadOnlyList<IReadOnlyList<string>>> ListTagsAsync()
        {
            var page = await http.GetFromJsonAsync<JsonElement>("api/v2/incremental/tickets/cursor?start_time=0", cancellationToken);
            return [.. page.GetProperty("tickets").EnumerateArray().Select(ListTags)];
        }
    }

    private static IReadOnlyList<string> ListTags(JsonElement ticket) =>
        [.. ticket.GetProperty("tags").EnumerateArray().Select(tag => tag.GetString() ?? "")];

    private static bool IsTriaged(IReadOnlyList<string> tags) =>
        tags.Any(tag => tag.StartsWith("triage_intent_", StringComparison.Ordinal));
}
