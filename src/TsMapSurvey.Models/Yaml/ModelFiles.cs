using System.Text.RegularExpressions;
using TsMapSurvey.Fits;
using TsMapSurvey.Maps;

namespace TsMapSurvey.Models.Yaml;

/// <summary>
/// The files that a model file names: relative to it, else to the current directory, or with their full path; with environment
/// variables, as in
/// <c>$GAMMAPY_DATA/image.fits</c>.
/// </summary>
/// <param name="folder">The model file's; null: no file must be read.</param>
internal sealed partial class ModelFiles(string? folder)
{
    /// <summary>Reads the file that an entry names.</summary>
    /// <exception cref="MapException">It is not there, must not be read, or is not what is expected; the message names entry and
    /// file.</exception>
    public T Read<T>(YamlEntry entry, string expected, Func<string, T> read)
    {
        var path = Find(entry, expected);
        try
        {
            return read(path);
        }
        catch (Exception bad) when (bad is FitsException or IOException or UnauthorizedAccessException)
        {
            throw ModelErrors.BadModelFile(entry.Where, FileFaults.Line(bad), expected);
        }
        catch (MapException bad) when (!bad.Message.StartsWith(entry.Where, StringComparison.Ordinal))
        {
            throw ModelErrors.BadModelFile(entry.Where, bad.Message);
        }
    }

    private string Find(YamlEntry entry, string expected)
    {
        var name = entry.NeedText("filename");
        if (folder is null)
            throw ModelErrors.BadModelFile(entry.Where, $"the file '{name}'", "a model without files: templates are for the command line");
        var unset = new List<string>();
        var expanded = Variable().Replace(name, match =>
        {
            var variable = match.Groups["name"].Value;
            if (Environment.GetEnvironmentVariable(variable) is { Length: > 0 } value) return value;
            unset.Add(variable);
            return match.Value;
        });
        foreach (var path in new[] { Path.Combine(folder, expanded), Path.GetFullPath(expanded) })
            if (File.Exists(path)) return path;
        var why = unset.Count > 0
            ? $" (the environment variable {string.Join(", ", unset)} is not set)" : expanded != name ? $" (that is '{expanded}')" : "";
        throw ModelErrors.BadModelFile(
            $"{entry.Where}, filename", $"'{name}', which is not there{why}", $"{expected}, as a full path or relative to '{folder}'");
    }

    [GeneratedRegex(@"\$(?:\{(?<name>\w+)\}|(?<name>\w+))")]
    private static partial Regex Variable();
}
