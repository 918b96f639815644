using System.Text.RegularExpressions;
using TsMapSurvey.Fits;
using TsMapSurvey.Maps;

namespace TsMapSurvey.Models.Yaml;

/// <summary>
/// Finds the files that a model file refers to: by full path, relative to the model file, or relative to the current directory.
/// Environment variables are expanded, as in <c>$GAMMAPY_DATA/image.fits</c>.
/// </summary>
/// <param name="folder">The model file's folder; null if no file may be read.</param>
internal sealed partial class ModelFiles(string? folder)
{
    /// <summary>Reads the file that an entry refers to.</summary>
    /// <exception cref="MapException">The file does not exist, may not be read, or is not what is expected; the message names entry and
    /// file.</exception>
    public T Read<T>(YamlEntry entry, string expected, Func<string, T> read)
    {
        var path = Find(entry, expected);
        try
        {
            return read(path);
        }
        catch (Exception exception) when (exception is FitsException or IOException or UnauthorizedAccessException)
        {
            throw ModelErrors.BadModelFile(entry.Where, FileFaults.Line(exception), expected);
        }
        catch (MapException exception) when (!exception.Message.StartsWith(entry.Where, StringComparison.Ordinal))
        {
            throw ModelErrors.BadModelFile(entry.Where, exception.Message);
        }
    }

    private string Find(YamlEntry entry, string expected)
    {
        var name = entry.RequiredText("filename");
        if (folder is null)
            throw ModelErrors.BadModelFile(
                entry.Where, $"the file '{name}'", "a model that needs no other file: only the command line reads templates");
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
            ? $" (the environment variable {string.Join(", ", unset)} is not set)" : expanded != name ? $" (expanded to '{expanded}')" : "";
        throw ModelErrors.BadModelFile(
            $"{entry.Where}, filename", $"'{name}', which does not exist{why}", $"{expected}, as a full path or relative to '{folder}'");
    }

    [GeneratedRegex(@"\$(?:\{(?<name>\w+)\}|(?<name>\w+))")]
    private static partial Regex Variable();
}
