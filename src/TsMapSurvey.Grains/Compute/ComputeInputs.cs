using TsMapSurvey.Fits;
using TsMapSurvey.Maps.Datasets;
using TsMapSurvey.Maps.Estimators;
using TsMapSurvey.Storage;
using TsMapSurvey.Surveys;

namespace TsMapSurvey.Grains;

/// <summary>What the blocks of a job share, not to be changed.</summary>
internal sealed record ComputeInput(TsMapEstimator Estimator, IReadOnlyList<MapDataset> Datasets, long Bytes)
{
    private readonly Lazy<EstimatorKernels> _kernels = new(() => Estimator.EstimateKernels(Datasets));

    /// <summary>Those of the whole image, made by the first block that computes here.</summary>
    public EstimatorKernels Kernels => _kernels.Value;
}

/// <summary>Reads and decodes the datasets of a job once in a silo, for all blocks there; forgets them soon after the last one, or when others need the room.</summary>
internal sealed class ComputeInputs(IBlobStore blobs, GrainOptions options, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan Idle = TimeSpan.FromMinutes(1);

    private readonly FitsLimits _limits = new()
    {
        MaxDecompressedBytes = options.JobBytes,
        MaxHduBytes = options.JobBytes,
        MaxArrayBytes = options.JobBytes,
    };

    private readonly Lock _lock = new();
    private readonly Dictionary<string, Reading> _readings = new(StringComparer.Ordinal);
    private long _uses;

    /// <summary>How many jobs' datasets were read so far.</summary>
    public long ReadCount { get; private set; }

    /// <exception cref="UnusableJobException">A dataset cannot be read.</exception>
    /// <exception cref="StorageException">The store's fault.</exception>
    public async Task<ComputeInput> GetAsync(ComputeRecord record, CancellationToken cancellationToken)
    {
        Reading reading;
        lock (_lock)
        {
            if (!_readings.TryGetValue(record.Job, out reading!))
            {
                ReadCount++;
                _readings.Add(record.Job, reading = new Reading(time.CreateTimer(_ => Forget(record.Job), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan)));
                reading.Input = Task.Run(() => LoadAsync(record), CancellationToken.None);
            }

            reading.LastUse = ++_uses;
            reading.Expiry.Change(Idle, Timeout.InfiniteTimeSpan);
        }

        try
        {
            var input = await reading.Input.WaitAsync(cancellationToken);
            MakeRoom();
            return input;
        }
        catch when (reading.Input.IsFaulted)
        {
            Forget(record.Job);
            throw;
        }
    }

    public void Forget(string job)
    {
        lock (_lock)
            if (_readings.Remove(job, out var reading)) reading.Expiry.Dispose();
    }

    public void Dispose()
    {
        lock (_lock)
            foreach (var job in _readings.Keys.ToArray()) Forget(job);
    }

    /// <summary>The one used last stays, however large.</summary>
    private void MakeRoom()
    {
        lock (_lock)
            foreach (var (job, reading) in _readings.OrderBy(reading => reading.Value.LastUse).SkipLast(1).ToArray())
                if (_readings.Values.Sum(other => other.Bytes) > options.ObservationBytes && reading.Bytes > 0) Forget(job);
    }

    private async Task<ComputeInput> LoadAsync(ComputeRecord record)
    {
        var (datasets, bytes) = (new List<MapDataset>(), 0L);
        for (var i = 0; i < record.Datasets.Count; i++)
        {
            datasets.Add(await ReadAsync(record.DatasetBlob(i), record.Datasets[i]));
            bytes += DatasetBlob.ByteSize(datasets[^1]);
            if (bytes > options.JobBytes) throw UnusableJobException.TooLarge(bytes, options.JobBytes);
        }

        // Known sources are added once here, not anew for every block.
        var map = MapDefinition.Parse(record.Map).ToOptions();
        var withSources = BackgroundModels.AddTo(datasets, map.BackgroundModels, maxPsfRadiusDeg: map.MaxPsfRadiusDeg);
        return new ComputeInput(new TsMapEstimator(map with { NJobs = options.ComputeThreads, BackgroundModels = [] }), withSources, bytes);
    }

    private async Task<MapDataset> ReadAsync(string blob, string name)
    {
        var stream = await blobs.OpenReadAsync(blob, null, CancellationToken.None) ?? throw UnusableJobException.Gone(name);
        try
        {
            return await DatasetBlob.DecodeAsync(stream, name, _limits, CancellationToken.None);
        }
        catch (Exception bad) when (UnusableObservationException.IsItsOwnFault(bad))
        {
            throw UnusableJobException.Of(name, bad);
        }
    }

    private sealed class Reading(ITimer expiry)
    {
        public ITimer Expiry { get; } = expiry;

        public Task<ComputeInput> Input { get; set; } = null!;

        public long LastUse { get; set; }

        public long Bytes => Input.IsCompletedSuccessfully ? Input.Result.Bytes : 0;
    }
}
