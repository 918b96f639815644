using TsMapSurvey.Cli.Terminal;
using TsMapSurvey.Storage;

namespace TsMapSurvey.Cli.Commands;

/// <summary>The observations that files stand for, and what of them is not uploaded.</summary>
/// <param name="Absent">The number of observations of indices that have no file here.</param>
/// <param name="Lists">Names of lists of observations (obs-index...), which are none themselves.</param>
internal sealed record PutPlan(IReadOnlyList<PutSource> Sources, int Absent, IReadOnlyList<string> Lists)
{
    private const string ListStart = "obs-index";

    /// <summary>An index of HDUs (by its name, hdu-index...) stands for the observations that it names and whose events are here.</summary>
    /// <param name="root">The folder that the paths of an index must not leave; null for the folder of the index.</param>
    public static PutPlan Of(IReadOnlyList<string> paths, string? root)
    {
        var (sources, absent) = (new Dictionary<string, PutSource>(StringComparer.Ordinal), 0);
        foreach (var path in paths.Where(IndexOnDisk.HasName))
        {
            var index = IndexOnDisk.TryRead(path, root) ?? throw CliErrors.NoIndex(path);
            foreach (var id in index.Observations)
                if (index.FindEvents(id) is not { } events) absent++;
                else Add(PutSource.Of(events, index.IsInOneFile(id) ? null : target => index.Join(id, target)));
        }

        var others = paths.Where(path => !IndexOnDisk.HasName(path)).ToLookup(IsList);
        foreach (var source in others[false].Select(path => PutSource.Of(path, null)))
            // A file that an index names may be given too.
            if (!sources.TryGetValue(source.Name, out var known) || known.Path != source.Path) Add(source);
        var wrong = sources.Values.Where(source => !ObservationStore.IsObservation(source.Name)).ToArray();
        return wrong.Length == 0 ? new PutPlan([.. sources.Values], absent, [.. others[true].Select(path => Path.GetFileName(path))])
            : throw CliErrors.Usage(
                [.. wrong.Select(source => $"{source.Path}: expected a name that ends with {ObservationStore.NamesExpected}")]);

        void Add(PutSource source)
        {
            if (!sources.TryAdd(source.Name, source))
                throw CliErrors.Usage([$"{source.Name}: found 2 observations, {sources[source.Name].Path} and {source.Path}, expected one; "
                    + "its name is the observation's"]);
        }
    }

    private static bool IsList(string path) => Path.GetFileName(path).StartsWith(ListStart, StringComparison.OrdinalIgnoreCase);
}
