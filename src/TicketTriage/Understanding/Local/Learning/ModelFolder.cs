using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using TicketTriage.Understanding.Local.Classification;

namespace TicketTriage.Understanding.Local.Learning;

/// <summary>
/// A model on disk: <c>manifest.json</c> says what it is and names the file with the weights by its checksum. The manifest is replaced
/// last and in one step, so that a reader finds the old model or the new one, whole.
/// </summary>
internal static class ModelFolder
{
    /// <summary>Counted up whenever older programs could not read what is written, or would read it otherwise.</summary>
    public const int Version = 1;

    private const string Kind = "tickettriage-classifier";
    private const string ManifestName = "manifest.json";

    public static void Save(TextClassifier classifier, string folder)
    {
        Directory.CreateDirectory(folder);
        using var content = new MemoryStream();
        using (var writer = new BinaryWriter(content, Encoding.UTF8, leaveOpen: true))
        {
            Write(classifier, writer);
        }

        var bytes = content.GetBuffer().AsSpan(0, (int)content.Length);
        var digest = Convert.ToHexStringLower(SHA256.HashData(bytes));
        var manifest = new ModelManifest(
            Kind, Version, [.. classifier.Heads.Select(head => head.Label)], $"weights-{digest[..16]}.bin", bytes.Length, digest);
        WriteWhole(Path.Combine(folder, manifest.Weights), bytes);
        WriteWhole(Path.Combine(folder, ManifestName), JsonSerializer.SerializeToUtf8Bytes(manifest, ModelManifestJson.Default.ModelManifest));
        foreach (var old in Directory.EnumerateFiles(folder, "weights-*.bin").Where(file => Path.GetFileName(file) != manifest.Weights))
        {
            File.Delete(old);
        }
    }

    /// <exception cref="LearningException">There is no model, or none that this program can trust.</exception>
    public static (TextClassifier Classifier, string Digest) Load(string folder)
    {
        var manifest = ReadManifest(folder);
        if (manifest.Kind != Kind)
        {
            throw new LearningException($"{Path.Combine(folder, ManifestName)} describes no classifier; name the folder of one.");
        }

        if (manifest.Version != Version)
        {
            throw new LearningException(
                $"The model in {folder} has format {manifest.Version}, and this program reads format {Version}; train it again with learn.");
        }

        using var weights = OpenWeights(folder, manifest);
        using var reader = new BinaryReader(weights, Encoding.UTF8);
        try
        {
            return (Read(reader), manifest.Sha256);
        }
        catch (EndOfStreamException e)
        {
            // Its checksum is right, so it was written so: by a program that cut it short, or by nobody's program.
            throw Damaged(folder, $"{manifest.Weights} ends too early", e);
        }
    }

    private static ModelManifest ReadManifest(string folder)
    {
        var file = Path.Combine(folder, ManifestName);
        if (!File.Exists(file))
        {
            throw new LearningException($"There is no model in {folder}; train one with learn.");
        }

        try
        {
            return JsonSerializer.Deserialize(File.ReadAllBytes(file), ModelManifestJson.Default.ModelManifest)
                ?? throw Damaged(folder, $"{ManifestName} is empty");
        }
        catch (JsonException e)
        {
            throw Damaged(folder, $"{ManifestName} can't be read", e);
        }
    }

    /// <summary>Not read as a whole: it would stand in memory twice, and once of that for a long time for nobody.</summary>
    private static FileStream OpenWeights(string folder, ModelManifest manifest)
    {
        // A manifest that somebody has changed must not lead out of its folder.
        if (manifest.Weights != Path.GetFileName(manifest.Weights))
        {
            throw Damaged(folder, $"{ManifestName} names a file elsewhere");
        }

        var file = Path.Combine(folder, manifest.Weights);
        if (!File.Exists(file))
        {
            throw Damaged(folder, $"{manifest.Weights} is missing");
        }

        var length = new FileInfo(file).Length;
        if (length != manifest.Bytes)
        {
            throw Damaged(folder, $"{manifest.Weights} has {length} bytes instead of {manifest.Bytes}");
        }

        var weights = File.OpenRead(file);
        try
        {
            if (Convert.ToHexStringLower(SHA256.HashData(weights)) != manifest.Sha256)
            {
                throw Damaged(folder, $"{manifest.Weights} does not have its checksum");
            }

            weights.Position = 0;
            return weights;
        }
        catch
        {
            weights.Dispose();
            throw;
        }
    }

    private static LearningException Damaged(string folder, string what, Exception? cause = null) =>
        new($"The model in {folder} is damaged: {what}; train it again with learn.", cause);

    private static void Write(TextClassifier classifier, BinaryWriter writer)
    {
        classifier.Features.Write(writer);
        writer.Write(classifier.Heads.Count);
        foreach (var head in classifier.Heads)
        {
            head.Write(writer);
        }
    }

    private static TextClassifier Read(BinaryReader reader)
    {
        var features = TextFeatures.Read(reader);
        var heads = new LabelHead[reader.ReadInt32()];
        for (var at = 0; at < heads.Length; at++)
        {
            heads[at] = LabelHead.Read(reader);
        }

        return new TextClassifier(features, heads);
    }

    private static void WriteWhole(string file, ReadOnlySpan<byte> bytes)
    {
        var unfinished = file + ".unfinished";
        using (var stream = File.Create(unfinished))
        {
            stream.Write(bytes);
            stream.Flush(flushToDisk: true);
        }

        File.Move(unfinished, file, overwrite: true);
    }
}

/// <param name="Labels">What the model was trained for.</param>
/// <param name="Weights">The file beside the manifest that holds them.</param>
/// <param name="Bytes">Length of that file.</param>
/// <param name="Sha256">Of that file, in lower-case hexadecimal.</param>
internal sealed record ModelManifest(string Kind, int Version, IReadOnlyList<string> Labels, string Weights, long Bytes, string Sha256);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true, RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(ModelManifest))]
internal sealed partial class ModelManifestJson : JsonSerializerContext;
