using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using TsMapSurvey.Contracts;
using TsMapSurvey.Fits;
using TsMapSurvey.Maps.Datasets;
using TsMapSurvey.Storage;
using TsMapSurvey.Surveys.Observed;

namespace TsMapSurvey.Grains.Observations;

/// <summary>A counted reference to an observation. After disposal its arrays may be reused for another one.</summary>
internal sealed class ObservationLease(IObservedData observation, Action end) : IDisposable
{
    private Action? _end = end;

    public IObservedData Observation { get; } = observation;

    public void Dispose() => Interlocked.Exchange(ref _end, null)?.Invoke();
}

/// <summary>
/// Reads and checks each version of an observation once per silo, however many tiles need it: concurrent callers share one read, later ones
/// get it from an LRU cache bounded by bytes. Decodes as many at a time as there are processors. Reuses the arrays of evicted ones.
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

    /// <summary>Limits the bytes of observations that tiles are adding.</summary>
    public StackingRoom Room { get; } = new(options.ObservationBytes);

    public long DecodedCount { get; private set; }

    /// <summary>Returns the shared observation. It must not be changed, nor used after the lease is disposed.</summary>
    /// <exception cref="UnusableException">It is gone, cannot be read or does not fit the survey; a retry does not help.</exception>
    /// <exception cref="StorageException">The store failed.</exception>
    public async Task<ObservationLease> ReadAsync(SurveySetup setup, ObservationRef observation, CancellationToken cancellationToken)
    {
        var reading = Begin(setup, observation);
        try
        {
            return new ObservationLease(await reading.Observation.WaitAsync(cancellationToken), () => End(reading));
        }
        catch
        {
            End(reading);
            throw;
        }
    }

    /// <summary>Bytes of a cached version; null if it is not cached.</summary>
    public long? BytesOf(string survey, ObservationRef observation)
    {
        lock (_lock)
            return _readings.TryGetValue(new Key(survey, observation), out var reading) && reading.Kept is not null ? reading.Bytes : null;
    }

    /// <summary>Lets tiles find a version that was read before the hash of its content was known.</summary>
    public void Identify(string survey, ObservationRef observation, string hash)
    {
        lock (_lock)
        {
            var (before, after) = (new Key(survey, observation), new Key(survey, observation with { Hash = hash }));
            if (_readings.ContainsKey(after) || !_readings.Remove(before, out var reading)) return;
            reading.Key = after;
            _readings.Add(after, reading);
        }
    }

    /// <summary>Evicts a version that this silo does not need again soon.</summary>
    public void Forget(string survey, ObservationRef observation)
    {
        lock (_lock)
            if (_readings.TryGetValue(new Key(survey, observation), out var reading) && reading.Node is not null) Drop(reading);
    }

    /// <summary>Evicts all observations of a deleted survey: a new survey of that name may have other ones.</summary>
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
                reading.Observation = Task.Run(() => LoadAsync(setup, reading), CancellationToken.None);
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

    /// <summary>Recycles the arrays once the reading is evicted and unused.</summary>
    private void Recycle(Reading reading)
    {
        if (reading is not { Users: 0, IsDropped: true, Kept: { } observation }) return;
        reading.Kept = null;
        observation.Recycle(_arrays);
    }

    private async Task<IObservedData> LoadAsync(SurveySetup setup, Reading reading)
    {
        await _decoders.WaitAsync();
        try
        {
            var observation = await DecodeAsync(setup, reading.Key.Observation);
            Keep(reading, observation);
            return observation;
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

    private async Task<IObservedData> DecodeAsync(SurveySetup setup, ObservationRef observation)
    {
        try
        {
            var (name, eTag, hash) = observation;
            var stream = await setup.Observations.OpenSameContentAsync(name, eTag, hash, CancellationToken.None)
                ?? throw ServiceErrors.Gone(observation);
            if (stream.Length > options.MaxObservationBytes)
            {
                var length = stream.Length;
                await stream.DisposeAsync();
                throw ServiceErrors.TooLarge(observation, length, options.MaxObservationBytes);
            }

            var observed = await DatasetBlob.DecodeAsync(
                stream, observation.Name, _limits, file => ObservedFile.Read(file, setup.Survey, _arrays), CancellationToken.None);
            foreach (var warning in observed.Warnings) LogWarning(setup.Survey.Name, warning);
            return observed;
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

    private void Keep(Reading reading, IObservedData observation)
    {
        lock (_lock)
        {
            DecodedCount++;
            (reading.Kept, reading.Bytes, reading.Node) = (observation, observation.Bytes, _kept.AddLast(reading));
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

    [LoggerMessage(LogLevel.Warning, "Survey {Survey}: warning about an observation: {Warning}")]
    private partial void LogWarning(string survey, string warning);

    private readonly record struct Key(string Survey, ObservationRef Observation);

    private sealed class Reading(Key key)
    {
        public Key Key { get; set; } = key;

        public Task<IObservedData> Observation { get; set; } = null!;

        /// <summary>The decoded observation until its arrays are recycled.</summary>
        public IObservedData? Kept { get; set; }

        /// <summary>Number of callers that wait for it or use it.</summary>
        public int Users { get; set; }

        public bool IsDropped { get; set; }

        public long Bytes { get; set; }

        public LinkedListNode<Reading>? Node { get; set; }
    }
}
