namespace TicketTriage.Routing.Matching;

/// <summary>
/// Gives each row a column so that the sum of the costs is least: the shortest augmenting paths of Jonker and Volgenant (1987), rows being
/// added one by one. Takes rows² × columns steps at most.
/// </summary>
internal static class MinimumCostMatching
{
    /// <param name="costs">Row by row; every pair has a finite cost, forbidden ones a high one.</param>
    /// <param name="rows">Not more than <paramref name="columns"/>.</param>
    /// <returns>The column of each row.</returns>
    public static int[] Solve(ReadOnlySpan<double> costs, int rows, int columns)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(rows, columns);
        var rowPrice = new double[rows];
        var columnPrice = new double[columns];
        var rowOf = new int[columns];
        var columnOf = new int[rows];
        Array.Fill(rowOf, -1);
        Array.Fill(columnOf, -1);
        var distance = new double[columns];
        var from = new int[columns];
        var isDone = new bool[columns];
        for (var row = 0; row < rows; row++)
        {
            Array.Fill(distance, double.PositiveInfinity);
            Array.Fill(from, -1);
            Array.Clear(isDone);
            var current = row;
            var currentColumn = -1;
            var reached = 0.0;
            while (true)
            {
                var line = costs.Slice(current * columns, columns);
                var price = rowPrice[current];
                var next = -1;
                var nearest = double.PositiveInfinity;
                for (var column = 0; column < columns; column++)
                {
                    if (isDone[column])
                    {
                        continue;
                    }

                    var length = reached + line[column] - price - columnPrice[column];
                    if (length < distance[column])
                    {
                        distance[column] = length;
                        from[column] = currentColumn;
                    }

                    if (distance[column] < nearest)
                    {
                        nearest = distance[column];
                        next = column;
                    }
                }

                reached = nearest;
                isDone[next] = true;
                currentColumn = next;
                if (rowOf[next] < 0)
                {
                    break;
                }

                current = rowOf[next];
            }

            rowPrice[row] += reached;
            for (var column = 0; column < columns; column++)
            {
                if (isDone[column] && rowOf[column] >= 0)
                {
                    rowPrice[rowOf[column]] += reached - distance[column];
                    columnPrice[column] -= reached - distance[column];
                }
            }

            while (currentColumn >= 0)
            {
                var before = from[currentColumn];
                var owner = before < 0 ? row : rowOf[before];
                rowOf[currentColumn] = owner;
                columnOf[owner] = currentColumn;
                currentColumn = before;
            }
        }

        return columnOf;
    }
}
