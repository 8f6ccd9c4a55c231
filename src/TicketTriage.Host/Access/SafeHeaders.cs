namespace TicketTriage.Host.Access;

/// <summary>Tells browsers what our pages never do, so that what a customer wrote can't make them do it.</summary>
internal sealed class SafeHeaders(RequestDelegate next)
{
    private const string Policy =
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; connect-src 'self'; "
        + "form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    // Hangfire 1.8 keeps its scripts in files and has styles in its pages; its signs are a font of its own.
    private const string PolicyOfHangfire =
        "default-src 'none'; style-src 'self' 'unsafe-inline'; script-src 'self'; img-src 'self' data:; font-src 'self'; "
        + "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    private const string OnlyByHttps = "max-age=31536000";

    public Task InvokeAsync(HttpContext context)
    {
        // As the answer begins: a page of a fault begins after everything was taken back.
        context.Response.OnStarting(
            static state =>
            {
                Write((HttpContext)state);
                return Task.CompletedTask;
            },
            context);
        return next(context);
    }

    private static void Write(HttpContext context)
    {
        var headers = context.Response.Headers;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        headers.ContentSecurityPolicy =
            context.Request.Path.StartsWithSegments("/hangfire", StringComparison.OrdinalIgnoreCase) ? PolicyOfHangfire : Policy;
        if (context.Request.IsHttps)
        {
            headers.StrictTransportSecurity = OnlyByHttps;
        }
    }
}
