using System.Globalization;

namespace TicketTriage.Routing.Rules;

/// <summary>Something that is wrong with a rule file, or most likely not meant.</summary>
/// <param name="Line">From 1; 0 where it concerns the whole.</param>
/// <param name="Reason">In one sentence that names the rule.</param>
/// <param name="IsWarning">True where the rules work as they are written, and a rule of them never has a say.</param>
public sealed record RuleFault(int Line, string Reason, bool IsWarning = false)
{
    public override string ToString() => Line == 0 ? Reason : string.Create(CultureInfo.InvariantCulture, $"Line {Line}: {Reason}");
}
