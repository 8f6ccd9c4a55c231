using Microsoft.AspNetCore.Http;

namespace TicketTriage.Sandbox.Doors;

/// <summary>How one vendor's API answers: its calls, its entry, its limits, its way of saying no.</summary>
internal interface IDialect
{
    IReadOnlyList<ApiCall> Calls { get; }

    bool Owns(PathString path);

    /// <summary>The path without what the vendor allows at its end and doesn't look at.</summary>
    string Normalise(string path);

    /// <summary>Takes the call through limit and entry to what handles it.</summary>
    Answer AnswerTo(ApiRequest request);

    /// <summary>An error of this status, in the vendor's form.</summary>
    Answer Refuse(int status);
}
