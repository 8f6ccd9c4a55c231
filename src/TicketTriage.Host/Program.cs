using TicketTriage.Host.Commands;

return await CommandLine.RunAsync(
    args,
    ServeCommand.Create(),
    DemoCommand.Create(),
    CheckCommand.Create(),
    ConnectCommand.Create(),
    ImportCommand.Create(),
    SandboxCommand.Create());
