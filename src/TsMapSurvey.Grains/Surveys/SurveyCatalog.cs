using System.Collections.Concurrent;
using System.Text;
using TsMapSurvey.Contracts;
using TsMapSurvey.Fits;
using TsMapSurvey.Maps;
using TsMapSurvey.Maps.Datasets;
using TsMapSurvey.Storage;
using TsMapSurvey.Surveys;

namespace TsMapSurvey.Grains;

/// <summary>
/// The surveys, each resolved once in a silo. But for its slices a definition never changes, hence what is loaded once is right until the silo ends.
/// </summary>
internal sealed class SurveyCatalog(IBlobStore blobs, GrainOptions options)
{
    private const int LongestDefinition = 100_000;
    private readonly DefinitionStore _definitions = new(blobs);

    /// <summary>A definition names what it is like or whose IRFs it takes, and so has any blob read.</summary>
    private readonly FitsLimits _limits = new()
    {
        MaxDecompressedBytes = options.MaxObservationBytes,
        MaxHduBytes = options.MaxObservationBytes,
        MaxArrayBytes = options.MaxObservationBytes,
    };

    private readonly ConcurrentDictionary<string, Task<SurveySetup>> _loaded = new();

    /// <summary>Names in their order.</summary>
    public Task<IReadOnlyList<string>> ListAsync(CancellationToken cancellationToken) => _definitions.NamesAsync(cancellationToken);

    /// <exception cref="SurveyServiceException">UnknownSurvey; BadDefinition, when what it needs is no longer in the store; the store's faults.</exception>
    public async Task<SurveySetup> GetAsync(string name, CancellationToken cancellationToken)
    {
        // Whoever asks first loads for all; none of them can cancel it for the others.
        var loading = _loaded.GetOrAdd(name, LoadAsync);
        try
        {
            return await loading.WaitAsync(cancellationToken);
        }
        catch when (loading.IsFaulted || loading.IsCanceled)
        {
            _loaded.TryRemove(new KeyValuePair<string, Task<SurveySetup>>(name, loading));
            throw;
        }
    }

    /// <returns>Whether it is new.</returns>
    /// <exception cref="SurveyServiceException">BadDefinition, DefinitionConflict.</exception>
    public async Task<bool> DefineAsync(string name, string json, CancellationToken cancellationToken)
    {
        if (json.Length > LongestDefinition) throw ServiceFaults.BadDefinition($"found {json.Length} characters, expected at most {LongestDefinition}");
        var definition = Parse(json);
        if (definition.Name != name) throw ServiceFaults.BadDefinition($"name: found '{definition.Name}', expected '{name}', the name it is defined under");
        var setup = await ResolveAsync(definition, cancellationToken);
        if (TileBytes.Of(setup.Survey).ProblemWith(options.TileBytes) is { } problem) throw ServiceFaults.BadDefinition(problem);
        var content = Encoding.UTF8.GetBytes(definition.ToJson());
        try
        {
            if ((await blobs.WriteAsync(DefinitionStore.BlobOf(name), content, WriteCondition.IfAbsent, cancellationToken)).Written) return true;
        }
        catch (StorageException bad) when (bad.IsRetryable)
        {
            if (await blobs.FindAsync(DefinitionStore.BlobOf(name), cancellationToken) is null) throw;
        }

        var there = await blobs.ReadAsync(DefinitionStore.BlobOf(name), cancellationToken);
        if (there?.Bytes.Span.SequenceEqual(content) == true) return false;
        // Those who have loaded the survey go on with the old ones until they start again.
        if (there is null || !Parse(Encoding.UTF8.GetString(there.Bytes.Span)).MayBecome(definition))
            throw ServiceFaults.DefinitionConflict(name);
        if (!(await blobs.WriteAsync(DefinitionStore.BlobOf(name), content, WriteCondition.IfMatch(there.ETag), cancellationToken)).Written) throw ServiceFaults.DefinitionConflict(name);
        _loaded.TryRemove(name, out _);
        return false;
    }

    private static SurveyDefinition Parse(string json)
    {
        try
        {
            return SurveyDefinition.Parse(json);
        }
        catch (SurveyException bad)
        {
            throw ServiceFaults.BadDefinition(bad);
        }
    }

    private async Task<SurveySetup> LoadAsync(string name)
    {
        try
        {
            var json = await _definitions.ReadAsync(name, CancellationToken.None) ?? throw ServiceFaults.UnknownSurvey(name);
            return await ResolveAsync(Parse(json), CancellationToken.None);
        }
        catch (StorageException bad)
        {
            throw ServiceFaults.Of(bad);
        }
    }

    private async Task<SurveySetup> ResolveAsync(SurveyDefinition definition, CancellationToken cancellationToken)
    {
        var like = definition.Like is { } file ? await NeedAsync("like", file, cancellationToken) : null;
        try
        {
            var survey = Survey.Resolve(definition, like);
            var irfs = survey.IrfsOfTile ? null : await NeedAsync("irfs", definition.Irfs, cancellationToken);
            return new SurveySetup(survey, irfs, blobs, options.TileBytes);
        }
        catch (SurveyException bad)
        {
            throw ServiceFaults.BadDefinition(bad);
        }
    }

    private async Task<MapDataset> NeedAsync(string property, string blob, CancellationToken cancellationToken)
    {
        try
        {
            return await DatasetBlob.FindAsync(blobs, blob, _limits, cancellationToken)
                ?? throw ServiceFaults.BadDefinition($"{property}: found no blob '{blob}' in {blobs.Description}, expected a MapDataset");
        }
        catch (Exception bad) when (bad is FitsException or MapException or StorageException { Error: StorageError.InvalidName })
        {
            throw ServiceFaults.BadDefinition($"{property}: {bad.Message}");
        }
    }
}
