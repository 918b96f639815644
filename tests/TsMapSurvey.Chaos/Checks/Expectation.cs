using TsMapSurvey.Maps.Datasets;
using TsMapSurvey.Surveys;

namespace TsMapSurvey.Chaos;

/// <summary>What has to be in the stacks.</summary>
/// <param name="Wanted">The version of each observation that is in.</param>
/// <param name="Unwanted">Those that are in none.</param>
internal sealed record Expectation(Survey Survey, IReadOnlyList<SampleVersion> Wanted, IReadOnlyList<string> Unwanted)
{
    /// <summary>Those of a tile, by name.</summary>
    public IReadOnlyList<SampleVersion> Of(Sky.TileId tile) =>
        [.. Wanted.Where(version => Survey.TilesOf(version.Dataset).Contains(tile))
            .OrderBy(version => version.Name, StringComparer.Ordinal)];

    /// <summary>Counts inside survey and masks, of all.</summary>
    public double Counts => Wanted.Sum(version => SafeCounts(version.Dataset));

    private double SafeCounts(MapDataset observation)
    {
        var (pixels, everywhere, sum) = (((Sky.GridTiling)Survey.Tiling).InSurveyPixels(observation.Grid), Survey.Grid.Region, 0.0);
        for (var i = 0; i < observation.Counts!.Data.Length; i++)
            if (observation.MaskSafe!.Data[i] && everywhere.Contains(
                i % pixels.Width + pixels.X, i / pixels.Width % pixels.Height + pixels.Y)) sum += observation.Counts.Data[i];
        return sum;
    }
}
