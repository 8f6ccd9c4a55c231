using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using TicketTriage.Policies;

namespace TicketTriage.Understanding;

/// <summary>What the model is told: the same words for every ticket, followed by the taxonomy.</summary>
internal static class UnderstandingPrompt
{
    private static readonly string Words = Read();

    /// <summary>Names these words: it changes whenever they do.</summary>
    public static string Version { get; } =
        $"understand-ticket-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Words)))[..12]}";

    public static string Build(Taxonomy taxonomy)
    {
        var prompt = new StringBuilder(Words).Append("\nIntents\n");
        foreach (var intent in taxonomy.Intents)
        {
            prompt.Append("- ").Append(intent.Name).Append(": ").Append(InEnglish(intent.Description));
            prompt.Append(intent.Needs.Count == 0 ? "" : $" Needs: {string.Join(", ", intent.Needs)}.").Append('\n');
        }

        prompt.Append("\nProducts\n");
        foreach (var product in taxonomy.Products)
        {
            prompt.Append("- ").Append(product.Name).Append(": ").AppendJoin(", ", product.Words.Take(12)).Append('\n');
        }

        prompt.Append("\nFields\n");
        foreach (var field in taxonomy.Fields)
        {
            prompt.Append("- ").Append(field.Name).Append(": ").Append(InEnglish(field.Title)).Append('\n');
        }

        return prompt.ToString();
    }

    private static string InEnglish(IReadOnlyDictionary<string, string> texts) =>
        texts.TryGetValue("en", out var english) ? english : texts.Values.FirstOrDefault() ?? "";

    private static string Read()
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream("prompts/understand-ticket")
            ?? throw new InvalidOperationException("The prompt understand-ticket is missing from the program.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }
}
