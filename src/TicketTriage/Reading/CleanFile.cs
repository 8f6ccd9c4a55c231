namespace TicketTriage.Reading;

/// <summary>A file beside a message, as far as it is read.</summary>
/// <param name="Name">On one line.</param>
/// <param name="Kind">What it is, by its name's ending: one of <see cref="FileKinds"/>.</param>
/// <param name="Bytes">Its size.</param>
/// <param name="Text">The beginning of its text; empty where it has none, or where its content isn't at hand.</param>
public sealed record CleanFile(string Name, string Kind, long Bytes, string Text = "");

/// <summary>The kinds of files.</summary>
public static class FileKinds
{
    public const string Text = "text";
    public const string Page = "page";
    public const string Mail = "mail";
    public const string Document = "document";
    public const string Spreadsheet = "spreadsheet";
    public const string Picture = "picture";
    public const string Recording = "recording";
    public const string Archive = "archive";

    /// <summary>Something that a computer runs.</summary>
    public const string Program = "program";
    public const string Other = "other";
}
