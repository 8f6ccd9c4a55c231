using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;

namespace TicketTriage.Host.Access;

/// <summary><c>/access</c>: which keys there are; new ones are made here, shown once, and withdrawn.</summary>
internal static partial class KeyPages
{
    public static void MapKeyPages(this IEndpointRouteBuilder routes)
    {
        var pages = routes.MapGroup("/access").RequireAuthorization(Roles.Admin);
        pages.MapGet("", (StoredKeys stored, IOptions<AccessOptions> options, CancellationToken cancellationToken) =>
            PageAsync(stored, options, made: null, refused: null, cancellationToken));
        var forms = pages.MapGroup("").AddEndpointFilter<FormGuard>();
        forms.MapPost("/keys", MakeAsync);
        forms.MapPost("/keys/{name}/withdraw", WithdrawAsync);
    }

    private static async Task<IResult> MakeAsync(
        HttpContext context, StoredKeys stored, IOptions<AccessOptions> options, CancellationToken cancellationToken)
    {
        var form = await context.Request.ReadFormAsync(cancellationToken);
        var name = form["name"].ToString().Trim();
        var role = form["role"].ToString();
        if (!KeyName().IsMatch(name) || !Roles.All.Contains(role))
        {
            return await PageAsync(
                stored, options, made: null, "A key needs a name of small letters, digits and - and one of the roles.", cancellationToken);
        }

        context.Response.Headers.CacheControl = "no-store";
        var key = options.Value.ApiKeys.ContainsKey(name)
            ? null
            : await stored.MakeAsync(name, role, context.User.Identity?.Name ?? "somebody", cancellationToken);
        return await PageAsync(
            stored, options, key, key is null ? "There is a key of this name already: withdraw it first, or choose another name." : null,
            cancellationToken);
    }

    private static async Task<IResult> WithdrawAsync(
        string name, HttpContext context, StoredKeys stored, CancellationToken cancellationToken)
    {
        await stored.WithdrawAsync(name, context.User.Identity?.Name ?? "somebody", cancellationToken);
        return Results.LocalRedirect("/access");
    }

    private static async Task<IResult> PageAsync(
        StoredKeys stored, IOptions<AccessOptions> options, string? made, string? refused, CancellationToken cancellationToken) =>
        new RazorComponentResult<KeysPage>(new
        {
            Keys = (IReadOnlyList<KeyLine>)
            [
                .. options.Value.ApiKeys.Select(key => new KeyLine(key.Key, key.Value.Role ?? "", null, null)),
                .. (await stored.ListAsync(cancellationToken)).Select(key =>
                    new KeyLine(key.Holder.Name, key.Holder.Role, key.MadeBy, key.MadeAt)),
            ],
            Made = made,
            Refused = refused,
        })
        {
            StatusCode = refused is null ? StatusCodes.Status200OK : StatusCodes.Status400BadRequest,
        };

    [GeneratedRegex(@"^[a-z0-9][a-z0-9-]{0,39}\z", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex KeyName();
}

/// <summary>A key in the list, without the key.</summary>
/// <param name="MadeBy"><see langword="null"/> where it stands in the configuration; the same goes for the moment.</param>
public sealed record KeyLine(string Name, string Role, string? MadeBy, DateTimeOffset? MadeAt);
