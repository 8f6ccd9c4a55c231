using TicketTriage.Host.Commands;

return await CommandLine.RunAsync(
    args,
    ServeCommand.Create(),
    DemoCommand.Create(),
    CheckCommand.Create(),
    RedactCommand.Create(),
    SandboxCommand.Create());
