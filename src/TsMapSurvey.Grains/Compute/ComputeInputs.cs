using TsMapSurvey.Estimators;
using TsMapSurvey.Estimators.BackgroundSources;
using TsMapSurvey.Estimators.Kernels;
using TsMapSurvey.Estimators.Strips;
using TsMapSurvey.Fits;
using TsMapSurvey.Maps.Datasets;
using TsMapSurvey.Maps.Gadf;
using TsMapSurvey.Storage;
using TsMapSurvey.Storage.Documents;
using TsMapSurvey.Surveys;

namespace TsMapSurvey.Grains.Compute;

/// <summary>What the blocks of a job share; immutable.</summary>
internal sealed record ComputeInput(TsMapEstimator Estimator, IReadOnlyList<MapDataset> Datasets)
{
    private readonly Lazy<EstimatorKernels> _kernels = new(() => Estimator.EstimateKernels(Datasets));

    /// <summary>Kernels of the whole image, made by the first block that computes on this silo.</summary>
    public EstimatorKernels Kernels => _kernels.Value;
}

/// <summary>A counted reference to a job's shared input; disposing releases it, once.</summary>
internal sealed class InputLease(ComputeInput input, Action end) : IDisposable
{
    private Action? _end = end;

    public ComputeInput Input { get; } = input;

    public void Dispose() => Interlocked.Exchange(ref _end, null)?.Invoke();
}

/// <summary>
/// Reads and decodes the datasets of a job once per silo, shared by all blocks there, as soon as the memory budget admits them and the
/// estimator's arrays. Drops them a minute after the last use, or earlier if another job waits for memory.
/// </summary>
internal sealed class ComputeInputs(IBlobStore blobs, GrainOptions options, SiloMemory silo, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan Idle = TimeSpan.FromMinutes(1);

    private readonly FitsLimits _limits = new()
    {
        MaxDecompressedBytes = options.JobBytes,
        MaxHduBytes = options.JobBytes,
        MaxArrayBytes = options.JobBytes,
    };

    /// <summary>For reading headers only: a gzip file is decompressed to disk.</summary>
    private readonly FitsLimits _headers = FitsLimits.InParts with { MaxDecompressedBytes = options.JobBytes };

    private readonly Lock _lock = new();
    private readonly Dictionary<string, Reading> _readings = new(StringComparer.Ordinal);
    private int _waiting;

    /// <summary>Number of jobs whose datasets were read so far.</summary>
    public long ReadCount { get; private set; }

    /// <summary>Returns the job's input, which the caller disposes when its block is done.</summary>
    /// <exception cref="UnusableException">A dataset cannot be read, or together they need too much memory.</exception>
    /// <exception cref="StorageException">The store failed.</exception>
    public async Task<InputLease> GetAsync(ComputeRecord record, CancellationToken cancellationToken)
    {
        var reading = Begin(record);
        try
        {
            return new InputLease(await reading.Input.WaitAsync(cancellationToken), () => End(reading));
        }
        catch
        {
            if (reading.Input.IsFaulted) Forget(reading);
            End(reading);
            throw;
        }
    }

    public void Forget(string job)
    {
        lock (_lock)
            if (_readings.TryGetValue(job, out var reading)) Forget(reading);
    }

    public void Dispose()
    {
        lock (_lock)
            foreach (var reading in _readings.Values.ToArray()) Forget(reading);
    }

    private Reading Begin(ComputeRecord record)
    {
        lock (_lock)
        {
            if (!_readings.TryGetValue(record.Job, out var reading))
            {
                ReadCount++;
                var expiry = time.CreateTimer(_ => Expire(record.Job), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
                reading = new Reading(record.Job, expiry);
                _readings.Add(record.Job, reading);
                reading.Input = Task.Run(() => LoadAsync(record, reading), CancellationToken.None);
            }

            reading.Users++;
            return reading;
        }
    }

    private void End(Reading reading)
    {
        lock (_lock)
        {
            reading.Users--;
            reading.Expiry.Change(Idle, Timeout.InfiniteTimeSpan);
            if (_waiting > 0 && reading.IsIdle) Forget(reading);
            ReleaseIfUnused(reading);
        }
    }

    /// <summary>An input in use is not dropped; the end of its use starts the timer again.</summary>
    private void Expire(string job)
    {
        lock (_lock)
            if (_readings.TryGetValue(job, out var reading) && reading.IsIdle) Forget(reading);
    }

    /// <summary>New callers no longer get it; its current users keep it.</summary>
    private void Forget(Reading reading)
    {
        lock (_lock)
        {
            if (reading.IsForgotten) return;
            reading.IsForgotten = true;
            _readings.Remove(reading.Job);
            reading.Expiry.Dispose();
            ReleaseIfUnused(reading);
        }
    }

    private void ReleaseIfUnused(Reading reading)
    {
        lock (_lock)
            if (reading is { IsForgotten: true, Users: 0 }) reading.Memory?.Dispose();
    }

    private async Task<ComputeInput> LoadAsync(ComputeRecord record, Reading reading)
    {
        var map = MapDefinition.Parse(record.Map).ToOptions();
        var memory = await AdmitAsync(record, map);
        lock (_lock)
        {
            reading.Memory = memory;
            if (reading.Users == 0) Forget(reading);
        }

        if (reading.IsForgotten && reading.Users == 0) throw new OperationCanceledException("the job's datasets are no longer needed");

        var datasets = new List<MapDataset>();
        for (var i = 0; i < record.Datasets.Count; i++)
            datasets.Add(await ReadAsync(
                record.Layout.Dataset(i), record.Datasets[i], (stream, name) =>
                    DatasetBlob.DecodeAsync(stream, name, _limits, file => MapDatasetFile.Read(file), CancellationToken.None)));

        // Known sources are added here once, instead of once per block.
        var withSources = BackgroundModels.AddTo(datasets, map.BackgroundModels, maxPsfRadiusDeg: map.MaxPsfRadiusDeg);
        reading.Expiry.Change(Idle, Timeout.InfiniteTimeSpan);
        return new ComputeInput(new TsMapEstimator(map with { NJobs = options.ComputeThreads, BackgroundModels = [] }), withSources);
    }

    private async Task<IDisposable> AdmitAsync(ComputeRecord record, TsMapOptions map)
    {
        var bytes = new DatasetFileBytes(map, BlockRound.MaxRowsPerBlock);
        for (var i = 0; i < record.Datasets.Count; i++)
            await ReadAsync(record.Layout.Dataset(i), record.Datasets[i], (stream, name) => Task.Run(() =>
            {
                using var file = FitsFile.Open(stream, name, _headers);
                bytes.Add(file);
                return true;
            }));
        if (bytes.Total > silo.Jobs.Bytes) throw ServiceErrors.TooLargeJob(bytes.Total, silo.Jobs.Bytes);
        lock (_lock)
        {
            _waiting++;
            foreach (var idle in _readings.Values.Where(other => other.IsIdle).ToArray()) Forget(idle);
        }

        try
        {
            return await silo.Jobs.AdmitAsync($"job {record.Job}", bytes.Total, CancellationToken.None);
        }
        finally
        {
            lock (_lock) _waiting--;
        }
    }

    private async Task<T> ReadAsync<T>(string blob, string name, Func<Stream, string, Task<T>> read)
    {
        var stream = await blobs.OpenReadAsync(blob, null, CancellationToken.None) ?? throw ServiceErrors.GoneDataset(name);
        try
        {
            return await read(stream, name);
        }
        catch (Exception exception) when (UnusableException.IsOfContent(exception))
        {
            throw ServiceErrors.Unusable(name, exception);
        }
    }

    private sealed class Reading(string job, ITimer expiry)
    {
        public string Job { get; } = job;

        public ITimer Expiry { get; } = expiry;

        public Task<ComputeInput> Input { get; set; } = null!;

        /// <summary>The admitted memory, from before anything is read.</summary>
        public IDisposable? Memory { get; set; }

        /// <summary>Number of callers that wait for it or use it.</summary>
        public int Users { get; set; }

        public bool IsForgotten { get; set; }

        public bool IsIdle => Users == 0 && Input.IsCompleted;
    }
}
