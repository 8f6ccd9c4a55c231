using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace TicketTriage.Understanding.Local.Classification;

/// <summary>A weight for each piece and class. Those of one piece lie side by side: a text touches each line of memory once.</summary>
internal sealed class LinearModel
{
    private readonly int stride;
    private readonly float[] weights;
    private readonly float[] biases;

    public LinearModel(int classes, int features)
    {
        Classes = classes;
        Features = features;
        stride = Lanes.RoomFor(classes);
        weights = new float[(long)stride * features];
        biases = new float[stride];
    }

    public int Classes { get; }

    public int Features { get; }

    public Span<float> Biases => biases.AsSpan(0, Classes);

    /// <summary>The weights of one piece, by class.</summary>
    public Span<float> WeightsOf(int feature) => weights.AsSpan(feature * stride, Classes);

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    public static LinearModel Read(BinaryReader reader)
    {
        var model = new LinearModel(reader.ReadInt32(), reader.ReadInt32());
        reader.ReadInto(model.weights);
        reader.ReadInto(model.biases);
        return model;
    }

    /// <summary>Sets what training found for one class.</summary>
    public void Learn(int ofClass, ReadOnlySpan<float> learnt, float bias)
    {
        biases[ofClass] = bias;
        for (var feature = 0; feature < learnt.Length; feature++)
        {
            weights[(feature * stride) + ofClass] = learnt[feature];
        }
    }

    public void Write(BinaryWriter writer)
    {
        writer.Write(Classes);
        writer.Write(Features);
        writer.Write(MemoryMarshal.AsBytes(weights.AsSpan()));
        writer.Write(MemoryMarshal.AsBytes(biases.AsSpan()));
    }

    /// <param name="row">The text.</param>
    /// <param name="scores">For each class how much the text looks like its examples is added here.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void AddScores(FeatureRow row, Span<float> scores)
    {
        Span<float> sums = stride <= 512 ? stackalloc float[stride] : new float[stride];
        biases.CopyTo(sums);
        for (var at = 0; at < row.Count; at++)
        {
            Lanes.Add(row.Values[at], weights.AsSpan(row.Numbers[at] * stride, stride), sums);
        }

        for (var ofClass = 0; ofClass < Classes; ofClass++)
        {
            scores[ofClass] += sums[ofClass];
        }
    }
}
