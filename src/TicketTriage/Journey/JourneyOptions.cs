using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace TicketTriage.Journey;

/// <summary>How tickets are worked on in one process.</summary>
public sealed class JourneyOptions
{
    public const string Section = "Journey";

    /// <summary>Tickets under way at once in this process. With a model that takes seconds, this is the throughput.</summary>
    [Range(1, 500)]
    public int Workers { get; set; } = 16;

    /// <summary>How often waiting tickets are looked for when nothing rings.</summary>
    [Range(typeof(TimeSpan), "00:00:00.050", "00:01:00")]
    public TimeSpan LookEvery { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>Messages of a ticket that are read at most: the first and the newest.</summary>
    [Range(1, 5000)]
    public int MostComments { get; set; } = 200;
}

[OptionsValidator]
internal sealed partial class JourneyOptionsValidator : IValidateOptions<JourneyOptions>;
