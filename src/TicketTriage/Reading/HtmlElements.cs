using System.Text.RegularExpressions;
using AngleSharp.Html.Parser;
using AngleSharp.Html.Parser.Tokens;

namespace TicketTriage.Reading;

/// <summary>What the names and attributes of HTML elements mean for reading a message.</summary>
internal static partial class HtmlElements
{
    // What mail programs put around the message that is being answered.
    private static readonly string[] QuotationClasses =
        ["gmail_quote", "yahoo_quoted", "protonmail_quote", "moz-cite-prefix", "ms-outlook-mobile-reference-message", "zmail_extra"];

    // Outlook's marks: what follows is the history, not only what is inside.
    private static readonly string[] QuotedRestIds =
        ["divRplyFwdMsg", "x_divRplyFwdMsg", "appendonsend", "mail-editor-reference-message-container"];

    /// <summary>How the tokenizer has to read what is inside an element; <see langword="null"/> for ordinary content.</summary>
    public static HtmlParseMode? ContentOf(string name) => name switch
    {
        "title" or "textarea" => HtmlParseMode.RCData,
        "style" or "xmp" or "iframe" or "noembed" or "noframes" or "noscript" => HtmlParseMode.Rawtext,
        "script" => HtmlParseMode.Script,
        _ => null,
    };

    /// <summary>True for elements whose content no mail program shows as text.</summary>
    public static bool IsNeverShown(string name) =>
        name is "head" or "title" or "script" or "style" or "template" or "noscript" or "iframe" or "object" or "embed"
            or "svg" or "math" or "canvas" or "audio" or "video" or "select" or "noembed" or "noframes" or "xmp";

    /// <summary>True where an element is there and yet has no size, no colour or no place.</summary>
    public static bool IsHiddenByStyle(HtmlTagToken tag) =>
        tag.Attributes.Exists(attribute => attribute.Name == "hidden") || HidingStyle().IsMatch(PlainText.Cut(tag.GetAttribute("style"), 1_000));

    /// <summary>True where an element writes white without a ground of its own.</summary>
    public static bool IsWhite(HtmlTagToken tag) =>
        WhiteStyle().IsMatch(PlainText.Cut(tag.GetAttribute("style"), 1_000))
        || (tag.Name == "font" && tag.GetAttribute("color").ToLowerInvariant() is "white" or "#fff" or "#ffffff");

    /// <summary>True where an element has a ground that white would show on.</summary>
    public static bool HasGround(HtmlTagToken tag) =>
        (tag.GetAttribute("bgcolor").Length > 0 && tag.GetAttribute("bgcolor").ToLowerInvariant() is not ("white" or "#fff" or "#ffffff"))
        || tag.Attributes.Exists(attribute => attribute.Name == "background")
        || Ground().IsMatch(PlainText.Cut(tag.GetAttribute("style"), 1_000));

    public static bool IsQuotation(HtmlTagToken tag) =>
        tag.Name == "blockquote"
        || (tag.Name == "div" && tag.GetAttribute("name") == "quote")
        || Array.Exists(QuotationClasses, name => tag.GetAttribute("class").Split(' ').Contains(name));

    public static bool StartsQuotedRest(HtmlTagToken tag) =>
        QuotedRestIds.Contains(tag.GetAttribute("id")) || tag.GetAttribute("class").Split(' ').Contains("OutlookMessageHeader");

    public static bool IsVoid(string name) =>
        name is "area" or "base" or "br" or "col" or "embed" or "hr" or "img" or "input" or "link" or "meta" or "source" or "track"
            or "wbr";

    public static bool MayLackEnd(string name) => name is "p" or "li" or "td" or "th" or "tr" or "dt" or "dd" or "option";

    public static bool IsParagraph(string name) =>
        IsHeading(name) || name is "p" or "blockquote" or "table" or "dl";

    public static bool IsHeading(string name) => name is "h1" or "h2" or "h3" or "h4" or "h5" or "h6";

    public static bool IsBlock(string name) =>
        IsParagraph(name) || name is "div" or "li" or "tr" or "section" or "article" or "header" or "footer" or "main" or "aside" or "nav"
            or "address" or "center" or "form" or "fieldset" or "figure" or "figcaption" or "dt" or "dd" or "body"
            or "caption" or "details" or "summary";

    private const RegexOptions Options = RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant;

    [GeneratedRegex(
        @"(display\s*:\s*none|visibility\s*:\s*(hidden|collapse)|mso-hide\s*:\s*all|opacity\s*:\s*0(\.0+)?\s*(;|!|$)" +
        @"|font-size\s*:\s*(0(\.0+)?(px|pt|em|rem|%)?|0?\.[01][0-9]*(em|rem)|0?\.[0-9]+(px|pt)|1(\.0+)?(px|pt))\s*(;|!|$)|(?<![-\w])color\s*:\s*transparent" +
        @"|(?<![-\w])(max-)?(height|width)\s*:\s*0(px|pt|em)?\s*(;|!|$).{0,400}overflow\s*:\s*hidden" +
        @"|text-indent\s*:\s*-[0-9]{3,}|(?<![-\w])(left|top|right)\s*:\s*-[0-9]{4,}|clip\s*:\s*rect\(\s*0)",
        Options,
        1000)]
    private static partial Regex HidingStyle();

    [GeneratedRegex(
        @"(?<![-\w])color\s*:\s*(white|#f{3}|#f{6}|rgba?\(\s*255\s*,\s*255\s*,\s*255\s*(,[^)]{0,8})?\))\s*(;|!|$)", Options, 1000)]
    private static partial Regex WhiteStyle();

    [GeneratedRegex(@"background(-color|-image)?\s*:\s*(?!\s*(white|#f{3}|#f{6}|transparent|none|inherit)\b)\S", Options, 1000)]
    private static partial Regex Ground();
}
