namespace TicketTriage.Knowledge;

/// <summary>
/// Groups things by likeness: the two nearest groups become one, as long as their members are alike enough on average. Found by chains of
/// nearest neighbours (Murtagh, 1983), in time that grows with the square of the number.
/// </summary>
internal static class AverageLinkage
{
    /// <param name="likeness">Of each to each; symmetric.</param>
    /// <param name="least">The least average likeness of two groups that become one.</param>
    /// <returns>The places of each group's members.</returns>
    public static IReadOnlyList<IReadOnlyList<int>> Group(float[,] likeness, float least)
    {
        var groups = new Groups(likeness);
        var (chain, done) = (new List<int>(), new List<IReadOnlyList<int>>());
        while (groups.Open.Count > 0)
        {
            if (chain.Count == 0)
            {
                chain.Add(groups.Open[0]);
            }

            var before = chain.Count > 1 ? chain[^2] : -1;
            var (nearest, nearness) = groups.FindNearest(chain[^1], before);
            if (nearest < 0 || nearness < least)
            {
                // No later union brings another group nearer: averages lie between what is averaged.
                done.Add(groups.Close(chain[^1]));
                chain.RemoveAt(chain.Count - 1);
            }
            else if (nearest == before)
            {
                groups.Unite(chain[^1], nearest);
                chain.RemoveRange(chain.Count - 2, 2);
            }
            else
            {
                chain.Add(nearest);
            }
        }

        return done;
    }

    private sealed class Groups(float[,] given)
    {
        private readonly float[,] likeness = (float[,])given.Clone();
        private readonly List<int>[] members = [.. Enumerable.Range(0, given.GetLength(0)).Select(place => new List<int> { place })];

        public List<int> Open { get; } = [.. Enumerable.Range(0, given.GetLength(0))];

        /// <param name="preferred">Wins a tie, or chains would go in circles.</param>
        public (int Group, float Likeness) FindNearest(int group, int preferred)
        {
            var (nearest, nearness) = preferred < 0 ? (-1, float.NegativeInfinity) : (preferred, likeness[group, preferred]);
            foreach (var other in Open)
            {
                if (other != group && likeness[group, other] > nearness)
                {
                    (nearest, nearness) = (other, likeness[group, other]);
                }
            }

            return (nearest, nearness);
        }

        public void Unite(int group, int into)
        {
            var (one, other) = (members[group].Count, members[into].Count);
            Open.Remove(group);
            foreach (var third in Open)
            {
                var average = ((likeness[group, third] * one) + (likeness[into, third] * other)) / (one + other);
                likeness[into, third] = average;
                likeness[third, into] = average;
            }

            members[into].AddRange(members[group]);
        }

        public List<int> Close(int group)
        {
            Open.Remove(group);
            return members[group];
        }
    }
}
