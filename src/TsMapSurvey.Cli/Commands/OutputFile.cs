using TsMapSurvey.Cli.Terminal;

namespace TsMapSurvey.Cli.Commands;

/// <summary>Files to write: refused before long work starts, not after.</summary>
internal static class OutputFile
{
    public static string Check(string path)
    {
        if (path.EndsWith(".fz", StringComparison.OrdinalIgnoreCase))
            throw new UsageException($"{path}: tile-compressed files (.fz) are read, not written; expected another name, for example one that ends in .fits.gz");
        var folder = Path.GetDirectoryName(Path.GetFullPath(path));
        if (!Directory.Exists(folder)) throw new FailedException($"{path}: the folder {folder} does not exist; create it first");
        return Directory.Exists(path) ? throw new FailedException($"{path} is a folder, expected a file to write") : path;
    }
}
