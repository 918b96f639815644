using System.CommandLine;
using TsMapSurvey.Cli.Terminal;
using TsMapSurvey.Storage;

namespace TsMapSurvey.Cli.Commands;

/// <summary>The survey that a command is about which works on a store without a server.</summary>
internal static class StoredSurvey
{
    public static Option<string?> Option() => new("--survey") { Description = "The survey's name [default: the only one in the store]" };

    /// <summary>The one asked for, or the only one of the store.</summary>
    /// <exception cref="UsageException">There is none, or there are several.</exception>
    public static async Task<string> NameAsync(IBlobStore blobs, string? asked, CancellationToken cancellationToken)
    {
        if (asked is not null) return asked;
        var names = await new DefinitionStore(blobs).NamesAsync(cancellationToken);
        if (names.Count == 1) return names[0];
        throw new UsageException(
            names.Count == 0 ? $"--survey: {blobs.Description} has no survey" : $"--survey: choose one of {string.Join(", ", names)}");
    }
}
