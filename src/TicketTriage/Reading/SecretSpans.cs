using System.Buffers;
using System.Text.RegularExpressions;

namespace TicketTriage.Reading;

/// <summary>Finds passwords, keys and tokens: by the word before them, or by the form that their makers gave them.</summary>
internal static partial class SecretSpans
{
    public static IEnumerable<PersonalSpan> Find(string text)
    {
        foreach (Match match in InAddress().Matches(text).Concat(KnownForm().Matches(text)).Concat(PrivateKey().Matches(text)))
        {
            yield return Span(match.Groups["secret"]);
        }

        foreach (Match match in AfterItsName().Matches(text))
        {
            var secret = match.Groups["secret"];
            if (IsSecret(secret.ValueSpan, isAssigned: match.Groups["assigned"].Success, isLast: EndsLine(text, secret)))
            {
                yield return Span(secret);
            }
        }
    }

    // "Passwort: vergessen" and "the password is wrong" are no secrets: a word of letters alone counts only where it was assigned and
    // nothing follows.
    private static bool IsSecret(ReadOnlySpan<char> word, bool isAssigned, bool isLast)
    {
        var trimmed = word.TrimEnd(".,;!?)");
        var isOfLetters = !trimmed.ContainsAnyExcept(Letters) || trimmed.Length == 0;
        return !isOfLetters || (isAssigned && isLast && trimmed.Length >= 4 && !trimmed[1..].ContainsAnyInRange('A', 'Z'))
            || (trimmed.Length >= 6 && trimmed[1..].ContainsAnyInRange('A', 'Z') && trimmed.ContainsAnyInRange('a', 'z'));
    }

    private static bool EndsLine(string text, Group secret)
    {
        var end = secret.Index + secret.Length;
        return end == text.Length || text[end] is '\n' or '\r';
    }

    private static PersonalSpan Span(Group secret)
    {
        var length = secret.ValueSpan.TrimEnd(".,;").Length;
        return new PersonalSpan(secret.Index, secret.Index + Math.Max(1, length), PersonalTypes.Credentials);
    }

    private static readonly SearchValues<char> Letters =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZäöüßÄÖÜ-'");

    private const RegexOptions Options = RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant;

    [GeneratedRegex(
        @"\b[a-z][a-z0-9+.-]{1,20}://(?<secret>[^\s/@:]{1,100}:[^\s/@]{1,200})@|[?&#](token|access_token|id_token|refresh_token" +
        @"|api_?key|key" +
        @"|password|passwd|pwd|secret|client_secret|sig|signature|code|auth|session(id)?)=(?<secret>[^\s&#""'<>]{4,500})",
        Options,
        TextSearch.Patience)]
    private static partial Regex InAddress();

    [GeneratedRegex(
        @"(?<![\w-])(?<secret>(sk|pk|rk)[-_](live|test|proj|ant|or)?[-_]?[a-z0-9_-]{16,200}|gh[pousr]_[a-z0-9]{20,255}" +
        @"|github_pat_[a-z0-9_]{20,255}" +
        @"|glpat-[a-z0-9_-]{16,100}|xox[abposr]-[a-z0-9-]{10,200}|(AKIA|ASIA)[0-9A-Z]{16}|AIza[a-z0-9_-]{30,50}" +
        @"|SG\.[a-z0-9_-]{16,40}\.[a-z0-9_-]{16,60}" +
        @"|eyJ[a-z0-9_-]{8,2000}\.[a-z0-9_-]{8,4000}(\.[a-z0-9_-]{8,2000})?|ya29\.[a-z0-9_-]{20,300}|npm_[a-z0-9]{30,60}" +
        @"|whsec_[a-z0-9]{16,100})(?![\w-])" +
        @"|\b(bearer|basic) (?<secret>[a-z0-9._~+/=-]{16,4000})",
        Options,
        TextSearch.Patience)]
    private static partial Regex KnownForm();

    [GeneratedRegex(
        @"(?<secret>-----BEGIN [A-Z ]{0,30}PRIVATE KEY-----[A-Za-z0-9+/=\s]{0,8000}-----END [A-Z ]{0,30}PRIVATE KEY-----)",
        RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant,
        TextSearch.Patience)]
    private static partial Regex PrivateKey();

    [GeneratedRegex(
        @"\b(pass ?word|passwort|kennwort|passphrase|passwd|pwd|pw|pin|puk|tan|cvv|cvc|cvc2|otp|zugangscode|sicherheitscode" +
        @"|einmalcode|security code" +
        @"|api[-_ ]?key|api[-_ ]?schlüssel|api[-_ ]?token|access[-_ ]?key|access[-_ ]?token|secret([-_ ]?key)?|client[-_ ]?secret" +
        @"|auth[-_ ]?token|token" +
        @"|zugangsschlüssel|private key|contraseña|mot de passe|wachtwoord|hasło)(-?nummer|-?code| number| code)?" +
        @"((?<assigned>[ ]?[:=] ?)|[ ](lautet|ist|war|is|was|heißt|es|est):? )[""'„“`]?(?<secret>[^\s""'“”`]{3,200})",
        Options,
        TextSearch.Patience)]
    private static partial Regex AfterItsName();
}
