using System.Globalization;
using Microsoft.AspNetCore.Http;
using TicketTriage.Sandbox.Desk;

namespace TicketTriage.Sandbox.Doors;

/// <summary>
/// Where files lie: <c>/attachments/token/ID/</c> as Zendesk has it, <c>/attachments/ID</c> as Freshdesk. Whoever knows the address gets the
/// file, as with the vendors.
/// </summary>
internal sealed class FileDoor(TicketDesk desk)
{
    private static readonly PathString Root = new("/attachments");

    public static bool Owns(PathString path) => path.StartsWithSegments(Root, StringComparison.Ordinal);

    public async Task HandleAsync(HttpContext context, CancellationToken cancellationToken)
    {
        var name = context.Request.Path.Value?.Split('/', StringSplitOptions.RemoveEmptyEntries)[^1];
        var answer = long.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var id)
            && desk.FindAttachment(id) is { Content: { } content } file
                ? new Answer(StatusCodes.Status200OK, content, file.ContentType)
                : new Answer(StatusCodes.Status404NotFound, ReadOnlyMemory<byte>.Empty);
        await answer.SendAsync(context.Response, cancellationToken);
    }
}
