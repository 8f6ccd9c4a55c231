namespace TicketTriage.Helpdesks.Quotas;

/// <summary>
/// Takes turns: for all who come while a question is under way, with one more. So a crowd asks the ledger seldom, and not against itself.
/// </summary>
/// <param name="takeAsync">Takes so many turns, or none. Its cancellation is its own: the answer belongs to all who wait.</param>
/// <param name="giveBack">Gives back one turn that was taken for somebody who has left.</param>
internal sealed class TurnDesk(Func<int, Task<QuotaAnswer>> takeAsync, Action giveBack)
{
    private readonly Lock gate = new();
    private List<TaskCompletionSource<QuotaAnswer>> waiting = [];
    private Task asking = Task.CompletedTask;
    private bool isAsking;

    public async Task<QuotaAnswer> TakeAsync(CancellationToken cancellationToken)
    {
        var mine = new TaskCompletionSource<QuotaAnswer>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (gate)
        {
            waiting.Add(mine);
            if (!isAsking)
            {
                isAsking = true;
                asking = AskWhileSomebodyWaitsAsync();
            }
        }

        await using var leaving = cancellationToken.Register(() => mine.TrySetCanceled(cancellationToken));
        return await mine.Task;
    }

    private async Task AskWhileSomebodyWaitsAsync()
    {
        // Leaves the caller's lock before anything can happen.
        await Task.Yield();
        while (true)
        {
            List<TaskCompletionSource<QuotaAnswer>> together;
            lock (gate)
            {
                if (waiting.Count == 0)
                {
                    isAsking = false;
                    return;
                }

                (together, waiting) = (waiting, []);
            }

            try
            {
                await AskAsync(together);
            }
            catch (Exception e)
            {
                together.ForEach(one => one.TrySetException(e));
            }
        }
    }

    private async Task AskAsync(List<TaskCompletionSource<QuotaAnswer>> together)
    {
        var answer = await takeAsync(together.Count);
        if (answer.IsGranted || together.Count == 1)
        {
            foreach (var one in together)
            {
                Tell(one, answer);
            }

            return;
        }

        // Not enough for all: one after the other, in the order in which they came, until none is left.
        answer = answer with { IsGranted = true };
        foreach (var one in together)
        {
            answer = answer.IsGranted ? await takeAsync(1) : answer;
            Tell(one, answer);
        }
    }

    private void Tell(TaskCompletionSource<QuotaAnswer> one, QuotaAnswer answer)
    {
        if (!one.TrySetResult(answer) && answer.IsGranted)
        {
            giveBack();
        }
    }
}
