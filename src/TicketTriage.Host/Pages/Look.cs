using System.Globalization;

namespace TicketTriage.Host.Pages;

/// <summary>How somebody wants the pages: both are kept in cookies of their browser.</summary>
/// <param name="IsGerman">English otherwise.</param>
/// <param name="Theme"><c>light</c> or <c>dark</c>; <see langword="null"/> for what the browser prefers.</param>
internal sealed record Look(bool IsGerman, string? Theme)
{
    public const string LanguageCookie = "TicketTriage.Language";
    public const string ThemeCookie = "TicketTriage.Theme";

    private static readonly CultureInfo English = CultureInfo.GetCultureInfo("en-GB");
    private static readonly CultureInfo German = CultureInfo.GetCultureInfo("de-DE");

    public CultureInfo Culture => IsGerman ? German : English;

    /// <summary>For <c>lang</c>.</summary>
    public string Tag => IsGerman ? "de" : "en";

    public static Look Of(HttpContext? context) => context is null
        ? new Look(IsGerman: false, Theme: null)
        : new Look(WantsGerman(context.Request), Find(context.Request.Cookies[ThemeCookie], "light", "dark"));

    private static bool WantsGerman(HttpRequest request) =>
        (Find(request.Cookies[LanguageCookie], "de", "en") ?? Preferred(request)) == "de";

    // The first of the two that the browser names; whoever asks for neither reads English.
    private static string? Preferred(HttpRequest request) => request.GetTypedHeaders().AcceptLanguage
        .OrderByDescending(language => language.Quality ?? 1)
        .Select(language => language.Value.Value?.Split('-')[0])
        .FirstOrDefault(language => language is "de" or "en");

    private static string? Find(string? value, params string[] known) => known.Contains(value) ? value : null;
}
