using TsMapSurvey.Estimators;
using TsMapSurvey.Estimators.BackgroundSources;
using TsMapSurvey.Estimators.Kernels;
using TsMapSurvey.Estimators.Strips;
using TsMapSurvey.Fits;
using TsMapSurvey.Maps.Datasets;
using TsMapSurvey.Storage;
using TsMapSurvey.Storage.Documents;
using TsMapSurvey.Surveys;

namespace TsMapSurvey.Grains.Compute;

/// <summary>What the blocks of a job share, not to be changed.</summary>
internal sealed record ComputeInput(TsMapEstimator Estimator, IReadOnlyList<MapDataset> Datasets)
{
    private readonly Lazy<EstimatorKernels> _kernels = new(() => Estimator.EstimateKernels(Datasets));

    /// <summary>Those of the whole image, made by the first block that computes here.</summary>
    public EstimatorKernels Kernels => _kernels.Value;
}

/// <summary>What a job's blocks share until this is disposed, once.</summary>
internal sealed class LentInput(ComputeInput input, Action end) : IDisposable
{
    private Action? _end = end;

    public ComputeInput Input { get; } = input;

    public void Dispose() => Interlocked.Exchange(ref _end, null)?.Invoke();
}

/// <summary>
/// Reads and decodes the datasets of a job once in a silo, for all blocks there, when there is room for them and for what is computed of
/// them; forgets them soon after the last one, or when nobody uses them and others need the room.
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

    /// <summary>For the headers alone: what a gzip file unfolds to goes to the disk.</summary>
    private readonly FitsLimits _headers = FitsLimits.InParts with { MaxDecompressedBytes = options.JobBytes };

    private readonly Lock _lock = new();
    private readonly Dictionary<string, Reading> _readings = new(StringComparer.Ordinal);
    private int _waiting;

    /// <summary>How many jobs' datasets were read so far.</summary>
    public long ReadCount { get; private set; }

    /// <summary>To be disposed of when a block is done with it.</summary>
    /// <exception cref="UnusableException">A dataset cannot be read, or all of them take too much memory.</exception>
    /// <exception cref="StorageException">The store's fault.</exception>
    public async Task<LentInput> GetAsync(ComputeRecord record, CancellationToken cancellationToken)
    {
        var reading = Begin(record);
        try
        {
            return new LentInput(await reading.Input.WaitAsync(cancellationToken), () => End(reading));
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
            Leave(reading);
        }
    }

    /// <summary>Of one that is in use the end of that use tells when to look again.</summary>
    private void Expire(string job)
    {
        lock (_lock)
            if (_readings.TryGetValue(job, out var reading) && reading.IsIdle) Forget(reading);
    }

    /// <summary>Nobody finds it any more; who has it keeps it.</summary>
    private void Forget(Reading reading)
    {
        lock (_lock)
        {
            if (reading.IsForgotten) return;
            reading.IsForgotten = true;
            _readings.Remove(reading.Job);
            reading.Expiry.Dispose();
            Leave(reading);
        }
    }

    private void Leave(Reading reading)
    {
        lock (_lock)
            if (reading is { IsForgotten: true, Users: 0 }) reading.Place?.Dispose();
    }

    private async Task<ComputeInput> LoadAsync(ComputeRecord record, Reading reading)
    {
        var map = MapDefinition.Parse(record.Map).ToOptions();
        var place = await AdmitAsync(record, map);
        lock (_lock)
        {
            reading.Place = place;
            if (reading.Users == 0) Forget(reading);
        }

        if (reading.IsForgotten && reading.Users == 0) throw new OperationCanceledException("nobody waits for it any more");

        var datasets = new List<MapDataset>();
        for (var i = 0; i < record.Datasets.Count; i++)
            datasets.Add(await ReadAsync(
                record.Layout.Dataset(i), record.Datasets[i], (stream, name) =>
                    DatasetBlob.DecodeAsync(stream, name, _limits, CancellationToken.None)));

        // Known sources are added once here, not anew for every block.
        var withSources = BackgroundModels.AddTo(datasets, map.BackgroundModels, maxPsfRadiusDeg: map.MaxPsfRadiusDeg);
        reading.Expiry.Change(Idle, Timeout.InfiniteTimeSpan);
        return new ComputeInput(new TsMapEstimator(map with { NJobs = options.ComputeThreads, BackgroundModels = [] }), withSources);
    }

    private async Task<IDisposable> AdmitAsync(ComputeRecord record, TsMapOptions map)
    {
        var bytes = new DatasetFileBytes(map, BlockRound.MostRows);
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

        /// <summary>Room in memory, from before anything is read.</summary>
        public IDisposable? Place { get; set; }

        /// <summary>Who waits for it or has it.</summary>
        public int Users { get; set; }

        public bool IsForgotten { get; set; }

        public bool IsIdle => Users == 0 && Input.IsCompleted;
    }
}
