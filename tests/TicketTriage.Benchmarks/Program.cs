using System.CommandLine;
using TicketTriage.Benchmarks;

return await new RootCommand("Measures TicketTriage: the built service, a durable PostgreSQL and the sandbox, each as its own process.")
{
    IntakeCommand.Create(),
    ClaimCommand.Create(),
    JourneyCommand.Create(),
    StartCommand.Create(),
    IdleCommand.Create(),
    InjectionCommand.Create(),
    ClassifierCommand.Create(),
    RoutingCommand.Create(),
    BacktestCommand.Create(),
    KnowledgeCommand.Create(),
    ConsoleCommand.Create(),
}.Parse(args).InvokeAsync();
