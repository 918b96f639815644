using Microsoft.Extensions.Logging;
using TsMapSurvey.Contracts;

namespace TsMapSurvey.Grains.Intake;

/// <summary>The surveys that events may be about: whose a blob is, and whether their intakes have room.</summary>
internal sealed partial class NoticedSurveys(
    SurveyCatalog catalog, IGrainFactory grains, GrainOptions options, ILogger<NoticedSurveys> logger)
{
    private IReadOnlyList<string> _names = [];

    /// <summary>Looks for surveys that are new.</summary>
    /// <exception cref="Storage.StorageException">The store's faults.</exception>
    public async Task LookAsync(CancellationToken cancellationToken) => _names = await catalog.ListAsync(cancellationToken);

    /// <summary>
    /// How many more observations may come into the longest line; 0 or less while there is no survey at all. One queue is for all surveys,
    /// so the one that has most to do decides; one whose intake does not answer is passed over unless none does.
    /// </summary>
    public async Task<int> RoomAsync(CancellationToken cancellationToken)
    {
        if (_names.Count == 0) await LookAsync(cancellationToken);
        if (_names.Count == 0) return 0;
        Exception? failure = null;
        var longest = -1;
        foreach (var asked in _names.Select(name => (Name: name, Report: grains.Intake(name).GetReport(cancellationToken))).ToArray())
        {
            try
            {
                longest = int.Max(longest, (await asked.Report).InLine);
            }
            catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
            {
                LogNoReport(asked.Name, exception);
                failure = exception;
            }
        }

        if (longest < 0 && failure is not null) throw failure;
        if (longest >= options.LongestLine) IntakeMeter.CountPause();
        return options.LongestLine - longest;
    }

    /// <summary>Tells every survey below whose prefix the blob lies.</summary>
    /// <param name="blob">Its full name.</param>
    /// <returns>Whether it is an observation of any survey.</returns>
    public async Task<bool> NotifyAsync(string blob, CancellationToken cancellationToken)
    {
        var isKnown = false;
        foreach (var name in _names)
            if (await PrefixAsync(name, cancellationToken) is { } prefix && blob.StartsWith(prefix, StringComparison.Ordinal))
                isKnown |= await grains.Intake(name).Notify(blob, cancellationToken);
        return isKnown;
    }

    /// <summary>Null for a survey that cannot be served as it is: no event can be for it.</summary>
    private async Task<string?> PrefixAsync(string name, CancellationToken cancellationToken)
    {
        try
        {
            return (await catalog.GetAsync(name, cancellationToken)).Survey.Definition.Observations;
        }
        catch (SurveyServiceException exception) when (!exception.RetryHelps)
        {
            return null;
        }
    }

    [LoggerMessage(LogLevel.Warning, "Survey {Survey}: its intake does not say how much it has to do")]
    private partial void LogNoReport(string survey, Exception exception);
}
