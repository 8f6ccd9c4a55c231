namespace TicketTriage.Understanding.Local.Classification;

/// <summary>What held-out examples said about a classifier while it was trained.</summary>
/// <param name="Rows">How many of them there were.</param>
/// <param name="Accuracy">Share that was right, in [0, 1].</param>
/// <param name="MacroF1">The mean over the classes, in [0, 1].</param>
/// <param name="CalibrationError">
/// The mean distance between stated and true chance, over 15 bins, in [0, 1]. The chances were fitted to one half of these examples and
/// measured on the other, both ways.
/// </param>
public sealed record Measured(int Rows, double Accuracy, double MacroF1, double CalibrationError)
{
    internal static Measured Read(BinaryReader reader) =>
        new(reader.ReadInt32(), reader.ReadDouble(), reader.ReadDouble(), reader.ReadDouble());

    internal void Write(BinaryWriter writer)
    {
        writer.Write(Rows);
        writer.Write(Accuracy);
        writer.Write(MacroF1);
        writer.Write(CalibrationError);
    }
}
