using System.Numerics;
using System.Runtime.InteropServices;

namespace TicketTriage.Understanding.Local;

/// <summary>A weight for each piece and class. Those of one piece lie side by side: a text touches each line of memory once.</summary>
internal sealed class LinearModel
{
    private readonly int stride;
    private readonly float[] weights;
    private readonly float[] biases;

    public LinearModel(int classes, int features)
    {
        Classes = classes;
        stride = (classes + Vector<float>.Count - 1) / Vector<float>.Count * Vector<float>.Count;
        weights = new float[(long)stride * features];
        biases = new float[classes];
    }

    public int Classes { get; }

    public float Weight(int feature, int ofClass) => weights[(feature * stride) + ofClass];

    /// <summary>Sets what training found for one class.</summary>
    public void Learn(int ofClass, ReadOnlySpan<float> learnt, float bias)
    {
        biases[ofClass] = bias;
        for (var feature = 0; feature < learnt.Length; feature++)
        {
            weights[(feature * stride) + ofClass] = learnt[feature];
        }
    }

    /// <param name="row">The text.</param>
    /// <param name="scores">Gets a score for each class: about 1 for what looks like the class's examples, about -1 for the rest.</param>
    public void Score(FeatureRow row, Span<float> scores)
    {
        Span<float> sums = stride <= 512 ? stackalloc float[stride] : new float[stride];
        sums.Clear();
        biases.CopyTo(sums);
        var lanes = MemoryMarshal.Cast<float, Vector<float>>(sums);
        for (var at = 0; at < row.Count; at++)
        {
            var value = new Vector<float>(row.Values[at]);
            var line = MemoryMarshal.Cast<float, Vector<float>>(weights.AsSpan(row.Numbers[at] * stride, stride));
            for (var lane = 0; lane < lanes.Length; lane++)
            {
                lanes[lane] += line[lane] * value;
            }
        }

        sums[..Classes].CopyTo(scores);
    }
}
