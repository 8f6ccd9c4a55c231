using TicketTriage.Agents;
using TicketTriage.Routing.Matching;
using TicketTriage.Routing.Rules;

namespace TicketTriage.Tests.Routing;

public sealed class Saying_why_an_agent_gets_a_ticket
{
    private static readonly Staff Desk = new(
    [
        WithRefunds("best", 5), WithRefunds("slower", 3), WithRefunds("slowest", 2), WithRefunds("last", 1), new Agent { Id = "unskilled" },
        WithRefunds("away", 5), WithRefunds("full", 5), WithRefunds("refused", 5),
    ]);

    private static readonly AgentNow[] Now =
    [
        new(true, 0, 1), new(true, 0, 1), new(true, 0, 1), new(true, 0, 1), new(true, 0, 1), new(false, 0, 1), new(true, 1, 1), new(true, 0, 1),
    ];

    private static readonly PoolTicket Refund = new()
    {
        Id = "refund",
        Demand = new TicketDemand { RequiredSkills = [new SkillNeed("refunds", 1)] },
        MinutesLeft = 60,
        TargetMinutes = 480,
        NotAgain = ["refused"],
    };

    [Test]
    public void Names_who_could_have_it_and_what_the_first_three_were_worth()
    {
        var choice = AgentChoice.Of(0, [Refund], Now, Desk, RouterTuning.Default);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(choice.Eligible, Is.EqualTo([0, 1, 2, 3]));
            Assert.That(choice.Agent, Is.Zero);
            Assert.That(choice.Reasons[0], Is.EqualTo("Agent best gets it."));
            Assert.That(
                choice.Reasons[1], Does.Match(@"^4 could have it now; worth most: best -?\d\.\d\d, slower -?\d\.\d\d, slowest -?\d\.\d\d\.$"));
        }
    }

    [TestCase("unskilled (lacks the skill refunds)")]
    [TestCase("away (away)")]
    [TestCase("full (full)")]
    [TestCase("refused (the helpdesk did not take them for it)")]
    public void Names_who_could_not_and_why(string who) =>
        Assert.That(AgentChoice.Of(0, [Refund], Now, Desk, RouterTuning.Default).Reasons[2], Does.StartWith("Not: ").And.Contain(who));

    [Test]
    public void Of_a_batch_each_has_the_reasons_that_it_would_have_alone_with_all_others_waiting()
    {
        PoolTicket[] pool = [Refund, Refund with { Id = "second", MinutesLeft = 30 }];

        var given = AgentChoice.OfAll(pool, Now, Desk, RouterTuning.Default);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(given.Select(one => one.Given), Is.EqualTo(AgentRouter.Match(pool, Now, Desk, RouterTuning.Default)));
            foreach (var ((ticket, agent), reasons) in given)
            {
                Assert.That(reasons[0], Is.EqualTo($"Agent {Desk.Agents[agent].Id} gets it."));
                Assert.That(reasons, Is.EqualTo(AgentChoice.Of(ticket, pool, Now, Desk, RouterTuning.Default).Reasons));
            }
        }
    }

    [Test]
    public void Where_it_waits_the_reason_is_that_others_need_them_more_or_that_nobody_is_free()
    {
        PoolTicket[] pool = [Refund, Refund with { Id = "lost", MinutesLeft = -900, TargetMinutes = null }];
        var oneIsFree = Now.Select((now, agent) => agent == 0 ? now : default).ToArray();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                AgentChoice.Of(1, pool, oneIsFree, Desk, RouterTuning.Default).Reasons[0],
                Is.EqualTo("It waits: other tickets need those who are free more."));
            Assert.That(
                AgentChoice.Of(1, pool, new AgentNow[Now.Length], Desk, RouterTuning.Default).Reasons[0],
                Is.EqualTo("It waits: nobody who may have it is free."));
            Assert.That(AgentChoice.OfAll(pool, new AgentNow[Now.Length], Desk, RouterTuning.Default), Is.Empty);
        }
    }

    private static Agent WithRefunds(string id, int level) =>
        new() { Id = id, Skills = new Dictionary<string, int> { ["refunds"] = level } };
}
