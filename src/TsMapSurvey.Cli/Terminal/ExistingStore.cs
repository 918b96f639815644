using System.CommandLine;
using TsMapSurvey.Storage;
using TsMapSurvey.Storage.Layout;
using TsMapSurvey.Surveys;

namespace TsMapSurvey.Cli.Terminal;

/// <summary>
/// The store of <c>--store</c> for commands that must not create one: a mistyped name would otherwise become a new folder that no server
/// reads.
/// </summary>
internal static class ExistingStore
{
    private const int MaxSuggestions = 5;

    public static IBlobStore Open(string url)
    {
        var blobs = BlobStores.Open(url);
        if (BlobStores.FolderOf(url.Trim()) is { } folder && !Directory.Exists(folder))
            throw CliErrors.NoStore(folder, Suggestion(folder), HowToCreate(url));
        return blobs;
    }

    public static Option<string?> SurveyOption() =>
        new("--survey") { Description = "Name of the survey [default: the store's only one]" };

    /// <summary>The name asked for, or that of the store's only survey.</summary>
    /// <exception cref="UsageException">The store has no survey, several, or none of this name.</exception>
    public static async Task<string> NameAsync(IBlobStore blobs, string url, string? asked, CancellationToken cancellationToken)
    {
        var names = await new DefinitionStore(blobs).NamesAsync(cancellationToken);
        if (names.Count == 0) throw CliErrors.NoSurvey(blobs.Description, HowToCreate(url));
        if (asked is null) return names.Count == 1 ? names[0] : throw CliErrors.SeveralSurveys(names);
        return names.Contains(asked) ? asked : throw CliErrors.UnknownSurvey(asked, blobs.Description, names, Suggestion(asked, names));
    }

    /// <summary>The definition of the survey that <see cref="NameAsync"/> finds.</summary>
    public static async Task<SurveyDefinition> SurveyAsync(
        IBlobStore blobs, string url, string? survey, CancellationToken cancellationToken)
    {
        var name = await NameAsync(blobs, url, survey, cancellationToken);
        var stored = await new DefinitionStore(blobs).ReadAsync(name, cancellationToken)
            ?? throw CliErrors.SurveyDeleted(blobs.Description, name);
        try
        {
            return SurveyDefinition.Parse(stored.Json);
        }
        catch (SurveyException exception)
        {
            throw CliErrors.Of($"{StoreLayout.Definition(name)} in {blobs.Description}", exception);
        }
    }

    private static string Suggestion(string found, IEnumerable<string> names) =>
        NearestName.Of(found, names) is { } nearest ? $"; did you mean {nearest}?" : "";

    private static string HowToCreate(string url) => $"'tsmap serve --survey survey.json --store {url}' creates one with a survey";

    /// <summary>A folder with a similar name beside the missing one, or else the stores beside it.</summary>
    private static string Suggestion(string folder)
    {
        var path = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));
        if (Path.GetDirectoryName(path) is not { } parent || !Directory.Exists(parent)) return "";
        string[] beside = [.. new DirectoryInfo(parent).EnumerateDirectories().Select(entry => entry.Name).Where(name => name[0] != '.')];
        if (NearestName.Of(Path.GetFileName(path), beside) is { } nearest) return $" (did you mean {Path.Combine(parent, nearest)}?)";
        bool IsStore(string name) => Directory.Exists(Path.Combine(parent, name, StoreLayout.Definitions));
        string[] stores = [.. beside.Where(IsStore).Order(StringComparer.Ordinal).Take(MaxSuggestions)];
        return stores.Length == 0 ? "" : $" ({parent} has {string.Join(", ", stores)})";
    }
}
