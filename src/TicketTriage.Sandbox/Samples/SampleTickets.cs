using System.Text.Json;
using System.Text.Json.Serialization;
using TicketTriage.Sandbox.Desk;

namespace TicketTriage.Sandbox.Samples;

/// <summary>The sample tickets of a shop, a hotel and a software vendor, taken in turn, and from the start again after the last.</summary>
public sealed class SampleTickets
{
    private static readonly string[] Companies = ["shop", "hotel", "software"];

    private int taken = -1;

    public SampleTickets()
    {
        var byCompany = Companies.Select(Load).ToArray();
        All =
        [
            .. byCompany
                .SelectMany(samples => samples.Select((sample, place) => (sample, place)))
                .OrderBy(ranked => ranked.place)
                .Select(ranked => ranked.sample.ToTicket()),
        ];
    }

    /// <summary>All of them, the Companies in turn.</summary>
    public IReadOnlyList<NewTicket> All { get; }

    public NewTicket Take() => All[(int)((uint)Interlocked.Increment(ref taken) % All.Count)];

    private static SampleTicket[] Load(string company)
    {
        using var stream = typeof(SampleTickets).Assembly.GetManifestResourceStream($"Samples.{company}.json")
            ?? throw new InvalidOperationException($"The assembly lacks its sample tickets of the {company}: build it again.");
        return JsonSerializer.Deserialize(stream, SampleJson.Default.SampleTicketArray) ?? [];
    }
}

/// <param name="Text">The message's lines; of a mail in HTML, <paramref name="Html"/> has them.</param>
/// <param name="Files">Names of files that came with it.</param>
internal sealed record SampleTicket(
    string Subject,
    string Name,
    string Email,
    string[]? Text = null,
    string[]? Html = null,
    string[]? Files = null,
    string Channel = "email")
{
    public NewTicket ToTicket() => new()
    {
        Subject = Subject,
        Body = Text is null ? null : string.Join('\n', Text),
        HtmlBody = Html is null ? null : string.Concat(Html),
        RequesterName = Name,
        RequesterEmail = Email,
        Channel = Channel,
        Attachments = [.. (Files ?? []).Select(file => new SandboxAttachment(file, TypeOf(file), 184_320))],
    };

    private static string TypeOf(string file) => Path.GetExtension(file) switch
    {
        ".png" => "image/png",
        ".jpg" => "image/jpeg",
        ".pdf" => "application/pdf",
        _ => "application/octet-stream",
    };
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow)]
[JsonSerializable(typeof(SampleTicket[]))]
internal sealed partial class SampleJson : JsonSerializerContext;
