namespace TicketTriage.Reading;

/// <summary>
/// How likely a word is in one language, learnt from a list of its frequent words: the words themselves, and the sequences of three
/// letters in them, so that a word which isn't on the list still speaks for a language.
/// </summary>
internal sealed class LanguageProfile
{
    // The alphabet that the smoothing spreads over: letters of the languages, the apostrophe, the edge of a word.
    private const double Letters = 60;
    private const double Smoothing = 0.5;
    private const double ShareOfList = 0.6;

    // What a letter costs that the language doesn't have, such as ß outside German; mild enough for a name in a sentence.
    private const double ForeignLetter = -3;

    private readonly Dictionary<string, double> words = new(StringComparer.Ordinal);
    private readonly Dictionary<(char, char, char), double> triples = [];
    private readonly Dictionary<(char, char), double> pairs = [];
    private readonly Dictionary<(char, char), double> nextLetters = [];
    private readonly Dictionary<char, double> letters = [];

    /// <param name="language">ISO 639-1.</param>
    /// <param name="frequentWords">In lower case, the most frequent first.</param>
    public LanguageProfile(string language, IReadOnlyList<string> frequentWords)
    {
        Language = language;
        var total = 0.0;
        for (var rank = 0; rank < frequentWords.Count; rank++)
        {
            // Zipf's law, flattened: the head of such a list is steeper on paper than in short messages.
            var weight = 1.0 / (rank + 15);
            words[frequentWords[rank]] = words.GetValueOrDefault(frequentWords[rank]) + weight;
            total += weight;
            CountLetters(frequentWords[rank]);
        }

        foreach (var word in words.Keys)
        {
            words[word] /= total;
        }
    }

    public string Language { get; }

    public bool Lists(string word) => words.ContainsKey(word);

    /// <returns>The natural logarithm of the word's likelihood.</returns>
    public double LogLikelihood(string word)
    {
        var spelled = Math.Exp(LogSpelling(word));
        return Math.Log((ShareOfList * words.GetValueOrDefault(word)) + ((1 - ShareOfList) * spelled) + double.Epsilon);
    }

    private void CountLetters(string word)
    {
        var (before, last) = (' ', ' ');
        foreach (var letter in word.Append(' '))
        {
            triples[(before, last, letter)] = triples.GetValueOrDefault((before, last, letter)) + 1;
            pairs[(before, last)] = pairs.GetValueOrDefault((before, last)) + 1;
            nextLetters[(last, letter)] = nextLetters.GetValueOrDefault((last, letter)) + 1;
            letters[last] = letters.GetValueOrDefault(last) + 1;
            (before, last) = (last, letter);
        }
    }

    private double LogSpelling(string word)
    {
        var sum = 0.0;
        var (before, last) = (' ', ' ');
        foreach (var letter in word.Append(' '))
        {
            var afterOne = (nextLetters.GetValueOrDefault((last, letter)) + (Smoothing / Letters))
                / (letters.GetValueOrDefault(last) + Smoothing);
            var afterTwo = (triples.GetValueOrDefault((before, last, letter)) + (4 * afterOne))
                / (pairs.GetValueOrDefault((before, last)) + 4);
            sum += Math.Log(afterTwo) + (letters.ContainsKey(letter) ? 0 : ForeignLetter);
            (before, last) = (last, letter);
        }

        return sum;
    }
}
