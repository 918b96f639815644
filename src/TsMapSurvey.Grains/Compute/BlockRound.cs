using Microsoft.Extensions.Logging;
using TsMapSurvey.Contracts;
using TsMapSurvey.Sky;
using TsMapSurvey.Storage.Documents;

namespace TsMapSurvey.Grains.Compute;

/// <summary>
/// Has the blocks of a job computed by all silos. Each silo computes one block and has the next one waiting; more would delay the maps of
/// tiles. Runs on the scheduler of the grain that owns it.
/// </summary>
internal sealed partial class BlockRound(string job, IGrainFactory grains, GrainOptions options, TimeProvider time, ILogger logger)
{
    private const int BlocksAtOncePerSilo = 2;

    /// <summary>
    /// More blocks would balance silos of different speed better, but each block masks and sums the planes of the whole image again.
    /// </summary>
    private const int BlocksPerSilo = 3;

    /// <summary>
    /// Every so many rows the estimator does not start its fits from the norms of the row above. Blocks that begin at such a row give the
    /// same bits as one computation of the whole image.
    /// </summary>
    private const int RowsPerRun = 8;

    public const int MaxRowsPerBlock = 128;
    private static readonly TimeSpan MaxDelay = TimeSpan.FromSeconds(10);

    /// <summary>A block that fails for longer than this for other reasons than its data fails the job.</summary>
    private static readonly TimeSpan RetryLimit = TimeSpan.FromMinutes(3);
    private readonly SortedSet<string> _silos = new(StringComparer.Ordinal);
    private readonly List<string> _warnings = [];
    private readonly Dictionary<int, double> _progress = [];
    private UnusableException? _failure;
    private int _blocks;

    public int Done { get; private set; }

    /// <summary>Of all blocks, from 0 to 1.</summary>
    public double Progress => _progress.Count == 0 ? 0 : _progress.Values.Sum() / _blocks;

    /// <summary>Names of the silos that computed the finished blocks.</summary>
    public IReadOnlyCollection<string> Silos => _silos;

    public IReadOnlyList<string> Warnings => _warnings;

    public static int RowsPerBlock(int height, int silos) =>
        int.Min(((height - 1) / (silos * BlocksPerSilo * RowsPerRun) + 1) * RowsPerRun, MaxRowsPerBlock);

    /// <summary>The row blocks of a job's image, from the lowest row up; empty before its datasets are read.</summary>
    public static IReadOnlyList<PixelRegion> BlocksOf(ComputeRecord record) => record.BlockRows == 0 ? []
        :
        [
            .. from bottom in Enumerable.Range(0, (record.Height + record.BlockRows - 1) / record.BlockRows)
                .Select(block => block * record.BlockRows)
               select new PixelRegion(0, bottom, record.Width, int.Min(record.BlockRows, record.Height - bottom)),
        ];

    /// <exception cref="UnusableException">A block's data cannot be used, or its retries took too long.</exception>
    public async Task RunAsync(IReadOnlyList<PixelRegion> blocks, int silos, CancellationToken cancellationToken)
    {
        _blocks = blocks.Count;
        using var limit = new CancellationTokenSource(options.JobTime, time);
        using var failing = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        using var slots = new SemaphoreSlim(silos * BlocksAtOncePerSilo);
        try
        {
            await Task.WhenAll(blocks.Select(async (region, block) =>
            {
                await slots.WaitAsync(failing.Token);
                try
                {
                    Note(await WorkAsync(block, new PixelBox(region.X, region.Y, region.Width, region.Height), failing.Token));
                }
                catch (UnusableException exception)
                {
                    _failure ??= exception;
                    await failing.CancelAsync();
                }
                finally
                {
                    slots.Release();
                }
            }));
        }
        catch (OperationCanceledException)
            when (_failure is not null || (limit.IsCancellationRequested && !cancellationToken.IsCancellationRequested))
        {
            _failure ??= ServiceErrors.TooLong(options.JobTime);
        }

        if (_failure is not null) throw _failure;
    }

    private async Task<BlockReport> WorkAsync(int block, PixelBox region, CancellationToken cancellationToken)
    {
        var (grain, failingSince, delay) = (grains.ComputeBlock(job, block), default(long?), options.RetryDelay);
        try
        {
            while (true)
            {
                try
                {
                    var report = await grain.Work(region, cancellationToken);
                    _progress[block] = report.Progress;
                    if (report.State == BlockState.Done) return report;
                    if (report.State == BlockState.Failed) throw ServiceErrors.FailedBlock(report.Reason);
                    failingSince = null;
                }
                catch (Exception exception) when (IsRetryable(exception) && !cancellationToken.IsCancellationRequested)
                {
                    // The block's silo died or is stopping: a retry places the block on another silo.
                    failingSince ??= time.GetTimestamp();
                    if (time.GetElapsedTime(failingSince.Value) > RetryLimit)
                        throw ServiceErrors.RetriedTooLong(block, RetryLimit, exception);
                    LogRetry(job, block, delay, exception);
                    await Task.Delay(delay, time, cancellationToken);
                    delay = delay * 2 < MaxDelay ? delay * 2 : MaxDelay;
                }
            }
        }
        catch (OperationCanceledException)
        {
            grain.Stop().Ignore();
            throw;
        }
    }

    private void Note(BlockReport report)
    {
        Done++;
        _silos.Add(report.Silo);
        _warnings.AddRange(report.Warnings.Except(_warnings));
    }

    private static bool IsRetryable(Exception exception) =>
        exception is SurveyServiceException { RetryHelps: true } or TimeoutException or OrleansException or OperationCanceledException;

    [LoggerMessage(LogLevel.Warning, "Job {Job}: block {Block} failed and is retried in {Delay}")]
    private partial void LogRetry(string job, int block, TimeSpan delay, Exception exception);
}
