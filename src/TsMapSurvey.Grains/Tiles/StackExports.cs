namespace TsMapSurvey.Grains;

/// <summary>Where the stack of a revision is as a MapDataset.</summary>
internal sealed record ExportedStack(long Revision, DateTimeOffset? CommittedAt, string Blob);

/// <summary>A tile's stack as a blob, of the newest revision; those who ask at the same time share one export.</summary>
internal sealed class StackExports(TileStack stack, MapMaker maker, ComputeGate gate, CancellationToken ending)
{
    private ExportedStack? _newest;
    private Task<ExportedStack>? _running;

    public async Task<ExportedStack> GetAsync(CancellationToken cancellationToken)
    {
        var wanted = (await stack.HeadAsync(cancellationToken)).Revision;
        while (_newest is null || _newest.Revision < wanted)
        {
            var running = _running ??= ExportAsync();
            try
            {
                _newest = await running.WaitAsync(cancellationToken);
            }
            finally
            {
                if (running.IsCompleted && _running == running) _running = null;
            }
        }

        return _newest;
    }

    private Task<ExportedStack> ExportAsync() => gate.RunAsync(ComputeLane.Exports, async token =>
    {
        var frozen = await stack.FreezeAsync(token) ?? throw ServiceFaults.Damaged("stack", "nothing", "the one that was committed");
        return new ExportedStack(frozen.Revision, frozen.CommittedAt, await maker.ExportAsync(frozen, token));
    }, ending);
}
