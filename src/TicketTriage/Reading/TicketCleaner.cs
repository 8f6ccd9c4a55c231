using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using TicketTriage.Helpdesks;
using TicketTriage.Tickets;

namespace TicketTriage.Reading;

/// <summary>Makes a ticket readable: text instead of markup, what was said instead of what was repeated.</summary>
public static class TicketCleaner
{
    /// <summary>How much of one message is read at all, markup included.</summary>
    public const int MostCharactersRead = 500_000;

    /// <summary>How much of one message is kept; a line at the end says how much was cut.</summary>
    public const int MostCharactersKept = 20_000;

    private const int MostCharactersOfSubject = 500;
    private const int MostCharactersForLanguage = 2_000;
    private const int FewWords = 6;
    private const int MostFiles = 20;

    private static readonly string[] ForwardMarks = ["WG:", "FW:", "FWD:", "WTR:", "TR:", "RV:"];

    /// <param name="ticket">The ticket as its helpdesk has it.</param>
    /// <param name="comments">Its messages and notes, in any order; none is fine.</param>
    /// <param name="id">The ticket's place among all helpdesks.</param>
    /// <param name="languages">ISO 639-1: the only languages that customers write in; <see langword="null"/> for all known.</param>
    public static CleanTicket Clean(
        HelpdeskTicket ticket, IReadOnlyList<HelpdeskComment> comments, TicketId id, IReadOnlyCollection<string>? languages = null)
    {
        var hidden = new HiddenText();
        var subject = PlainText.OneLine(hidden.Look(ticket.Subject), MostCharactersOfSubject);
        var isForward = IsForward(subject);
        var names = new SortedSet<string>(StringComparer.Ordinal);
        var messages = WithCustomer(ticket, [.. comments.OrderBy(comment => comment.CreatedAt)])
            .Select(comment => Clean(comment, isForward, names, hidden, languages))
            .ToList();

        return new CleanTicket
        {
            Id = id,
            Subject = subject,
            Messages = messages,
            Names = [.. names],
            Warnings = WarningsOf(hidden, messages),
            Language = FindLanguage(subject, messages, languages),
            ContentHash = Hash(subject, messages),
            Channel = ticket.Channel,
            CreatedAt = ticket.CreatedAt,
            Tags = ticket.Tags,
            CustomFields = ticket.CustomFields,
        };
    }

    private static List<string> WarningsOf(HiddenText hidden, List<CleanMessage> messages)
    {
        var warnings = new List<string>();
        if (hidden.IsInstruction)
        {
            warnings.Add(TicketWarnings.Instructions);
        }

        if (hidden.IsFound)
        {
            warnings.Add(TicketWarnings.HiddenText);
        }

        if (messages.Exists(message => message.IsFromCustomer && message.Attachments.Any(file => file.Kind == FileKinds.Program)))
        {
            warnings.Add(TicketWarnings.ProgramAttached);
        }

        return warnings;
    }

    /// <summary>
    /// An agent may be the requester, or open a ticket for one who telephoned: then the requester's words, or else the first public
    /// ones, are the customer's concern.
    /// </summary>
    private static IEnumerable<HelpdeskComment> WithCustomer(HelpdeskTicket ticket, IReadOnlyList<HelpdeskComment> comments)
    {
        var isRequesterKnown = ticket.RequesterId is not null;
        var first = comments.Any(comment => comment.IsFromCustomer) ? null : comments.FirstOrDefault(comment => comment.IsPublic);
        return comments.Select(comment =>
            comment == first || (isRequesterKnown && comment.IsPublic && comment.AuthorId == ticket.RequesterId)
                ? comment with { IsFromCustomer = true }
                : comment);
    }

    private static CleanMessage Clean(
        HelpdeskComment comment, bool isForward, SortedSet<string> names, HiddenText hidden, IReadOnlyCollection<string>? languages)
    {
        var text = CleanText(comment.Html, comment.Text, isForward, names, hidden);
        var language = LanguageFinder.Find(WithoutMarkers(text), languages);
        return new CleanMessage(
            comment.IsFromCustomer,
            comment.IsPublic,
            text,
            comment.CreatedAt,
            [.. comment.Attachments.Take(MostFiles).Select(file => FileReader.Read(file, hidden))])
        {
            Language = language.Confidence >= LanguageFinder.Unsure ? language.Value : null,
        };
    }

    private static string CleanText(string? html, string text, bool isForward, SortedSet<string> names, HiddenText hidden)
    {
        var source = html;
        var lines = html is null ? [] : HtmlText.Read(hidden.Look(PlainText.Cut(html, MostCharactersRead)), hidden);
        if (!lines.Exists(line => !line.IsBlank))
        {
            source = text;
            lines = PlainText.Read(hidden.Look(PlainText.Cut(text, MostCharactersRead)));
        }

        var said = SignatureBlock.Remove(QuotedHistory.Remove(lines, isForward), names);
        var kept = said.Exists(line => !line.IsBlank && line.Text is not (QuotedHistory.Marker or SignatureBlock.Marker)) ? said : lines;
        return Shorten(Join(kept), unread: Math.Max(0, (source?.Length ?? 0) - MostCharactersRead));
    }

    private static string Join(List<MessageLine> lines)
    {
        var text = new StringBuilder();
        var isAfterBlank = false;
        foreach (var line in lines)
        {
            if (line.IsBlank)
            {
                isAfterBlank = text.Length > 0;
                continue;
            }

            if (text.Length > 0)
            {
                text.Append(isAfterBlank ? "\n\n" : "\n");
            }

            text.Append(line.Text);
            isAfterBlank = false;
        }

        return text.ToString();
    }

    private static string Shorten(string text, int unread)
    {
        var kept = PlainText.Cut(text, MostCharactersKept);
        var cut = text.Length - kept.Length + unread;
        return cut == 0 ? kept : string.Create(CultureInfo.InvariantCulture, $"{kept}\n[text cut: {cut} more characters]");
    }

    private static bool IsForward(string subject) =>
        Array.Exists(ForwardMarks, mark => subject.StartsWith(mark, StringComparison.OrdinalIgnoreCase));

    private static Finding FindLanguage(string subject, List<CleanMessage> messages, IReadOnlyCollection<string>? languages)
    {
        var said = new StringBuilder();
        foreach (var message in Enumerable.Reverse(messages).Where(message => message.IsFromCustomer))
        {
            said.Append(WithoutMarkers(message.Text)).Append('\n');
            if (said.Length > MostCharactersForLanguage)
            {
                break;
            }
        }

        var body = said.ToString();
        var isShort = body.Split((char[]?)null, FewWords + 1, StringSplitOptions.RemoveEmptyEntries).Length < FewWords;
        return LanguageFinder.Find(isShort ? $"{subject}\n{body}" : body, languages);
    }

    // The markers and picture names are ours or a program's, and in no language.
    private static string WithoutMarkers(string text) =>
        string.Join('\n', text.Split('\n').Where(line => !(line.StartsWith('[') && line.EndsWith(']'))));

    private static string Hash(string subject, List<CleanMessage> messages)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes(subject));
        foreach (var message in messages.Where(message => message is { IsFromCustomer: true, IsPublic: true }))
        {
            // A line can't hold a zero byte, so two messages never hash like one.
            hash.AppendData([0]);
            hash.AppendData(Encoding.UTF8.GetBytes(message.Text));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
