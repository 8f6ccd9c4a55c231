using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;

namespace TicketTriage.Host.Access;

/// <summary>
/// How much a form may hold: little, except where a lead sends a whole document. Whoever sends more is told so on a page that has what they
/// sent, as far as it can be held at all.
/// </summary>
internal sealed class FormSizes(RequestDelegate next, IOptionsMonitor<CookieAuthenticationOptions> cookies)
{
    /// <summary>Of a form with fields; a roster of a thousand agents is a quarter of it.</summary>
    public const int Most = 4 * Mega;

    /// <summary>Of a form with a whole document: two million characters, of up to nine bytes each.</summary>
    public const int MostOfDocument = 18 * Mega;

    /// <summary>What is too much is shown again up to here, and read to its end up to <see cref="MostRead"/>.</summary>
    private const int MostKept = 2 * MostOfDocument;

    /// <summary>A browser shows no answer before it has sent everything; nor do most programs.</summary>
    private const int MostRead = 4 * MostOfDocument;

    private const int MostFields = 16_384;
    private const int Mega = 1024 * 1024;

    public async Task InvokeAsync(HttpContext context)
    {
        if (!HttpMethods.IsPost(context.Request.Method) || !context.Request.HasFormContentType)
        {
            await next(context);
            return;
        }

        var most = context.GetEndpoint()?.Metadata.GetMetadata<WholeDocument>() is not null && IsOfLead(context) ? MostOfDocument : Most;
        if (context.Request.ContentLength is { } length && length > most)
        {
            await RefuseAsync(context, length, most);
            return;
        }

        Allow(context, most);
        await next(context);
    }

    private static void Allow(HttpContext context, int most)
    {
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } body)
        {
            body.MaxRequestBodySize = most;
        }

        context.Features.Set<IFormFeature>(new FormFeature(context.Request, new FormOptions
        {
            BufferBodyLengthLimit = most,
            ValueLengthLimit = most,
            MultipartBodyLengthLimit = most,
            ValueCountLimit = MostFields,
        }));
    }

    private static async Task RefuseAsync(HttpContext context, long length, int most)
    {
        var isForPerson = Refusals.IsForPerson(context.Request);
        KeptForm? form = null;
        if (isForPerson && length <= MostKept && context.User.Identity is { IsAuthenticated: true })
        {
            Allow(context, MostKept);
            form = await KeptForm.ReadAsync(context.Request, context.RequestAborted);
        }
        else if (length <= MostRead)
        {
            Allow(context, MostRead);
            await context.Request.Body.CopyToAsync(Stream.Null, context.RequestAborted);
        }

        if (!isForPerson)
        {
            await Results.Problem(
                statusCode: StatusCodes.Status413PayloadTooLarge,
                detail: $"This takes {most / Mega} MB; nothing was changed.").ExecuteAsync(context);
            return;
        }

        await new RazorComponentResult<TooMuchPage>(new { Megabytes = (length + Mega - 1) / Mega, Most = most / Mega, Form = form })
        {
            StatusCode = StatusCodes.Status413PayloadTooLarge,
        }.ExecuteAsync(context);
    }

    /// <summary>Also where the session of a lead has ended: the cookie still tells whose it was, and what they typed is kept.</summary>
    private bool IsOfLead(HttpContext context)
    {
        if (context.User.MayOpen(Roles.Lead))
        {
            return true;
        }

        var options = cookies.Get(CookieAuthenticationDefaults.AuthenticationScheme);
        return options.Cookie.Name is { } name
            && options.CookieManager.GetRequestCookie(context, name) is { Length: > 0 } cookie
            && options.TicketDataFormat.Unprotect(cookie)?.Principal.MayOpen(Roles.Lead) == true;
    }
}

/// <summary>Stands at an endpoint whose form has a whole document in it.</summary>
internal sealed class WholeDocument
{
    public static readonly WholeDocument Instance = new();
}
