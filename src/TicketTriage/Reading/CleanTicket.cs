using TicketTriage.Helpdesks;
using TicketTriage.Tickets;

namespace TicketTriage.Reading;

/// <summary>A ticket as the later rooms see it: plain text, without quoted history and signatures, in the order it was written.</summary>
public sealed record CleanTicket
{
    public required TicketId Id { get; init; }

    public string Subject { get; init; } = "";

    /// <summary>What was written, oldest first.</summary>
    public IReadOnlyList<CleanMessage> Messages { get; init; } = [];

    /// <summary>Names that people signed their messages with, in their spelling: to be masked before the text goes elsewhere.</summary>
    public IReadOnlyList<string> Names { get; init; } = [];

    /// <summary>Reasons to be careful, from <see cref="TicketWarnings"/>.</summary>
    public IReadOnlyList<string> Warnings { get; init => field = value ?? []; } = [];

    /// <summary>The language the customer writes in.</summary>
    public required Finding Language { get; init; }

    /// <summary>Identifies what the customer has said (subject and public messages), and nothing that agents or software did.</summary>
    public required string ContentHash { get; init; }

    public string? Channel { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>As <see cref="HelpdeskTicket.CustomFields"/> has them: choices of closed lists, and nobody's own words.</summary>
    public IReadOnlyDictionary<string, string> CustomFields { get; init => field = value ?? NoFields; } = NoFields;

    private static readonly IReadOnlyDictionary<string, string> NoFields = new Dictionary<string, string>();

    /// <summary>
    /// Subject and the customer's own messages, newest message first, cut to <paramref name="most"/> characters between messages where
    /// possible.
    /// </summary>
    public string CustomerText(int most)
    {
        var text = new System.Text.StringBuilder(Subject);
        foreach (var message in Messages.Where(m => m.IsFromCustomer).Reverse())
        {
            var said = message.TextWithFiles();
            if (text.Length > 0 && text.Length + said.Length + 1 > most && text.Length > Subject.Length)
            {
                break;
            }

            text.Append('\n').Append(said);
        }

        return text.Length <= most ? text.ToString() : text.ToString(0, most);
    }
}

/// <summary>One message, cleaned.</summary>
/// <param name="IsFromCustomer">True where an end user wrote it.</param>
/// <param name="IsPublic">False for notes among agents.</param>
/// <param name="Text">Plain text. Where quoted history or a signature stood, one line in brackets says so.</param>
/// <param name="At">When it was written.</param>
/// <param name="Attachments">The files beside it.</param>
public sealed record CleanMessage(bool IsFromCustomer, bool IsPublic, string Text, DateTimeOffset At, IReadOnlyList<CleanFile> Attachments)
{
    /// <summary>What was written, then a line for each file with its name, and what is in it.</summary>
    public string TextWithFiles() => Attachments.Count == 0
        ? Text
        : string.Join('\n', Attachments.Select(file => file.Text.Length == 0 ? $"[file: {file.Name}]" : $"[file: {file.Name}]\n{file.Text}").Prepend(Text));

    /// <summary>ISO 639-1 of what this message is written in; <see langword="null"/> where it has too few words to tell.</summary>
    public string? Language { get; init; }
}
