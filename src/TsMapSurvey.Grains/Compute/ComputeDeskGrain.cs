using Microsoft.Extensions.Logging;
using TsMapSurvey.Contracts;
using TsMapSurvey.Storage.Documents;
using TsMapSurvey.Surveys;
using TsMapSurvey.Surveys.Names;

namespace TsMapSurvey.Grains.Compute;

/// <summary>Takes jobs in, so many at a time, and clears away those that nobody asks about. The store alone says which there are.</summary>
internal sealed partial class ComputeDeskGrain(ComputeRecords records, GrainOptions options, TimeProvider time,
    ILogger<ComputeDeskGrain> logger) : Grain, IComputeDeskGrain, IRemindable
{
    /// <summary>A job that nobody has asked about for so long is deleted.</summary>
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
        var swept = 0;
        foreach (var (job, newestBlob) in await records.ListAsync(cancellationToken))
        {
            // Without a record there may still be what a block wrote after its job was discarded.
            var record = await FindAsync(job, cancellationToken);
            if (time.GetUtcNow() - (record?.SeenAt ?? newestBlob) <= AbandonedAfter) continue;
            await GrainFactory.ComputeJob(job).Discard(cancellationToken);
            LogSwept(job);
            swept++;
        }

        return swept;
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
        if (request.Datasets.Length is 0 or > ComputeRequest.MostDatasets)
            yield return $"datasets: found {request.Datasets.Length}, expected 1 to {ComputeRequest.MostDatasets} names";
        if (request.Datasets.Any(
            name => string.IsNullOrWhiteSpace(name) || name.Length > ComputeRequest.LongestName || name.Any(char.IsControl)))
            yield return $"datasets: found a name that is empty, longer than {ComputeRequest.LongestName} characters or has control "
                + "characters, expected names of files";
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

    [LoggerMessage(LogLevel.Information, "Job {Job} was abandoned and is deleted")]
    private partial void LogSwept(string job);
}
