namespace TicketTriage.Sandbox.Desk;

/// <summary>What the vendors' desks do differently with the same ticket.</summary>
internal sealed record DeskHabits
{
    public required string FirstStatus { get; init; }

    /// <summary><see langword="null"/> where a new ticket has no priority until somebody sets one.</summary>
    public string? FirstPriority { get; init; }

    public required IReadOnlyList<string> Types { get; init; }

    /// <summary>True where a closed ticket refuses every change.</summary>
    public bool ClosesForGood { get; init; }

    /// <summary>True where no two versions of a ticket have one stamp.</summary>
    public bool StampsDiffer { get; init; }

    /// <summary>True where tags lose capitals and spaces.</summary>
    public bool TagsAreNormalised { get; init; }

    /// <summary>True where only an agent of the ticket's group can have it.</summary>
    public bool AgentsStayInTheirGroup { get; init; }

    /// <summary>True where the value of a field with choices is also a tag of the ticket, and goes when the tag goes.</summary>
    public bool ChoicesAreTags { get; init; }

    /// <summary>How long new due times are not yet to be seen.</summary>
    public TimeSpan DueTimesLateBy { get; init; }

    public static DeskHabits Of(SandboxOptions options) => OfVendor(options) with { StampsDiffer = !options.StampsMayRepeat };

    private static DeskHabits OfVendor(SandboxOptions options) => options.Kind switch
    {
        SandboxKind.Zendesk => new()
        {
            FirstStatus = "new",
            Types = ["problem", "incident", "question", "task"],
            ClosesForGood = true,
            TagsAreNormalised = true,
            AgentsStayInTheirGroup = true,
            ChoicesAreTags = true,
        },
        SandboxKind.Freshdesk => new()
        {
            FirstStatus = "open",
            FirstPriority = "low",
            Types = ["Question", "Incident", "Problem", "Feature Request", "Refund"],
            DueTimesLateBy = options.DueTimesLateBy,
        },
    };
}
