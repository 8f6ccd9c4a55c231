using TicketTriage.Tests.Architecture.Trial.Cellar;

namespace TicketTriage.Tests.Architecture.Trial.Attic;

internal class Trunk
{
    public static Trunk Empty { get; } = new();

    public static int Capacity() => 3;
}

internal sealed class TrunkIsLockedException : Exception;

internal sealed class LooksDown
{
    public static string Look() => UsesNothing.Say();
}
