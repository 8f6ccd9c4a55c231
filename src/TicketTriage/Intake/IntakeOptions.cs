using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace TicketTriage.Intake;

/// <summary>How deliveries are taken in.</summary>
public sealed class IntakeOptions
{
    public const string Section = "Intake";

    /// <summary>Deliveries that share a commit at most. 1: each has its own, which is slower in every way; for comparison.</summary>
    [Range(1, 1000, ErrorMessage = "Intake:BatchSize: expected 1 to 1000.")]
    public int BatchSize { get; set; } = 128;

    /// <summary>Commits under way at once.</summary>
    [Range(1, 256, ErrorMessage = "Intake:Writers: expected 1 to 256.")]
    public int Writers { get; set; } = 2;

    /// <summary>Deliveries that may wait for a commit; beyond that the sender is asked to come again.</summary>
    [Range(1, 1_000_000, ErrorMessage = "Intake:MostWaiting: expected 1 to 1000000.")]
    public int MostWaiting { get; set; } = 4096;

    /// <summary>Longest wait for one commit. Zendesk gives up on a delivery after about 10 seconds.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:00:10", ErrorMessage = "Intake:StoreTimeout: expected 00:00:00.100 to 00:00:10.")]
    public TimeSpan StoreTimeout { get; set; } = TimeSpan.FromSeconds(4);
}

[OptionsValidator]
internal sealed partial class IntakeOptionsValidator : IValidateOptions<IntakeOptions>;
