namespace TicketTriage.Understanding.Local.Classification;

/// <summary>What was learnt about one label: its classes, their weights, and how to judge scores.</summary>
internal sealed record LabelHead(string Label, IReadOnlyList<string> Classes, LinearModel Model, Verdict Verdict, Measured Measured)
{
    private const int MostOnStack = 512;

    public static LabelHead Read(BinaryReader reader)
    {
        var label = reader.ReadString();
        var classes = new string[reader.ReadInt32()];
        for (var at = 0; at < classes.Length; at++)
        {
            classes[at] = reader.ReadString();
        }

        return new LabelHead(label, classes, LinearModel.Read(reader), Verdict.Read(reader), Measured.Read(reader));
    }

    public void Write(BinaryWriter writer)
    {
        writer.Write(Label);
        writer.Write(Classes.Count);
        foreach (var name in Classes)
        {
            writer.Write(name);
        }

        Model.Write(writer);
        Verdict.Write(writer);
        Measured.Write(writer);
    }

    public LabelGuess Judge(FeatureRow row)
    {
        Span<float> scores = Classes.Count <= MostOnStack ? stackalloc float[Classes.Count] : new float[Classes.Count];
        scores.Clear();
        Model.AddScores(row, scores);
        var choice = Verdict.Choose(scores);
        var fits = row.Count > 0 && Verdict.Fits(scores);
        return new LabelGuess(fits ? Classes[choice] : null, Classes[choice], Verdict.ChanceOf(scores, choice));
    }

    /// <returns>How much a text looks like the examples of a class; more is nearer.</returns>
    public float ScoreOf(FeatureRow row, string name)
    {
        Span<float> scores = Classes.Count <= MostOnStack ? stackalloc float[Classes.Count] : new float[Classes.Count];
        scores.Clear();
        Model.AddScores(row, scores);
        return scores[NumberOf(name)];
    }

    /// <returns>The classes whose examples a text looks most like, best first, each with the chance that the scores alone claim.</returns>
    public IReadOnlyList<(string Name, double Claim)> FindNearest(FeatureRow row, int most)
    {
        var scores = new float[Classes.Count];
        Model.AddScores(row, scores);
        var best = Enumerable.Range(0, scores.Length).OrderByDescending(ofClass => scores[ofClass]).Take(most);
        return [.. best.Select(ofClass => (Classes[ofClass], Verdict.Claim(scores, ofClass)))];
    }

    /// <exception cref="ArgumentException">The class was not trained.</exception>
    public int NumberOf(string name)
    {
        for (var at = 0; at < Classes.Count; at++)
        {
            if (Classes[at] == name)
            {
                return at;
            }
        }

        throw new ArgumentException($"The class {name} was not trained.", nameof(name));
    }
}
