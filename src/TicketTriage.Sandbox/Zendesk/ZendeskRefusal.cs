using Microsoft.AspNetCore.Http;
using TicketTriage.Sandbox.Desk;
using TicketTriage.Sandbox.Doors;

namespace TicketTriage.Sandbox.Zendesk;

/// <summary>The shapes in which Zendesk says no.</summary>
internal static class ZendeskRefusal
{
    public static Answer Because(int status, string error, string? description = null) =>
        Answer.Json(new ErrorAnswer(error) { Description = description }, ZendeskJson.Default.ErrorAnswer, status);

    public static Answer OAuth(int status, string error, string description) =>
        Answer.Json(new ErrorAnswer(error) { ErrorDescription = description }, ZendeskJson.Default.ErrorAnswer, status);

    public static Answer NotFound() => Because(StatusCodes.Status404NotFound, "RecordNotFound", "Not found");

    public static Answer Invalid(IEnumerable<FieldFault> faults) => Answer.Json(
        new ErrorAnswer("RecordInvalid")
        {
            Description = "Record validation errors",
            Details = faults.GroupBy(KeyOf).ToDictionary(field => field.Key, Describe),
        },
        ZendeskJson.Default.ErrorAnswer,
        StatusCodes.Status422UnprocessableEntity);

    /// <summary>Faults of custom fields stand under base: only the text names the field.</summary>
    private static string KeyOf(FieldFault fault) =>
        fault.Field.StartsWith(FieldChange.CustomPrefix, StringComparison.Ordinal) ? "base" : fault.Field;

    private static IReadOnlyList<FieldErrorWire> Describe(IEnumerable<FieldFault> faults) =>
        [.. faults.Select(fault => new FieldErrorWire(fault.Description, fault.Error))];
}
