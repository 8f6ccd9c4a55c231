using TicketTriage.Host.Commands;

return await CommandLine.RunAsync(
    args,
    ServeCommand.Create(),
    DemoCommand.Create(),
    CheckCommand.Create(),
    MigrateCommand.Create(),
    ConnectCommand.Create(),
    ImportCommand.Create(),
    ReplayCommand.Create(),
    LearnCommand.Create(),
    EvaluateCommand.Create(),
    RedactCommand.Create(),
    CalendarCommand.Create(),
    HolidaysCommand.Create(),
    RiskCommand.Create(),
    EscalationsCommand.Create(),
    SimulateRoutingCommand.Create(),
    BacktestCommand.Create(),
    RulesCommand.Create(),
    RosterCommand.Create(),
    KnowledgeCommand.Create(),
    SandboxCommand.Create());
