using TsMapSurvey.Contracts;
using TsMapSurvey.Server.Settings;
using TsMapSurvey.Storage;
using TsMapSurvey.Surveys;

namespace TsMapSurvey.Server.Hosting;

internal static class SurveysAtStart
{
    private static readonly TimeSpan Timeout = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan RetryDelay = TimeSpan.FromSeconds(1);

    /// <summary>
    /// Checks the files against the store's surveys before the silo starts. Problems that cannot be found this way are found when the
    /// surveys are defined.
    /// </summary>
    /// <exception cref="SettingsException">All problems of all files.</exception>
    public static async Task CheckAsync(IServiceProvider services, ServerSettings settings, CancellationToken cancellationToken)
    {
        var (blobs, tilings) = (services.GetRequiredService<IBlobStore>(), services.GetRequiredService<TilingFactory>());
        var problems = new List<string>();
        foreach (var path in settings.Surveys)
        {
            var definition = SurveyDefinition.ReadFile(path);
            if (await FindAsync(blobs, definition.Name, cancellationToken) is { } stored)
            {
                definition = await SurveyFiles.ImportAsync(definition, path, blobs, cancellationToken);
                if (stored.CanBeReplacedBy(definition)) continue;
                problems.Add(
                    SettingsProblems.OtherDefinition(path, definition.Name, blobs.Description, stored.DifferencesFrom(definition)));
            }
            else if (definition.Like is null
                && TileBytes.Of(Survey.Resolve(definition, null, tilings)).ProblemWith(settings.TileBytes) is { } tooLarge)
                problems.Add($"{path}: {tooLarge}");
        }

        if (problems.Count > 0) throw new SettingsException(problems);
    }

    /// <summary>Defines the surveys of these files.</summary>
    /// <exception cref="SettingsException">All problems of all files.</exception>
    public static async Task DefineAsync(IServiceProvider services, IReadOnlyList<string> paths, CancellationToken cancellationToken)
    {
        var (grains, time, problems) =
            (services.GetRequiredService<IGrainFactory>(), services.GetRequiredService<TimeProvider>(), new List<string>());
        foreach (var path in paths)
        {
            try
            {
                var definition = await SurveyFiles.ImportAsync(
                    SurveyDefinition.ReadFile(path), path, services.GetRequiredService<IBlobStore>(), cancellationToken);
                await DefineAsync(grains, definition, time, cancellationToken);
            }
            catch (SurveyServiceException exception)
            {
                problems.AddRange(
                    exception.Problems.IsDefaultOrEmpty
                        ? [$"{path}: {exception.Message}"] : exception.Problems.Select(problem => $"{path}: {problem}"));
            }
        }

        if (problems.Count > 0) throw new SettingsException(problems);
    }

    /// <summary>Null if the store has none, or none that can be read.</summary>
    private static async Task<SurveyDefinition?> FindAsync(IBlobStore blobs, string name, CancellationToken cancellationToken)
    {
        try
        {
            return await new DefinitionStore(blobs).ReadAsync(name, cancellationToken) is { } stored
                ? SurveyDefinition.Parse(stored.Json) : null;
        }
        catch (Exception exception) when (exception is SurveyException or StorageException { Error: StorageError.Damaged })
        {
            return null;
        }
    }

    /// <summary>Retries while the survey's grain is on a killed silo that is not yet declared dead.</summary>
    private static async Task DefineAsync(
        IGrainFactory grains, SurveyDefinition definition, TimeProvider time, CancellationToken cancellationToken)
    {
        var began = time.GetTimestamp();
        while (true)
        {
            try
            {
                await grains.Survey(definition.Name).Define(definition.ToJson(), cancellationToken);
                return;
            }
            catch (Exception exception) when (exception is OrleansException or TimeoutException
                or SurveyServiceException { Error: ServiceError.Stopping } && time.GetElapsedTime(began) < Timeout)
            {
                await Task.Delay(RetryDelay, time, cancellationToken);
            }
        }
    }
}
