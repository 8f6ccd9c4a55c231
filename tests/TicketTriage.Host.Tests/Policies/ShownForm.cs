using System.Net;
using System.Text.RegularExpressions;

namespace TicketTriage.Host.Tests.Policies;

/// <summary>The form of a page as a browser would send it, had nobody touched it.</summary>
internal static partial class ShownForm
{
    public static FormUrlEncodedContent Of(string page) => new(FieldsOf(page));

    /// <summary>In the order in which they stand there, as browsers send them.</summary>
    public static IReadOnlyList<KeyValuePair<string, string>> FieldsOf(string page)
    {
        var form = page[page.IndexOf("data-guard", StringComparison.Ordinal)..];
        form = form[..form.IndexOf("</form>", StringComparison.Ordinal)];
        return
        [
            .. Input().Matches(form).Where(IsSent).Select(input => (input.Index, Field(input, Decode(input.Groups["value"]))))
                .Concat(Area().Matches(form).Select(area => (area.Index, Field(area, Decode(area.Groups["text"]).ReplaceLineEndings("\r\n")))))
                .Concat(Choice().Matches(form).Select(choice => (choice.Index, Field(choice, Chosen(choice)))))
                .OrderBy(field => field.Index).Select(field => field.Item2),
        ];
    }

    private static bool IsSent(Match input) => !input.Value.Contains("type=\"checkbox\"", StringComparison.Ordinal)
        || input.Value.Contains(" checked", StringComparison.Ordinal);

    private static string Chosen(Match choice) => Option().Matches(choice.Groups["options"].Value)
        .OrderByDescending(option => option.Value.Contains(" selected", StringComparison.Ordinal))
        .Select(option => Decode(option.Groups["value"])).FirstOrDefault("");

    private static KeyValuePair<string, string> Field(Match match, string value) => KeyValuePair.Create(Decode(match.Groups["name"]), value);

    private static string Decode(Group found) => WebUtility.HtmlDecode(found.Value);

    [GeneratedRegex("<input(?=[^>]* name=\"(?<name>[^\"]*)\")(?=[^>]* value=\"(?<value>[^\"]*)\")?[^>]*>", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Input();

    [GeneratedRegex("<textarea[^>]* name=\"(?<name>[^\"]*)\"[^>]*>(?<text>[^<]*)</textarea>", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Area();

    [GeneratedRegex("<select[^>]* name=\"(?<name>[^\"]*)\"[^>]*>(?<options>.*?)</select>", RegexOptions.ExplicitCapture | RegexOptions.Singleline, 1000)]
    private static partial Regex Choice();

    [GeneratedRegex("<option(?=[^>]* value=\"(?<value>[^\"]*)\")?[^>]*>", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Option();
}
