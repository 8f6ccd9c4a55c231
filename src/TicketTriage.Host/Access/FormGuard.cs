using Microsoft.AspNetCore.Antiforgery;

namespace TicketTriage.Host.Access;

/// <summary>Refuses a form that another site sent in a signed-in person's name. A key in the header can't be sent like that.</summary>
internal sealed class FormGuard(IAntiforgery antiforgery) : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        if (http.User.Identity?.AuthenticationType == ApiKeyHandler.SchemeName)
        {
            if (!http.Request.HasFormContentType)
            {
                // A program that sends nothing has said nothing, which is for the form itself to refuse.
                http.Request.Form = FormCollection.Empty;
            }

            return await next(context);
        }

        if (await antiforgery.IsRequestValidAsync(http))
        {
            return await next(context);
        }

        // What was typed is shown, but with no button that sends it: another site may have typed it.
        const string why = "The form is too old or was not sent from our own page; open the page again and repeat it.";
        if (!KeptForm.IsSent(http.Request) || !Refusals.IsForPerson(http.Request))
        {
            return Results.Problem(statusCode: StatusCodes.Status400BadRequest, title: "Form not accepted", detail: why);
        }

        return FaultPages.PageOf(StatusCodes.Status400BadRequest, why, await KeptForm.ReadAsync(http.Request, http.RequestAborted));
    }
}
