using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace TicketTriage.Routing.Rules;

/// <summary>A JSON value that knows its line, so that whoever wrote it is shown where a fault is.</summary>
/// <param name="Text">A string's value, or how a number or a word is written; empty for objects and lists.</param>
internal sealed record LinedJson(JsonValueKind Kind, int Line, string Text)
{
    private const int MostDepth = 32;

    public IReadOnlyList<LinedMember> Members { get; private init; } = [];

    public IReadOnlyList<LinedJson> Items { get; private init; } = [];

    /// <param name="json">UTF-8, comments allowed.</param>
    /// <exception cref="JsonException">It is not JSON, or nested too deeply.</exception>
    public static LinedJson Parse(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { CommentHandling = JsonCommentHandling.Skip, MaxDepth = MostDepth });
        var lines = new LineCount();
        if (!reader.Read())
        {
            throw new JsonException("The document is empty.");
        }

        var root = ReadValue(ref reader, json, ref lines);
        while (reader.Read())
        {
            throw new JsonException("There is more after the end of the document.");
        }

        return root;
    }

    private static LinedJson ReadValue(ref Utf8JsonReader reader, ReadOnlySpan<byte> json, ref LineCount lines)
    {
        var line = lines.At(json, reader.TokenStartIndex);
        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject:
                var members = new List<LinedMember>();
                while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
                {
                    var name = reader.GetString() ?? "";
                    var nameLine = lines.At(json, reader.TokenStartIndex);
                    reader.Read();
                    members.Add(new LinedMember(name, nameLine, ReadValue(ref reader, json, ref lines)));
                }

                return new LinedJson(JsonValueKind.Object, line, "") { Members = members };
            case JsonTokenType.StartArray:
                var items = new List<LinedJson>();
                while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
                {
                    items.Add(ReadValue(ref reader, json, ref lines));
                }

                return new LinedJson(JsonValueKind.Array, line, "") { Items = items };
            case JsonTokenType.String:
                return new LinedJson(JsonValueKind.String, line, reader.GetString() ?? "");
            case JsonTokenType.Number:
                return new LinedJson(JsonValueKind.Number, line, reader.GetDouble().ToString("R", CultureInfo.InvariantCulture));
            case JsonTokenType.True:
                return new LinedJson(JsonValueKind.True, line, "true");
            case JsonTokenType.False:
                return new LinedJson(JsonValueKind.False, line, "false");
            default:
                return new LinedJson(JsonValueKind.Null, line, "");
        }
    }

    /// <summary>Counts on from the last place: the whole document is looked through once.</summary>
    [StructLayout(LayoutKind.Auto)]
    private struct LineCount
    {
        private int line;
        private int counted;

        public int At(ReadOnlySpan<byte> json, long place)
        {
            line += json[counted..(int)place].Count((byte)'\n');
            counted = (int)place;
            return line + 1;
        }
    }
}

internal sealed record LinedMember(string Name, int Line, LinedJson Value);
