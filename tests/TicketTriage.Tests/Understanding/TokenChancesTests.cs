using System.Text;
using TicketTriage.Models;
using TicketTriage.Understanding;

namespace TicketTriage.Tests.Understanding;

public sealed class TokenChancesTests
{
    private const string Json = """{"summary":"Größe, \"intent\"","intent":{"value":"orders/late","confidence":1},"value":"x"}""";

    [Test]
    public void Only_the_pieces_that_spell_the_choice_count()
    {
        var answer = Answer(["{\"summary\":\"Größe, \\\"intent\\\"\",\"intent\":{\"value\":\"", "orders", "/late\",", "\"confidence\":1},\"value\":\"x\"}"], [0.1, 0.8, 0.5, 0.1]);

        Assert.That(TokenChances.OfValue(answer, "intent"), Is.EqualTo(0.4).Within(1e-9));
    }

    [Test]
    public void Chances_of_another_text_are_not_believed() =>
        Assert.That(TokenChances.OfValue(Answer(["{\"intent\""], [0.5]), "intent"), Is.Null);

    [Test]
    public void A_model_that_tells_no_chances_has_none() => Assert.That(TokenChances.OfValue(Answer([], []), "intent"), Is.Null);

    [Test]
    public void What_is_not_in_the_answer_has_none() => Assert.That(TokenChances.OfValue(Answer([Json], [0.5]), "product"), Is.Null);

    private static ChatAnswer Answer(string[] pieces, double[] chances) => new(Json, "m", 0, 0, 0)
    {
        Tokens = [.. pieces.Zip(chances, (piece, chance) => new AnswerToken(Encoding.UTF8.GetByteCount(piece), Math.Log(chance)))],
    };
}
