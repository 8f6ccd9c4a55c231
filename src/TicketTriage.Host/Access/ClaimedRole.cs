using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;

namespace TicketTriage.Host.Access;

/// <summary>Tells what somebody else says of a person into one of our roles.</summary>
internal static class ClaimedRole
{
    private static readonly string[] FromMostToLeast = [Roles.Admin, Roles.Lead, Roles.Ops, Roles.Agent];

    /// <returns><see langword="null"/> where nothing of it gives a role, or nobody is named.</returns>
    public static KeyHolder? Find(
        IEnumerable<Claim> claims, string nameClaim, string roleClaim, IReadOnlyDictionary<string, string> roles, string print)
    {
        var said = claims.ToList();
        var values = said.Where(claim => claim.Type == roleClaim).Select(claim => claim.Value).ToHashSet(StringComparer.Ordinal);
        var role = FromMostToLeast.FirstOrDefault(one => roles.TryGetValue(one, out var value) && values.Contains(value));
        var name = said.FirstOrDefault(claim => claim.Type == nameClaim)?.Value;
        return role is null || string.IsNullOrWhiteSpace(name) ? null : new KeyHolder(name, role, print);
    }

    /// <summary>Changes with the rules by which roles are given: sign-ins of before end.</summary>
    public static string PrintOf(params IEnumerable<string?> rules) =>
        Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', rules))));
}
