using TsMapSurvey.Cli.Terminal;
using TsMapSurvey.Maps.Datasets;
using TsMapSurvey.Maps.Gadf;

namespace TsMapSurvey.Cli.Commands;

/// <summary>Files named on the command line.</summary>
internal static class InputFile
{
    public static string Check(string path) => File.Exists(path) ? path : throw new FailedException($"{path}: no such file");

    public static MapDataset ReadDataset(string path) => MapDatasetFile.Read(Check(path));

    public static string ReadText(string path) => File.ReadAllText(Check(path));
}
