using System.Text.Json;
using System.Text.Json.Serialization;

namespace TicketTriage.Understanding.Local.Learning;

/// <summary>
/// How a team's own tickets taught to weigh the model's confidence against the local one: a file beside the local model, because it holds
/// for that one.
/// </summary>
public static class ConfidenceFile
{
    private const string Name = "confidence.json";

    /// <returns><see cref="JointConfidence.Unmeasured"/> where nobody has measured.</returns>
    /// <exception cref="LearningException">The file can't be read.</exception>
    public static JointConfidence Load(string folder)
    {
        var file = Path.Combine(folder, Name);
        if (!File.Exists(file))
        {
            return JointConfidence.Unmeasured;
        }

        try
        {
            var read = JsonSerializer.Deserialize(File.ReadAllBytes(file), ConfidenceJson.Default.JointConfidence);
            return read ?? throw new LearningException($"{file} is empty; delete it, or measure again with evaluate --calibrate.");
        }
        catch (JsonException e)
        {
            throw new LearningException($"{file} can't be read; delete it, or measure again with evaluate --calibrate.", e);
        }
    }

    public static void Save(JointConfidence confidence, string folder) => File.WriteAllBytes(
        Path.Combine(folder, Name), JsonSerializer.SerializeToUtf8Bytes(confidence, ConfidenceJson.Default.JointConfidence));
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(JointConfidence))]
internal sealed partial class ConfidenceJson : JsonSerializerContext;
