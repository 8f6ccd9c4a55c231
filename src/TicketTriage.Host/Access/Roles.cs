using System.Security.Claims;

namespace TicketTriage.Host.Access;

/// <summary>What a key may open. Each name is also that of the policy which asks for it.</summary>
public static class Roles
{
    /// <summary>Reads the API, looks at tickets, and corrects what was decided about them.</summary>
    public const string Agent = "agent";

    /// <summary>The API and the console.</summary>
    public const string Lead = "lead";

    /// <summary>Jobs, connections, metrics and the details of health; nothing of tickets.</summary>
    public const string Ops = "ops";

    /// <summary>Everything.</summary>
    public const string Admin = "admin";

    /// <summary>Whoever is signed in, in any role: the name of a policy, and no role.</summary>
    public const string Anyone = "anyone";

    /// <summary>Who may read the audit, which holds nothing that was said: the name of a policy, and no role.</summary>
    public const string Auditor = "auditor";

    public static IReadOnlyList<string> All { get; } = [Agent, Lead, Ops, Admin];

    /// <summary>The roles that open what asks for <paramref name="policy"/>.</summary>
    public static IReadOnlyList<string> ThatOpen(string policy) => policy switch
    {
        Anyone => All,
        Auditor => [Lead, Ops, Admin],
        Agent => [Agent, Lead, Admin],
        Lead => [Lead, Admin],
        Ops => [Ops, Admin],
        Admin => [Admin],
        _ => throw new ArgumentOutOfRangeException(nameof(policy), policy, "There is no such role."),
    };

    public static bool MayOpen(this ClaimsPrincipal user, string policy) => ThatOpen(policy).Any(user.IsInRole);
}
