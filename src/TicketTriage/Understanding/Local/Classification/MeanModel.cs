using System.Runtime.CompilerServices;

namespace TicketTriage.Understanding.Local.Classification;

/// <summary>
/// Each piece is a point in a space of few dimensions; a text lies at the weighted sum of its pieces, and each class has a direction.
/// Classes share what they learn, which helps where there are many of them and few examples of each.
/// </summary>
internal sealed class MeanModel(int classes, int features, int dimensions)
{
    private readonly float[] points = new float[(long)features * dimensions];
    private readonly float[] directions = new float[classes * dimensions];

    public int Classes { get; } = classes;

    public float[] Biases { get; } = new float[classes];

    public Span<float> Points => points;

    public Span<float> PointOf(int feature) => points.AsSpan(feature * dimensions, dimensions);

    public Span<float> DirectionOf(int ofClass) => directions.AsSpan(ofClass * dimensions, dimensions);

    /// <param name="row">The text.</param>
    /// <param name="scores">For each class the logarithm of its chance, up to a constant of the text, is added here.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void AddScores(FeatureRow row, Span<float> scores)
    {
        Span<float> place = stackalloc float[dimensions];
        place.Clear();
        for (var at = 0; at < row.Count; at++)
        {
            Lanes.Add(row.Values[at], PointOf(row.Numbers[at]), place);
        }

        for (var ofClass = 0; ofClass < Classes; ofClass++)
        {
            scores[ofClass] += Biases[ofClass] + Lanes.Dot(place, DirectionOf(ofClass));
        }
    }
}
