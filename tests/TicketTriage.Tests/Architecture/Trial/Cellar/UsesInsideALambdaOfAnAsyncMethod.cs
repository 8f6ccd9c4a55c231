using TicketTriage.Tests.Architecture.Trial.Attic;

namespace TicketTriage.Tests.Architecture.Trial.Cellar;

// Each of these uses the attic in one way, against the order; the reader has to see every one.

internal sealed class UsesInsideALambdaOfAnAsyncMethod
{
    public static async Task<int> CountAsync(IEnumerable<int> numbers)
    {
        await Task.Yield();
        return numbers.Count(number => number > Attic.Trunk.Capacity());
    }
}

internal sealed class UsesAsAField
{
    public object Kept => trunk;

    private readonly Trunk trunk = Trunk.Empty;
}

internal sealed class UsesAsATypeArgument
{
    public static object Fill() => new List<Dictionary<string, Trunk[]>>();
}

internal sealed class UsesAsASignature
{
    public static bool IsMissing(Trunk? trunk) => trunk is null;
}

internal sealed class UsesAsAParent : Trunk;

[Labelled(typeof(Trunk))]
internal sealed class UsesInAnAttribute;

internal sealed class UsesAsAConstraint<T>
    where T : Trunk;

internal sealed class UsesAsACaughtException
{
    public static bool Opens(Action open)
    {
        try
        {
            open();
            return true;
        }
        catch (TrunkIsLockedException)
        {
            return false;
        }
    }
}

internal sealed class UsesNothing
{
    public static string Say() => typeof(Shelf).Name;

    internal sealed class Shelf;
}

[AttributeUsage(AttributeTargets.Class)]
internal sealed class LabelledAttribute(Type type) : Attribute
{
    public Type Type { get; } = type;
}
