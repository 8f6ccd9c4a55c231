namespace TicketTriage.Chaos.Reports;

/// <summary>How something grows, by the straight line with the least squares through what was seen.</summary>
internal sealed class Growth
{
    private readonly List<(double Hours, double Value)> seen = [];

    public double Last => seen.Count == 0 ? 0 : seen[^1].Value;

    /// <summary>0 where too little was seen.</summary>
    public double PerHour
    {
        get
        {
            if (seen.Count < 2)
            {
                return 0;
            }

            var (hours, value) = (seen.Average(point => point.Hours), seen.Average(point => point.Value));
            return seen.Sum(point => (point.Hours - hours) * (point.Value - value)) / seen.Sum(point => Math.Pow(point.Hours - hours, 2));
        }
    }

    public void Note(TimeSpan at, double value) => seen.Add((at.TotalHours, value));
}
