namespace TicketTriage.Drafting;

/// <summary>A reply before anybody has formulated in it: what a person has written stands, and what may be filled in is known.</summary>
/// <param name="Body">
/// The template's middle, with the request where the template has it; for <see cref="ReplyKind.Upset"/> with the placeholder for the concern.
/// </param>
/// <param name="Request">The sentence that asks for what is missing; empty where nothing is.</param>
/// <param name="Snippets">What follows the body letter for letter.</param>
/// <param name="Language">ISO 639-1.</param>
internal sealed record ReplyFrame(
    ReplyKind Kind, string Greeting, string Body, string Request, IReadOnlyList<string> Snippets, string Closing, string Language)
{
    /// <param name="body">In place of the template's.</param>
    public string With(string body) =>
        string.Join("\n\n", ((string[])[Greeting, body, .. Snippets, Closing]).Where(part => part.Length > 0));

    /// <param name="answer">What a model wrote: it was not told what is missing, so the request follows it.</param>
    public string Answer(string answer) => With(Request.Length == 0 ? answer : $"{answer}\n\n{Request}");
}

/// <summary>What a reply begins from.</summary>
internal enum ReplyKind
{
    /// <summary>The intent's template; a model may answer in its place.</summary>
    Answer = 0,

    /// <summary>The style guide's words for somebody angry; a model may formulate one sentence in them.</summary>
    Upset,

    /// <summary>The style guide's words for somebody who asks for a person; no model has a part in it.</summary>
    Person,

    /// <summary>The intent's template as it is: law, fraud or security, where each word counts.</summary>
    Fixed,
}
