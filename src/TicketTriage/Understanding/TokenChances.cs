using System.Text;
using System.Text.Json;
using TicketTriage.Models;

namespace TicketTriage.Understanding;

/// <summary>How likely a model's choice was, from the chances of the pieces that spell it.</summary>
internal static class TokenChances
{
    /// <param name="answer">JSON that follows the schema.</param>
    /// <param name="property">Of the outermost object; it holds an object with a <c>value</c>.</param>
    /// <returns>In [0, 1]; <see langword="null"/> where the model told no chances, or those of another text.</returns>
    public static double? OfValue(ChatAnswer answer, string property)
    {
        var json = Encoding.UTF8.GetBytes(answer.Json);
        if (answer.Tokens.Sum(token => token.Bytes) != json.Length || FindValue(json, property) is not { } value)
        {
            return null;
        }

        var sum = 0d;
        var start = 0;
        foreach (var token in answer.Tokens)
        {
            var end = start + token.Bytes;
            sum += start < value.End && end > value.Start ? token.LogProbability : 0;
            start = end;
        }

        return Math.Clamp(Math.Exp(sum), 0, 1);
    }

    private static (int Start, int End)? FindValue(byte[] json, string property)
    {
        var reader = new Utf8JsonReader(json);
        var isInside = false;
        while (reader.Read())
        {
            if (reader.TokenType != JsonTokenType.PropertyName)
            {
                continue;
            }

            if (reader.CurrentDepth == 1)
            {
                isInside = reader.ValueTextEquals(property);
            }
            else if (isInside && reader.CurrentDepth == 2 && reader.ValueTextEquals("value"u8))
            {
                reader.Read();
                var start = (int)reader.TokenStartIndex + 1;
                return (start, start + reader.ValueSpan.Length);
            }
        }

        return null;
    }
}
