using TicketTriage.Sandbox.Desk;

namespace TicketTriage.Sandbox.Page;

/// <summary>What the page shows, read from the desk.</summary>
internal sealed class InboxView(TicketDesk desk)
{
    private const int MostRows = 300;
    private const int SnippetLength = 140;

    public IReadOnlyList<InboxRow> List() => [.. desk.ListNewest(MostRows).Select(Row)];

    public InboxTicket? Find(long number)
    {
        if (desk.Find(number) is not { Status: not "deleted" } ticket || desk.ListComments(number) is not { } comments)
        {
            return null;
        }

        return new(
            Row(ticket),
            desk.People.FindPerson(ticket.RequesterId)?.Email ?? "",
            desk.People.FindPerson(ticket.AssigneeId)?.Name,
            ticket.Channel,
            ticket.Summary?.Html,
            [
                .. desk.Fields.All
                    .Where(field => ticket.CustomFields.ContainsKey(field.Name))
                    .Select(field => new InboxField(field.Title, ticket.CustomFields[field.Name])),
            ],
            [.. comments.Select(Message)]);
    }

    private InboxRow Row(SandboxTicket ticket) => new(
        ticket.Number,
        ticket.Subject,
        ticket.Description.Length <= SnippetLength ? ticket.Description : ticket.Description[..SnippetLength],
        desk.People.FindPerson(ticket.RequesterId)?.Name ?? "",
        ticket.Status,
        ticket.Priority,
        desk.People.FindGroup(ticket.GroupId)?.Name,
        ticket.Tags,
        ticket.CreatedAt,
        ticket.UpdatedAt);

    private InboxMessage Message(SandboxComment comment)
    {
        var author = desk.People.FindPerson(comment.AuthorId);
        return new(
            comment.Id,
            author?.Name ?? "",
            author is { IsStaff: true },
            comment.IsPublic,
            comment.Text,
            comment.IsPublic ? null : comment.Html,
            comment.CreatedAt,
            [.. comment.Attachments.Select(attachment => attachment.FileName)]);
    }
}
