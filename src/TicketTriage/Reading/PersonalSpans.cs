namespace TicketTriage.Reading;

/// <summary>Finds personal data in a text.</summary>
internal static class PersonalSpans
{
    /// <param name="text">Any text.</param>
    /// <param name="names">Names of people to look for, whole and in parts.</param>
    /// <returns>In the order of the text, none overlapping another; where two would, the more certain kind wins.</returns>
    public static List<PersonalSpan> Find(string text, IReadOnlyCollection<string> names)
    {
        var found = new SpanKeeper(text.Length);
        found.Add(SecretSpans.Find(text));
        found.Add(ContactSpans.Emails(text));
        found.Add(NumberSpans.Ibans(text));
        found.Add(NumberSpans.InsuranceNumbers(text));
        found.Add(NumberSpans.VatNumbers(text));
        found.Add(NumberSpans.Cards(text));
        found.Add(NumberSpans.TaxNumbers(text));
        found.Add(NumberSpans.BirthDates(text));
        found.Add(ContactSpans.Machines(text));

        var words = new WordsOfText(text);
        found.Add(AddressSpans.Find(words));
        found.Add(ContactSpans.Phones(text));
        found.Add(NumberSpans.Plates(text));
        found.Add(KnownNames(text, names));
        found.Add(NameSpans.Find(words, found.Spans));
        return found.InOrder();
    }

    private static IEnumerable<PersonalSpan> KnownNames(string text, IReadOnlyCollection<string> names)
    {
        var parts = names
            .SelectMany(name => name.Split([' ', ','], StringSplitOptions.RemoveEmptyEntries))
            .Where(part => part.Length >= 3 && char.IsUpper(part[0]) && !part.EndsWith('.'));
        foreach (var name in names.Concat(parts).Where(name => name.Length >= 2).Distinct().OrderByDescending(name => name.Length))
        {
            var end = 0;
            for (var at = text.IndexOf(name, StringComparison.Ordinal); at >= 0; at = text.IndexOf(name, end, StringComparison.Ordinal))
            {
                end = at + name.Length;
                if ((at == 0 || !char.IsLetterOrDigit(text[at - 1])) && (end == text.Length || !char.IsLetterOrDigit(text[end])))
                {
                    yield return new PersonalSpan(at, end, PersonalTypes.Person);
                }
            }
        }
    }
}
