namespace TicketTriage.Sandbox.Doors;

/// <summary>Which calls a plan is about: any method or one; of paths, <c>*</c> is one segment and <c>**</c> all that follow.</summary>
internal sealed class CallPattern(string? method, string path)
{
    private readonly string[] pattern = path.Split('/');

    public bool Fits(string calledMethod, string calledPath)
    {
        if (method is not null && !method.Equals(calledMethod, StringComparison.OrdinalIgnoreCase))
        {
            return false;
        }

        var segments = calledPath.Split('/');
        for (var at = 0; at < pattern.Length; at++)
        {
            if (pattern[at] == "**")
            {
                return true;
            }

            if (at >= segments.Length || (pattern[at] != "*" && pattern[at] != segments[at]))
            {
                return false;
            }
        }

        return segments.Length == pattern.Length;
    }
}
