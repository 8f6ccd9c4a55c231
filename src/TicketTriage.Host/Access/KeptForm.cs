namespace TicketTriage.Host.Access;

/// <summary>What somebody typed into a form that was not taken.</summary>
/// <param name="Fields">Each value with its field's name, in the order in which they were sent.</param>
/// <param name="HasFiles">Files were sent with it: they aren't kept.</param>
public sealed record KeptForm(IReadOnlyList<(string Name, string Value)> Fields, bool HasFiles)
{
    /// <summary>True for a form that somebody has filled in.</summary>
    internal static bool IsSent(HttpRequest request) =>
        HttpMethods.IsPost(request.Method) && request.HasFormContentType && request.ContentLength > 0;

    /// <exception cref="BadHttpRequestException">It holds more than a form may.</exception>
    internal static async Task<KeptForm> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        try
        {
            var form = await request.ReadFormAsync(cancellationToken);
            return new KeptForm(
                [.. form.SelectMany(field => field.Value.Select(value => (field.Key, value ?? "")))], form.Files.Count > 0);
        }
        catch (InvalidDataException e)
        {
            throw new BadHttpRequestException(e.Message, StatusCodes.Status413PayloadTooLarge, e);
        }
    }
}
