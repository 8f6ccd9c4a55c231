using TicketTriage.Policies;

namespace TicketTriage.Host.Policies;

/// <summary>What a lead has before them: their draft where they have one, else what is in force.</summary>
internal sealed class PolicyDraftDesk(PolicyDesk desk)
{
    public async Task<PolicySheet> OpenAsync(PolicyPlace place, string author, CancellationToken cancellationToken)
    {
        var latest = await desk.FindLatestAsync(place.Kind, cancellationToken);
        var draft = await desk.FindDraftAsync(place.Kind, author, cancellationToken);
        return new PolicySheet(place, latest, draft, place.Look(draft?.Body ?? place.JsonInForce));
    }

    /// <summary>Keeps a change in the author's draft, which begins with it where there was none.</summary>
    /// <returns>False where the draft has changed since the page was opened: nothing was kept.</returns>
    public Task<bool> SaveAsync(PolicySheet sheet, string author, string body, int revision, CancellationToken cancellationToken) =>
        desk.SaveDraftAsync(sheet.Place.Kind, author, body, revision, sheet.Draft?.BasedOn ?? sheet.LatestId, cancellationToken);
}

/// <summary>A policy document as a lead sees it.</summary>
/// <param name="Latest"><see langword="null"/> where nobody has published, and the configuration counts.</param>
/// <param name="Draft">Their own; <see langword="null"/> where they have changed nothing.</param>
/// <param name="Look">What the lint says of the draft, or of what is in force.</param>
internal sealed record PolicySheet(PolicyPlace Place, PolicyPublication? Latest, PolicyDraft? Draft, PolicyLook Look)
{
    public long LatestId => Latest?.Id ?? PolicyDesk.Beginning;

    public string Json => Draft?.Body ?? Place.JsonInForce;

    public int Revision => Draft?.Revision ?? 0;

    /// <summary>Somebody has published since the draft was begun.</summary>
    public bool IsOvertaken => Draft is not null && Draft.BasedOn != LatestId;
}
