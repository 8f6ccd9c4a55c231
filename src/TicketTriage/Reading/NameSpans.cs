using System.Buffers;

namespace TicketTriage.Reading;

/// <summary>
/// Finds names of people: behind words that announce one, beside a mail address or a postal address, below a closing, and by lists of
/// given and family names. Whatever was found is then masked wherever it stands.
/// </summary>
internal sealed class NameSpans
{
    private const int MostWords = 5;
    private const int ShortestPart = 3;

    private static readonly SearchValues<char> Boundaries = SearchValues.Create(".,;:!?\n>)(|");

    private readonly WordsOfText words;
    private readonly HashSet<string> ofMail;
    private readonly HashSet<int> beforeMail;
    private readonly HashSet<int> beforeAddress;

    private NameSpans(WordsOfText words, IReadOnlyCollection<PersonalSpan> found)
    {
        this.words = words;
        ofMail = MailNames.Of(words, found);
        beforeMail = [.. found.Where(span => span.Type == PersonalTypes.Email).Select(span => words.FirstFrom(span.Start))];
        beforeAddress = [.. found.Where(span => span.Type == PersonalTypes.Address).Select(span => words.FirstFrom(span.Start))];
    }

    /// <param name="words">The text.</param>
    /// <param name="found">What else was found in it: mail addresses and postal addresses tell of names.</param>
    public static IEnumerable<PersonalSpan> Find(WordsOfText words, IReadOnlyCollection<PersonalSpan> found)
    {
        var finder = new NameSpans(words, found);
        var names = new HashSet<string>(StringComparer.Ordinal);
        for (var at = 0; at < words.Count; at++)
        {
            if (finder.NameAt(at) is not { } last)
            {
                continue;
            }

            yield return new PersonalSpan(words[at].Start, words[last].End, PersonalTypes.Person);
            finder.Remember(at, last, names);
            at = last;
        }

        for (var at = 0; at < words.Count && names.Count > 0; at++)
        {
            if ((words.IsCaseless || words[at].IsCapital) && names.Contains(words[at].Folded))
            {
                yield return new PersonalSpan(words[at].Start, words[at].End, PersonalTypes.Person);
            }
        }
    }

    /// <returns>The last word of the name that begins here.</returns>
    private int? NameAt(int at)
    {
        var first = at;
        if (words[at].IsNumber)
        {
            return null;
        }

        if (NameWords.Degrees.Contains(words[at].Folded))
        {
            while (first + 1 < words.Count && NameWords.Degrees.Contains(words[first].Folded)
                && words.After(first) is ". " or " " or "." or ".-")
            {
                first++;
            }

            return first > at && (LooksLikeName(first) || StartsWithParticle(first)) ? EndOfName(first, isAnnounced: true) : null;
        }

        if (NameWords.IsNoName(words[first].Folded) && !StartsWithParticle(first))
        {
            return null;
        }

        return Announced(first) ?? BesideSomething(first) ?? BelowClosing(first) ?? ByItself(first);
    }

    private int? Announced(int at)
    {
        if (at == 0)
        {
            return null;
        }

        var cue = words[at - 1].Folded;
        var gap = words.Before(at);
        var isColon = gap is ": " or ":" or " : " or ":\n" or "; " or ":\t";
        if (NameWords.Titles.Contains(cue) && gap is " " or ". " or ".")
        {
            var isName = LooksLikeName(at) || (IsListed(at) && words.IsCaseless) || StartsWithParticle(at);
            return isName ? EndOfName(at, isAnnounced: true) : null;
        }

        var isAbbreviation = gap is ". " or "." && cue is "attn" or "hd" or "gez" or "co" or "inh";
        if (!isColon && !isAbbreviation && gap is not (" " or ", "))
        {
            return null;
        }

        var isNamed = cue is "ist" or "is" or "lautet" or "war" && at > 1 && words[at - 2].Folded is "name" or "namen";
        if (isNamed || (NameWords.Announcements.Contains(cue) && gap is not ", "))
        {
            var isSure = isNamed || isColon || NameWords.CertainAnnouncements.Contains(cue);
            return MayBeName(at, isSure) ? EndOfName(at, isAnnounced: true) : null;
        }

        if (NameWords.Greetings.Contains(cue) && gap is " " or ", ")
        {
            var isGreeted = words.IsCaseless
                ? IsListed(at) && !NameWords.Everyday.Contains(words[at].Folded)
                : words[at].IsCapital && IsUncommon(at);
            return isGreeted ? EndOfName(at, isAnnounced: true) : null;
        }

        return gap is not ", " && NameWords.Hints.Contains(cue) && IsHinted(at, cue, isColon) ? EndOfName(at, isAnnounced: true) : null;
    }

    private bool IsHinted(int at, string cue, bool isColon)
    {
        var isThisIs = cue is "is" && words.Is(at - 2, "this") || cue is "ist" && words.Is(at - 2, "hier");
        var isKin = isThisIs || isColon
            || cue is "kollege" or "kollegin" or "colleague" or "contact" or "ansprechpartner" or "schrieb" or "wrote";
        if ((IsListed(at) && !IsDoubtful(at)) || (NameWords.EnglishHints.Contains(cue) && IsUnknownPair(at)))
        {
            return true;
        }

        // "This is Winter." in the first words of a message names the writer; "this is urgent." names nobody.
        var isNamed = isKin && (words.IsCaseless ? IsListed(at) : words[at].IsCapital);
        return isNamed && (IsUncommon(at) || (isThisIs && words.EndsClause(at) && at < 8)
            || (cue is "kollege" or "kollegin" or "schrieb" or "wrote" && words[at].IsCapital));
    }

    /// <summary>
    /// Two words with capitals that nobody knows: in an English sentence a name, even if no list has it. In German each noun looks so.
    /// </summary>
    private bool IsUnknownPair(int at) =>
        !words.IsCaseless && at + 1 < words.Count && words.After(at) is " " && IsUnknownName(at) && IsUnknownName(at + 1);

    private bool IsUnknownName(int at)
    {
        var word = words[at];
        return word is { IsNumber: false, IsCapital: true, Length: >= ShortestPart } && !char.IsUpper(words.Text[word.Start + 1])
            && !NameWords.IsNoName(word.Folded) && !NameWords.Everyday.Contains(word.Folded);
    }

    private int? BesideSomething(int at)
    {
        // Becker (anna.becker@…), Kurz <…>, Jäger, An der Mühle 164
        for (var last = at; last < words.Count && last - at < MostWords; last++)
        {
            var gap = words.After(last);
            var isBracket = gap is " (" or " <" or "<" or " [" or " <mailto:";
            if (beforeMail.Contains(last + 1) && (isBracket || gap is ", " or ": " or "\n" or " - " or " " or "; "))
            {
                return IsNameSequence(at, last, isBracket) ? last : null;
            }

            if (beforeAddress.Contains(last + 1) && gap is ", " or "\n" or "; " or " - " or ",\n" or "\r\n" or "\n\n")
            {
                return IsBoundary(at) && IsNameSequence(at, last, isCertain: true) ? last : null;
            }

            if (gap is not (" " or ". "))
            {
                break;
            }
        }

        return null;
    }

    private bool IsNameSequence(int first, int last, bool isCertain)
    {
        var isKnown = false;
        for (var at = first; at <= last; at++)
        {
            var word = words[at].Folded;
            var isParticle = NameWords.Particles.Contains(word) && (at > first || StartsWithParticle(first)) && at < last;
            if (isParticle || NameWords.Degrees.Contains(word))
            {
                continue;
            }

            var isOfMail = ofMail.Contains(word);
            var looksRight = words.IsCaseless || words[at].IsCapital;
            if (words[at].IsNumber || NameWords.IsNoName(word) || !looksRight
                || (!isOfMail && !NameWords.IsListed(word) && NameWords.Everyday.Contains(word)))
            {
                return false;
            }

            isKnown |= isOfMail || NameWords.IsListed(word);
        }

        return isKnown || (isCertain && last - first < 3 && (!words.IsCaseless || last > first));
    }

    /// <summary>The lines below <c>Mit freundlichen Grüßen</c>, or the rest of that line.</summary>
    private int? BelowClosing(int at)
    {
        if (at == 0 || !NameClosings.Ends(words, at - 1) || words.Before(at).ContainsAny(".?:;"))
        {
            return null;
        }

        var last = at;
        while (last + 1 < words.Count && words.IsNextTo(last) && last - at < MostWords)
        {
            last++;
        }

        for (var word = at; word <= last; word++)
        {
            var isOwn = !words[word].IsNumber && !NameWords.IsNoName(words[word].Folded)
                && (words.IsCaseless || words[word].IsCapital || NameWords.Particles.Contains(words[word].Folded));
            if (!isOwn && !(word > at && NameWords.Particles.Contains(words[word].Folded)))
            {
                return null;
            }
        }

        return last;
    }

    private int? ByItself(int at)
    {
        var word = words[at].Folded;
        var isCapital = words[at].IsCapital && !words.IsCaseless;
        if (StartsWithParticle(at))
        {
            return null;
        }

        if (IsOfMail(at))
        {
            return EndOfName(at, isAnnounced: false);
        }

        // In ordinary writing a short word of capitals is an abbreviation.
        var isGiven = NameWords.IsGiven(word) && (words.IsCaseless || words[at].Length > 4 || !char.IsUpper(words.Text[words[at].End - 1]));
        if (isGiven && (isCapital || words.IsCaseless))
        {
            var hasFamily = at + 1 < words.Count && words.After(at) is " " && IsFamilyLike(at + 1);
            var isPlain = !IsDoubtful(at) && word.Length >= (words.IsCaseless ? 4 : 3);
            return hasFamily || isPlain ? EndOfName(at, isAnnounced: false) : null;
        }

        return NameWords.Family.Contains(word) && !NameWords.Everyday.Contains(word) && !NameWords.DoubtfulFamily.Contains(word)
            && word.Length >= (words.IsCaseless ? 5 : 3) && (isCapital || words.IsCaseless)
            ? EndOfName(at, isAnnounced: false)
            : null;
    }

    private bool IsFamilyLike(int at)
    {
        var word = words[at].Folded;
        return !words[at].IsNumber && !NameWords.IsNoName(word)
            && (words.IsCaseless
                ? NameWords.IsListed(word)
                : words[at].IsCapital && (NameWords.IsListed(word) || !NameWords.Everyday.Contains(word)) && words[at].Length > 1);
    }

    private bool IsOfMail(int at) =>
        ofMail.Contains(words[at].Folded) && words[at].Length >= ShortestPart
        && (words[at].IsCapital || (words.IsCaseless && !NameWords.Everyday.Contains(words[at].Folded)))
        && !NameWords.IsNoName(words[at].Folded);

    private int EndOfName(int first, bool isAnnounced)
    {
        var last = first;
        if (StartsWithParticle(first))
        {
            last = AfterParticles(first) ?? first;
        }

        while (last - first < MostWords && last + 1 < words.Count && (words.After(last) is " " or "-" || IsInitial(last)))
        {
            var next = words[last + 1].Folded;
            if (NameWords.Particles.Contains(next) && AfterParticles(last + 1) is { } behind)
            {
                last = behind;
            }
            else if (BelongsToName(last, isAnnounced))
            {
                last++;
            }
            else
            {
                break;
            }
        }

        return last;
    }

    private bool BelongsToName(int last, bool isAnnounced)
    {
        var next = words[last + 1];
        if (next.IsNumber || NameWords.IsNoName(next.Folded))
        {
            return false;
        }

        if (!words.IsCaseless)
        {
            var isInitial = next.Length == 1 && next.IsCapital;
            return isInitial || (next.IsCapital && (NameWords.IsListed(next.Folded) || !NameWords.Everyday.Contains(next.Folded)));
        }

        // Written small: a family name after a given one, or what the mail address says.
        return ofMail.Contains(next.Folded) || (NameWords.IsGiven(words[last].Folded)
            && (NameWords.IsListed(next.Folded) || (isAnnounced && words.EndsClause(last + 1) && !NameWords.Everyday.Contains(next.Folded))));
    }

    private bool IsInitial(int word) => words[word] is { Length: 1, IsCapital: true } && words.After(word) is ". " or ".";

    /// <summary>The name behind particles that begin here.</summary>
    private int? AfterParticles(int at)
    {
        var next = at;
        while (next + 1 < words.Count && next - at < 3 && NameWords.Particles.Contains(words[next].Folded) && words.After(next) is " ")
        {
            next++;
        }

        return next > at && !words[next].IsNumber && !NameWords.Particles.Contains(words[next].Folded)
            && (words.IsCaseless
                ? NameWords.IsListed(words[next].Folded) || ofMail.Contains(words[next].Folded) || words.EndsClause(next)
                : words[next].IsCapital)
            && !NameWords.IsNoName(words[next].Folded)
            ? next
            : null;
    }

    private bool StartsWithParticle(int at) => NameWords.FirstParticles.Contains(words[at].Folded) && AfterParticles(at) is not null;

    private bool LooksLikeName(int at) =>
        !words[at].IsNumber && !NameWords.IsNoName(words[at].Folded) && words[at].Length > 1
        && (words.IsCaseless ? !IsFunctionLike(at) : words[at].IsCapital);

    private bool MayBeName(int at, bool isSure) => words[at].Length > 1 && (words.IsCaseless
        ? IsListed(at) || (isSure && !NameWords.IsNoName(words[at].Folded)
            && (NameWords.Everyday.Contains(words[at].Folded) ? words.EndsClause(at) : EndsSoon(at)))
        : (words[at].IsCapital && (isSure || IsUncommon(at))) || StartsWithParticle(at)
            || (IsListed(at) && !NameWords.Everyday.Contains(words[at].Folded)));

    // A word written small that no list knows: "frau auf", "herr hat".
    private bool IsFunctionLike(int at) => NameWords.Everyday.Contains(words[at].Folded) && !IsListed(at);

    private bool EndsSoon(int at) => words.EndsClause(at) || (at + 1 < words.Count && words.After(at) is " " && words.EndsClause(at + 1));

    private bool IsBoundary(int at) =>
        at == 0 || words.Before(at).ContainsAny(Boundaries)
        || words[at - 1].Folded is "an" or "to" or "attn" or "fuer" or "for" or "von" or "from" or "herr" or "frau" or "herrn";

    private bool IsListed(int at) => NameWords.IsListed(words[at].Folded);

    private bool IsDoubtful(int at) => NameWords.IsDoubtful(words[at].Folded);

    private bool IsUncommon(int at) =>
        words[at].Length > 1 && !NameWords.IsNoName(words[at].Folded) && (!NameWords.Everyday.Contains(words[at].Folded) || IsListed(at));

    private void Remember(int first, int last, HashSet<string> names)
    {
        for (var at = first; at <= last; at++)
        {
            var word = words[at].Folded;
            if (word.Length >= ShortestPart && !NameWords.Particles.Contains(word) && !NameWords.Degrees.Contains(word)
                && !NameWords.IsNoName(word) && !(words.IsCaseless && NameWords.Everyday.Contains(word)))
            {
                names.Add(word);
            }
        }
    }
}
