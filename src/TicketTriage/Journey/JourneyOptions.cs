using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace TicketTriage.Journey;

/// <summary>How tickets are worked on in one process.</summary>
public sealed class JourneyOptions
{
    public const string Section = "Journey";

    /// <summary>Tickets under way at once in this process. With a model that takes seconds, this is the throughput.</summary>
    [Range(1, 500, ErrorMessage = "Journey:Workers: expected 1 to 500.")]
    public int Workers { get; set; } = 16;

    /// <summary>How often waiting tickets are looked for when nothing rings.</summary>
    [Range(typeof(TimeSpan), "00:00:00.050", "00:01:00", ErrorMessage = "Journey:LookEvery: expected 00:00:00.050 to 00:01:00.")]
    public TimeSpan LookEvery { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>Messages of a ticket that are read at most: the first and the newest.</summary>
    [Range(1, 5000, ErrorMessage = "Journey:MostComments: expected 1 to 5000.")]
    public int MostComments { get; set; } = 200;

    /// <summary>The wait after a first failure; it doubles with each further one.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:01:00", ErrorMessage = "Journey:FirstRetry: expected 00:00:00.010 to 00:01:00.")]
    public TimeSpan FirstRetry { get; set; } = TimeSpan.FromSeconds(2);
}

[OptionsValidator]
internal sealed partial class JourneyOptionsValidator : IValidateOptions<JourneyOptions>;
