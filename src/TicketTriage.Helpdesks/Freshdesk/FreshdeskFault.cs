using System.Net;
using System.Text.Json;

namespace TicketTriage.Helpdesks.Freshdesk;

/// <summary>What an answer says went wrong. Only names are taken from it: messages may quote the customer.</summary>
/// <param name="Code">Freshdesk's word for it, such as <c>access_denied</c>; of a validation, the words of its fields.</param>
/// <param name="Fields">The fields that it names as the reason.</param>
/// <param name="IsFreshdesks">False where the body is a page, or anything else that Freshdesk's API doesn't send.</param>
internal sealed record FreshdeskFault(string? Code, IReadOnlyList<string> Fields, bool IsFreshdesks)
{
    private const int LongestWord = 64;

    /// <summary>Reads the body of an answer that is no success; anything may stand in it. A 404 has none.</summary>
    public static FreshdeskFault Read(ReadOnlyMemory<byte> body)
    {
        if (body.IsEmpty)
        {
            return new FreshdeskFault(null, [], IsFreshdesks: true);
        }

        try
        {
            using var json = JsonDocument.Parse(body);
            return Read(json.RootElement);
        }
        catch (JsonException)
        {
            return new FreshdeskFault(null, [], IsFreshdesks: false);
        }
    }

    /// <summary>The exception that an answer without success amounts to.</summary>
    public static Exception ToException(FailedAnswer answer) => Read(answer.Body).Explain(answer);

    private Exception Explain(FailedAnswer answer)
    {
        var (helpdesk, call, status, _, retryAfter) = answer;
        var code = Code is null ? $"{(int)status}" : $"{(int)status} {Code}";
        return status switch
        {
            HttpStatusCode.TooManyRequests =>
                Away($"Helpdesk {helpdesk} asks to slow down ({code}).", mayHaveArrived: false),
            HttpStatusCode.RequestTimeout or >= HttpStatusCode.InternalServerError =>
                Away($"Helpdesk {helpdesk} failed at {call.About} ({code}).", call.IsWrite),
            // Not about versions, which Freshdesk doesn't have: two writes met, or the ticket's state forbids it. Reading again tells.
            HttpStatusCode.Conflict when call.Kind == HelpdeskCallKind.Update =>
                new HelpdeskConflictException($"Helpdesk {helpdesk} can't reconcile {call.About} with what it has ({code})."),
            HttpStatusCode.Unauthorized =>
                Refused($"Freshdesk refuses the credentials ({code}): check {Key("ApiToken")}, the API key of an agent."),
            HttpStatusCode.Forbidden => Refused($"Freshdesk keeps {call.About} from this service ({code}): {Remedy(helpdesk)}."),
            HttpStatusCode.NotFound when IsFreshdesks => Refused($"Helpdesk {helpdesk} doesn't have {call.About} ({code})."),
            HttpStatusCode.NotFound => Refused($"No Freshdesk answers for {call.About} ({code}): check {Key("BaseUrl")}."),
            HttpStatusCode.MethodNotAllowed when call.IsWrite =>
                Refused($"Helpdesk {helpdesk} refuses {call.About} ({code}): a ticket that is spam or deleted takes nothing."),
            >= HttpStatusCode.MultipleChoices and < HttpStatusCode.BadRequest =>
                Refused($"Freshdesk points to another address ({code}), which never gets the credentials: set {Key("BaseUrl")} to it."),
            _ => Refused($"Helpdesk {helpdesk} refuses {call.About} ({code}){FieldsAsReason()}."),
        };

        string Key(string key) => $"{HelpdeskOptions.Section}:{helpdesk}:{key}";

        HelpdeskAwayException Away(string message, bool mayHaveArrived) => new(message, retryAfter, mayHaveArrived) { Status = status };

        HelpdeskRefusedException Refused(string message) => new(message, status, Fields)
        {
            IsFieldRefused = status == HttpStatusCode.BadRequest && Fields.Count > 0,
            IsTicketClosed = status == HttpStatusCode.MethodNotAllowed && call.IsWrite,
            IsUnknownRecord = status == HttpStatusCode.NotFound && IsFreshdesks,
        };
    }

    private string FieldsAsReason() => Fields.Count == 0 ? "" : $" because of {string.Join(", ", Fields)}";

    private string Remedy(string helpdesk) => Code switch
    {
        "require_feature" => $"the plan of helpdesk {helpdesk} doesn't have it",
        "account_suspended" => $"the account of helpdesk {helpdesk} is suspended",
        "password_lockout" or "password_expired" => $"let the agent whose API key helpdesk {helpdesk} uses log in again",
        _ => $"give the agent whose API key helpdesk {helpdesk} uses the permission",
    };

    private static FreshdeskFault Read(JsonElement root)
    {
        if (root.ValueKind != JsonValueKind.Object)
        {
            return new FreshdeskFault(null, [], IsFreshdesks: false);
        }

        var fields = new List<string>();
        var codes = new List<string>();
        if (root.TryGetProperty("errors", out var errors) && errors.ValueKind == JsonValueKind.Array)
        {
            foreach (var error in errors.EnumerateArray())
            {
                Add(fields, WordOf(error, "field"));
                Add(codes, WordOf(error, "code"));
            }
        }

        var code = WordOf(root, "code") ?? (codes.Count == 0 ? null : string.Join(' ', codes));
        return new FreshdeskFault(code, fields, IsFreshdesks: true);
    }

    private static void Add(List<string> words, string? word)
    {
        if (word is not null && !words.Contains(word))
        {
            words.Add(word);
        }
    }

    // A name of Freshdesk's: letters, digits, _ and the like. What is anything else may be the customer's.
    private static string? WordOf(JsonElement holder, string name) =>
        holder.ValueKind == JsonValueKind.Object
        && holder.TryGetProperty(name, out var member)
        && member.ValueKind == JsonValueKind.String
        && TextOf(member) is { Length: > 0 and <= LongestWord } word
        && word.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '_' or '.' or '-' or '[' or ']')
            ? word
            : null;

    private static string? TextOf(JsonElement text)
    {
        try
        {
            return text.GetString();
        }
        catch (InvalidOperationException)
        {
            // Half a surrogate pair: not a word of Freshdesk's.
            return null;
        }
    }
}
