using System.Collections.Concurrent;
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

    /// <summary>Folders of the service's own: what it publishes there would be taken for observations.</summary>
    private static readonly string[] Reserved = [DefinitionStore.Folder, SurveySetup.Root, ComputeRecord.Root];

    private readonly DefinitionStore _definitions = new(blobs);
    private readonly ConcurrentDictionary<string, Task<SurveySetup>> _loaded = new();

    /// <summary>Names in their order.</summary>
    public Task<IReadOnlyList<string>> ListAsync(CancellationToken cancellationToken) => _definitions.NamesAsync(cancellationToken);

    /// <exception cref="SurveyServiceException">
    /// UnknownSurvey; StoreRefused, where its definition is damaged or what it needs is no longer in the store; the store's faults.
    /// </exception>
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
    /// <exception cref="SurveyServiceException">
    /// BadDefinition, DefinitionConflict, TooManySurveys; StoreRefused, where the one that is there is damaged.
    /// </exception>
    public async Task<bool> DefineAsync(string name, string json, CancellationToken cancellationToken)
    {
        if (json.Length > LongestDefinition) throw ServiceFaults.BadDefinition($"found {json.Length} characters, expected at most {LongestDefinition}");
        var definition = Parse(json);
        if (definition.Name != name) throw ServiceFaults.BadDefinition($"name: found '{definition.Name}', expected '{name}', the name it is defined under");
        await ResolveAsync(definition, cancellationToken);
        var there = await _definitions.ReadAsync(name, cancellationToken);
        if (there is null)
        {
            if (await MakeAsync(definition, cancellationToken)) return true;
            there = await _definitions.ReadAsync(name, cancellationToken) ?? throw ServiceFaults.DefinitionConflict(name);
        }

        var old = OfStore(name, there.Json);
        if (old.ToJson() == definition.ToJson()) return false;
        // Slices say what is asked of the tiles and change nothing in them. Those who have loaded the survey go on with the old ones until they start again.
        if (!DiffersInSlicesOnly(old, definition)) throw ServiceFaults.DefinitionConflict(name);
        var isWritten = await _definitions.WriteAsync(name, definition.ToJson(), WriteCondition.IfMatch(there.ETag), cancellationToken);
        if (!isWritten) throw ServiceFaults.DefinitionConflict(name);
        _loaded.TryRemove(name, out _);
        return false;
    }

    /// <returns>Whether it was made, and by us; after a lost answer nobody knows.</returns>
    private async Task<bool> MakeAsync(SurveyDefinition definition, CancellationToken cancellationToken)
    {
        var prefix = definition.Observations;
        if (Array.Find(Reserved, folder => prefix.StartsWith(folder, StringComparison.OrdinalIgnoreCase)) is { } reserved)
            throw ServiceFaults.BadDefinition(
                $"observations: found '{prefix}', which is in {reserved}, a folder of the service's own; expected another one");
        var surveys = (await ListAsync(cancellationToken)).Count;
        if (surveys >= options.Surveys) throw ServiceFaults.TooManySurveys(surveys);
        try
        {
            return await _definitions.WriteAsync(definition.Name, definition.ToJson(), WriteCondition.IfAbsent, cancellationToken);
        }
        catch (StorageException bad) when (bad.IsRetryable)
        {
            if (await blobs.FindAsync(DefinitionStore.BlobOf(definition.Name), cancellationToken) is null) throw;
            return false;
        }
    }

    private static bool DiffersInSlicesOnly(SurveyDefinition old, SurveyDefinition definition)
    {
        var had = old.Slices.Count > 1;
        var changed = old with { Slices = definition.Slices, NightStartUtcHour = had ? old.NightStartUtcHour : definition.NightStartUtcHour };
        return changed.ToJson() == definition.ToJson();
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

    private static SurveyDefinition OfStore(string name, string json)
    {
        try
        {
            var definition = SurveyDefinition.Parse(json);
            if (definition.Name != name) throw ServiceFaults.DamagedDefinition(name, $"it is of a survey '{definition.Name}'");
            return definition;
        }
        catch (SurveyException bad)
        {
            throw ServiceFaults.DamagedDefinition(name, bad.Message);
        }
    }

    private async Task<SurveySetup> LoadAsync(string name)
    {
        try
        {
            var stored = await _definitions.ReadAsync(name, CancellationToken.None) ?? throw ServiceFaults.UnknownSurvey(name);
            return await ResolveAsync(OfStore(name, stored.Json), CancellationToken.None);
        }
        catch (SurveyServiceException bad) when (bad.Error == ServiceError.BadDefinition)
        {
            throw ServiceFaults.DamagedDefinition(name, bad.Message);
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
            return new SurveySetup(survey, irfs, blobs);
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
            return await DatasetBlob.FindAsync(blobs, blob, FitsLimits.Default, cancellationToken)
                ?? throw ServiceFaults.BadDefinition($"{property}: found no blob '{blob}' in {blobs.Description}, expected a MapDataset");
        }
        catch (Exception bad) when (bad is FitsException or MapException or StorageException { Error: StorageError.InvalidName })
        {
            throw ServiceFaults.BadDefinition($"{property}: {bad.Message}");
        }
    }
}
