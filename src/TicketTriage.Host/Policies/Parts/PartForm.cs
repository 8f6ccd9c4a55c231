using System.Globalization;
using System.Text.Json.Nodes;
using TicketTriage.Host.Pages;

namespace TicketTriage.Host.Policies.Parts;

/// <summary>
/// What stands in the fields of a part's form, by the names of the inputs: from the document, or as somebody has sent it.
/// </summary>
public sealed class PartForm
{
    /// <summary>Before the names of inputs, so that they are none of the form's own.</summary>
    public const string Prefix = "f.";

    private const string Gone = "gone";
    private const string Count = "count";

    /// <summary>A form with some ten fields for each stays below the thousand that the server takes.</summary>
    internal const int MostRows = 50;

    private readonly Dictionary<string, IReadOnlyList<string>> values = new(StringComparer.Ordinal);

    private PartForm(string name) => Name = name;

    /// <summary>Of a part that has a name before it.</summary>
    public string Name { get; }

    public static PartForm Of(PolicyPart part, string name, JsonObject? value)
    {
        var form = new PartForm(name);
        form.Read(part.Fields, Prefix, value);
        return form;
    }

    public static PartForm Of(IFormCollection sent)
    {
        var form = new PartForm(sent["name"].ToString().Trim());
        foreach (var (input, given) in sent.Where(field => field.Key.StartsWith(Prefix, StringComparison.Ordinal)))
        {
            // Browsers send lines with both of the old line ends.
            form.values[input] = [.. given.Select(value => (value ?? "").ReplaceLineEndings("\n").Trim())];
        }

        return form;
    }

    public string Value(string input) => values.TryGetValue(input, out var known) && known is [var first, ..] ? first : "";

    public bool Has(string input, string choice) =>
        values.TryGetValue(input, out var known) && known.Contains(choice, StringComparer.OrdinalIgnoreCase);

    /// <summary>How many rows of an inner list have fields here, the empty one at the end not counted.</summary>
    public int CountRows(string input) => Math.Min(CountAll(input), MostRows);

    /// <summary>How many rows of an inner list have none, and stay as they are.</summary>
    public int CountHidden(string input) => CountAll(input) - CountRows(input);

    /// <param name="before">What stood there; what the form has no field for stays.</param>
    /// <exception cref="FormatException">A field can't be understood; the sentence says which.</exception>
    public JsonObject ToJson(PolicyPart part, JsonObject? before)
    {
        var value = before?.DeepClone() as JsonObject ?? [];
        Write(value, part.Fields, Prefix);
        return value;
    }

    private int CountAll(string input) =>
        int.TryParse(Value($"{input}.{Count}"), NumberStyles.None, CultureInfo.InvariantCulture, out var count) ? count : 0;

    private void Read(IEnumerable<PartField> fields, string prefix, JsonObject? value)
    {
        foreach (var field in fields)
        {
            var found = Find(value, field);
            var input = prefix + field.Path;
            if (field.Kind == PartFieldKind.Rows)
            {
                var rows = found as JsonArray ?? [];
                values[$"{input}.{Count}"] = [rows.Count.ToString(CultureInfo.InvariantCulture)];
                foreach (var (place, row) in rows.Take(MostRows).Index())
                {
                    Read(field.Inner, $"{input}.{place}.", row as JsonObject);
                }
            }
            else
            {
                values[input] = Texts(field, found);
            }
        }
    }

    private static JsonNode? Find(JsonObject? part, PartField field) =>
        field.Path.Split('.').Aggregate((JsonNode?)part, (node, name) => (node as JsonObject)?[name]);

    private static IReadOnlyList<string> Texts(PartField field, JsonNode? value) => (field.Kind, value) switch
    {
        (_, null) => [],
        (PartFieldKind.Choices, JsonArray list) => [.. list.Select(one => $"{one}")],
        (PartFieldKind.Lines, JsonArray list) => [string.Join('\n', list)],
        (_, JsonArray list) => [ValueList.Join(list.Select(one => $"{one}"))],
        (PartFieldKind.Share, _) => [(value.GetValue<double>() * 100).ToString("0.####", CultureInfo.InvariantCulture)],
        _ => [value.ToString()],
    };

    private void Write(JsonObject into, IEnumerable<PartField> fields, string prefix)
    {
        foreach (var field in fields)
        {
            var before = field.Kind == PartFieldKind.Rows ? Find(into, field) as JsonArray : null;
            var value = ValueOf(field, prefix + field.Path, before);
            Put(into, field, field.GoesWhenEmpty && value is JsonArray { Count: 0 } ? null : value);
        }
    }

    private static void Put(JsonObject into, PartField field, JsonNode? value)
    {
        var names = field.Path.Split('.');
        var holder = into;
        foreach (var name in names[..^1])
        {
            if (holder[name] is not JsonObject inner)
            {
                if (value is null && field.TakesItsHolder)
                {
                    return;
                }

                holder[name] = inner = [];
            }

            holder = inner;
        }

        if (value is not null)
        {
            holder[names[^1]] = value;
            return;
        }

        holder.Remove(names[^1]);
        if (field.TakesItsHolder && holder.Count == 0)
        {
            into.Remove(names[0]);
        }
    }

    private JsonNode? ValueOf(PartField field, string input, JsonArray? before)
    {
        var text = Value(input);
        return field.Kind switch
        {
            PartFieldKind.Line or PartFieldKind.Text or PartFieldKind.Choice => text.Length == 0 ? null : JsonValue.Create(text),
            PartFieldKind.Number => text.Length == 0 ? null : WholeNumber(field, text),
            PartFieldKind.Share => text.Length == 0 ? null : Share(field, text),
            PartFieldKind.List => ListOf(ValueList.Split(text)),
            PartFieldKind.Lines => ListOf(text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)),
            PartFieldKind.Choices => ListOf(field.Choices.Where(choice => Has(input, choice))),
            PartFieldKind.Rows => RowsOf(field, input, before),
        };
    }

    private static JsonArray ListOf(IEnumerable<string> values) => new([.. values.Select(value => JsonValue.Create(value))]);

    // One more than are counted: the empty row at the end may have been filled. Rows without fields come after it, as they were.
    private JsonArray RowsOf(PartField field, string input, JsonArray? before)
    {
        var rows = new JsonArray();
        for (var place = 0; place <= CountRows(input); place++)
        {
            var prefix = $"{input}.{place}.";
            if (Value(prefix + Gone).Length > 0
                || field.Inner.All(inner => inner.Kind == PartFieldKind.Choice || IsEmpty(prefix + inner.Path)))
            {
                continue;
            }

            var row = new JsonObject();
            Write(row, field.Inner, prefix);
            rows.Add((JsonNode)row);
        }

        foreach (var hidden in (before ?? []).Skip(MostRows))
        {
            rows.Add(hidden?.DeepClone());
        }

        return rows;
    }

    private bool IsEmpty(string input) => !values.TryGetValue(input, out var known) || known.All(value => value.Length == 0);

    private static JsonValue WholeNumber(PartField field, string text) =>
        int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            ? JsonValue.Create(number)
            : throw new FormatException($"{field.Title}: {text} is no whole number.");

    private static JsonValue Share(PartField field, string text) =>
        double.TryParse(text.Replace(',', '.').TrimEnd('%', ' '), NumberStyles.Float, CultureInfo.InvariantCulture, out var percent)
            ? JsonValue.Create(Math.Round(percent / 100, 6))
            : throw new FormatException($"{field.Title}: {text} is no number of per cent, such as 75.");
}
