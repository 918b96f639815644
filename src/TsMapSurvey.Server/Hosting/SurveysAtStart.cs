using TsMapSurvey.Contracts;
using TsMapSurvey.Storage;
using TsMapSurvey.Surveys;

namespace TsMapSurvey.Server;

internal static class SurveysAtStart
{
    /// <summary>Defines the surveys of these files.</summary>
    /// <exception cref="SettingsException">What is wrong with any of them.</exception>
    public static async Task DefineAsync(IServiceProvider services, IReadOnlyList<string> paths, CancellationToken cancellationToken)
    {
        var (grains, problems) = (services.GetRequiredService<IGrainFactory>(), new List<string>());
        foreach (var path in paths)
        {
            try
            {
                var definition = await SurveyFiles.ImportAsync(SurveyDefinition.ReadFile(path), path, services.GetRequiredService<IBlobStore>(), cancellationToken);
                await grains.Survey(definition.Name).Define(definition.ToJson(), cancellationToken);
            }
            catch (SurveyServiceException bad)
            {
                problems.AddRange(bad.Problems.IsDefaultOrEmpty ? [$"{path}: {bad.Message}"] : bad.Problems.Select(problem => $"{path}: {problem}"));
            }
        }

        if (problems.Count > 0) throw new SettingsException(problems);
    }
}
