using System.Text.Json.Nodes;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;
using YamlDotNet.Serialization;

namespace TicketTriage.Host.Tests.Deploy;

/// <summary>Files of YAML as trees to ask; what stands behind an anchor stands wherever it is referred to. All values are texts.</summary>
internal static class Yaml
{
    /// <returns>Each document of the file.</returns>
    public static IReadOnlyList<JsonNode> Read(string file)
    {
        using var text = File.OpenText(file);
        var parser = new MergingParser(new Parser(text));
        var deserializer = new DeserializerBuilder().Build();
        var serializer = new SerializerBuilder().JsonCompatible().Build();
        var documents = new List<JsonNode>();
        parser.Consume<StreamStart>();
        while (parser.Accept<DocumentStart>(out _))
        {
            var document = deserializer.Deserialize<object>(parser);
            documents.Add(JsonNode.Parse(serializer.Serialize(document)) ?? throw new InvalidOperationException($"{file} has an empty document."));
        }

        return documents;
    }

    /// <returns>Whatever lies at this path, such as <c>spec/template/spec</c> or <c>containers/0</c>; <see langword="null"/> where nothing does.</returns>
    public static JsonNode? At(this JsonNode? node, string path)
    {
        foreach (var part in path.Split('/'))
        {
            node = node is JsonArray list && int.TryParse(part, System.Globalization.CultureInfo.InvariantCulture, out var place)
                ? list.ElementAtOrDefault(place)
                : (node as JsonObject)?[part];
        }

        return node;
    }

    /// <returns>The value at this path as text; empty where there is none.</returns>
    public static string Text(this JsonNode? node, string path) => node.At(path)?.ToString() ?? "";

    public static int Number(this JsonNode? node, string path) =>
        int.Parse(node.Text(path), System.Globalization.CultureInfo.InvariantCulture);

    /// <returns>The members of a list; none where there is no list.</returns>
    public static IEnumerable<JsonNode> List(this JsonNode? node, string path) =>
        (node.At(path) as JsonArray)?.OfType<JsonNode>() ?? [];
}
