using System.Text.Json;

namespace TicketTriage.Tests.WriteBack;

/// <summary>
/// What somebody writes who wants an agent's browser to run or load something: <c>tests/hostile-texts.json</c>, which the browser tests open
/// in Chromium too.
/// </summary>
internal static class HostileTexts
{
    public static IReadOnlyList<string> All { get; } =
        JsonSerializer.Deserialize<string[]>(File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "hostile-texts.json")))
        ?? throw new InvalidOperationException("The file hostile-texts.json is empty.");
}
