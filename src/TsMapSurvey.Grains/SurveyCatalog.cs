using System.Collections.Concurrent;
using TsMapSurvey.Contracts;
using TsMapSurvey.Fits;
using TsMapSurvey.Grains.Surveys;
using TsMapSurvey.Maps;
using TsMapSurvey.Maps.Datasets;
using TsMapSurvey.Storage;
using TsMapSurvey.Storage.Layout;
using TsMapSurvey.Surveys;

namespace TsMapSurvey.Grains;

/// <summary>
/// The surveys, each resolved once in a silo. But for its slices a definition never changes, hence what is loaded once is right until the
/// survey is deleted; whether it is still there is looked at from time to time.
/// </summary>
/// <param name="tilings">Makes the surveys' tilings; null: <see cref="TilingKinds"/>.</param>
internal sealed class SurveyCatalog(IBlobStore blobs, GrainOptions options, TimeProvider? time = null, TilingFactory? tilings = null)
{
    private const int LongestDefinition = 100_000;

    private readonly DefinitionStore _definitions = new(blobs);
    private readonly DeletionMarks _marks = new(blobs);
    private readonly TimeProvider _time = time ?? TimeProvider.System;

    /// <summary>A definition names what it is like or whose IRFs it takes, and so has any blob read.</summary>
    private readonly FitsLimits _limits = new()
    {
        MaxDecompressedBytes = options.MaxObservationBytes,
        MaxHduBytes = options.MaxObservationBytes,
        MaxArrayBytes = options.MaxObservationBytes,
    };

    private readonly ConcurrentDictionary<string, Task<Loaded>> _loaded = new();

    /// <summary>
    /// Told of a survey that was deleted: what else the silo remembers of it is of one that may come back with other data.
    /// </summary>
    public Action<string>? Forgotten { get; init; }

    /// <summary>Names in their order.</summary>
    public Task<IReadOnlyList<string>> ListAsync(CancellationToken cancellationToken) => _definitions.NamesAsync(cancellationToken);

    /// <exception cref="SurveyServiceException">
    /// UnknownSurvey; StoreRefused, where its definition is damaged or what it needs is no longer in the store; the store's faults.
    /// </exception>
    public async Task<SurveySetup> GetAsync(string name, CancellationToken cancellationToken)
    {
        if (_loaded.TryGetValue(name, out var known) && known.IsCompletedSuccessfully
            && await (await known).Life.IsOverAsync(cancellationToken)) Forget(name, known);
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
    /// <exception cref="SurveyServiceException">
    /// BadDefinition, DefinitionConflict, TooManySurveys; StoreRefused, where the one that is there is damaged.
    /// </exception>
    public async Task<bool> DefineAsync(string name, string json, CancellationToken cancellationToken)
    {
        if (json.Length > LongestDefinition)
            throw ServiceErrors.BadDefinition($"found {json.Length} characters, expected at most {LongestDefinition}");
        var definition = Parse(json);
        if (definition.Name != name)
            throw ServiceErrors.BadDefinition($"name: found '{definition.Name}', expected '{name}', the name it is defined under");
        var setup = await ResolveAsync(definition, cancellationToken);
        if (TileBytes.Of(setup.Survey).ProblemWith(options.TileBytes) is { } problem) throw ServiceErrors.BadDefinition(problem);
        await ClearAsync(definition, cancellationToken);
        var there = await _definitions.ReadAsync(name, cancellationToken);
        if (there is null)
        {
            if (await MakeAsync(definition, cancellationToken)) return true;
            there = await _definitions.ReadAsync(name, cancellationToken) ?? throw ServiceErrors.DefinitionConflict(name);
        }

        var old = OfStore(name, there.Json);
        if (old.ToJson() == definition.ToJson()) return false;
        // Those who have loaded the survey go on with the old ones until they start again.
        if (!old.MayBecome(definition)) throw ServiceErrors.DefinitionConflict(name);
        if (!await _definitions.WriteAsync(name, definition.ToJson(), WriteCondition.IfMatch(there.ETag), cancellationToken))
            throw ServiceErrors.DefinitionConflict(name);
        _loaded.TryRemove(name, out _);
        return false;
    }

    /// <returns>Whether it was made, and by us; after a lost answer nobody knows.</returns>
    private async Task<bool> MakeAsync(SurveyDefinition definition, CancellationToken cancellationToken)
    {
        var prefix = definition.Observations;
        if (StoreLayout.Reserved.FirstOrDefault(folder => prefix.StartsWith(folder, StringComparison.OrdinalIgnoreCase)) is { } reserved)
            throw ServiceErrors.BadDefinition(
                $"observations: found '{prefix}', which is in {reserved}, a folder of the service's own; expected another one");
        var surveys = (await ListAsync(cancellationToken)).Count;
        if (surveys >= options.Surveys) throw ServiceErrors.TooManySurveys(surveys);
        try
        {
            return await _definitions.WriteAsync(definition.Name, definition.ToJson(), WriteCondition.IfAbsent, cancellationToken);
        }
        catch (StorageException exception) when (exception.IsRetryable)
        {
            if (await blobs.FindAsync(StoreLayout.Definition(definition.Name), cancellationToken) is null) throw;
            return false;
        }
    }

    /// <summary>Before a survey is new: nothing of one that had its name before is left.</summary>
    private async Task ClearAsync(SurveyDefinition definition, CancellationToken cancellationToken)
    {
        if (await _marks.ReadAsync(definition.Name, cancellationToken) is not { } mark
            || await _marks.LifeAsync(definition.Name, cancellationToken) is not null) return;
        if (!mark.IsFinished) throw ServiceErrors.BeingDeleted(definition.Name);
        await SurveyDeletion.SweepAsync(blobs, definition.Name, definition.Observations, cancellationToken);
    }

    private static SurveyDefinition Parse(string json)
    {
        try
        {
            return SurveyDefinition.Parse(json);
        }
        catch (SurveyException exception)
        {
            throw ServiceErrors.Of(exception);
        }
    }

    private static SurveyDefinition OfStore(string name, string json)
    {
        try
        {
            var definition = SurveyDefinition.Parse(json);
            if (definition.Name != name) throw ServiceErrors.DamagedDefinition(name, $"it is of a survey '{definition.Name}'");
            return definition;
        }
        catch (SurveyException exception)
        {
            throw ServiceErrors.DamagedDefinition(name, exception.Message);
        }
    }

    private async Task<Loaded> LoadAsync(string name)
    {
        try
        {
            var life = await SurveyLife.BeginAsync(blobs, name, _time, CancellationToken.None);
            var stored = await _definitions.ReadAsync(name, CancellationToken.None) ?? throw ServiceErrors.UnknownSurvey(name);
            return new Loaded(await ResolveAsync(OfStore(name, stored.Json), CancellationToken.None), life);
        }
        catch (SurveyServiceException exception) when (exception.Error == ServiceError.BadDefinition)
        {
            throw ServiceErrors.DamagedDefinition(name, exception.Message);
        }
        catch (StorageException exception)
        {
            throw ServiceErrors.Of(exception);
        }
    }

    private async Task<SurveySetup> ResolveAsync(SurveyDefinition definition, CancellationToken cancellationToken)
    {
        var like = definition.Like is { } file ? await NeedAsync("like", file, cancellationToken) : null;
        try
        {
            var survey = Survey.Resolve(definition, like, tilings);
            var irfs = survey.IrfsOfTile ? null : await NeedAsync("irfs", definition.Irfs, cancellationToken);
            return new SurveySetup(survey, irfs, blobs, options.TileBytes);
        }
        catch (SurveyException exception)
        {
            throw ServiceErrors.Of(exception);
        }
    }

    private async Task<MapDataset> NeedAsync(string property, string blob, CancellationToken cancellationToken)
    {
        try
        {
            return await DatasetBlob.FindAsync(blobs, blob, _limits, cancellationToken)
                ?? throw ServiceErrors.BadDefinition($"{property}: found no blob '{blob}' in {blobs.Description}, expected a MapDataset");
        }
        catch (Exception exception)
            when (exception is FitsException or MapException or StorageException { Error: StorageError.InvalidName })
        {
            throw ServiceErrors.BadDefinition($"{property}: {exception.Message}");
        }
    }

    private sealed record Loaded(SurveySetup Setup, SurveyLife Life);
}
