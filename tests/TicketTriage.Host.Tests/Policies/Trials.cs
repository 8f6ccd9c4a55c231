using Microsoft.Extensions.DependencyInjection;
using TicketTriage.Host.Tests.Access;
using TicketTriage.Host.Tests.Pages;
using TicketTriage.Rehearsals;

namespace TicketTriage.Host.Tests.Policies;

/// <summary>Trials of drafts, begun from the pages.</summary>
internal static class Trials
{
    /// <returns>The trial's path.</returns>
    public static async Task<string> BeginAsync(HttpClient lead, string page, string kind, CancellationToken cancellationToken)
    {
        using var begun = await Door.SubmitAsync(lead, page, $"/tries/of/{kind}", [new("days", "7")], cancellationToken);
        return begun.Headers.Location?.OriginalString ?? throw new InvalidOperationException("No trial was begun.");
    }

    /// <returns>The path of a trial that has its figures.</returns>
    public static async Task<string> RunAsync(SeededConsole console, HttpClient lead, string page, string kind, CancellationToken cancellationToken)
    {
        var path = await BeginAsync(lead, page, kind, cancellationToken);
        await Eventually.TrueAsync(() => Of(console, path)?.IsOver == true, cancellationToken);
        Assert.That((Of(console, path)?.State, Of(console, path)?.Message), Is.EqualTo((TrialState.Done, "")));
        return path;
    }

    public static Trial? Of(SeededConsole console, string path) =>
        console.Services.GetRequiredService<TrialDesk>().Find(Guid.Parse(path.Split('/')[^1]));
}
