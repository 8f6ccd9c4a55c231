using System.Net;
using System.Text.RegularExpressions;
using TicketTriage.Host.Access;
using TicketTriage.Host.Tests.Pages;

namespace TicketTriage.Host.Tests.Jobs.Hangfire;

/// <summary>Hangfire's own pages under the policy that they are served with.</summary>
[CancelAfter(120_000)]
internal sealed partial class The_dashboard
{
    private static readonly string[] Paths =
        ["/hangfire", "/hangfire/recurring", "/hangfire/servers", "/hangfire/retries", "/hangfire/jobs/succeeded", "/hangfire/jobs/enqueued"];

    [Test]
    public async Task Needs_nothing_that_its_policy_refuses(CancellationToken cancellationToken)
    {
        await using var console = await SeededConsole.OpenAsync(1, cancellationToken);
        using var ops = await console.SignedInAsync(Roles.Ops, cancellationToken);
        using (Assert.EnterMultipleScope())
        {
            foreach (var path in Paths)
            {
                using var answer = await ops.GetAsync(path, cancellationToken);
                var page = await answer.Content.ReadAsStringAsync(cancellationToken);
                var parts = Part().Matches(page).Select(part => part.Groups["address"].Value).ToList();

                Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.OK), path);
                Assert.That(Script().Matches(page).Select(script => script.Value), Is.Not.Empty.And.All.Contain("src=\"/hangfire/js"), path);
                Assert.That(Handler().IsMatch(page), Is.False, path);
                Assert.That(parts, Is.Not.Empty.And.All.Match("^(/hangfire/|data:)"), path);
                foreach (var part in parts.Where(part => part.StartsWith('/')))
                {
                    using var file = await ops.GetAsync(part, cancellationToken);
                    var content = await file.Content.ReadAsStringAsync(cancellationToken);

                    Assert.That(file.StatusCode, Is.EqualTo(HttpStatusCode.OK), part);
                    Assert.That(Address().Matches(content).Select(url => url.Value), Is.All.Not.Contain("//"), part);
                }
            }
        }
    }

    [TestCase(null, HttpStatusCode.Redirect)]
    [TestCase(Roles.Agent, HttpStatusCode.Forbidden)]
    [TestCase(Roles.Lead, HttpStatusCode.Forbidden)]
    [TestCase(Roles.Ops, HttpStatusCode.OK)]
    [TestCase(Roles.Admin, HttpStatusCode.OK)]
    public async Task Is_for_those_who_run_the_service(string? role, HttpStatusCode expected)
    {
        await using var console = await SeededConsole.OpenAsync(1, CancellationToken.None);
        using var browser = role is null ? console.Browser() : await console.SignedInAsync(role, CancellationToken.None);

        foreach (var path in Paths)
        {
            using var answer = await browser.GetAsync(path);
            Assert.That(answer.StatusCode, Is.EqualTo(expected), path);
        }
    }

    [GeneratedRegex("<script[^>]*>", RegexOptions.None, matchTimeoutMilliseconds: 2000)]
    private static partial Regex Script();

    [GeneratedRegex("<[^>]+ on[a-z]+=|href=\"javascript:", RegexOptions.None, matchTimeoutMilliseconds: 2000)]
    private static partial Regex Handler();

    [GeneratedRegex("<(?:script|link|img)[^>]* (?:src|href)=\"(?<address>[^\"]+)\"", RegexOptions.None, matchTimeoutMilliseconds: 2000)]
    private static partial Regex Part();

    [GeneratedRegex(@"url\([^)]*\)", RegexOptions.None, matchTimeoutMilliseconds: 2000)]
    private static partial Regex Address();
}
