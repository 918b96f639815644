using TsMapSurvey.Contracts;
using TsMapSurvey.Grains.Observations;
using TsMapSurvey.Maps;
using TsMapSurvey.Maps.Datasets;
using TsMapSurvey.Sky;
using TsMapSurvey.Storage;
using TsMapSurvey.Storage.Documents;
using TsMapSurvey.Surveys;

namespace TsMapSurvey.Grains.Tiles;

/// <summary>How one change of a batch fared: a result, or a failure after which it may be tried again.</summary>
internal readonly record struct ChangeAnswer(TileChangeResult? Result, Exception? Fault);

/// <summary>A change that is to be made, as far as it is.</summary>
internal sealed class PendingChange(TileChange change, TileVerdict verdict)
{
    private Task<LentDataset>? _reading;

    public TileChange Change { get; } = change;

    public TileVerdict Verdict { get; } = verdict;

    /// <summary>What is to be added; null where nothing is, or before it is read.</summary>
    public MapDataset? Dataset { get; private set; }

    /// <summary>Why the stack cannot take it.</summary>
    public string? Refusal { get; private set; }

    public ChangeAnswer? Answer { get; private set; }

    /// <summary>Begins to read what is to be added.</summary>
    public void Begin(Func<ObservationRef, Task<LentDataset>> read) =>
        _reading = Change.Removes || Verdict == TileVerdict.Fence ? null : read(Change.Observation);

    /// <summary>Waits for what is to be added; one that cannot be read has its answer.</summary>
    public async Task ReadAsync(TileHead head, TileId tile)
    {
        if (_reading is null) return;
        try
        {
            Dataset = (await _reading).Dataset;
        }
        catch (UnusableException exception) when (exception.IsInternal)
        {
            // It was read once, when it was planned; other tiles may have it: not refused, but tried again.
            Fail(ServiceErrors.Internal(tile.ToString(), exception.InnerException!));
        }
        catch (UnusableException exception)
        {
            Settle(head, exception.IsGone ? TileChangeOutcome.Gone : TileChangeOutcome.Refused, exception.Message);
        }
        catch (StorageException exception)
        {
            Fail(ServiceErrors.Of(exception));
        }
        catch (IOException exception)
        {
            Fail(new SurveyServiceException(ServiceError.StoreUnavailable, exception.Message));
        }
    }

    /// <summary>Adds what was read; what the stack refuses leaves no trace in it.</summary>
    public void AddTo(DatasetStack stack)
    {
        try
        {
            stack.Add(Dataset!);
        }
        catch (MapException exception)
        {
            Refusal = $"{Change.Observation.Name}: {exception.Message}";
        }
    }

    public LedgerEntry EntryIn(Survey survey)
    {
        var hasSlices = survey.LongestSlice > 0;
        var start = hasSlices ? survey.Nights.StartOf(Dataset!) : null;
        return new LedgerEntry(
            Change.Observation.Name, Change.Observation.ETag, Change.Observation.Hash, Change.Generation, DatasetBytes.Of(Dataset!),
            start, hasSlices && start is null);
    }

    /// <summary>Answers after the commit: done, or refused by the stack.</summary>
    public void Settle(TileHead head) => Settle(head, Refusal is null ? TileChangeOutcome.Done : TileChangeOutcome.Refused, Refusal);

    public void Settle(TileHead head, TileChangeOutcome outcome, string? reason) =>
        Answer = new(new TileChangeResult(outcome, head.Revision, reason, head.NewestOf(Change.Observation.Name)), null);

    public void Fail(Exception fault) => Answer = new(null, fault);

    /// <summary>Also of a reading that nobody waited for.</summary>
    public void EndLoan() => _reading?.ContinueWith(
        static reading => reading.Result.Dispose(),
        CancellationToken.None,
        TaskContinuationOptions.OnlyOnRanToCompletion | TaskContinuationOptions.ExecuteSynchronously,
        TaskScheduler.Default);
}
