using System.Collections.Concurrent;
using TsMapSurvey.Contracts;
using TsMapSurvey.Fits;
using TsMapSurvey.Maps.Datasets;
using TsMapSurvey.Maps.Gadf;
using TsMapSurvey.Server.Failures;
using TsMapSurvey.Server.Published;
using TsMapSurvey.Storage;
using TsMapSurvey.Surveys;

namespace TsMapSurvey.Server.Api.Surveys;

/// <summary>The surveys there are, resolved once: names from outside are looked up here before any grain is addressed.</summary>
internal sealed class KnownSurveys(IGrainFactory grains, IBlobStore blobs, TilingFactory tilings, ByteCache cache, TimeProvider time)
    : IDisposable
{
    private static readonly TimeSpan ListAge = TimeSpan.FromSeconds(1);
    private readonly ConcurrentDictionary<string, Remembered> _known = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim _listing = new(1, 1);
    private (long At, IReadOnlyCollection<string> Names)? _listed;

    public async Task<IReadOnlyCollection<string>> ListAsync(CancellationToken cancellationToken) =>
        await grains.SurveyDirectory().List(cancellationToken);

    /// <exception cref="SurveyException">There is no survey of that name.</exception>
    public async Task<KnownSurvey> GetAsync(string name, CancellationToken cancellationToken)
    {
        if (_known.TryGetValue(name, out var known))
        {
            if (!await known.Life.IsOverAsync(cancellationToken)) return known.Survey;
            Forget(name, known);
        }

        var names = await ListedAsync(name, cancellationToken);
        if (!names.Contains(name)) throw SurveyErrors.UnknownSurvey(name, names);
        return _known.GetOrAdd(name, await LoadAsync(name, cancellationToken)).Survey;
    }

    /// <summary>A survey that gets the name counts its revisions from one again, and so gives its blobs the same names.</summary>
    private void Forget(string name, Remembered known)
    {
        if (!_known.TryRemove(new KeyValuePair<string, Remembered>(name, known))) return;
        Forget();
        cache.Clear();
    }

    /// <summary>A listing at most a second old, so that wrong names do not become work for the store.</summary>
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

    /// <summary>Called when a survey is defined or deleted here: it is known at once.</summary>
    public void Forget() => _listed = null;

    private async Task<Remembered> LoadAsync(string name, CancellationToken cancellationToken)
    {
        var life = await SurveyLife.BeginAsync(blobs, name, time, cancellationToken);
        var info = await grains.Survey(name).GetInfo(cancellationToken);
        var definition = SurveyDefinition.Parse(info.Definition);
        var like = definition.Like is { } blob ? await ReadAsync(blob, cancellationToken) : null;
        return new Remembered(new KnownSurvey(info, Survey.Resolve(definition, like, tilings)), life);
    }

    private async Task<MapDataset> ReadAsync(string blob, CancellationToken cancellationToken)
    {
        var stream = await blobs.OpenReadAsync(blob, null, cancellationToken) ?? throw RequestErrors.Gone("the survey's geometry", blob);
        return await Task.Run(
            () =>
            {
                using var file = FitsFile.Open(stream, blob);
                return MapDatasetFile.Read(file);
            },
            cancellationToken);
    }

    private sealed record Remembered(KnownSurvey Survey, SurveyLife Life);
}
