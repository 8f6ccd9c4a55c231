using TicketTriage.Helpdesks;

namespace TicketTriage.Reading;

/// <summary>A file beside a message, as far as it is read.</summary>
/// <param name="Name">On one line.</param>
/// <param name="Kind">What it is, by its name's ending: one of <see cref="FileKinds"/>.</param>
/// <param name="Bytes">Its size.</param>
/// <param name="Text">The beginning of its text; empty where it has none, or where its content isn't at hand.</param>
public sealed record CleanFile(string Name, string Kind, long Bytes, string Text = "")
{
    /// <summary>Why it has no text although it should have; <see langword="null"/> where nothing is amiss.</summary>
    public UnreadFile? Unread { get; init; }

    /// <summary>The same in a sentence for people. Kept out of what is classified: it isn't the customer's.</summary>
    public string? WhyUnread() => Unread is { } why ? Sentence(why) : null;

    private static string Sentence(UnreadFile why) => why switch
    {
        UnreadFile.TooLarge => "It was not read: it is too large.",
        UnreadFile.Elsewhere => "It was not read: it does not lie with the helpdesk.",
        UnreadFile.Away => "It was not read: the helpdesk did not give it.",
        UnreadFile.Damaged => "It could not be read: it is damaged, locked, or not what its name says.",
        UnreadFile.TooMuch => "It was not read: that would take too much time or memory.",
    };
}

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
