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
    private readonly LetterNumbers letters;

    // The logarithm of every letter's chance after every two, ready: each word of each ticket is spelled in all the languages.
    private readonly float[] spelling;

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
        }

        foreach (var word in words.Keys)
        {
            words[word] /= total;
        }

        letters = new LetterNumbers(frequentWords);
        spelling = Weigh(frequentWords);
    }

    public string Language { get; }

    public bool Lists(string word) => words.ContainsKey(word);

    /// <returns>The natural logarithm of the word's likelihood.</returns>
    public double LogLikelihood(string word)
    {
        var spelled = Math.Exp(LogSpelling(word));
        return Math.Log((ShareOfList * words.GetValueOrDefault(word)) + ((1 - ShareOfList) * spelled) + double.Epsilon);
    }

    private double LogSpelling(string word)
    {
        var sum = 0.0;
        var (before, last) = (LetterNumbers.Edge, LetterNumbers.Edge);
        foreach (var character in word)
        {
            var letter = letters.Of(character);
            sum += spelling[At(before, last, letter)];
            (before, last) = (last, letter);
        }

        return sum + spelling[At(before, last, LetterNumbers.Edge)];
    }

    private float[] Weigh(IReadOnlyList<string> frequentWords)
    {
        var count = letters.Count;
        var (triples, pairs) = (new int[count * count * count], new int[count * count]);
        var (following, times) = (new int[count * count], new int[count]);
        foreach (var word in frequentWords)
        {
            var (before, last) = (LetterNumbers.Edge, LetterNumbers.Edge);
            foreach (var letter in word.Select(letters.Of).Append(LetterNumbers.Edge))
            {
                triples[At(before, last, letter)]++;
                pairs[(before * count) + last]++;
                following[(last * count) + letter]++;
                times[last]++;
                (before, last) = (last, letter);
            }
        }

        var weighed = new float[triples.Length];
        for (var at = 0; at < weighed.Length; at++)
        {
            var (pair, letter) = Math.DivRem(at, count);
            var last = pair % count;
            var afterOne = (following[(last * count) + letter] + (Smoothing / Letters)) / (times[last] + Smoothing);
            var afterTwo = (triples[at] + (4 * afterOne)) / (pairs[pair] + 4);
            weighed[at] = (float)(Math.Log(afterTwo) + (letter == letters.Foreign ? ForeignLetter : 0));
        }

        return weighed;
    }

    private int At(int before, int last, int letter) => (((before * letters.Count) + last) * letters.Count) + letter;

    /// <summary>The letters of one language numbered from zero: the edge of a word, its letters, and one number for all others.</summary>
    private sealed class LetterNumbers
    {
        public const int Edge = 0;

        // Up to the end of the Latin letters; what is beyond is foreign to all of these languages.
        private readonly int[] numbers = new int['\u0250'];

        public LetterNumbers(IEnumerable<string> words)
        {
            var known = 0;
            foreach (var letter in words.SelectMany(word => word).Where(letter => letter < numbers.Length && numbers[letter] == 0))
            {
                numbers[letter] = ++known;
            }

            Foreign = known + 1;
        }

        public int Count => Foreign + 1;

        public int Foreign { get; }

        public int Of(char letter) => letter < numbers.Length && numbers[letter] > 0 ? numbers[letter] : Foreign;
    }
}
