using Microsoft.Extensions.Logging;
using TsMapSurvey.Contracts;
using TsMapSurvey.Sky;
using TsMapSurvey.Storage.Documents;

namespace TsMapSurvey.Grains.Compute;

/// <summary>
/// Has the blocks of a job computed all over the cluster, so many at a time that every silo computes one and has the next at hand: more
/// would stand in line before the maps of tiles. Belongs to a grain: runs on its scheduler.
/// </summary>
internal sealed partial class BlockRound(string job, IGrainFactory grains, GrainOptions options, TimeProvider time, ILogger logger)
{
    private const int BlocksAtOncePerSilo = 2;

    /// <summary>
    /// More would let silos of different speed end at the same time, but each block masks and sums the planes of the whole image again.
    /// </summary>
    private const int BlocksPerSilo = 3;

    /// <summary>
    /// The estimator starts anew, without the norms of the row above, every so many rows: blocks that begin there give the map of the
    /// whole bit for bit.
    /// </summary>
    private const int RowsOfARun = 8;

    /// <summary>Of a block.</summary>
    public const int MostRows = 128;
    private static readonly TimeSpan LongestDelay = TimeSpan.FromSeconds(10);

    /// <summary>A block that could not be computed for so long, through no fault of its data, fails its job.</summary>
    private static readonly TimeSpan BlockPatience = TimeSpan.FromMinutes(3);
    private readonly SortedSet<string> _silos = new(StringComparer.Ordinal);
    private readonly List<string> _warnings = [];
    private readonly Dictionary<int, double> _progress = [];
    private UnusableException? _failure;
    private int _blocks;

    public int Done { get; private set; }

    /// <summary>From 0 to 1, of all blocks.</summary>
    public double Progress => _progress.Count == 0 ? 0 : _progress.Values.Sum() / _blocks;

    /// <summary>That computed what is done.</summary>
    public IReadOnlyCollection<string> Silos => _silos;

    public IReadOnlyList<string> Warnings => _warnings;

    /// <summary>Rows of a block of an image, for so many silos.</summary>
    public static int RowsOf(int height, int silos) =>
        int.Min(((height - 1) / (silos * BlocksPerSilo * RowsOfARun) + 1) * RowsOfARun, MostRows);

    /// <summary>The row blocks of a job's image, from the lowest; none before its datasets are read.</summary>
    public static IReadOnlyList<PixelRegion> BlocksOf(ComputeRecord record) => record.BlockRows == 0 ? []
        :
        [
            .. from bottom in Enumerable.Range(0, (record.Height + record.BlockRows - 1) / record.BlockRows)
                .Select(block => block * record.BlockRows)
               select new PixelRegion(0, bottom, record.Width, int.Min(record.BlockRows, record.Height - bottom)),
        ];

    /// <exception cref="UnusableException">A block's data are bad, or it was tried too long.</exception>
    public async Task RunAsync(IReadOnlyList<PixelRegion> blocks, int silos, CancellationToken cancellationToken)
    {
        _blocks = blocks.Count;
        using var limit = new CancellationTokenSource(options.JobTime, time);
        using var failing = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        using var places = new SemaphoreSlim(silos * BlocksAtOncePerSilo);
        try
        {
            await Task.WhenAll(blocks.Select(async (region, block) =>
            {
                await places.WaitAsync(failing.Token);
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
                    places.Release();
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
                catch (Exception exception) when (IsOfTheSilo(exception) && !cancellationToken.IsCancellationRequested)
                {
                    // Its silo is gone or going: the same block anew, wherever it is placed next.
                    failingSince ??= time.GetTimestamp();
                    if (time.GetElapsedTime(failingSince.Value) > BlockPatience)
                        throw ServiceErrors.TriedTooLong(block, BlockPatience, exception);
                    LogAgain(job, block, delay, exception);
                    await Task.Delay(delay, time, cancellationToken);
                    delay = delay * 2 < LongestDelay ? delay * 2 : LongestDelay;
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

    private static bool IsOfTheSilo(Exception exception) =>
        exception is SurveyServiceException { RetryHelps: true } or TimeoutException or OrleansException or OperationCanceledException;

    [LoggerMessage(LogLevel.Warning, "Job {Job}: block {Block} is tried again in {Delay}")]
    private partial void LogAgain(string job, int block, TimeSpan delay, Exception exception);
}
