using TicketTriage.Policies;

namespace TicketTriage.Tests.Policies;

public sealed class Shipped_taxonomies
{
    [Test]
    public void Each_business_finds_ten_to_twenty_intents_that_fit_it([Values] StarterTaxonomy starter)
    {
        var document = ShippedPolicies.LoadTaxonomy(starter);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(document.Content.Intents, Has.Count.InRange(10, 20));
            Assert.That(document.Content.Products, Is.Not.Empty);
            Assert.That(document.Content.Intents.Select(intent => intent.Name), Has.Member("other/spam").And.Member("feedback/complaint"));
        }
    }

    [Test]
    public void Have_no_faults([Values] StarterTaxonomy starter) =>
        Assert.That(TaxonomyLint.FindFaults(ShippedPolicies.LoadTaxonomy(starter).Content), Is.Empty);

    [Test]
    public void Are_chosen_from_what_has_no_faults_either() =>
        Assert.That(TaxonomyLint.FindFaults(ShippedPolicies.LoadAllIntents().Content), Is.Empty);

    [Test]
    public void Differ_in_their_versions_and_keep_them()
    {
        var versions = Enum.GetValues<StarterTaxonomy>().Select(starter => ShippedPolicies.LoadTaxonomy(starter).Version).ToList();
        var again = Enum.GetValues<StarterTaxonomy>().Select(starter => ShippedPolicies.LoadTaxonomy(starter).Version);

        Assert.That(versions, Is.Unique);
        Assert.That(again, Is.EqualTo(versions));
    }

    [TestCase(StarterTaxonomy.Shop, "orders/warranty", "booking/request")]
    [TestCase(StarterTaxonomy.Hotel, "booking/during-stay", "technical/outage")]
    [TestCase(StarterTaxonomy.Software, "technical/integration", "orders/late")]
    public void Hold_what_a_business_hears_and_nothing_else(StarterTaxonomy starter, string heard, string unheard)
    {
        var intents = ShippedPolicies.LoadTaxonomy(starter).Content.Intents.Select(intent => intent.Name);

        Assert.That(intents, Has.Member(heard).And.No.Member(unheard));
    }

    [TestCase("billing/refund")]
    [TestCase("account/security")]
    [TestCase("account/cancel")]
    [TestCase("technical/outage")]
    [TestCase("feedback/complaint")]
    public void Leave_nothing_that_can_do_harm_to_software(string intent) =>
        Assert.That(ShippedPolicies.LoadAllIntents().Content.FindIntent(intent)?.Risk, Is.EqualTo(IntentRisk.High));
}
