using TicketTriage.Sandbox;

namespace TicketTriage.Helpdesks.Tests.Sandbox;

[TestFixture, Parallelizable(ParallelScope.All), FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class Entering_the_sandbox
{
    [Test]
    public async Task Client_credentials_buy_a_token_that_opens_until_it_expires()
    {
        var clock = new StoppedClock();
        await using var helpdesk = await SandboxHelpdesk.StartAsync(new() { TimeProvider = clock }, default);
        var authorization = await BuyAsync(helpdesk, "read write");
        using var caller = new SandboxCaller(helpdesk, authorization);

        var early = await caller.GetAsync("/api/v2/users/me");
        clock.Now += TimeSpan.FromSeconds(3_600);
        var late = await caller.GetAsync("/api/v2/groups");

        Assert.That(early.At("user.role"), Is.EqualTo("admin"));
        Assert.That(early.At("user.id"), Is.EqualTo($"{helpdesk.Integration.Id}"));
        Assert.That(late.Status, Is.EqualTo(401));
        Assert.That(late.At("error"), Is.EqualTo("invalid_token"));
    }

    [Test]
    public async Task A_withdrawn_token_opens_nothing()
    {
        await using var helpdesk = await SandboxHelpdesk.StartAsync(new(), default);
        using var caller = new SandboxCaller(helpdesk, await BuyAsync(helpdesk, "read"));

        var before = await caller.GetAsync("/api/v2/groups");
        helpdesk.WithdrawTokens();
        var after = await caller.GetAsync("/api/v2/groups");

        Assert.That((before.Status, after.Status), Is.EqualTo((200, 401)));
    }

    [Test]
    public async Task A_token_for_reading_does_not_write()
    {
        await using var helpdesk = await SandboxHelpdesk.StartAsync(new(), default);
        using var caller = new SandboxCaller(helpdesk, await BuyAsync(helpdesk, "read"));
        var number = helpdesk.AddTicket("s", "b").Number;

        var reply = await caller.ChangeAsync(number, new { priority = "low" });

        Assert.That(reply.Status, Is.EqualTo(403));
    }

    [Test]
    public async Task Wrong_credentials_get_zendesks_401_but_me_answers_200_with_the_anonymous_user()
    {
        await using var helpdesk = await SandboxHelpdesk.StartAsync(new(), default);
        using var caller = new SandboxCaller(helpdesk, SandboxCaller.Basic("wrong"));

        var groups = await caller.GetAsync("/api/v2/groups");
        var me = await caller.GetAsync("/api/v2/users/me.json");

        Assert.That(groups.Status, Is.EqualTo(401));
        Assert.That(groups.Json?["error"]?.ToString(), Is.EqualTo("Couldn't authenticate you"));
        Assert.That(me.Status, Is.EqualTo(200));
        Assert.That(me.At("user.name"), Is.EqualTo("Anonymous user"));
        Assert.That(me.At("user.id"), Is.EqualTo("null"));
    }

    [TestCase("client_credentials", "wrong", 3600, 401, "invalid_client")]
    [TestCase("password", SandboxCredentials.ClientSecret, 3600, 400, "unsupported_grant_type")]
    [TestCase("client_credentials", SandboxCredentials.ClientSecret, 300, 400, "invalid_request")]
    [TestCase("client_credentials", SandboxCredentials.ClientSecret, 172_800, 400, "invalid_request")]
    public async Task A_wrong_request_for_a_token_is_refused(string grantType, string secret, int expiresIn, int status, string error)
    {
        await using var helpdesk = await SandboxHelpdesk.StartAsync(new(), default);
        using var caller = new SandboxCaller(helpdesk);

        var reply = await caller.GrantAsync(
            new { grant_type = grantType, client_id = SandboxCredentials.ClientId, client_secret = secret, expires_in = expiresIn });

        Assert.That(reply.Status, Is.EqualTo(status));
        Assert.That(reply.At("error"), Is.EqualTo(error));
    }

    private static async Task<string> BuyAsync(SandboxHelpdesk helpdesk, string scope)
    {
        using var caller = new SandboxCaller(helpdesk, "Bearer none");
        var reply = await caller.GrantAsync(new
        {
            grant_type = "client_credentials",
            client_id = SandboxCredentials.ClientId,
            client_secret = SandboxCredentials.ClientSecret,
            scope,
            expires_in = 3_600,
        });
        Assert.That(reply.At("token_type"), Is.EqualTo("bearer"));
        Assert.That(reply.At("expires_in"), Is.EqualTo("3600"));
        return $"Bearer {reply.At("access_token")}";
    }
}
