using System.Text;

namespace TicketTriage.Drafting.Style;

/// <summary>Tells a model of the style guide what it can keep; what it must keep is checked afterwards.</summary>
public static class StyleForModel
{
    /// <param name="language">ISO 639-1 of the reply.</param>
    /// <param name="intent">Of the taxonomy.</param>
    public static string Describe(StyleGuide guide, string language, string intent)
    {
        var style = guide.StyleOf(language);
        var words = new StringBuilder("How this team writes\n");
        words.Append("- At most ").Append(guide.MostWords).Append(" words.\n");
        if (guide.Languages.ContainsKey(language) && style.Address != FormOfAddress.Any)
        {
            words.Append(style.Address == FormOfAddress.Formal
                ? "- The customer is addressed as Sie, never as du.\n"
                : "- The customer is addressed as du, never as Sie.\n");
        }

        if (style.Tone.Length > 0)
        {
            words.Append("- Tone: ").Append(style.Tone).Append('\n');
        }

        var forbidden = guide.ForbiddenFor(intent).SelectMany(promise => promise.Phrases.Concat(promise.Kinds)).Distinct().ToList();
        if (forbidden.Count > 0)
        {
            words.Append("- Never say or promise, even where a passage does: ").AppendJoin("; ", forbidden).Append('\n');
        }

        if (guide.Glossary.Count > 0)
        {
            words.Append("- Names that stay as they are in every language: ")
                .AppendJoin("; ", guide.Glossary.Select(term => term.Term)).Append('\n');
        }

        return words.ToString();
    }
}
