using Microsoft.Extensions.Logging;
using TsMapSurvey.Contracts;
using TsMapSurvey.Storage.Documents;
using TsMapSurvey.Surveys;
using TsMapSurvey.Surveys.Names;

namespace TsMapSurvey.Grains.Compute;

/// <summary>Opens jobs up to a maximum, and deletes abandoned ones. It keeps no list: the store has the jobs.</summary>
internal sealed partial class ComputeDeskGrain(ComputeRecords records, GrainOptions options, TimeProvider time,
    ILogger<ComputeDeskGrain> logger) : Grain, IComputeDeskGrain, IRemindable
{
    /// <summary>A job without any call for so long is deleted.</summary>
    internal static readonly TimeSpan AbandonedAfter = TimeSpan.FromMinutes(15);
    private const string Reminder = "sweep";
    private static readonly TimeSpan ReminderPeriod = TimeSpan.FromMinutes(5);

    public Task Start(CancellationToken cancellationToken) =>
        this.RegisterOrUpdateReminder(Reminder, ReminderPeriod, ReminderPeriod, cancellationToken);

    public async Task<string> Open(ComputeRequest request, CancellationToken cancellationToken)
    {
        var problems = Problems(request).ToArray();
        if (problems.Length > 0) throw ServiceErrors.BadOptions(problems);
        var jobs = (await records.ListAsync(cancellationToken)).Count;
        if (jobs >= options.Jobs) jobs -= await Sweep(cancellationToken);
        if (jobs >= options.Jobs) throw ServiceErrors.TooManyJobs(jobs);
        var (job, now) = (SurveyNames.NewJob(), time.GetUtcNow());
        var record = new ComputeRecord { Job = job, Map = request.Map, Datasets = request.Datasets, CreatedAt = now, SeenAt = now };
        return await records.WriteAsync(record, null, cancellationToken) is null ? throw ServiceErrors.JobChanged(job) : job;
    }

    public Task ReceiveReminder(string reminderName, TickStatus status) => Sweep(CancellationToken.None);

    public async Task<int> Sweep(CancellationToken cancellationToken)
    {
        var deleted = 0;
        foreach (var (job, newestBlob) in await records.ListAsync(cancellationToken))
        {
            // A job without a record may still have blobs that a block wrote after the job was discarded.
            var record = await FindAsync(job, cancellationToken);
            if (time.GetUtcNow() - (record?.SeenAt ?? newestBlob) <= AbandonedAfter) continue;
            await GrainFactory.ComputeJob(job).Discard(cancellationToken);
            LogDeleted(job);
            deleted++;
        }

        return deleted;
    }

    private async Task<ComputeRecord?> FindAsync(string job, CancellationToken cancellationToken)
    {
        try
        {
            return (await records.FindAsync(job, cancellationToken))?.Record;
        }
        catch (SurveyServiceException)
        {
            return null;
        }
    }

    private static IEnumerable<string> Problems(ComputeRequest request)
    {
        if (request.Datasets.Length is 0 or > ComputeRequest.MaxDatasets)
            yield return $"datasets: found {request.Datasets.Length}, expected 1 to {ComputeRequest.MaxDatasets} names";
        if (request.Datasets.Any(
            name => string.IsNullOrWhiteSpace(name) || name.Length > ComputeRequest.MaxNameLength || name.Any(char.IsControl)))
            yield return $"datasets: found a name that is empty, longer than {ComputeRequest.MaxNameLength} characters or has control "
                + "characters, expected file names";
        foreach (var problem in ProblemsOfMap(request.Map)) yield return problem;
    }

    private static IEnumerable<string> ProblemsOfMap(string map)
    {
        try
        {
            return MapDefinition.Parse(map).ToOptions().Problems();
        }
        catch (SurveyException exception)
        {
            return exception.Problems;
        }
    }

    [LoggerMessage(LogLevel.Information, "Job {Job}: deleted, because no client has asked for it for a while")]
    private partial void LogDeleted(string job);
}
