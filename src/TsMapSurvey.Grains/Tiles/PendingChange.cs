using TsMapSurvey.Contracts;
using TsMapSurvey.Grains.Observations;
using TsMapSurvey.Maps;
using TsMapSurvey.Maps.Datasets;
using TsMapSurvey.Sky;
using TsMapSurvey.Storage;
using TsMapSurvey.Storage.Documents;
using TsMapSurvey.Surveys;

namespace TsMapSurvey.Grains.Tiles;

/// <summary>The answer to one change of a batch: a result, or a failure after which the change may be retried.</summary>
internal readonly record struct ChangeAnswer(TileChangeResult? Result, Exception? Fault);

/// <summary>A change in progress.</summary>
internal sealed class PendingChange(TileChange change, TileVerdict verdict)
{
    private Task<DatasetLease>? _reading;

    public TileChange Change { get; } = change;

    public TileVerdict Verdict { get; } = verdict;

    /// <summary>The dataset to add; null if there is none or it is not read yet.</summary>
    public MapDataset? Dataset { get; private set; }

    /// <summary>Why the stack refused the dataset; null otherwise.</summary>
    public string? Refusal { get; private set; }

    public ChangeAnswer? Answer { get; private set; }

    public void StartReading(Func<ObservationRef, Task<DatasetLease>> read) =>
        _reading = Change.Removes || Verdict == TileVerdict.Fence ? null : read(Change.Observation);

    /// <summary>Waits for the dataset to add; answers the change if it cannot be read.</summary>
    public async Task ReadAsync(TileHead head, TileId tile)
    {
        if (_reading is null) return;
        try
        {
            Dataset = (await _reading).Dataset;
        }
        catch (UnusableException exception) when (exception.IsInternal)
        {
            // Planning read it before, and other tiles may hold it: retry instead of refusing it.
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

    /// <summary>Adds the dataset. A refused dataset leaves the stack unchanged.</summary>
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

    public LedgerEntry ToEntry(Survey survey)
    {
        var hasSlices = survey.LongestSliceNights > 0;
        var start = hasSlices ? survey.Nights.StartOf(Dataset!) : null;
        return new LedgerEntry(
            Change.Observation.Name, Change.Observation.ETag, Change.Observation.Hash, Change.Generation, DatasetBytes.Of(Dataset!),
            start, hasSlices && start is null);
    }

    /// <summary>Answers after the commit: Done, or Refused by the stack.</summary>
    public void Settle(TileHead head) => Settle(head, Refusal is null ? TileChangeOutcome.Done : TileChangeOutcome.Refused, Refusal);

    public void Settle(TileHead head, TileChangeOutcome outcome, string? reason) =>
        Answer = new(new TileChangeResult(outcome, head.Revision, reason, head.NewestOf(Change.Observation.Name)), null);

    public void Fail(Exception fault) => Answer = new(null, fault);

    /// <summary>Releases the dataset, also if its reading has not ended yet.</summary>
    public void ReleaseDataset() => _reading?.ContinueWith(
        static reading => reading.Result.Dispose(),
        CancellationToken.None,
        TaskContinuationOptions.OnlyOnRanToCompletion | TaskContinuationOptions.ExecuteSynchronously,
        TaskScheduler.Default);
}
