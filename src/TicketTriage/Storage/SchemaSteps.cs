using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using Microsoft.EntityFrameworkCore.Migrations;

namespace TicketTriage.Storage;

/// <summary>
/// The steps of this version by their names, as the program's own file has them: to ask the types for their attributes would load all of the
/// program's, and the migrator's packages, into a process that mostly does without.
/// </summary>
internal static class SchemaSteps
{
    /// <summary>In their order.</summary>
    public static IReadOnlyList<string> List()
    {
        using var program = new PEReader(File.OpenRead(typeof(SchemaSteps).Assembly.Location));
        var metadata = program.GetMetadataReader();
        return
        [
            .. metadata.TypeDefinitions
                .SelectMany(type => metadata.GetTypeDefinition(type).GetCustomAttributes())
                .Select(metadata.GetCustomAttribute)
                .Where(attribute => IsStep(attribute, metadata))
                .Select(attribute => NameOf(attribute, metadata))
                .Order(StringComparer.Ordinal),
        ];
    }

    private static bool IsStep(CustomAttribute attribute, MetadataReader metadata) =>
        attribute.Constructor.Kind == HandleKind.MemberReference
        && metadata.GetMemberReference((MemberReferenceHandle)attribute.Constructor).Parent is { Kind: HandleKind.TypeReference } type
        && metadata.StringComparer.Equals(metadata.GetTypeReference((TypeReferenceHandle)type).Name, nameof(MigrationAttribute));

    /// <summary>Its one argument, behind the two bytes with which all attributes begin.</summary>
    private static string NameOf(CustomAttribute attribute, MetadataReader metadata)
    {
        var written = metadata.GetBlobReader(attribute.Value);
        written.ReadUInt16();
        return written.ReadSerializedString() ?? throw new InvalidDataException("A step of the tables has no name.");
    }
}
