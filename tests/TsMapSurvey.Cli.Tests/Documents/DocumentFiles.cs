using System.Text.RegularExpressions;
using TsMapSurvey.Models;
using TsMapSurvey.Sky;

namespace TsMapSurvey.Cli.Tests.Documents;

/// <summary>
/// A folder with small synthetic files under the names that the documents use: the manual's own survey, simulated observations of it, and
/// model files.
/// </summary>
internal sealed partial class DocumentFiles : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public DocumentFiles()
    {
        File.WriteAllText(_folder.File("survey.json"), SurveyJson());
        foreach (var (simulated, name) in Simulate(observations: 4).Zip(["obs_0001", "obs_0002", "obs_0003", "obs_0004"]))
            File.Move(simulated, _folder.File($"{name}.fits.gz"));
        File.Move(Simulate(observations: 1)[0], _folder.File("dataset.fits.gz"));
        File.Copy(_folder.File("dataset.fits.gz"), _folder.File("other.fits.gz"));
        Write("source.yaml", new SkyModel(new ShellSource(0.2, 0.1), new PowerLaw()) { Name = "source" });
        Write("known.yaml", SkyModel.Default with { Name = "known", Position = new SkyPosition(0.5, 0, SkyFrame.Galactic) });
    }

    public string Folder => _folder.Path;

    /// <summary>The survey definition of the manual.</summary>
    public static string SurveyJson() => Json().Match(File.ReadAllText(Repository.Path(ReadmeTests.Manual))).Groups[1].Value;

    public void Dispose() => _folder.Dispose();

    private string[] Simulate(int observations)
    {
        var made = _folder.File($"simulated-{observations}");
        Tsmap.Do("simulate", "--survey", _folder.File("survey.json"), "--out", made, "--observations", $"{observations}", "--sources", "2");
        return [.. Directory.GetFiles(made, "*.fits.gz").Order(StringComparer.Ordinal)];
    }

    private void Write(string name, SkyModel model) => File.WriteAllText(_folder.File(name), SkyModelYaml.Write([model]));

    [GeneratedRegex(@"```json\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Json();
}
