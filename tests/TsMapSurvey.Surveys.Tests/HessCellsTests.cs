using TsMapSurvey.Estimators;
using TsMapSurvey.Estimators.Zones;
using TsMapSurvey.Events.Reading;
using TsMapSurvey.Fits;
using TsMapSurvey.Maps.Datasets;
using TsMapSurvey.Sky;
using TsMapSurvey.Surveys.Observed;

namespace TsMapSurvey.Surveys.Tests;

/// <summary>
/// The event lists of 15 observations of RX J1713.7-3946 on tilings of any kind: the answer does not depend on the tiling, although at
/// order 3 the source is 3 degrees from the centre of its tile, farther than the radius of the field of view.
/// </summary>
[Trait("Pace", "slow")]
public sealed class HessCellsTests
{
    private const double LargestDifference = 0.2;
    private static readonly SkyPosition Brightest = new(257.86, -39.64, SkyFrame.Icrs);

    [Fact]
    public void The_brightest_peak_is_that_of_a_grid_around_it_at_every_order()
    {
        // Its only tile has the source at its centre, where its kernel is taken.
        var onGrid = Peak("""
            { "kind": "grid", "frame": "icrs", "projection": "TAN", "pixelSizeDeg": 0.02, "centreLonDeg": 257.86, "centreLatDeg": -39.64,
              "widthDeg": 5.12, "heightDeg": 5.12, "tilePixels": 256 }
            """);
        foreach (var order in new[] { 3, 4, 5 })
        {
            var peak = Peak($$"""{ "kind": "healpix", "order": {{order}}, "pixelSizeDeg": 0.02 }""");
            Assert.True(Math.Abs(peak - onGrid) <= LargestDifference, $"order {order}: {peak}, on the grid {onGrid}");
        }
    }

    /// <summary>The largest sqrt_ts within 0.1 degrees of the brightest position.</summary>
    private static double Peak(string tiling)
    {
        var survey = Survey.Resolve(SurveyDefinition.Parse($$"""
            { "name": "rxj1713", "tiling": {{tiling}},
              "energyAxis": { "minTeV": 0.6, "maxTeV": 30, "bins": 6 }, "trueEnergyAxis": { "minTeV": 0.3, "maxTeV": 60, "bins": 12 },
              "maps": { "point": { "index": 2, "kernelWidthDeg": 0.6 } },
              "events": { "safeMask": ["offset-max"], "offsetMaxDeg": 2.3, "background": "none" } }
            """));
        var tile = survey.Tiling.Owner(Brightest)!.Value.Tile;
        DatasetStack? stack = null;
        foreach (var path in Directory.GetFiles(Shared.Path("data", "hess-dl3-rxj1713"), "hess_*.fits.gz").Order(StringComparer.Ordinal))
        {
            using var file = FitsFile.Open(path, EventFile.Limits);
            var observation = ObservedFile.Read(file, survey);
            stack ??= new DatasetStack(survey.GridWithHalo(tile), observation.Template);
            stack.Add(observation.On(stack.Geometry));
        }

        var (dataset, owned) = (stack!.ToDataset("stack"), survey.OwnedPixels(tile).Box);
        var estimator = new TsMapEstimator(survey.Maps["point"]);
        var zones = survey.ZonesOf(dataset, estimator.Options);
        var map = ZonedEstimate.Create(estimator, dataset, null, owned, zones, TestContext.Current.CancellationToken).ToMaps()
            .Find("sqrt_ts")!;
        var grid = map.Geometry.Grid!;
        var near = Enumerable.Range(0, map.Geometry.PlaneLength).Where(pixel =>
            grid.PixelCentre(pixel % grid.Width, pixel / grid.Width)!.Value.SeparationDeg(Brightest) < 0.1);
        return near.Max(pixel => map.Data[pixel]);
    }
}
