using Microsoft.Extensions.Logging;
using TsMapSurvey.Contracts;

namespace TsMapSurvey.Grains.Intake;

/// <summary>Finds the surveys that a blob belongs to, and whether their intakes have room.</summary>
internal sealed partial class NoticedSurveys(
    SurveyCatalog catalog, IGrainFactory grains, GrainOptions options, ILogger<NoticedSurveys> logger)
{
    private IReadOnlyList<string> _names = [];

    /// <summary>Reads the names of all surveys again.</summary>
    /// <exception cref="Storage.StorageException">The store failed.</exception>
    public async Task RefreshAsync(CancellationToken cancellationToken) => _names = await catalog.ListAsync(cancellationToken);

    /// <summary>
    /// Returns how many more observations fit into the fullest intake queue; 0 or less while there is no survey. The event queue serves all
    /// surveys, so the fullest intake decides. Intakes that do not answer are skipped, unless none answers.
    /// </summary>
    public async Task<int> GetRoomAsync(CancellationToken cancellationToken)
    {
        if (_names.Count == 0) await RefreshAsync(cancellationToken);
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

    /// <summary>Notifies every survey whose prefix the blob's name starts with.</summary>
    /// <param name="blob">Full name.</param>
    /// <returns>Whether the blob is an observation of any survey.</returns>
    public async Task<bool> NotifyAsync(string blob, CancellationToken cancellationToken)
    {
        var isKnown = false;
        foreach (var name in _names)
            if (await FindPrefixAsync(name, cancellationToken) is { } prefix && blob.StartsWith(prefix, StringComparison.Ordinal))
                isKnown |= await grains.Intake(name).Notify(blob, cancellationToken);
        return isKnown;
    }

    /// <summary>Returns null if the survey's definition is damaged or deleted.</summary>
    private async Task<string?> FindPrefixAsync(string name, CancellationToken cancellationToken)
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

    [LoggerMessage(LogLevel.Warning, "Survey {Survey}: the intake did not report the length of its queue")]
    private partial void LogNoReport(string survey, Exception exception);
}
