using Microsoft.AspNetCore.Antiforgery;

namespace TicketTriage.Host.Access;

/// <summary>Refuses a form that another site sent in a signed-in person's name. A key in the header can't be sent like that.</summary>
internal sealed class FormGuard(IAntiforgery antiforgery) : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        if (http.User.Identity?.AuthenticationType == ApiKeyHandler.SchemeName || await antiforgery.IsRequestValidAsync(http))
        {
            return await next(context);
        }

        return Results.Problem(
            statusCode: StatusCodes.Status400BadRequest,
            title: "Form not accepted",
            detail: "The form is too old or was not sent from our own page; open the page again and repeat it.");
    }
}
