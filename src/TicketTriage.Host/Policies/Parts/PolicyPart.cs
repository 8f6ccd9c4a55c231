namespace TicketTriage.Host.Policies.Parts;

/// <summary>A part of a policy document that has a form: a row of a list, a named member, or what stands beside those.</summary>
/// <param name="Name">In addresses.</param>
/// <param name="Title">Of one of them, in English.</param>
/// <param name="Property">Where they stand in the document; empty for the document itself, of which the form has some fields.</param>
public sealed record PolicyPart(string Name, string Title, string Property, IReadOnlyList<PartField> Fields)
{
    /// <summary>Each has a name before it in the document instead of a place in a list.</summary>
    public bool IsNamed { get; init; }

    /// <summary>The first that fits counts, so people put them in order.</summary>
    public bool IsOrdered { get; init; }

    public bool IsWhole => Property.Length == 0;
}

/// <summary>A field of a part's form.</summary>
/// <param name="Path">Of its value in the part: names of properties with dots between them.</param>
/// <param name="Title">In English.</param>
public sealed record PartField(string Path, string Title, PartFieldKind Kind = PartFieldKind.Line)
{
    /// <summary>In English; <see langword="null"/> for none.</summary>
    public string? Hint { get; init; }

    /// <summary>For whoever hears of the field by its title: the language that it is in, where a part has it in several.</summary>
    public string? Language { get; init; }

    /// <summary>For <see cref="PartFieldKind.Choice"/> and <see cref="PartFieldKind.Choices"/>.</summary>
    public IReadOnlyList<string> Choices { get; init; } = [];

    /// <summary>For <see cref="PartFieldKind.Rows"/>: what each row has.</summary>
    public IReadOnlyList<PartField> Inner { get; init; } = [];

    /// <summary>An empty list is not written: versions before don't know the property.</summary>
    public bool GoesWhenEmpty { get; init; }

    /// <summary>The property around it goes as well where nothing is left in it.</summary>
    public bool TakesItsHolder { get; init; }

    public bool IsRequired { get; init; }
}

public enum PartFieldKind
{
    /// <summary>A text of one line.</summary>
    Line = 0,

    /// <summary>A text of several.</summary>
    Text,

    Number,

    /// <summary>A share, which people read and write in per cent.</summary>
    Share,

    /// <summary>Several words with commas between them.</summary>
    List,

    /// <summary>Several texts, a line each.</summary>
    Lines,

    Choice,
    Choices,

    /// <summary>A list of parts within the part.</summary>
    Rows,
}
