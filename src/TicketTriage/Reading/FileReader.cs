using System.Collections.Frozen;
using System.Net.Mime;
using System.Text;
using TicketTriage.Helpdesks;

namespace TicketTriage.Reading;

/// <summary>Tells files apart by their names, and reads those whose text needs no other program: txt, csv, log, eml, html.</summary>
internal static class FileReader
{
    /// <summary>No larger file is fetched.</summary>
    public const int MostBytes = 2_000_000;

    private const int MostBytesOfText = 200_000;
    private const int MostCharacters = 4_000;
    private const int LongestName = 200;
    private const string Pdf = "pdf";

    private static readonly FrozenDictionary<string, string> Kinds = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["txt"] = FileKinds.Text, ["csv"] = FileKinds.Text, ["tsv"] = FileKinds.Text, ["log"] = FileKinds.Text, ["md"] = FileKinds.Text,
        ["htm"] = FileKinds.Page, ["html"] = FileKinds.Page, ["eml"] = FileKinds.Mail, ["msg"] = FileKinds.Mail,
        ["pdf"] = FileKinds.Document, ["doc"] = FileKinds.Document, ["docx"] = FileKinds.Document, ["odt"] = FileKinds.Document,
        ["rtf"] = FileKinds.Document, ["ppt"] = FileKinds.Document, ["pptx"] = FileKinds.Document,
        ["xls"] = FileKinds.Spreadsheet, ["xlsx"] = FileKinds.Spreadsheet, ["ods"] = FileKinds.Spreadsheet,
        ["png"] = FileKinds.Picture, ["jpg"] = FileKinds.Picture, ["jpeg"] = FileKinds.Picture, ["gif"] = FileKinds.Picture,
        ["heic"] = FileKinds.Picture, ["webp"] = FileKinds.Picture, ["bmp"] = FileKinds.Picture, ["tif"] = FileKinds.Picture,
        ["tiff"] = FileKinds.Picture, ["svg"] = FileKinds.Picture,
        ["mp3"] = FileKinds.Recording, ["wav"] = FileKinds.Recording, ["m4a"] = FileKinds.Recording, ["ogg"] = FileKinds.Recording,
        ["mp4"] = FileKinds.Recording, ["mov"] = FileKinds.Recording, ["avi"] = FileKinds.Recording, ["webm"] = FileKinds.Recording,
        ["zip"] = FileKinds.Archive, ["rar"] = FileKinds.Archive, ["7z"] = FileKinds.Archive, ["gz"] = FileKinds.Archive, ["tar"] = FileKinds.Archive,
        ["exe"] = FileKinds.Program, ["com"] = FileKinds.Program, ["scr"] = FileKinds.Program, ["bat"] = FileKinds.Program,
        ["cmd"] = FileKinds.Program, ["ps1"] = FileKinds.Program, ["vbs"] = FileKinds.Program, ["js"] = FileKinds.Program,
        ["jse"] = FileKinds.Program, ["wsf"] = FileKinds.Program, ["hta"] = FileKinds.Program, ["msi"] = FileKinds.Program,
        ["jar"] = FileKinds.Program, ["lnk"] = FileKinds.Program, ["iso"] = FileKinds.Program, ["img"] = FileKinds.Program,
        ["docm"] = FileKinds.Program, ["xlsm"] = FileKinds.Program, ["sh"] = FileKinds.Program, ["apk"] = FileKinds.Program,
        ["reg"] = FileKinds.Program, ["dll"] = FileKinds.Program, ["pif"] = FileKinds.Program, ["cpl"] = FileKinds.Program,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <param name="hidden">Collects what a person would not see.</param>
    public static CleanFile Read(HelpdeskAttachment file, HiddenText hidden)
    {
        var name = PlainText.OneLine(file.Name, LongestName);
        var kind = KindOf(name, out var ending);
        var lines = file switch
        {
            { Text: { } text } => PlainText.Read(hidden.Look(text)),
            { Content: { } content } => LinesOf(kind, ending, content.Span, hidden),
            _ => [],
        };
        return new CleanFile(
            name, kind, file.Bytes,
            PlainText.Cut(string.Join('\n', lines.Where(line => !line.IsBlank).Select(line => line.Text)), MostCharacters))
        {
            Unread = file.Unread,
        };
    }

    /// <returns>True for a name of a file whose text can be had here.</returns>
    public static bool IsReadable(string name) =>
        KindOf(name, out var ending) is FileKinds.Text or FileKinds.Page || ending is "eml" or Pdf;

    public static bool IsPdf(string name) => KindOf(name, out var ending) == FileKinds.Document && ending == Pdf;

    // Windows ignores dots and spaces at the end, and would run "invoice.exe. ".
    private static string KindOf(string name, out string ending)
    {
        var shown = name.TrimEnd(' ', '.');
        var dot = shown.LastIndexOf('.');
        ending = shown[(dot + 1)..].ToLowerInvariant();
        return dot < 0 ? FileKinds.Other : Kinds.GetValueOrDefault(ending, FileKinds.Other);
    }

    private static List<MessageLine> LinesOf(string kind, string ending, ReadOnlySpan<byte> content, HiddenText hidden) => kind switch
    {
        FileKinds.Text => PlainText.Read(hidden.Look(Decode(content))),
        FileKinds.Page => HtmlText.Read(hidden.Look(Decode(content)), hidden),
        FileKinds.Mail when ending == "eml" => ReadMail(Decode(content), hidden),
        _ => [],
    };

    // Whatever isn't UTF-8 was most likely written by an older Windows.
    private static string Decode(ReadOnlySpan<byte> content)
    {
        var read = content[..Math.Min(content.Length, MostBytesOfText)];
        var text = Encoding.UTF8.GetString(read);
        var isOther = text.AsSpan(0, Math.Max(0, text.Length - 1)).Contains('\uFFFD');
        return (isOther ? Encoding.Latin1.GetString(read) : text).TrimStart('\uFEFF');
    }

    /// <summary>Subject and first readable part. What is encoded in ways that text seldom is stays unread.</summary>
    private static List<MessageLine> ReadMail(string mail, HiddenText hidden)
    {
        var (headers, body) = Split(mail);
        var lines = new List<MessageLine>();
        if (headers.GetValueOrDefault("subject") is { Length: > 0 } subject)
        {
            lines.Add(new MessageLine(PlainText.OneLine(hidden.Look(subject), LongestName), false));
        }

        lines.AddRange(ReadPart(headers, body, hidden, depth: 0));
        return lines;
    }

    private static List<MessageLine> ReadPart(Dictionary<string, string> headers, string body, HiddenText hidden, int depth)
    {
        var type = TypeOf(headers.GetValueOrDefault("content-type"));
        if (type?.MediaType.StartsWith("multipart/", StringComparison.OrdinalIgnoreCase) == true && type.Boundary is { Length: > 0 } boundary
            && depth < 3)
        {
            foreach (var part in body.Split($"--{boundary}", StringSplitOptions.None).Skip(1).Take(8))
            {
                var (inner, content) = Split(part.TrimStart('\r', '\n'));
                if (ReadPart(inner, content, hidden, depth + 1) is { Count: > 0 } read)
                {
                    return read;
                }
            }

            return [];
        }

        var text = Transferred(headers.GetValueOrDefault("content-transfer-encoding"), body);
        return type?.MediaType.ToLowerInvariant() switch
        {
            null or "text/plain" => PlainText.Read(hidden.Look(text)),
            "text/html" => HtmlText.Read(hidden.Look(text), hidden),
            _ => [],
        };
    }

    private static (Dictionary<string, string> Headers, string Body) Split(string mail)
    {
        var text = mail.ReplaceLineEndings("\n");
        var end = text.IndexOf("\n\n", StringComparison.Ordinal);
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        var folded = (end < 0 ? text : text[..end]).Replace("\n ", " ", StringComparison.Ordinal).Replace("\n\t", " ", StringComparison.Ordinal);
        foreach (var line in folded.Split('\n'))
        {
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            if (colon > 0)
            {
                headers.TryAdd(line[..colon].Trim(), line[(colon + 1)..].Trim());
            }
        }

        return (headers, end < 0 ? "" : text[(end + 2)..]);
    }

    private static ContentType? TypeOf(string? header)
    {
        try
        {
            return header is { Length: > 0 } ? new ContentType(header) : null;
        }
        catch (FormatException)
        {
            return null;
        }
    }

    private static string Transferred(string? encoding, string body) => encoding?.Trim().ToLowerInvariant() switch
    {
        "base64" => FromBase64(body),
        "quoted-printable" => FromQuotedPrintable(body),
        _ => body,
    };

    private static string FromBase64(string body)
    {
        var letters = string.Concat(body.Where(letter => char.IsAsciiLetterOrDigit(letter) || letter is '+' or '/' or '='));
        var bytes = new byte[letters.Length];
        return Convert.TryFromBase64String(letters, bytes, out var count) ? Decode(bytes.AsSpan(0, count)) : "";
    }

    private static string FromQuotedPrintable(string body)
    {
        var bytes = new List<byte>(body.Length);
        for (var at = 0; at < body.Length; at++)
        {
            if (body[at] != '=')
            {
                bytes.AddRange(Encoding.UTF8.GetBytes(body, at, 1));
            }
            else if (at + 1 < body.Length && body[at + 1] == '\n')
            {
                at++;
            }
            else if (at + 2 < body.Length && char.IsAsciiHexDigit(body[at + 1]) && char.IsAsciiHexDigit(body[at + 2]))
            {
                bytes.Add(Convert.FromHexString(body.AsSpan(at + 1, 2))[0]);
                at += 2;
            }
        }

        return Decode([.. bytes]);
    }
}
