using System.CommandLine;
using TicketTriage.Benchmarks;

return await new RootCommand("Measures TicketTriage on this machine: the built service, a durable PostgreSQL and the sandbox, each as its own process.")
{
    IntakeBenchmark.Create(),
    JourneyBenchmark.Create(),
    StartBenchmark.Create(),
}.Parse(args).InvokeAsync();
