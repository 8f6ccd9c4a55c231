using System.Text.Json;
using System.Text.Json.Serialization;

namespace TicketTriage.Policies;

/// <summary>How a taxonomy is written. A property that isn't known, or stands twice, is refused: most often it is a slip of the pen.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    AllowDuplicateProperties = false,
    ReadCommentHandling = JsonCommentHandling.Skip,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(Taxonomy))]
internal sealed partial class TaxonomyJson : JsonSerializerContext;
