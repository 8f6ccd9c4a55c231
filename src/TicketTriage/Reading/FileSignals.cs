namespace TicketTriage.Reading;

/// <summary>
/// What the customer has sent beside the words, by name: rules may ask for it. Told by the endings and sizes of files alone, so that nobody
/// need open them. A program among them is a warning: <see cref="TicketWarnings.ProgramAttached"/>.
/// </summary>
public static class FileSignals
{
    /// <summary>Smaller ones are the logos of signatures.</summary>
    private const long LeastOfPicture = 20_000;

    private const long Much = 10_000_000;

    private static readonly Dictionary<string, string> ByKind = new(StringComparer.Ordinal)
    {
        [FileKinds.Picture] = "picture_attached",
        [FileKinds.Document] = "document_attached",
        [FileKinds.Spreadsheet] = "spreadsheet_attached",
        [FileKinds.Recording] = "recording_attached",
        [FileKinds.Archive] = "archive_attached",
    };

    /// <summary>One of them has 10 MB or more.</summary>
    public const string LargeFile = "large_file_attached";

    public static IReadOnlyList<string> All { get; } = [.. ByKind.Values, LargeFile];

    /// <returns>Names from <see cref="All"/>, each once.</returns>
    public static IEnumerable<string> In(CleanTicket ticket) =>
        ticket.Messages.Where(message => message.IsFromCustomer).SelectMany(message => message.Attachments).SelectMany(Of).Distinct();

    private static IEnumerable<string> Of(CleanFile file)
    {
        if (ByKind.TryGetValue(file.Kind, out var signal) && (file.Kind != FileKinds.Picture || file.Bytes >= LeastOfPicture))
        {
            yield return signal;
        }

        if (file.Bytes >= Much)
        {
            yield return LargeFile;
        }
    }
}
