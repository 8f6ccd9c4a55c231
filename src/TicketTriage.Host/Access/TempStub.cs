namespace TicketTriage.Host.Access;
internal static class Roles { public const string Agent = "agent", Lead = "lead", Ops = "ops", Admin = "admin"; }
internal sealed class SignInLinks { public string Create(string role) => "/" + role; }
internal static class Stub {
  public static void AddAccess(this WebApplicationBuilder b) { b.Services.AddAuthentication(); b.Services.AddAuthorization(); b.Services.AddSingleton<SignInLinks>(); }
  public static void UseAccess(this WebApplication a) { }
}
