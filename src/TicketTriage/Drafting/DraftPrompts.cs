using System.Reflection;

namespace TicketTriage.Drafting;

/// <summary>The words that models are asked with, as they are built into this program.</summary>
internal static class DraftPrompts
{
    public static string Read(string name)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream($"prompts/{name}")
            ?? throw new InvalidOperationException($"The prompt {name} is missing from the program.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }
}
