using TsMapSurvey.Contracts;
using TsMapSurvey.Fits;
using TsMapSurvey.Maps.Datasets;
using TsMapSurvey.Storage;

namespace TsMapSurvey.Grains;

/// <summary>
/// Reads and checks each version of an observation once in a silo, however many tiles want it: callers at the same time share one reading, later
/// ones find it kept while there is room. Two are decoded at a time.
/// </summary>
internal sealed class ObservationReader(GrainOptions options) : IDisposable
{
    private readonly FitsLimits _limits = new()
    {
        MaxDecompressedBytes = options.MaxObservationBytes,
        MaxHduBytes = options.MaxObservationBytes,
        MaxArrayBytes = options.MaxObservationBytes,
    };

    private readonly SemaphoreSlim _decoders = new(2, 2);
    private readonly Lock _lock = new();
    private readonly Dictionary<Key, Reading> _readings = [];
    private readonly LinkedList<Reading> _kept = new();
    private long _bytes;

    /// <summary>How many were decoded so far.</summary>
    public long DecodedCount { get; private set; }

    /// <summary>The dataset, shared: not to be changed.</summary>
    /// <exception cref="UnusableObservationException">It cannot be read or is not what the survey takes; no retry helps.</exception>
    /// <exception cref="StorageException">NotFound or Changed: that version is gone. Others: the store's fault, not the observation's.</exception>
    public Task<MapDataset> ReadAsync(SurveySetup setup, ObservationRef observation, CancellationToken cancellationToken)
    {
        Reading reading;
        lock (_lock)
        {
            var key = new Key(setup.Name, observation);
            if (!_readings.TryGetValue(key, out reading!))
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
        }

        return reading.Dataset.WaitAsync(cancellationToken);
    }

    public void Dispose() => _decoders.Dispose();

    private async Task<MapDataset> LoadAsync(SurveySetup setup, Reading reading)
    {
        await _decoders.WaitAsync();
        try
        {
            var dataset = await ReadNowAsync(setup, reading.Key.Observation);
            Keep(reading, DatasetBlob.ByteSize(dataset));
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
            var stream = await setup.Observations.OpenSameAsync(observation.Name, observation.ETag, observation.Hash, CancellationToken.None)
                ?? throw UnusableObservationException.Gone(observation);
            if (stream.Length > options.MaxObservationBytes)
            {
                var length = stream.Length;
                await stream.DisposeAsync();
                throw UnusableObservationException.TooLarge(observation, length, options.MaxObservationBytes);
            }

            var dataset = await DatasetBlob.DecodeAsync(stream, observation.Name, _limits, CancellationToken.None);
            setup.Survey.Check(dataset);
            return dataset;
        }
        catch (StorageException bad) when (bad.Error is StorageError.NotFound or StorageError.Changed)
        {
            throw UnusableObservationException.Gone(observation);
        }
        catch (Exception bad) when (UnusableObservationException.IsItsOwnFault(bad))
        {
            throw UnusableObservationException.Of(observation, bad);
        }
    }

    private void Keep(Reading reading, long bytes)
    {
        lock (_lock)
        {
            DecodedCount++;
            reading.Bytes = bytes;
            reading.Node = _kept.AddLast(reading);
            _bytes += bytes;
            while (_bytes > options.ObservationBytes && _kept.First is { } oldest)
            {
                _kept.Remove(oldest);
                _readings.Remove(oldest.Value.Key);
                _bytes -= oldest.Value.Bytes;
            }
        }
    }

    private readonly record struct Key(string Survey, ObservationRef Observation);

    private sealed class Reading(Key key)
    {
        public Key Key { get; } = key;

        public Task<MapDataset> Dataset { get; set; } = null!;

        public long Bytes { get; set; }

        public LinkedListNode<Reading>? Node { get; set; }
    }
}
