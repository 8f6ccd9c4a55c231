using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace TicketTriage.Host.Commands;

/// <summary>
/// Rule files as YAML, turned into the JSON that the rules are read from and back. Each value keeps its line, so that a fault is shown
/// where it stands in the YAML.
/// </summary>
internal static partial class YamlRules
{
    public static bool IsYaml(string file) => Path.GetExtension(file).ToLowerInvariant() is ".yaml" or ".yml";

    /// <returns>UTF-8.</returns>
    /// <exception cref="FormatException">It is no YAML, or has what JSON has not; one sentence with the line.</exception>
    public static byte[] ToJson(string yaml)
    {
        var json = new LinedText();
        var open = new Stack<Level>();
        var parser = new Parser(new StringReader(yaml));
        try
        {
            var documents = 0;
            while (parser.MoveNext())
            {
                switch (parser.Current)
                {
                    case DocumentStart start when ++documents > 1:
                        throw Fault(start, "a rule file is one document");
                    case AnchorAlias alias:
                        throw Fault(alias, "aliases are not taken; write the value again");
                    case MappingStart start:
                        json.Write(start, open.TryPeek(out var parent) ? parent.Before() : "", "{");
                        open.Push(new Level(isMapping: true));
                        break;
                    case SequenceStart start:
                        json.Write(start, open.TryPeek(out var owner) ? owner.Before() : "", "[");
                        open.Push(new Level(isMapping: false));
                        break;
                    case MappingEnd end:
                        json.Write(end, "", "}");
                        open.Pop();
                        break;
                    case SequenceEnd end:
                        json.Write(end, "", "]");
                        open.Pop();
                        break;
                    case Scalar scalar:
                        var isName = open.TryPeek(out var level) && level.IsAtName;
                        json.Write(scalar, level?.Before() ?? "", isName ? Quoted(scalar.Value) : ValueOf(scalar));
                        break;
                }
            }
        }
        catch (YamlException e)
        {
            throw new FormatException($"Line {e.Start.Line.ToString(CultureInfo.InvariantCulture)}: {e.Message}", e);
        }
        catch (InvalidOperationException e)
        {
            // What some broken lists bring the parser to.
            var line = (parser.Current?.Start.Line ?? 1).ToString(CultureInfo.InvariantCulture);
            throw new FormatException($"Line {line}: what follows can't be read as YAML.", e);
        }

        return Encoding.UTF8.GetBytes(json.ToString());
    }

    /// <param name="json">A rule file as the rules are kept.</param>
    public static string FromJson(string json)
    {
        using var document = JsonDocument.Parse(json);
        using var text = new StringWriter { NewLine = "\n" };
        var emitter = new Emitter(text, new EmitterSettings().WithBestWidth(int.MaxValue));
        emitter.Emit(new StreamStart());
        emitter.Emit(new DocumentStart());
        Emit(emitter, document.RootElement);
        emitter.Emit(new DocumentEnd(isImplicit: true));
        emitter.Emit(new StreamEnd());
        return text.ToString();
    }

    private static void Emit(Emitter emitter, JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                emitter.Emit(new MappingStart(AnchorName.Empty, TagName.Empty, isImplicit: true, MappingStyle.Block));
                foreach (var member in value.EnumerateObject())
                {
                    emitter.Emit(new Scalar(member.Name));
                    Emit(emitter, member.Value);
                }

                emitter.Emit(new MappingEnd());
                break;
            case JsonValueKind.Array:
                // Words stay in their line; rules and conditions have lines of their own.
                var isOfWords = value.EnumerateArray().All(item => item.ValueKind is not (JsonValueKind.Object or JsonValueKind.Array));
                emitter.Emit(new SequenceStart(
                    AnchorName.Empty, TagName.Empty, isImplicit: true, isOfWords ? SequenceStyle.Flow : SequenceStyle.Block));
                foreach (var item in value.EnumerateArray())
                {
                    Emit(emitter, item);
                }

                emitter.Emit(new SequenceEnd());
                break;
            case JsonValueKind.String:
                var text = value.GetString() ?? "";
                var style = IsOther(text) ? ScalarStyle.DoubleQuoted : ScalarStyle.Any;
                emitter.Emit(new Scalar(AnchorName.Empty, TagName.Empty, text, style, isPlainImplicit: true, isQuotedImplicit: true));
                break;
            default:
                emitter.Emit(new Scalar(value.GetRawText()));
                break;
        }
    }

    private static string ValueOf(Scalar scalar) =>
        scalar.Style == ScalarStyle.Plain && IsOther(scalar.Value)
            ? scalar.Value is "" or "~" ? "null" : scalar.Value.ToLowerInvariant()
            : Quoted(scalar.Value);

    /// <summary>Whether plain text stands for something else than itself, by the core schema of YAML 1.2 as far as rules need it.</summary>
    private static bool IsOther(string plain) =>
        plain is "" or "~" or "null" or "Null" or "NULL" or "true" or "True" or "TRUE" or "false" or "False" or "FALSE"
        || Number().IsMatch(plain);

    private static string Quoted(string text) => JsonSerializer.Serialize(text);

    private static FormatException Fault(ParsingEvent found, string why) =>
        new($"Line {found.Start.Line.ToString(CultureInfo.InvariantCulture)}: {why}.");

    [GeneratedRegex(
        @"\A-?(0|[1-9][0-9]*)(\.[0-9]+)?\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Number();

    /// <summary>An open mapping or list, and what has to stand before its next part.</summary>
    private sealed class Level(bool isMapping)
    {
        private int parts;

        public bool IsAtName => isMapping && parts % 2 == 0;

        public string Before() => (isMapping, parts++) switch
        {
            (_, 0) => "",
            (true, var part) when part % 2 == 1 => ":",
            _ => ",",
        };
    }

    /// <summary>Text whose pieces stand in the lines that they are given.</summary>
    private sealed class LinedText
    {
        private readonly StringBuilder text = new();
        private long line = 1;

        public void Write(ParsingEvent found, string before, string piece)
        {
            text.Append(before);
            for (; line < found.Start.Line; line++)
            {
                text.Append('\n');
            }

            text.Append(piece);
        }

        public override string ToString() => text.ToString();
    }
}
