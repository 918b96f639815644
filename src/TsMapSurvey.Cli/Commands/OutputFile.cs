using TsMapSurvey.Cli.Terminal;
using TsMapSurvey.Tables;

namespace TsMapSurvey.Cli.Commands;

/// <summary>Files to write: refused before long work starts, not after.</summary>
internal static class OutputFile
{
    private static readonly string[] FitsEndings = [".fits", ".fits.gz", ".fit", ".fit.gz", ".fts", ".fts.gz"];
    private static readonly string[] PictureEndings = [".png", ".svg"];

    /// <exception cref="UsageException">The name has another ending than those of FITS files.</exception>
    public static string Fits(string option, string path) => Check(option, path, FitsEndings);

    /// <exception cref="UsageException">The name has another ending than those of pictures.</exception>
    public static string Picture(string option, string path) => Check(option, path, PictureEndings);

    public static bool IsSvg(string path) => path.EndsWith(".svg", StringComparison.OrdinalIgnoreCase);

    /// <summary>A table and its format, by the end of its name; null where none is asked for.</summary>
    /// <exception cref="TableException">The name has another ending than those of tables.</exception>
    public static (string Path, TableFormat Format)? Table(string option, string? path) =>
        path is null ? null : (Check(path), TableFile.FormatOf(path, option));

    /// <summary>Of any name.</summary>
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
