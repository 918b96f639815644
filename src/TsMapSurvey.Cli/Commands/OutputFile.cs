using TsMapSurvey.Cli.Terminal;
using TsMapSurvey.Tables;

namespace TsMapSurvey.Cli.Commands;

/// <summary>Output files; wrong names are refused before the work starts.</summary>
internal static class OutputFile
{
    private static readonly string[] FitsEndings = [".fits", ".fits.gz", ".fit", ".fit.gz", ".fts", ".fts.gz"];
    private static readonly string[] CoverageEndings = [".fits", ".json", ".moc", ".txt"];
    private static readonly string[] PictureEndings = [".png", ".svg"];

    /// <exception cref="UsageException">The name does not end like that of a FITS file.</exception>
    public static string Fits(string option, string path) => Check(option, path, FitsEndings);

    /// <exception cref="UsageException">The name does not end like that of a picture.</exception>
    public static string Picture(string option, string path) => Check(option, path, PictureEndings);

    /// <exception cref="UsageException">The name does not end like that of a MOC.</exception>
    public static string Coverage(string option, string path) => Check(option, path, CoverageEndings);

    public static bool IsSvg(string path) => path.EndsWith(".svg", StringComparison.OrdinalIgnoreCase);

    /// <summary>The path and the format that its ending means; null for null.</summary>
    /// <exception cref="TableException">The name does not end like that of a table.</exception>
    public static (string Path, TableFormat Format)? Table(string option, string? path) =>
        path is null ? null : (Check(path), TableFile.FormatOf(path, option));

    /// <exception cref="FailedException">The folder does not exist, or the path is a folder.</exception>
    public static string Check(string path)
    {
        var folder = Path.GetDirectoryName(Path.GetFullPath(path));
        if (!Directory.Exists(folder)) throw CliErrors.NoFolder(path, folder);
        return Directory.Exists(path) ? throw CliErrors.IsFolder(path) : path;
    }

    private static string Check(string option, string path, string[] endings)
    {
        if (path.EndsWith(".fz", StringComparison.OrdinalIgnoreCase))
            throw CliErrors.Compressed(path, endings[0]);
        return endings.Any(ending => path.EndsWith(ending, StringComparison.OrdinalIgnoreCase)) ? Check(path)
            : throw CliErrors.Wrong(option, path, $"a name that ends with {string.Join(", ", endings)}");
    }
}
