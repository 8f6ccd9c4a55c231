using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http.HttpResults;
using Npgsql;
using TicketTriage.Storage;

namespace TicketTriage.Host.Access;

/// <summary>
/// How a request ends that can't be answered: a program gets problem details (RFC 9457), a person a page of the console. Neither is told
/// what went wrong inside; the log is.
/// </summary>
internal static class FaultPages
{
    private const string ComeAgainAfterSeconds = "20";

    public static void AddFaultPages(this IHostApplicationBuilder builder)
    {
        // Before the framework's own: the first that can write does.
        builder.Services.AddSingleton<IProblemDetailsWriter, PageWriter>();
        builder.Services.AddProblemDetails();
    }

    public static void UseFaultPages(this IApplicationBuilder app)
    {
        app.UseExceptionHandler(new ExceptionHandlerOptions { ExceptionHandler = WriteAsync, StatusCodeSelector = StatusOf });
        // What is refused without a word, such as an address that can't be read.
        app.UseStatusCodePages(context => WriteAsync(context.HttpContext, context.HttpContext.Response.StatusCode));
    }

    /// <param name="message">In English.</param>
    /// <param name="form">What was sent, where it could be read and may be shown.</param>
    public static RazorComponentResult<FaultPage> PageOf(int status, string message, KeptForm? form = null) =>
        new(new { Title = TitleOf(status), Message = message, Form = form }) { StatusCode = status };

    /// <summary>What a person is told, in English.</summary>
    private static string TitleOf(int status) => status switch
    {
        StatusCodes.Status401Unauthorized => "Your session has ended",
        StatusCodes.Status404NotFound => "Nothing was found",
        StatusCodes.Status413PayloadTooLarge => "That is too much at once",
        StatusCodes.Status429TooManyRequests => "That was too often",
        StatusCodes.Status503ServiceUnavailable => "Not available at the moment",
        >= 500 => "Something went wrong here",
        _ => "That can't be done like this",
    };

    private static Task WriteAsync(HttpContext context)
    {
        var status = context.Response.StatusCode;
        if (status == StatusCodes.Status503ServiceUnavailable)
        {
            context.Response.Headers.RetryAfter = ComeAgainAfterSeconds;
        }

        return WriteAsync(context, status);
    }

    private static Task WriteAsync(HttpContext context, int status) =>
        Results.Problem(statusCode: status, title: TitleOf(status), detail: DetailOf(status)).ExecuteAsync(context);

    private static string DetailOf(int status) => status switch
    {
        StatusCodes.Status404NotFound => "Nothing is here.",
        StatusCodes.Status413PayloadTooLarge => "More was sent than is taken at once; send less of it.",
        StatusCodes.Status503ServiceUnavailable => "The database doesn't answer. Look in a moment whether it was done, and try again.",
        >= 500 => "It is in the service's log with its cause. Try again; if it stays so, tell whoever runs the service when it happened.",
        _ => "The request can't be understood; open the page again and repeat it.",
    };

    private static int StatusOf(Exception fault)
    {
        // A form that is read by the guard against forgery fails within its words.
        for (var cause = fault; cause is not null; cause = cause.InnerException)
        {
            switch (cause)
            {
                case BadHttpRequestException request:
                    return request.StatusCode;
                case AntiforgeryValidationException { InnerException: InvalidDataException }:
                    return StatusCodes.Status413PayloadTooLarge;
                case NpgsqlException when DatabaseAway.IsCause(cause):
                    return StatusCodes.Status503ServiceUnavailable;
            }
        }

        return StatusCodes.Status500InternalServerError;
    }

    /// <summary>Problems as people read them.</summary>
    private sealed class PageWriter : IProblemDetailsWriter
    {
        public bool CanWrite(ProblemDetailsContext context) => Refusals.IsForPerson(context.HttpContext.Request);

        public async ValueTask WriteAsync(ProblemDetailsContext context)
        {
            var status = context.ProblemDetails.Status ?? context.HttpContext.Response.StatusCode;
            await PageOf(status, context.ProblemDetails.Detail ?? DetailOf(status)).ExecuteAsync(context.HttpContext);
        }
    }
}
