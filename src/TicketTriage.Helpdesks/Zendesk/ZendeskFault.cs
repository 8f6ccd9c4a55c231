using System.Net;
using System.Text.Json;

namespace TicketTriage.Helpdesks.Zendesk;

/// <summary>What an answer says went wrong. Only names are taken from it: descriptions may quote the customer.</summary>
/// <param name="Error">Zendesk's word for it, such as <c>RecordInvalid</c>.</param>
/// <param name="Fields">The fields that it names as the reason.</param>
internal sealed record ZendeskFault(string? Error, IReadOnlyList<string> Fields)
{
    private static readonly ZendeskFault Unnamed = new(null, []);

    /// <summary>Reads the body of an answer that is no success; anything may stand in it.</summary>
    public static ZendeskFault Read(ReadOnlyMemory<byte> body)
    {
        try
        {
            using var json = JsonDocument.Parse(body);
            return json.RootElement.ValueKind == JsonValueKind.Object
                ? new ZendeskFault(ErrorOf(json.RootElement), FieldsOf(json.RootElement))
                : Unnamed;
        }
        catch (JsonException)
        {
            return Unnamed;
        }
    }

    /// <summary>The exception that an answer without success amounts to.</summary>
    public static Exception ToException(FailedAnswer answer) => Read(answer.Body).Explain(answer);

    private Exception Explain(FailedAnswer answer)
    {
        var (helpdesk, call, status, _, retryAfter) = answer;
        var code = Error is null ? $"{(int)status}" : $"{(int)status} {Error}";
        return status switch
        {
            HttpStatusCode.TooManyRequests =>
                Away($"Helpdesk {helpdesk} asks to slow down ({code}).", mayHaveArrived: false),
            HttpStatusCode.Conflict when call.IsWrite && Error != "DatabaseConflict" =>
                new HelpdeskConflictException($"Helpdesk {helpdesk} has a newer version of {call.About} ({code})."),
            // Two writes met inside Zendesk; this one was rolled back.
            HttpStatusCode.Conflict =>
                Away($"Helpdesk {helpdesk} was busy with {call.About} ({code}).", mayHaveArrived: false),
            HttpStatusCode.RequestTimeout or >= HttpStatusCode.InternalServerError =>
                Away($"Helpdesk {helpdesk} failed at {call.About} ({code}).", call.IsWrite),
            HttpStatusCode.Unauthorized =>
                Refused($"Zendesk refuses the credentials ({code}): check {Key("ClientId")} and :ClientSecret, or :Email and :ApiToken."),
            HttpStatusCode.Forbidden =>
                Refused($"Zendesk keeps {call.About} from this service ({code}): give the user of helpdesk {helpdesk} the permission."),
            HttpStatusCode.NotFound when Error == "RecordNotFound" =>
                Refused($"Helpdesk {helpdesk} doesn't have {call.About} ({code}).", isUnknownRecord: true),
            HttpStatusCode.NotFound =>
                Refused($"No Zendesk answers for {call.About} ({code}): check {Key("BaseUrl")}."),
            >= HttpStatusCode.MultipleChoices and < HttpStatusCode.BadRequest =>
                Refused($"Zendesk points to another address ({code}), which never gets the credentials: set {Key("BaseUrl")} to it."),
            _ => Refused($"Helpdesk {helpdesk} refuses {call.About} ({code}){FieldsAsReason()}."),
        };

        string Key(string key) => $"{HelpdeskOptions.Section}:{helpdesk}:{key}";

        HelpdeskAwayException Away(string message, bool mayHaveArrived) => new(message, retryAfter, mayHaveArrived) { Status = status };

        HelpdeskRefusedException Refused(string message, bool isUnknownRecord = false) => new(message, status, Fields)
        {
            IsFieldRefused = status == HttpStatusCode.UnprocessableEntity,
            // A change never carries a status, so a fault in it speaks of the ticket's: closed tickets take nothing.
            IsTicketClosed = status == HttpStatusCode.UnprocessableEntity && call.IsWrite && Fields.Contains("status"),
            IsUnknownRecord = isUnknownRecord,
        };
    }

    private string FieldsAsReason() => Fields.Count == 0 ? "" : $" because of {string.Join(", ", Fields)}";

    // A word, or on some endpoints an object with a title.
    private static string? ErrorOf(JsonElement root)
    {
        if (!root.TryGetProperty("error", out var error))
        {
            return null;
        }

        if (error.ValueKind == JsonValueKind.Object && error.TryGetProperty("title", out var title))
        {
            error = title;
        }

        return error.ValueKind == JsonValueKind.String ? TextOf(error) : null;
    }

    private static string? TextOf(JsonElement text)
    {
        try
        {
            return text.GetString();
        }
        catch (InvalidOperationException)
        {
            // Half a surrogate pair: not a word of Zendesk's.
            return null;
        }
    }

    private static List<string> FieldsOf(JsonElement root) =>
        root.TryGetProperty("details", out var details) && details.ValueKind == JsonValueKind.Object
            ? [.. details.EnumerateObject().Select(field => field.Name)]
            : [];
}
