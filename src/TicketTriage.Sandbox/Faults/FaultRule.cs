namespace TicketTriage.Sandbox.Faults;

/// <summary>One way in which the helpdesk misbehaves. The first rule that strikes a call decides it.</summary>
public sealed record FaultRule
{
    /// <summary>The method it strikes; <see langword="null"/> for every one.</summary>
    public string? Method { get; init; }

    /// <summary>The path it strikes, without <c>.json</c>: <c>*</c> is one segment, <c>**</c> at the end all that follow.</summary>
    public string Path { get; init; } = "/**";

    public required FaultKind Kind { get; init; }

    /// <summary>The status of <see cref="FaultKind.Status"/> and <see cref="FaultKind.Html"/>. Default 500.</summary>
    public int Status { get; init; } = 500;

    /// <summary>The <c>Retry-After</c> header to the letter: seconds or a date; <see langword="null"/> for none.</summary>
    public string? RetryAfter { get; init; }

    /// <summary>How long the call is held before anything happens.</summary>
    public TimeSpan Delay { get; init; }

    /// <summary>How many calls of those it fits are let through first.</summary>
    public int After { get; init; }

    /// <summary>How many calls it strikes; <see langword="null"/> for no end.</summary>
    public int? Times { get; init; }

    /// <summary>The share of fitting calls that it strikes, in [0, 1], drawn from the sandbox's seed. Default 1.</summary>
    public double Share { get; init; } = 1;
}

/// <summary>What befalls a call.</summary>
public enum FaultKind
{
    /// <summary>Answered with the status and the vendor's error body; nothing is applied.</summary>
    Status,

    /// <summary>Answered with a page of HTML, as proxies and maintenance windows do; nothing is applied.</summary>
    Html,

    /// <summary>The connection is closed before anything is applied.</summary>
    NoAnswer,

    /// <summary>The call is carried out, then the connection is closed instead of answering.</summary>
    AnswerLost,

    /// <summary>Only late, by the rule's delay.</summary>
    Slow,
}
