namespace TicketTriage.Host.Policies;

/// <summary>What the head of a policy's pages shows.</summary>
/// <param name="Version">In force.</param>
/// <param name="By">Who published it, and when; <see langword="null"/> where the configuration counts.</param>
/// <param name="Revision">Of the draft, which forms carry; 0 where there is none.</param>
/// <param name="IsOvertaken">Somebody has published since the draft was begun.</param>
public sealed record PolicyView(
    string Path, string Title, string Version, string? By, DateTimeOffset? At, bool HasDraft, int Revision, bool IsOvertaken, long LatestId)
{
    public IReadOnlyList<PolicyFault> Faults { get; init; } = [];

    public bool HasFaults => Faults.Any(fault => !fault.IsWarning);

    internal static PolicyView Of(PolicySheet sheet) => new(
        sheet.Place.Path,
        sheet.Place.Title,
        sheet.Place.VersionInForce,
        sheet.Latest?.Author,
        sheet.Latest?.PublishedAt,
        sheet.Draft is not null,
        sheet.Revision,
        sheet.IsOvertaken,
        sheet.LatestId)
    {
        Faults = sheet.Look.Faults,
    };
}
