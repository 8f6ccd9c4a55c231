using System.Globalization;
using System.Text;

namespace TicketTriage.Reading;

/// <summary>Collects what a message holds and a person would not see, and says whether that was meant for somebody else.</summary>
internal sealed class HiddenText
{
    private const int MostCharacters = 4_000;
    private const int FewestWords = 3;
    private const int FewestZeroWidths = 4;
    private const char RightToLeft = '\u202E';
    private const char LeftToRight = '\u202D';
    private const char PopDirection = '\u202C';

    private readonly StringBuilder text = new();
    private bool isSmuggled;

    /// <summary>True where enough was hidden to be no accident; the preview line of a newsletter is enough.</summary>
    public bool IsFound => isSmuggled || text.ToString().Split((char[]?)null, FewestWords, StringSplitOptions.RemoveEmptyEntries).Length == FewestWords;

    /// <summary>True where what was hidden gives orders to software.</summary>
    public bool IsInstruction => InstructionFinder.Suspects(text.ToString());

    /// <summary>Something that is not shown: text in an element without size or colour.</summary>
    public void Add(string hidden)
    {
        if (text.Length < MostCharacters)
        {
            text.Append(PlainText.Cut(hidden, MostCharacters)).Append(' ');
        }
    }

    /// <summary>A comment within markup: mail programs leave many, so that only orders count.</summary>
    public void AddComment(string comment)
    {
        if (InstructionFinder.Suspects(PlainText.Cut(comment, MostCharacters)))
        {
            isSmuggled = true;
            Add(comment);
        }
    }

    /// <summary>Looks for characters that carry text past the eye, in a message as it came.</summary>
    /// <returns>The message with runs of reversed writing in the order in which a person reads them.</returns>
    public string Look(string message)
    {
        var zeroWidths = 0;
        var selectors = 0;
        var isFlag = false;
        for (var at = 0; at < message.Length; at++)
        {
            if (char.IsHighSurrogate(message[at]) && at + 1 < message.Length && char.IsLowSurrogate(message[at + 1]))
            {
                var rune = char.ConvertToUtf32(message[at], message[at + 1]);

                // The flags of England, Scotland and Wales are spelled with tag characters behind a black flag.
                isFlag = rune == 0x1F3F4 || (isFlag && rune is >= 0xE0020 and <= 0xE007F);
                selectors += rune is >= 0xE0100 and <= 0xE01EF ? 1 : 0;
                if (rune is >= 0xE0020 and <= 0xE007E && !isFlag)
                {
                    isSmuggled = true;
                    text.Append((char)(rune - 0xE0000));
                }

                at++;
                continue;
            }

            zeroWidths += message[at] is '\u200B' or '\u200C' or '\u200D' or '\u2060' or '\uFEFF' && IsBetweenLetters(message, at) ? 1 : 0;
        }

        isSmuggled |= zeroWidths >= FewestZeroWidths || selectors >= FewestZeroWidths;
        return message.Contains(RightToLeft, StringComparison.Ordinal) || message.Contains(LeftToRight, StringComparison.Ordinal)
            ? Straighten(message)
            : message;
    }

    // Some scripts join their letters with such marks; ours don't.
    private static bool IsBetweenLetters(string message, int at) =>
        at > 0 && at + 1 < message.Length && message[at - 1] < '\u0250' && char.IsLetter(message[at - 1])
        && message[at + 1] < '\u0250' && char.IsLetter(message[at + 1]);

    private string Straighten(string message)
    {
        isSmuggled = true;
        var straight = new StringBuilder(message.Length);
        for (var at = 0; at < message.Length; at++)
        {
            if (message[at] != RightToLeft)
            {
                straight.Append(message[at]);
                continue;
            }

            var end = message.AsSpan(at + 1).IndexOfAny(PopDirection, '\n');
            var run = end < 0 ? message[(at + 1)..] : message.Substring(at + 1, end);
            foreach (var piece in Pieces(run))
            {
                straight.Append(piece);
            }

            at += run.Length;
        }

        return straight.ToString();
    }

    private static IEnumerable<string> Pieces(string run)
    {
        var starts = StringInfo.ParseCombiningCharacters(run);
        for (var at = starts.Length - 1; at >= 0; at--)
        {
            yield return run[starts[at]..(at + 1 < starts.Length ? starts[at + 1] : run.Length)];
        }
    }
}
