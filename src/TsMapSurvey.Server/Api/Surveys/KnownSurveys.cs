using System.Collections.Concurrent;
using TsMapSurvey.Contracts;
using TsMapSurvey.Events.Given;
using TsMapSurvey.Events.Reading;
using TsMapSurvey.Fits;
using TsMapSurvey.Grains;
using TsMapSurvey.Maps.Gadf;
using TsMapSurvey.Server.Failures;
using TsMapSurvey.Server.Published;
using TsMapSurvey.Storage;
using TsMapSurvey.Surveys;

namespace TsMapSurvey.Server.Api.Surveys;

/// <summary>Caches the existing surveys. Names from requests are looked up here before a grain is addressed.</summary>
internal sealed class KnownSurveys(
    IGrainFactory grains, IBlobStore blobs, TilingFactory tilings, GivenBlobs given, ByteCache cache, TimeProvider time)
    : IDisposable
{
    private static readonly TimeSpan ListAge = TimeSpan.FromSeconds(1);
    private readonly ConcurrentDictionary<string, CachedSurvey> _known = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim _listing = new(1, 1);
    private (long At, IReadOnlyCollection<string> Names)? _listed;

    public async Task<IReadOnlyCollection<string>> ListAsync(CancellationToken cancellationToken) =>
        await grains.SurveyDirectory().List(cancellationToken);

    /// <exception cref="SurveyException">There is no survey of this name.</exception>
    public async Task<KnownSurvey> GetAsync(string name, CancellationToken cancellationToken)
    {
        if (_known.TryGetValue(name, out var known))
        {
            if (!await known.Life.IsDeletedAsync(cancellationToken)) return known.Survey;
            Forget(name, known);
        }

        var names = await ListedAsync(name, cancellationToken);
        if (!names.Contains(name)) throw SurveyErrors.UnknownSurvey(name, names);
        return _known.GetOrAdd(name, await LoadAsync(name, cancellationToken)).Survey;
    }

    /// <summary>
    /// Clears the blob cache too: another survey of the same name starts again with revision 1, so its blobs get the same names.
    /// </summary>
    private void Forget(string name, CachedSurvey known)
    {
        if (!_known.TryRemove(new KeyValuePair<string, CachedSurvey>(name, known))) return;
        Forget();
        cache.Clear();
    }

    /// <summary>The list may be 1 s old, so that requests for unknown names do not load the store.</summary>
    private async Task<IReadOnlyCollection<string>> ListedAsync(string name, CancellationToken cancellationToken)
    {
        await _listing.WaitAsync(cancellationToken);
        try
        {
            if (_listed is { } listed && (listed.Names.Contains(name) || time.GetElapsedTime(listed.At) < ListAge)) return listed.Names;
            var names = await ListAsync(cancellationToken);
            _listed = (time.GetTimestamp(), names);
            return names;
        }
        finally
        {
            _listing.Release();
        }
    }

    public void Dispose() => _listing.Dispose();

    /// <summary>Called after a survey was defined or deleted by this server, so that the change is visible at once.</summary>
    public void Forget() => _listed = null;

    private async Task<CachedSurvey> LoadAsync(string name, CancellationToken cancellationToken)
    {
        var life = await SurveyLife.BeginAsync(blobs, name, time, cancellationToken);
        var info = await grains.Survey(name).GetInfo(cancellationToken);
        var definition = SurveyDefinition.Parse(info.Definition);
        var like = definition.Like is { } blob ? await ReadAsync(blob, file => MapDatasetFile.Read(file), cancellationToken) : null;
        var exclusion = definition.Events?.Exclusion is { } mask
            ? await ReadAsync(mask, file => ExclusionMask.Read(file), cancellationToken) : null;
        var maps = await GivenAsync(definition, cancellationToken);
        return new CachedSurvey(new KnownSurvey(info, Survey.Resolve(definition, like, tilings, exclusion, maps)), life);
    }

    private async Task<GivenMaps?> GivenAsync(SurveyDefinition definition, CancellationToken cancellationToken)
    {
        try
        {
            return await given.ReadAsync(definition.Events, cancellationToken);
        }
        catch (FileNotFoundException)
        {
            throw RequestErrors.Gone("the survey's maps", string.Join(", ", definition.Events!.Given!.Files()));
        }
    }

    private async Task<T> ReadAsync<T>(string blob, Func<FitsFile, T> read, CancellationToken cancellationToken)
    {
        var stream = await blobs.OpenReadAsync(blob, null, cancellationToken) ?? throw RequestErrors.Gone("the survey's geometry", blob);
        return await Task.Run(
            () =>
            {
                using var file = FitsFile.Open(stream, blob);
                return read(file);
            },
            cancellationToken);
    }

    private sealed record CachedSurvey(KnownSurvey Survey, SurveyLife Life);
}
