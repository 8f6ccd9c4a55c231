using TicketTriage.Sandbox.Desk;

namespace TicketTriage.Sandbox.Freshdesk;

/// <summary>Freshdesk's numbers and display words for what the desk keeps in Zendesk's words.</summary>
internal static class FreshdeskWords
{
    /// <summary>6 is no number of the vendor's: an administrator added it, as on many accounts.</summary>
    public static IReadOnlyList<(int Code, string Word, string Label)> Statuses { get; } =
    [
        (2, "open", "Open"), (3, "pending", "Pending"), (4, "solved", "Resolved"), (5, "closed", "Closed"),
        (6, "hold", "Waiting on Third Party"),
    ];

    public static IReadOnlyList<(int Code, string Word, string Label)> Priorities { get; } =
        [(1, "low", "Low"), (2, "normal", "Medium"), (3, "high", "High"), (4, "urgent", "Urgent")];

    public static (int Code, string Label) StatusOf(SandboxTicket ticket)
    {
        var (code, _, label) = Statuses.FirstOrDefault(status => status.Word == ticket.Status, Statuses[0]);
        return (code, label);
    }

    public static (int Code, string Label) PriorityOf(SandboxTicket ticket)
    {
        var (code, _, label) = Priorities.FirstOrDefault(priority => priority.Word == ticket.Priority, Priorities[0]);
        return (code, label);
    }

    public static int SourceOf(string channel) => channel switch
    {
        "email" => 1,
        "phone" => 3,
        "chat" => 7,
        _ => 2,
    };

    public static string TypeOf(SandboxFieldKind kind) => kind switch
    {
        SandboxFieldKind.Text => "custom_text",
        SandboxFieldKind.Choice => "custom_dropdown",
        SandboxFieldKind.Number => "custom_decimal",
        SandboxFieldKind.Checkbox => "custom_checkbox",
        SandboxFieldKind.Date => "custom_date",
    };

    public static SandboxFieldKind? KindOf(string? type) => type switch
    {
        "custom_text" or "custom_paragraph" => SandboxFieldKind.Text,
        "custom_dropdown" => SandboxFieldKind.Choice,
        "custom_number" or "custom_decimal" => SandboxFieldKind.Number,
        "custom_checkbox" => SandboxFieldKind.Checkbox,
        "custom_date" => SandboxFieldKind.Date,
        _ => null,
    };
}
