using System.Globalization;
using Microsoft.AspNetCore.Http;
using TicketTriage.Sandbox.Doors;

namespace TicketTriage.Sandbox.Freshdesk;

/// <summary>The shapes in which Freshdesk says no.</summary>
internal static class FreshdeskRefusal
{
    public static Answer Because(int status, string code, string message) =>
        Answer.Json(new RefusalWire(code, message), FreshdeskJson.Default.RefusalWire, status);

    /// <summary>Says nothing more, as the vendor does.</summary>
    public static Answer NotFound() => new(StatusCodes.Status404NotFound, ReadOnlyMemory<byte>.Empty);

    public static Answer WrongMethod(IEnumerable<string> allowed)
    {
        var methods = string.Join(", ", allowed.Distinct());
        return Because(StatusCodes.Status405MethodNotAllowed, "method_not_allowed", $"Here only {methods} can be asked for.")
            .With("Allow", methods);
    }

    public static Answer Invalid(IReadOnlyList<FieldErrorWire> errors)
    {
        // A value that exists already is a conflict to the vendor, anything else a bad request.
        var status = errors.All(error => error.Code == "duplicate_value") ? StatusCodes.Status409Conflict : StatusCodes.Status400BadRequest;
        return Answer.Json(new ValidationWire("Validation failed", errors), FreshdeskJson.Default.ValidationWire, status);
    }

    public static Answer Invalid(string field, string message, string code) => Invalid([new(field, message, code)]);

    public static Answer NotJson() =>
        Because(StatusCodes.Status400BadRequest, "invalid_json", "The body is not a JSON object.");

    public static Answer TooMany(int retryAfter) =>
        Answer.Json(
                new MessageWire("You have used up the calls of this minute."), FreshdeskJson.Default.MessageWire,
                StatusCodes.Status429TooManyRequests)
            .With("Retry-After", retryAfter.ToString(CultureInfo.InvariantCulture));

    public static Answer Planned(int status) => status switch
    {
        StatusCodes.Status400BadRequest => Invalid("status", "A planned fault.", "invalid_value"),
        StatusCodes.Status404NotFound => NotFound(),
        StatusCodes.Status405MethodNotAllowed => WrongMethod(["GET"]),
        _ => Because(status, CodeFor(status), "A planned fault."),
    };

    private static string CodeFor(int status) => status switch
    {
        StatusCodes.Status401Unauthorized => "invalid_credentials",
        StatusCodes.Status403Forbidden => "access_denied",
        StatusCodes.Status409Conflict => "inconsistent_state",
        StatusCodes.Status415UnsupportedMediaType => "invalid_content_type",
        _ => "internal_error",
    };
}
