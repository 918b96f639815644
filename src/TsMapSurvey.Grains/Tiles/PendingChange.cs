using TsMapSurvey.Contracts;
using TsMapSurvey.Grains.Observations;
using TsMapSurvey.Maps;
using TsMapSurvey.Maps.Datasets;
using TsMapSurvey.Sky;
using TsMapSurvey.Storage;
using TsMapSurvey.Storage.Documents;
using TsMapSurvey.Surveys;
using TsMapSurvey.Surveys.Observed;

namespace TsMapSurvey.Grains.Tiles;

/// <summary>The answer to one change of a batch: a result, or a failure after which the change may be retried.</summary>
internal readonly record struct ChangeAnswer(TileChangeResult? Result, Exception? Fault);

/// <summary>A change in progress.</summary>
internal sealed class PendingChange(TileChange change, TileVerdict verdict)
{
    private Task<ObservationLease>? _reading;

    public TileChange Change { get; } = change;

    public TileVerdict Verdict { get; } = verdict;

    /// <summary>The observation to add; null if there is none or it is not read yet.</summary>
    public IObservedData? Observed { get; private set; }

    /// <summary>Why the stack refused the observation; null otherwise.</summary>
    public string? Refusal { get; private set; }

    public ChangeAnswer? Answer { get; private set; }

    public void StartReading(Func<ObservationRef, Task<ObservationLease>> read) =>
        _reading = Change.Removes || Verdict == TileVerdict.Fence ? null : read(Change.Observation);

    /// <summary>Waits for the observation to add; answers the change if it cannot be read.</summary>
    public async Task ReadAsync(TileHead head, TileId tile)
    {
        if (_reading is null) return;
        try
        {
            Observed = (await _reading).Observation;
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

    /// <summary>Adds the observation. A refused one leaves the stack unchanged.</summary>
    public void AddTo(DatasetStack stack)
    {
        try
        {
            stack.Add(Observed!.On(stack.Geometry));
        }
        catch (MapException exception)
        {
            Refusal = $"{Change.Observation.Name}: {exception.Message}";
        }
    }

    public LedgerEntry ToEntry(Survey survey)
    {
        var hasSlices = survey.LongestSliceNights > 0;
        var start = hasSlices ? survey.Nights.StartOf(Observed!.Gti) : null;
        return new LedgerEntry(
            Change.Observation.Name, Change.Observation.ETag, Change.Observation.Hash, Change.Generation, Observed!.Bytes,
            start, hasSlices && start is null);
    }

    /// <summary>Answers after the commit: Done, or Refused by the stack.</summary>
    public void Settle(TileHead head) => Settle(head, Refusal is null ? TileChangeOutcome.Done : TileChangeOutcome.Refused, Refusal);

    public void Settle(TileHead head, TileChangeOutcome outcome, string? reason) =>
        Answer = new(new TileChangeResult(outcome, head.Revision, reason, head.NewestOf(Change.Observation.Name)), null);

    public void Fail(Exception fault) => Answer = new(null, fault);

    /// <summary>Releases the observation, also if its reading has not ended yet.</summary>
    public void Release() => _reading?.ContinueWith(
        static reading => reading.Result.Dispose(),
        CancellationToken.None,
        TaskContinuationOptions.OnlyOnRanToCompletion | TaskContinuationOptions.ExecuteSynchronously,
        TaskScheduler.Default);
}
