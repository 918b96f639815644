using System.CommandLine;
using TsMapSurvey.Storage;
using TsMapSurvey.Storage.Layout;
using TsMapSurvey.Surveys;

namespace TsMapSurvey.Cli.Terminal;

/// <summary>
/// The store that <c>--store</c> names, for commands that make none: a mistyped one would else be a new folder that nobody looks into.
/// </summary>
internal static class StoreThere
{
    private const int MostNamed = 5;

    public static IBlobStore Open(string url)
    {
        var blobs = BlobStores.Open(url);
        if (BlobStores.FolderOf(url.Trim()) is { } folder && !Directory.Exists(folder))
            throw CliErrors.NoStore(folder, Near(folder), HowToMake(url));
        return blobs;
    }

    public static Option<string?> SurveyOption() =>
        new("--survey") { Description = "The survey's name [default: the only one in the store]" };

    /// <summary>The name of the survey that is asked for, or of the only one.</summary>
    /// <exception cref="UsageException">There is none, there are several, or none of this name.</exception>
    public static async Task<string> NameAsync(IBlobStore blobs, string url, string? asked, CancellationToken cancellationToken)
    {
        var names = await new DefinitionStore(blobs).NamesAsync(cancellationToken);
        if (names.Count == 0) throw CliErrors.NoSurvey(blobs.Description, HowToMake(url));
        if (asked is null) return names.Count == 1 ? names[0] : throw CliErrors.SeveralSurveys(names);
        return names.Contains(asked) ? asked : throw CliErrors.UnknownSurvey(asked, blobs.Description, names, Meant(asked, names));
    }

    /// <summary>The definition of the survey that is asked for, or of the only one.</summary>
    public static async Task<SurveyDefinition> SurveyAsync(
        IBlobStore blobs, string url, string? survey, CancellationToken cancellationToken)
    {
        var name = await NameAsync(blobs, url, survey, cancellationToken);
        var stored = await new DefinitionStore(blobs).ReadAsync(name, cancellationToken)
            ?? throw CliErrors.SurveyGone(blobs.Description, name);
        try
        {
            return SurveyDefinition.Parse(stored.Json);
        }
        catch (SurveyException bad)
        {
            throw new FailedException($"{StoreLayout.Definition(name)} in {blobs.Description}: {bad.Message}");
        }
    }

    private static string Meant(string found, IEnumerable<string> names) =>
        NearestName.Of(found, names) is { } near ? $"; did you mean {near}?" : "";

    private static string HowToMake(string url) => $"'tsmap serve --survey survey.json --store {url}' makes one with a survey";

    /// <summary>The folder beside it that may be meant: one of nearly the same name, or else every store there is.</summary>
    private static string Near(string folder)
    {
        var path = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));
        if (Path.GetDirectoryName(path) is not { } parent || !Directory.Exists(parent)) return "";
        string[] beside = [.. new DirectoryInfo(parent).EnumerateDirectories().Where(one => one.Name[0] != '.').Select(one => one.Name)];
        if (NearestName.Of(Path.GetFileName(path), beside) is { } near) return $" (did you mean {Path.Combine(parent, near)}?)";
        bool IsStore(string name) => Directory.Exists(Path.Combine(parent, name, StoreLayout.Definitions));
        string[] stores = [.. beside.Where(IsStore).Order(StringComparer.Ordinal).Take(MostNamed)];
        return stores.Length == 0 ? "" : $" ({parent} has {string.Join(", ", stores)})";
    }
}
