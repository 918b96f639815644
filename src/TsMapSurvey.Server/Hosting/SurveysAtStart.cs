using TsMapSurvey.Contracts;
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
            var json = await File.ReadAllTextAsync(path, cancellationToken);
            try
            {
                await grains.Survey(SurveyDefinition.Parse(json).Name).Define(json, cancellationToken);
            }
            catch (SurveyServiceException bad)
            {
                problems.AddRange(bad.Problems.IsDefaultOrEmpty ? [$"{path}: {bad.Message}"] : bad.Problems.Select(problem => $"{path}: {problem}"));
            }
        }

        if (problems.Count > 0) throw new SettingsException(problems);
    }
}
