namespace TicketTriage.Understanding.Local.Classification;

/// <summary>What is learnt from.</summary>
/// <param name="Rows">All texts, those too that aren't learnt from.</param>
/// <param name="Labels">The class of each row, or <see cref="Outside"/>.</param>
/// <param name="Weights">How much each row counts; 1 is an ordinary example.</param>
/// <param name="Members">The rows that are learnt from.</param>
/// <param name="Classes">How many classes there are.</param>
/// <param name="Features">How many pieces are known.</param>
internal sealed record Examples(FeatureRows Rows, int[] Labels, float[] Weights, int[] Members, int Classes, int Features)
{
    /// <summary>The label of a text that none of the classes fits.</summary>
    public const int Outside = -1;
}
