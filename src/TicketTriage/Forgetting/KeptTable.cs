namespace TicketTriage.Forgetting;

/// <summary>What becomes of a table's rows with time.</summary>
/// <param name="Name">The table.</param>
public sealed record KeptTable(string Name)
{
    /// <summary>Why nothing is deleted here by age; <see langword="null"/> where <see cref="Delete"/> does.</summary>
    public string? Why { get; init; }

    /// <summary>For how many days its rows are kept.</summary>
    internal Func<RetentionOptions, int>? Days { get; init; }

    /// <summary>What goes before that, a whole part of the table at once: as <see cref="Delete"/>, in a statement of its own.</summary>
    internal string? DeletePart { get; init; }

    /// <summary>Deletes at most <c>$2</c> rows from before <c>$1</c> and returns how many.</summary>
    internal string? Delete { get; init; }
}
