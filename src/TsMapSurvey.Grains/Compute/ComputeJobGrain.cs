using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Logging;
using TsMapSurvey.Contracts;
using TsMapSurvey.Storage;
using TsMapSurvey.Storage.Documents;

namespace TsMapSurvey.Grains.Compute;

/// <summary>One job: stores its state in a record, and has its blocks computed as long as clients ask for it.</summary>
[SuppressMessage("Design", "CA1001", Justification = "holds no timer and no wait handle, so there is nothing to dispose")]
internal sealed partial class ComputeJobGrain(
    ComputeRecords records, ComputeInputs inputs, BlockAssembly assembly, ISiloStatusOracle silos, GrainOptions options, TimeProvider time,
    ILogger<ComputeJobGrain> logger)
    : Grain, IComputeJobGrain
{
    private static readonly TimeSpan MaxRestoreTime = TimeSpan.FromSeconds(60);
    private readonly CancellationTokenSource _ending = new();
    private readonly SemaphoreSlim _writing = new(1, 1);
    private StoredComputeRecord? _stored;
    private BlockRound? _round;
    private Task _running = Task.CompletedTask;

    private string Job => this.GetPrimaryKeyString();

    private ComputeRecord Record => (_stored ?? throw ServiceErrors.JobChanged(Job)).Record;

    public async Task<string> Expect(int dataset, CancellationToken cancellationToken)
    {
        var record = await OpenAsync(cancellationToken);
        if (dataset < 0 || dataset >= record.Datasets.Count) throw ServiceErrors.UnknownDataset(Job, dataset, record.Datasets.Count);
        return record.State == JobState.Receiving ? record.Layout.Dataset(dataset)
            : throw ServiceErrors.WrongState(Job, record.State.ToWire(), "a job that waits for its datasets");
    }

    public async Task<ComputeStatus> Start(CancellationToken cancellationToken)
    {
        var record = await OpenAsync(cancellationToken);
        if (record.State != JobState.Receiving) return Status(record);
        var missing = await records.MissingAsync(record, cancellationToken);
        if (missing.Count > 0) throw ServiceErrors.MissingDatasets(Job, missing);

        await SaveAsync(known => known with { State = JobState.Computing });
        return Status(await OpenAsync(cancellationToken));
    }

    public async Task<ComputeStatus> GetStatus(CancellationToken cancellationToken) => Status(await OpenAsync(cancellationToken));

    public async Task Restore(CancellationToken cancellationToken)
    {
        var record = await OpenAsync(cancellationToken);
        if (record.State != JobState.Done || !await records.DropDamagedAsync(record.Layout.Result, cancellationToken)) return;

        LogDamaged(Job, record.Layout.Result);
        await SaveAsync(known => known with { State = JobState.Computing });
        await OpenAsync(cancellationToken);
        await _running.WaitAsync(MaxRestoreTime, time, cancellationToken)
            .ConfigureAwait(ConfigureAwaitOptions.ContinueOnCapturedContext | ConfigureAwaitOptions.SuppressThrowing);
    }

    public async Task Discard(CancellationToken cancellationToken)
    {
        await _ending.CancelAsync();
        await _running.WaitAsync(cancellationToken);
        try
        {
            await records.DeleteAsync(Job, cancellationToken);
        }
        finally
        {
            _stored = null;
            inputs.Forget(Job);
            DeactivateOnIdle();
        }
    }

    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        await _ending.CancelAsync();
        await base.OnDeactivateAsync(reason, cancellationToken);
    }

    /// <summary>Loads the record, resumes the computation if it was interrupted, and notes that a client has asked for the job.</summary>
    private async Task<ComputeRecord> OpenAsync(CancellationToken cancellationToken)
    {
        if (_stored is null && await records.FindAsync(Job, cancellationToken) is { } found) _stored ??= found;

        if (_stored is null)
        {
            DeactivateOnIdle();
            throw ServiceErrors.UnknownJob(Job);
        }

        if (_stored.Record.State == JobState.Computing && _running.IsCompleted && !_ending.IsCancellationRequested) _running = RunAsync();
        if (time.GetUtcNow() - _stored.Record.SeenAt > ComputeDeskGrain.AbandonedAfter / 5)
            await SaveAsync(known => known with { SeenAt = time.GetUtcNow() });
        return Record;
    }

    private async Task RunAsync()
    {
        await Task.Yield();
        try
        {
            await ComputeAsync();
        }
        catch (OperationCanceledException)
        {
        }
        catch (Exception exception) when (exception is StorageException or SurveyServiceException)
        {
            // What was written is unknown here; the next call reads the record and resumes.
            _stored = null;
            LogInterrupted(Job, exception);
        }
        catch (Exception exception)
        {
            var unusable = exception as UnusableException ?? ServiceErrors.Unusable("", exception);
            if (unusable.IsInternal) LogInternal(Job, exception);
            await FailAsync(unusable.Message);
        }
    }

    private async Task ComputeAsync()
    {
        var active = int.Max(1, silos.GetApproximateSiloStatuses(onlyActive: true).Count);
        if (Record.BlockRows == 0)
        {
            using var lease = await inputs.GetAsync(Record, _ending.Token);
            var image = lease.Input.Datasets[0].Grid;
            await SaveAsync(
                known => known with
                {
                    Width = image.Width,
                    Height = image.Height,
                    BlockRows = BlockRound.RowsPerBlock(image.Height, active),
                });
        }

        var (record, began) = (Record, time.GetTimestamp());
        _round = new BlockRound(Job, GrainFactory, options, time, logger);
        await _round.RunAsync(BlockRound.BlocksOf(record), active, _ending.Token);
        await assembly.PublishAsync(record, _ending.Token);
        await SaveAsync(known => known with { State = JobState.Done, Warnings = _round.Warnings });
        LogDone(Job, BlockRound.BlocksOf(record).Count, _round.Silos.Count, time.GetElapsedTime(began).TotalSeconds);
    }

    private async Task FailAsync(string reason)
    {
        try
        {
            await SaveAsync(known => known with { State = JobState.Failed, Reason = reason });
            LogFailed(Job, reason);
        }
        catch (Exception exception) when (exception is SurveyServiceException or StorageException or OperationCanceledException)
        {
            LogInterrupted(Job, exception);
        }
    }

    /// <summary>One write at a time. After an unknown outcome or a conflict the next call reads the record again.</summary>
    private async Task SaveAsync(Func<ComputeRecord, ComputeRecord> change)
    {
        await _writing.WaitAsync(_ending.Token);
        try
        {
            var stored = _stored ?? throw ServiceErrors.UnknownJob(Job);
            _stored = await records.WriteAsync(change(stored.Record), stored.ETag, _ending.Token);
            if (_stored is null) throw ServiceErrors.JobChanged(Job);
        }
        catch (StorageException)
        {
            _stored = null;
            throw;
        }
        finally
        {
            _writing.Release();
        }
    }

    private ComputeStatus Status(ComputeRecord record) => new(
        Job, record.State.ToWire(), BlockRound.BlocksOf(record).Count, record.State == JobState.Done
            ? BlockRound.BlocksOf(record).Count : _round?.Done ?? 0, [.. _round?.Silos ?? []],
        record.CreatedAt, record.Reason, [.. record.Warnings], record.State == JobState.Done ? record.Layout.Result : null,
        record.State == JobState.Done ? 1 : _round?.Progress ?? 0);
}
