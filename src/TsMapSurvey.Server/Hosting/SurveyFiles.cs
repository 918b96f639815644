using TsMapSurvey.Storage;
using TsMapSurvey.Storage.Layout;
using TsMapSurvey.Surveys;

namespace TsMapSurvey.Server.Hosting;

/// <summary>
/// Copies files that survey.json refers to (<c>irfs</c>, <c>like</c>, <c>exclusion</c>, <c>given</c>) into the store when the survey is
/// defined, so that every silo finds them. A survey keeps the files that it was defined with.
/// </summary>
internal static class SurveyFiles
{
    /// <summary>
    /// The definition with file names replaced by blob names. A name that is neither is kept; the definition's own check reports it.
    /// </summary>
    public static async Task<SurveyDefinition> ImportAsync(
        SurveyDefinition definition, string path, IBlobStore blobs, CancellationToken cancellationToken)
    {
        var names = new[] { definition.Irfs == SurveyDefinition.IrfsOfTile ? null : definition.Irfs, definition.Like,
            definition.Events?.Exclusion }.Concat(definition.Events?.Given?.Files() ?? []).OfType<string>().Distinct().ToArray();
        foreach (var name in names)
        {
            var blob = await ImportAsync(definition.Name, name, path, blobs, cancellationToken);
            string? Renamed(string? value) => value == name ? blob : value;
            definition = definition with
            {
                Irfs = Renamed(definition.Irfs)!,
                Tiling = definition.Tiling with { Like = Renamed(definition.Tiling.Like) },
                EnergyAxis = definition.EnergyAxis with { Like = Renamed(definition.EnergyAxis.Like) },
                TrueEnergyAxis = definition.TrueEnergyAxis with { Like = Renamed(definition.TrueEnergyAxis.Like) },
                Events = definition.Events is { } events ? events with
                {
                    Exclusion = Renamed(events.Exclusion),
                    Given = events.Given?.Renamed(file => Renamed(file)!),
                } : null,
            };
        }

        return definition;
    }

    private static async Task<string> ImportAsync(
        string survey, string name, string path, IBlobStore blobs, CancellationToken cancellationToken)
    {
        var file = Path.GetFullPath(name, Path.GetDirectoryName(Path.GetFullPath(path))!);
        var blob = new SurveyLayout(survey).File(Path.GetFileName(file));
        if (!Path.IsPathRooted(name) && await blobs.FindAsync(name, cancellationToken) is not null) return name;
        if (await blobs.FindAsync(blob, cancellationToken) is not null) return blob;
        if (!File.Exists(file)) return name;
        await using var content = File.OpenRead(file);
        await ImmutableBlobs.PutAsync(blobs, blob, content, cancellationToken);
        return blob;
    }
}
