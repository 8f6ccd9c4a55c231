namespace TicketTriage.Reading;

/// <summary>
/// A text without personal data: the only kind that leaves this process. Only <see cref="Redactor"/> makes it, which a test holds.
/// </summary>
public sealed class RedactedText
{
    internal RedactedText(string text, IReadOnlyList<PersonalSpan> spans)
    {
        Text = text;
        Spans = spans;
    }

    /// <summary>The text, placeholders such as <c>[EMAIL_1]</c> in place of what was masked.</summary>
    public string Text { get; }

    /// <summary>What was masked, by its place in the text before.</summary>
    public IReadOnlyList<PersonalSpan> Spans { get; }

    public override string ToString() => Text;
}

/// <summary>A stretch of a text that is personal data.</summary>
/// <param name="Start">Offset in UTF-16 units.</param>
/// <param name="End">Exclusive.</param>
/// <param name="Type">One of <see cref="PersonalTypes"/>.</param>
public readonly record struct PersonalSpan(int Start, int End, string Type);
