using System.Diagnostics.CodeAnalysis;
using TsMapSurvey.Events.Given;
using TsMapSurvey.Fits;
using TsMapSurvey.Storage;
using TsMapSurvey.Surveys;

namespace TsMapSurvey.Grains;

/// <summary>
/// Reads the maps that surveys give to event lists (<see cref="EventsDefinition.Given"/>). They may be whole skies of a gigabyte, so that
/// all surveys and requests of a process share them as long as somebody uses them.
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "holds no timer and no wait handle, so there is nothing to dispose")]
public sealed class GivenBlobs(IBlobStore blobs)
{
    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly Dictionary<string, WeakReference<GivenMaps>> _known = new(StringComparer.Ordinal);

    /// <exception cref="FileNotFoundException">A blob is missing; the message has the property of survey.json.</exception>
    /// <exception cref="FitsException">A blob is damaged.</exception>
    /// <exception cref="Maps.MapException">A blob lacks something.</exception>
    /// <exception cref="StorageException">The store failed, or a name is invalid.</exception>
    public async Task<GivenMaps?> ReadAsync(EventsDefinition? events, CancellationToken cancellationToken)
    {
        if (events?.Given is not { } given) return null;
        var versions = new List<string>();
        foreach (var blob in given.Files())
            versions.Add($"{blob} {(await blobs.FindAsync(blob, cancellationToken))?.ETag}");
        var key = string.Join('\n', versions);
        await _turn.WaitAsync(cancellationToken);
        try
        {
            if (_known.TryGetValue(key, out var kept) && kept.TryGetTarget(out var maps)) return maps;
            foreach (var unused in _known.Where(known => !known.Value.TryGetTarget(out _)).Select(known => known.Key).ToArray())
                _known.Remove(unused);
            var read = await ReadAsync(given, cancellationToken);
            _known[key] = new WeakReference<GivenMaps>(read);
            return read;
        }
        finally
        {
            _turn.Release();
        }
    }

    private async Task<GivenMaps> ReadAsync(GivenDefinition given, CancellationToken cancellationToken)
    {
        var maps = await DecodeAsync("exposure", given.Exposure, GivenMaps.None.WithExposure, cancellationToken);
        foreach (var background in given.Backgrounds)
            maps = await DecodeAsync("backgrounds", background, maps.WithBackground, cancellationToken);
        return await DecodeAsync("psf", given.Psf, maps.WithSpread, cancellationToken);
    }

    private async Task<GivenMaps> DecodeAsync(
        string property, string blob, Func<FitsFile, GivenMaps> decode, CancellationToken cancellationToken)
    {
        var stream = await blobs.OpenReadAsync(blob, null, cancellationToken) ?? throw new FileNotFoundException(
            $"events.given.{property}: found no blob '{blob}' in {blobs.Description}, expected a FITS file");
        return await DatasetBlob.DecodeAsync(stream, blob, GivenMaps.Limits, decode, cancellationToken);
    }
}
