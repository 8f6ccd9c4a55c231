using Mono.Cecil;
using Mono.Cecil.Cil;

namespace TicketTriage.Tests.Architecture;

/// <summary>
/// Reads from a built assembly which room uses which: the first part of a namespace after the root names the room. Signatures, fields,
/// attributes and method bodies are read, those that the compiler makes of lambdas and async methods too. Constants are beyond it: the
/// compiler copies their value and leaves no trace of where it came from.
/// </summary>
/// <param name="assembly">The assembly's file.</param>
/// <param name="root">The namespace above the rooms.</param>
internal sealed class RoomReader(string assembly, string root)
{
    /// <summary>The types that stand in the root namespace itself or in a room, with their room; <see langword="null"/> where they have none.</summary>
    public IReadOnlyList<(string Type, string? Room)> ListTypes()
    {
        using var module = ModuleDefinition.ReadModule(assembly);
        return
        [
            .. module.Types
                .Where(type => type.Namespace == root || RoomOf(type) is not null)
                .Select(type => (type.FullName, RoomOf(type))),
        ];
    }

    /// <summary>Every use across rooms, once for each pair of types.</summary>
    public IReadOnlyList<RoomUse> ListUses()
    {
        using var module = ModuleDefinition.ReadModule(assembly);
        var uses =
            from type in module.GetTypes()
            let room = RoomOf(type)
            where room is not null
            from used in TypesUsedBy(type).SelectMany(Parts)
            let usedRoom = RoomOf(used)
            where usedRoom is not null && usedRoom != room
            select new RoomUse(room, Outermost(type).FullName, usedRoom, Outermost(used).FullName);
        return [.. uses.Distinct()];
    }

    private string? RoomOf(TypeReference type)
    {
        var name = Outermost(type).Namespace;
        return name.StartsWith(root + ".", StringComparison.Ordinal) ? name[(root.Length + 1)..].Split('.')[0] : null;
    }

    private static TypeReference Outermost(TypeReference type) => type.DeclaringType is { } outer ? Outermost(outer) : type;

    private static IEnumerable<TypeReference?> TypesUsedBy(TypeDefinition type) =>
    [
        type.BaseType,
        .. type.Interfaces.SelectMany(face => (TypeReference[])[face.InterfaceType, .. AttributesOf(face)]),
        .. AttributesOf(type),
        .. ConstraintsOf(type),
        .. type.Fields.SelectMany(field => (TypeReference[])[field.FieldType, .. AttributesOf(field)]),
        .. type.Properties.SelectMany(property => (TypeReference[])[property.PropertyType, .. AttributesOf(property)]),
        .. type.Events.SelectMany(happening => (TypeReference[])[happening.EventType, .. AttributesOf(happening)]),
        .. type.Methods.SelectMany(TypesUsedBy),
    ];

    private static IEnumerable<TypeReference?> TypesUsedBy(MethodDefinition method) =>
    [
        .. SignatureOf(method),
        .. method.Parameters.SelectMany(AttributesOf),
        .. AttributesOf(method),
        .. AttributesOf(method.MethodReturnType),
        .. ConstraintsOf(method),
        .. method.Overrides.SelectMany(SignatureOf),
        .. method.HasBody ? TypesUsedBy(method.Body) : [],
    ];

    private static IEnumerable<TypeReference?> TypesUsedBy(MethodBody body) =>
    [
        .. body.Variables.Select(variable => variable.VariableType),
        .. body.ExceptionHandlers.Select(handler => handler.CatchType),
        .. body.Instructions.SelectMany(instruction => instruction.Operand switch
        {
            TypeReference type => [type],
            MethodReference method => SignatureOf(method),
            FieldReference field => [field.DeclaringType, field.FieldType],
            CallSite site => [site.ReturnType, .. site.Parameters.Select(parameter => parameter.ParameterType)],
            _ => Array.Empty<TypeReference>(),
        }),
    ];

    private static IEnumerable<TypeReference> SignatureOf(MethodReference method) =>
    [
        .. method.DeclaringType is { } declaring ? [declaring] : Array.Empty<TypeReference>(),
        method.ReturnType,
        .. method.Parameters.Select(parameter => parameter.ParameterType),
        .. method is GenericInstanceMethod generic ? generic.GenericArguments : Enumerable.Empty<TypeReference>(),
    ];

    private static IEnumerable<TypeReference> ConstraintsOf(IGenericParameterProvider provider) =>
        provider.GenericParameters.SelectMany(parameter => parameter.Constraints).Select(constraint => constraint.ConstraintType);

    private static IEnumerable<TypeReference> AttributesOf(ICustomAttributeProvider provider) =>
        provider.CustomAttributes.SelectMany(attribute => (TypeReference[])
        [
            .. SignatureOf(attribute.Constructor),
            .. attribute.ConstructorArguments.SelectMany(TypesIn),
            .. attribute.Properties.Concat(attribute.Fields).SelectMany(named => TypesIn(named.Argument)),
        ]);

    private static IEnumerable<TypeReference> TypesIn(CustomAttributeArgument argument) =>
    [
        argument.Type,
        .. argument.Value switch
        {
            TypeReference type => [type],
            CustomAttributeArgument boxed => TypesIn(boxed),
            CustomAttributeArgument[] several => several.SelectMany(TypesIn),
            _ => Array.Empty<TypeReference>(),
        },
    ];

    /// <summary>A type and all that it is put together from: elements, arguments, modifiers.</summary>
    private static IEnumerable<TypeReference> Parts(TypeReference? type) => type switch
    {
        null or GenericParameter => [],
        GenericInstanceType generic => [generic.ElementType, .. generic.GenericArguments.SelectMany(Parts)],
        FunctionPointerType pointer => Parts(pointer.ReturnType).Concat(pointer.Parameters.SelectMany(parameter => Parts(parameter.ParameterType))),
        IModifierType modified => Parts(modified.ModifierType).Concat(Parts(modified.ElementType)),
        TypeSpecification wrapped => Parts(wrapped.ElementType),
        _ => [type],
    };
}
