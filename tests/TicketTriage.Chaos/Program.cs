using TicketTriage.Chaos;

return await ChaosCommand.Create().Parse(args).InvokeAsync();
