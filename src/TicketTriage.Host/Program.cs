using TicketTriage.Host.Commands;

return await CommandLine.RunAsync(
    args,
    ServeCommand.Create(),
    DemoCommand.Create(),
    CheckCommand.Create(),
    SandboxCommand.Create(),
    LearnCommand.Create(),
    EvaluateCommand.Create());
