using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using TsMapSurvey.Contracts;
using TsMapSurvey.Fits;
using TsMapSurvey.Maps.Datasets;
using TsMapSurvey.Storage;

namespace TsMapSurvey.Grains.Observations;

/// <summary>An observation's dataset until this is disposed, once: its arrays then may hold another one.</summary>
internal sealed class DatasetLease(MapDataset dataset, Action end) : IDisposable
{
    private Action? _end = end;

    public MapDataset Dataset { get; } = dataset;

    public void Dispose() => Interlocked.Exchange(ref _end, null)?.Invoke();
}

/// <summary>
/// Reads and checks each version of an observation once in a silo, however many tiles want it: callers at the same time share one reading,
/// later ones find it kept while there is room. As many are decoded at a time as there are processors. What is not kept any more, and used
/// by nobody, gives its arrays to the next.
/// </summary>
internal sealed partial class ObservationReader(GrainOptions options, ILogger<ObservationReader>? logger = null) : IDisposable
{
    private static readonly int Decoders = int.Max(2, Environment.ProcessorCount);
    private readonly ILogger _logger = logger ?? NullLogger<ObservationReader>.Instance;
    private readonly FitsLimits _limits = new()
    {
        MaxDecompressedBytes = options.MaxObservationBytes,
        MaxHduBytes = options.MaxObservationBytes,
        MaxArrayBytes = options.MaxObservationBytes,
    };

    private readonly SemaphoreSlim _decoders = new(Decoders, Decoders);
    private readonly MapArrays _arrays = new(options.ObservationBytes / 4);
    private readonly Lock _lock = new();
    private readonly Dictionary<Key, Reading> _readings = [];
    private readonly LinkedList<Reading> _kept = new();
    private long _bytes;

    /// <summary>For those that tiles are about to add.</summary>
    public StackingRoom Room { get; } = new(options.ObservationBytes);

    /// <summary>How many were decoded so far.</summary>
    public long DecodedCount { get; private set; }

    /// <summary>The dataset, shared: not to be changed, and not to be used after the end of the loan.</summary>
    /// <exception cref="UnusableException">It cannot be read or is not what the survey takes; no retry helps.</exception>
    /// <exception cref="StorageException">NotFound or Changed: that version is gone. Others: the store's fault.</exception>
    public async Task<DatasetLease> ReadAsync(SurveySetup setup, ObservationRef observation, CancellationToken cancellationToken)
    {
        var reading = Begin(setup, observation);
        try
        {
            return new DatasetLease(await reading.Dataset.WaitAsync(cancellationToken), () => End(reading));
        }
        catch
        {
            End(reading);
            throw;
        }
    }

    /// <summary>Bytes of a version that is kept here; null when it is not.</summary>
    public long? BytesOf(string survey, ObservationRef observation)
    {
        lock (_lock)
            return _readings.TryGetValue(new Key(survey, observation), out var reading) && reading.Kept is not null ? reading.Bytes : null;
    }

    /// <summary>Nobody on this silo is expected to ask for it again soon.</summary>
    public void Forget(string survey, ObservationRef observation)
    {
        lock (_lock)
            if (_readings.TryGetValue(new Key(survey, observation), out var reading) && reading.Node is not null) Drop(reading);
    }

    /// <summary>The survey is there no longer; one that gets its name may take other observations.</summary>
    public void Forget(string survey)
    {
        lock (_lock)
            foreach (var reading in _kept.Where(reading => reading.Key.Survey == survey).ToArray()) Drop(reading);
    }

    public void Dispose() => _decoders.Dispose();

    private Reading Begin(SurveySetup setup, ObservationRef observation)
    {
        lock (_lock)
        {
            var key = new Key(setup.Name, observation);
            if (!_readings.TryGetValue(key, out var reading))
            {
                reading = new Reading(key);
                _readings.Add(key, reading);
                reading.Dataset = Task.Run(() => LoadAsync(setup, reading), CancellationToken.None);
            }
            else if (reading.Node is { } node)
            {
                _kept.Remove(node);
                _kept.AddLast(node);
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
            Recycle(reading);
        }
    }

    /// <summary>Once, when nobody can come to it any more.</summary>
    private void Recycle(Reading reading)
    {
        if (reading is not { Users: 0, IsDropped: true, Kept: { } dataset }) return;
        reading.Kept = null;
        _arrays.GiveBack(dataset);
    }

    private async Task<MapDataset> LoadAsync(SurveySetup setup, Reading reading)
    {
        await _decoders.WaitAsync();
        try
        {
            var dataset = await ReadNowAsync(setup, reading.Key.Observation);
            Keep(reading, dataset);
            return dataset;
        }
        catch
        {
            lock (_lock) _readings.Remove(reading.Key);
            throw;
        }
        finally
        {
            _decoders.Release();
        }
    }

    private async Task<MapDataset> ReadNowAsync(SurveySetup setup, ObservationRef observation)
    {
        try
        {
            var (name, eTag, hash) = observation;
            var stream = await setup.Observations.OpenSameAsync(name, eTag, hash, CancellationToken.None)
                ?? throw ServiceErrors.Gone(observation);
            if (stream.Length > options.MaxObservationBytes)
            {
                var length = stream.Length;
                await stream.DisposeAsync();
                throw ServiceErrors.TooLarge(observation, length, options.MaxObservationBytes);
            }

            var dataset = await DatasetBlob.DecodeAsync(stream, observation.Name, _limits, CancellationToken.None, _arrays);
            setup.Survey.Check(dataset);
            foreach (var warning in dataset.Warnings) LogWarning(setup.Survey.Name, warning);
            return dataset;
        }
        catch (StorageException exception) when (exception.Error is StorageError.NotFound or StorageError.Changed)
        {
            throw ServiceErrors.Gone(observation);
        }
        catch (Exception exception) when (UnusableException.IsOfContent(exception))
        {
            throw ServiceErrors.Unusable(observation.Name, exception);
        }
    }

    private void Keep(Reading reading, MapDataset dataset)
    {
        lock (_lock)
        {
            DecodedCount++;
            (reading.Kept, reading.Bytes, reading.Node) = (dataset, DatasetBytes.Of(dataset), _kept.AddLast(reading));
            _bytes += reading.Bytes;
            while (_bytes > options.ObservationBytes && _kept.First is { } oldest) Drop(oldest.Value);
        }
    }

    private void Drop(Reading reading)
    {
        _kept.Remove(reading.Node!);
        _readings.Remove(reading.Key);
        (reading.Node, reading.IsDropped) = (null, true);
        _bytes -= reading.Bytes;
        Recycle(reading);
    }

    [LoggerMessage(LogLevel.Warning, "Survey {Survey}, an observation that can be used all the same: {Warning}")]
    private partial void LogWarning(string survey, string warning);

    private readonly record struct Key(string Survey, ObservationRef Observation);

    private sealed class Reading(Key key)
    {
        public Key Key { get; } = key;

        public Task<MapDataset> Dataset { get; set; } = null!;

        /// <summary>The dataset from when it is there until its arrays are given to others.</summary>
        public MapDataset? Kept { get; set; }

        /// <summary>Who waits for it or has it.</summary>
        public int Users { get; set; }

        /// <summary>Whether nobody else can find it.</summary>
        public bool IsDropped { get; set; }

        public long Bytes { get; set; }

        public LinkedListNode<Reading>? Node { get; set; }
    }
}
