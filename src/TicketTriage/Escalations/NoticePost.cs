namespace TicketTriage.Escalations;

/// <summary>A call that tells of an escalation: made once, and its end told apart.</summary>
internal static class NoticePost
{
    /// <param name="who">Whom it goes to, for the record.</param>
    /// <exception cref="NoticeFailedException">It was not taken, or nobody knows.</exception>
    public static async Task SendAsync(HttpClient http, Uri address, HttpContent content, string who, CancellationToken cancellationToken)
    {
        try
        {
            using var response = await http.PostAsync(address, content, cancellationToken);
            if (!response.IsSuccessStatusCode)
            {
                throw new NoticeFailedException($"{who} answered {(int)response.StatusCode}.", mayHaveArrived: false);
            }
        }
        catch (HttpRequestException e)
        {
            var isSure = e.HttpRequestError is HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError
                or HttpRequestError.SecureConnectionError or HttpRequestError.ProxyTunnelError;
            throw new NoticeFailedException($"{who} could not be reached.", mayHaveArrived: !isSure, e);
        }
    }
}
