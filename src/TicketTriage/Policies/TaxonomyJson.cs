using System.Text.Json;
using System.Text.Json.Serialization;

namespace TicketTriage.Policies;

/// <summary>How a taxonomy is written. A property that isn't known, or stands twice, is refused: it is most often a slip.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UseStringEnumConverter = true,
    WriteIndented = true,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    AllowDuplicateProperties = false,
    ReadCommentHandling = JsonCommentHandling.Skip,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(Taxonomy))]
[JsonSerializable(typeof(IReadOnlyDictionary<StarterTaxonomy, TaxonomySelection>))]
internal sealed partial class TaxonomyJson : JsonSerializerContext;
