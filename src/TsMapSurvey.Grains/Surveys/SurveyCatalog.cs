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
/// The surveys, each resolved once in a silo. But for its slices a definition never changes, hence what is loaded once is right until the survey is
/// deleted; whether it is still there is looked at from time to time.
/// </summary>
internal sealed class SurveyCatalog(IBlobStore blobs, TimeProvider? time = null)
{
    private const int LongestDefinition = 100_000;
    private readonly DefinitionStore _definitions = new(blobs);
    private readonly DeletionMarks _marks = new(blobs);
    private readonly TimeProvider _time = time ?? TimeProvider.System;
    private readonly ConcurrentDictionary<string, Task<Loaded>> _loaded = new();

    /// <summary>Told of a survey that was deleted: what else the silo remembers of it is of one that may come back with other data.</summary>
    public Action<string>? Forgotten { get; init; }

    /// <summary>Names in their order.</summary>
    public Task<IReadOnlyList<string>> ListAsync(CancellationToken cancellationToken) => _definitions.NamesAsync(cancellationToken);

    /// <exception cref="SurveyServiceException">UnknownSurvey; BadDefinition, when what it needs is no longer in the store; the store's faults.</exception>
    public async Task<SurveySetup> GetAsync(string name, CancellationToken cancellationToken)
    {
        if (_loaded.TryGetValue(name, out var known) && known.IsCompletedSuccessfully && await (await known).Life.IsOverAsync(cancellationToken)) Forget(name, known);
        // Whoever asks first loads for all; none of them can cancel it for the others.
        var loading = _loaded.GetOrAdd(name, LoadAsync);
        try
        {
            return (await loading.WaitAsync(cancellationToken)).Setup;
        }
        catch when (loading.IsFaulted || loading.IsCanceled)
        {
            _loaded.TryRemove(new KeyValuePair<string, Task<Loaded>>(name, loading));
            throw;
        }
    }

    private void Forget(string name, Task<Loaded> known)
    {
        if (_loaded.TryRemove(new KeyValuePair<string, Task<Loaded>>(name, known))) Forgotten?.Invoke(name);
    }

    /// <returns>Whether it is new.</returns>
    /// <exception cref="SurveyServiceException">BadDefinition, DefinitionConflict.</exception>
    public async Task<bool> DefineAsync(string name, string json, CancellationToken cancellationToken)
    {
        if (json.Length > LongestDefinition) throw ServiceFaults.BadDefinition($"found {json.Length} characters, expected at most {LongestDefinition}");
        var definition = Parse(json);
        if (definition.Name != name) throw ServiceFaults.BadDefinition($"name: found '{definition.Name}', expected '{name}', the name it is defined under");
        await ResolveAsync(definition, cancellationToken);
        await ClearAsync(definition, cancellationToken);
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
        // Slices say what is asked of the tiles and change nothing in them. Those who have loaded the survey go on with the old ones until they start again.
        if (there is null || !DiffersInSlicesOnly(Parse(Encoding.UTF8.GetString(there.Bytes.Span)), definition)) throw ServiceFaults.DefinitionConflict(name);
        if (!(await blobs.WriteAsync(DefinitionStore.BlobOf(name), content, WriteCondition.IfMatch(there.ETag), cancellationToken)).Written) throw ServiceFaults.DefinitionConflict(name);
        _loaded.TryRemove(name, out _);
        return false;
    }

    /// <summary>Before a survey is new: nothing of one that had its name before is left.</summary>
    private async Task ClearAsync(SurveyDefinition definition, CancellationToken cancellationToken)
    {
        if (await _marks.ReadAsync(definition.Name, cancellationToken) is not { } mark || await _marks.LifeAsync(definition.Name, cancellationToken) is not null) return;
        if (!mark.IsFinished) throw ServiceFaults.BeingDeleted(definition.Name);
        await SurveyDeletion.SweepAsync(blobs, definition.Name, definition.Observations, cancellationToken);
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

    private async Task<Loaded> LoadAsync(string name)
    {
        try
        {
            var life = await SurveyLife.BeginAsync(blobs, name, _time, CancellationToken.None);
            var json = await _definitions.ReadAsync(name, CancellationToken.None) ?? throw ServiceFaults.UnknownSurvey(name);
            return new Loaded(await ResolveAsync(Parse(json), CancellationToken.None), life);
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

    private sealed record Loaded(SurveySetup Setup, SurveyLife Life);
}
