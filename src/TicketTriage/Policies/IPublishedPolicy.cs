namespace TicketTriage.Policies;

/// <summary>A kind of policy document that leads publish: each room takes its own.</summary>
public interface IPublishedPolicy
{
    /// <summary>As <see cref="PolicyPublication.Kind"/> names it.</summary>
    string Kind { get; }

    /// <summary>Puts a publication in force for all decisions from now on.</summary>
    /// <exception cref="PolicyFaultyException">This version of the program can't use it; what was in force stays.</exception>
    void Take(PolicyPublication publication);
}
