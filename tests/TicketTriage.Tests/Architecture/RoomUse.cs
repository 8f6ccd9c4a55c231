namespace TicketTriage.Tests.Architecture;

/// <summary>A type of one room uses a type of another.</summary>
/// <param name="Room">Where the user stands.</param>
/// <param name="User">The user's full name.</param>
/// <param name="UsedRoom">Where the used type stands.</param>
/// <param name="Used">The used type's full name.</param>
internal sealed record RoomUse(string Room, string User, string UsedRoom, string Used)
{
    public override string ToString() => $"{User} uses {Used}";
}
