using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Microsoft.Extensions.Logging;
using TsMapSurvey.Contracts;
using TsMapSurvey.Sky;

namespace TsMapSurvey.Grains.Compute;

/// <summary>Computes one row block once, and deactivates when the block is done.</summary>
[SpreadPlacement, CollectionAgeLimit(Minutes = 2)]
[SuppressMessage("Design", "CA1001", Justification = "holds no timer and no wait handle, so there is nothing to dispose")]
internal sealed partial class ComputeBlockGrain(
    ComputeRecords records, BlockMaker maker, ILocalSiloDetails silo, TimeProvider time, ILogger<ComputeBlockGrain> logger)
    : Grain, IComputeBlockGrain
{
    private static readonly TimeSpan MaxWait = TimeSpan.FromSeconds(1);
    private readonly CancellationTokenSource _ending = new();
    private readonly Latest _progress = new();
    private Task<BlockReport>? _work;

    public async Task<BlockReport> Work(PixelBox region, CancellationToken cancellationToken)
    {
        var work = _work ??= WorkAsync(new PixelRegion(region.X, region.Y, region.Width, region.Height));
        try
        {
            var report = await work.WaitAsync(MaxWait, time, cancellationToken);
            DeactivateOnIdle();
            return report;
        }
        catch (TimeoutException) when (!work.IsCompleted)
        {
            return new BlockReport(BlockState.Working, silo.Name, null, [], _progress.Fraction);
        }
        catch when (work.IsFaulted)
        {
            if (_work == work) _work = null;
            throw;
        }
    }

    public async Task Stop()
    {
        await _ending.CancelAsync();
        DeactivateOnIdle();
    }

    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        await _ending.CancelAsync();
        await base.OnDeactivateAsync(reason, cancellationToken);
    }

    private async Task<BlockReport> WorkAsync(PixelRegion region)
    {
        var (job, number) = GrainKeys.Split(this.GetPrimaryKeyString());
        try
        {
            var record = (await records.FindAsync(job, _ending.Token) ?? throw ServiceErrors.UnknownJob(job)).Record;
            var facts = await maker.MakeAsync(record, int.Parse(number, CultureInfo.InvariantCulture), region, _progress, _ending.Token);
            return new BlockReport(BlockState.Done, facts.Silo, null, [.. facts.Warnings], 1);
        }
        catch (UnusableException exception)
        {
            if (exception.IsInternal) LogInternal(job, number, exception.InnerException);
            return new BlockReport(BlockState.Failed, silo.Name, exception.Message, [], 0);
        }
        catch (OperationCanceledException)
        {
            throw ServiceErrors.Stopping();
        }
    }

    [LoggerMessage(LogLevel.Error, "Job {Job}: block {Block} failed with an internal error")]
    private partial void LogInternal(string job, string block, Exception? exception);

    /// <summary>Written by the threads that compute, read by the grain.</summary>
    private sealed class Latest : IProgress<double>
    {
        private double _fraction;

        public double Fraction => Volatile.Read(ref _fraction);

        public void Report(double value) => Volatile.Write(ref _fraction, value);
    }
}
