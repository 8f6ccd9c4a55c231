using System.Text.RegularExpressions;
using TicketTriage.Knowledge;
using TicketTriage.Reading;

namespace TicketTriage.Drafting;

/// <summary>
/// Finds what may be a name: words written large where the language writes others small, beside a form of address, with digits in them, or
/// on the lists of names, or before a company's form. German writes every noun large, so there a large letter alone says nothing.
/// </summary>
internal static partial class NamesInText
{
    private const int WordsOfCompany = 2;

    public static IEnumerable<Fact> In(string text, string language)
    {
        var words = Word().Matches(text);
        for (var at = 0; at < words.Count; at++)
        {
            var word = words[at].Value;
            if (!char.IsUpper(word[0]) && !word.Skip(1).Any(char.IsUpper) && !HasLetterAndDigit(word))
            {
                continue;
            }

            var before = at > 0 ? words[at - 1].Value : "";
            var folded = SearchWords.Folded(word);
            var begins = BeginsSentence(text, words[at].Index);
            if (IsName(word, folded, before, begins, language) || IsOfCompany(words, at))
            {
                yield return new Fact(FactKind.Name, folded, word);
            }
        }
    }

    private static bool IsName(string word, string folded, string before, bool begins, string language)
    {
        if (HasLetterAndDigit(word) || word.Skip(1).Any(char.IsUpper) || Address().IsMatch(before))
        {
            return true;
        }

        if (KnownNames.All.Contains(folded) && !(begins && NameWords.Everyday.Contains(folded)))
        {
            return true;
        }

        if (NameWords.Given.Contains(folded) || NameWords.Family.Contains(folded))
        {
            return !NameWords.Everyday.Contains(folded) && !(begins && (NameWords.DoubtfulGiven.Contains(folded) || NameWords.DoubtfulFamily.Contains(folded)));
        }

        return language == "en" && !begins && word is not ("I" or "I'm" or "I'll") && !NameWords.Everyday.Contains(folded);
    }

    // Schuhhaus Lindner GmbH: the words beside the form are the company's, whatever else they mean.
    private static bool IsOfCompany(MatchCollection words, int at) =>
        words.Skip(at + 1).Take(WordsOfCompany).TakeWhile(word => char.IsUpper(word.Value[0]))
            .Any(word => CompanyForm().IsMatch(word.Value));

    private static bool HasLetterAndDigit(string word) => word.Any(char.IsLetter) && word.Any(char.IsDigit);

    private static bool BeginsSentence(string text, int at)
    {
        for (var place = at - 1; place >= 0; place--)
        {
            if (text[place] is '.' or '!' or '?' or ':' or '\n' or '•' or '"' or '„' or '“')
            {
                return true;
            }

            if (!char.IsWhiteSpace(text[place]) && text[place] is not ('-' or '–' or '(' or '*'))
            {
                return false;
            }
        }

        return true;
    }

    [GeneratedRegex(@"[\p{L}\d][\p{L}\d'’]*(?:-[\p{L}\d]+)*", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Word();

    [GeneratedRegex(@"^(?:GmbH|AG|KG|OHG|SE|UG|Ltd|Limited|Inc|LLC|PLC|Corp|Finance|Bank)$", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex CompanyForm();

    [GeneratedRegex(@"^(?:Herrn?|Frau|Mr|Mrs|Ms|Dr|Prof)$", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Address();
}
