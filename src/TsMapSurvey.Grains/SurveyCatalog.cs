using System.Collections.Concurrent;
using TsMapSurvey.Contracts;
using TsMapSurvey.Events.Given;
using TsMapSurvey.Events.Reading;
using TsMapSurvey.Fits;
using TsMapSurvey.Grains.Surveys;
using TsMapSurvey.Maps;
using TsMapSurvey.Maps.Datasets;
using TsMapSurvey.Maps.Gadf;
using TsMapSurvey.Storage;
using TsMapSurvey.Storage.Layout;
using TsMapSurvey.Surveys;

namespace TsMapSurvey.Grains;

/// <summary>
/// A silo's cache of resolved surveys. Except for its slices a definition never changes, so a loaded survey stays valid until it is
/// deleted, which is checked periodically.
/// </summary>
/// <param name="tilings">Creates the surveys' tilings; null: <see cref="TilingKinds"/>.</param>
/// <param name="given">Reads the maps of event lists; null: for this catalog alone.</param>
internal sealed class SurveyCatalog(
    IBlobStore blobs, GrainOptions options, TimeProvider? time = null, TilingFactory? tilings = null, GivenBlobs? given = null)
{
    private const int MaxDefinitionLength = 100_000;

    private readonly DefinitionStore _definitions = new(blobs);
    private readonly DeletionMarks _marks = new(blobs);
    private readonly GivenBlobs _given = given ?? new GivenBlobs(blobs);
    private readonly TimeProvider _time = time ?? TimeProvider.System;

    /// <summary>A user's definition can name any blob in "like" and "irfs", so the reading of these is limited.</summary>
    private readonly FitsLimits _limits = new()
    {
        MaxDecompressedBytes = options.MaxObservationBytes,
        MaxHduBytes = options.MaxObservationBytes,
        MaxArrayBytes = options.MaxObservationBytes,
    };

    private readonly ConcurrentDictionary<string, Task<Loaded>> _loaded = new();

    /// <summary>Called when a survey was deleted: other caches must drop its data, as its name may be used again for other data.</summary>
    public Action<string>? Deleted { get; init; }

    /// <summary>Returns the names of all surveys, sorted.</summary>
    public Task<IReadOnlyList<string>> ListAsync(CancellationToken cancellationToken) => _definitions.NamesAsync(cancellationToken);

    /// <exception cref="SurveyServiceException">
    /// UnknownSurvey; StoreRefused if the definition is damaged or a blob that it names is missing; other storage errors.
    /// </exception>
    public async Task<SurveySetup> GetAsync(string name, CancellationToken cancellationToken)
    {
        if (_loaded.TryGetValue(name, out var known) && known.IsCompletedSuccessfully
            && await (await known).Life.IsDeletedAsync(cancellationToken)) Forget(name, known);
        // Concurrent callers share one load, which none of them can cancel.
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
        if (_loaded.TryRemove(new KeyValuePair<string, Task<Loaded>>(name, known))) Deleted?.Invoke(name);
    }

    /// <returns>Whether the survey is new.</returns>
    /// <exception cref="SurveyServiceException">
    /// BadDefinition, DefinitionConflict, TooManySurveys; StoreRefused if the stored definition is damaged.
    /// </exception>
    public async Task<bool> DefineAsync(string name, string json, CancellationToken cancellationToken)
    {
        if (json.Length > MaxDefinitionLength)
            throw ServiceErrors.BadDefinition($"found {json.Length} characters, expected at most {MaxDefinitionLength}");
        var definition = Parse(json);
        if (definition.Name != name)
            throw ServiceErrors.BadDefinition($"name: found '{definition.Name}', expected '{name}', the name in the request");
        var setup = await ResolveAsync(definition, cancellationToken);
        if (TileBytes.Of(setup.Survey).ProblemWith(options.TileBytes) is { } problem) throw ServiceErrors.BadDefinition(problem);
        await ClearAsync(definition, cancellationToken);
        var stored = await _definitions.ReadAsync(name, cancellationToken);
        if (stored is null)
        {
            if (await CreateAsync(definition, cancellationToken)) return true;
            stored = await _definitions.ReadAsync(name, cancellationToken) ?? throw ServiceErrors.DefinitionConflict(name);
        }

        var old = ParseStored(name, stored.Json);
        if (old.ToJson() == definition.ToJson()) return false;
        // Other silos that have loaded the survey use the old slices until they restart.
        if (!old.CanBeReplacedBy(definition)) throw ServiceErrors.DefinitionConflict(name);
        if (!await _definitions.WriteAsync(name, definition.ToJson(), WriteCondition.IfMatch(stored.ETag), cancellationToken))
            throw ServiceErrors.DefinitionConflict(name);
        _loaded.TryRemove(name, out _);
        return false;
    }

    /// <returns>Whether this call created the survey; false also if the answer was lost and the definition exists.</returns>
    private async Task<bool> CreateAsync(SurveyDefinition definition, CancellationToken cancellationToken)
    {
        var prefix = definition.Observations;
        if (StoreLayout.Reserved.FirstOrDefault(folder => prefix.StartsWith(folder, StringComparison.OrdinalIgnoreCase)) is { } reserved)
            throw ServiceErrors.BadDefinition(
                $"observations: found '{prefix}', which is in {reserved}, a folder reserved for the service; expected another prefix");
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

    /// <summary>Deletes leftovers of a deleted survey of the same name.</summary>
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

    private static SurveyDefinition ParseStored(string name, string json)
    {
        try
        {
            var definition = SurveyDefinition.Parse(json);
            if (definition.Name != name) throw ServiceErrors.DamagedDefinition(name, $"it defines a survey '{definition.Name}'");
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
            return new Loaded(await ResolveAsync(ParseStored(name, stored.Json), CancellationToken.None), life);
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
        var like = definition.Like is { } file ? await LoadAsync("like", file, cancellationToken) : null;
        var exclusion = definition.Events?.Exclusion is { } mask
            ? await LoadAsync("events.exclusion", mask, "an exclusion mask", file => ExclusionMask.Read(file), cancellationToken) : null;
        var maps = await LoadGivenAsync(definition.Events, cancellationToken);
        try
        {
            var survey = Survey.Resolve(definition, like, tilings, exclusion, maps);
            var irfs = survey.IrfsOfTile ? null : await LoadAsync("irfs", definition.Irfs, cancellationToken);
            return new SurveySetup(survey, irfs, blobs, options.TileBytes);
        }
        catch (SurveyException exception)
        {
            throw ServiceErrors.Of(exception);
        }
    }

    private async Task<GivenMaps?> LoadGivenAsync(EventsDefinition? events, CancellationToken cancellationToken)
    {
        try
        {
            return await _given.ReadAsync(events, cancellationToken);
        }
        catch (FileNotFoundException exception)
        {
            throw ServiceErrors.BadDefinition(exception.Message);
        }
        catch (Exception exception)
            when (exception is FitsException or MapException or StorageException { Error: StorageError.InvalidName })
        {
            throw ServiceErrors.BadDefinition($"events.given: {exception.Message}");
        }
    }

    private Task<MapDataset> LoadAsync(string property, string blob, CancellationToken cancellationToken) =>
        LoadAsync(property, blob, "a MapDataset", file => MapDatasetFile.Read(file), cancellationToken);

    private async Task<T> LoadAsync<T>(
        string property, string blob, string expected, Func<FitsFile, T> decode, CancellationToken cancellationToken)
    {
        try
        {
            var stream = await blobs.OpenReadAsync(blob, null, cancellationToken)
                ?? throw ServiceErrors.BadDefinition($"{property}: found no blob '{blob}' in {blobs.Description}, expected {expected}");
            return await DatasetBlob.DecodeAsync(stream, blob, _limits, decode, cancellationToken);
        }
        catch (Exception exception)
            when (exception is FitsException or MapException or StorageException { Error: StorageError.InvalidName })
        {
            throw ServiceErrors.BadDefinition($"{property}: {exception.Message}");
        }
    }

    private sealed record Loaded(SurveySetup Setup, SurveyLife Life);
}
