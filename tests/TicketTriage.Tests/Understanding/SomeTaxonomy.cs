using TicketTriage.Policies;

namespace TicketTriage.Tests.Understanding;

internal static class SomeTaxonomy
{
    public static Taxonomy Small { get; } = new()
    {
        Intents =
        [
            Intent("orders/late", "The order has not come.", "order_number"),
            Intent("billing/invoice-wrong", "The invoice has an error.", "invoice_number", "order_number"),
        ],
        Products = [new Product("web-shop", ["shop", "basket"])],
        Fields = [Field("order_number"), Field("invoice_number")],
    };

    private static Intent Intent(string name, string description, params string[] needs) => new()
    {
        Name = name,
        Skill = "care",
        Risk = IntentRisk.Low,
        Title = new Dictionary<string, string> { ["en"] = name },
        Description = new Dictionary<string, string> { ["en"] = description },
        Examples = new Dictionary<string, IReadOnlyList<string>>(),
        Reply = new Dictionary<string, string>(),
        Needs = needs,
    };

    private static Field Field(string name) => new(name, new Dictionary<string, string> { ["en"] = $"the {name}" }, "[0-9]+");
}
