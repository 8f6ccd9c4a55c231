namespace TicketTriage.Host;

/// <summary>What a process does.</summary>
internal enum Role
{
    All = 0,
    Web,
    Worker,
}
