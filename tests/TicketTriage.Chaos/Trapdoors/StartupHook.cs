using TicketTriage.Chaos.Trapdoors;

// The runtime looks for this class outside every namespace, in the assembly that DOTNET_STARTUP_HOOKS names, and runs it before Main.
#pragma warning disable CA1050, MA0047
internal static class StartupHook
{
    public static void Initialize()
    {
        if (Trapdoor.FindInEnvironment() is { } trapdoor)
        {
            new StepListener(trapdoor).Listen();
        }
    }
}
