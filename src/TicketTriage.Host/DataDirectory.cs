namespace TicketTriage.Host;

/// <summary>Where the private database, models and generated secrets live: the key <c>DataDirectory</c>.</summary>
internal static class DataDirectory
{
    public static string Of(IConfiguration configuration) =>
        Path.GetFullPath(configuration["DataDirectory"] is { Length: > 0 } configured ? configured : "data");
}
