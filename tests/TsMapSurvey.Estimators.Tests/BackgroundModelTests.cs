using TsMapSurvey.Estimators.BackgroundSources;
using TsMapSurvey.Maps;
using TsMapSurvey.Maps.Datasets;
using TsMapSurvey.Models;
using TsMapSurvey.SampleData;
using TsMapSurvey.Sky;

namespace TsMapSurvey.Estimators.Tests;

public sealed class BackgroundModelTests
{
    private static readonly SkyPosition Place = new(0.52, 0.31, SkyFrame.Galactic);

    private static readonly SkyModel Source = new(new GaussianSource(0.1, 0.6, 40), new PowerLaw(2.1, 2e-11))
    { Name = "known", Position = Place };

    private static readonly TsMapOptions Options = new()
    { KernelWidthDeg = 0.9, Model = new SkyModel(new PointSource(), new PowerLaw(2, 1e-13)) };

    [Fact]
    public void A_source_in_the_null_leaves_no_peak_and_without_it_there_is_one()
    {
        var dataset = WithSource(Samples.Observation(masked: false));
        var at = PixelOf(dataset);
        var without = new TsMapEstimator(Options).Run([dataset]).Find("sqrt_ts")!;
        var residual = new TsMapEstimator(Options with { BackgroundModels = [Source] }).Run([dataset]).Find("sqrt_ts")!;
        Assert.True(without.Data[at] > 10, $"sqrt_ts of the source is {without.Data[at]}");
        Assert.True(Math.Abs(residual.Data[at]) < 3.5, $"sqrt_ts of what is left is {residual.Data[at]}");
    }

    [Fact]
    public void One_datasets_irfs_may_serve_all()
    {
        var dataset = Samples.Observation(masked: false);
        var bare = dataset with { Psf = null, Edisp = null };
        Assert.Equal(BackgroundModels.Counts(dataset, [Source]).Data, BackgroundModels.Counts(bare, [Source], irfs: dataset).Data);
        Assert.NotEqual(BackgroundModels.Counts(dataset, [Source]).Data, BackgroundModels.Counts(bare, [Source]).Data);
    }

    [Fact]
    public void Where_the_background_is_unknown_it_stays_so()
    {
        var dataset = Samples.Observation(masked: false);
        var at = PixelOf(dataset);
        dataset.Background!.Data[at] = double.NaN;
        var added = BackgroundModels.AddTo([dataset], [Source])[0].Background!;
        Assert.Equal([at], Enumerable.Range(0, added.Data.Length).Where(i => double.IsNaN(added.Data[i])));
    }

    [Fact]
    public void A_source_far_outside_adds_nothing()
    {
        var dataset = Samples.Observation();
        Assert.All(BackgroundModels.Counts(dataset, [Source with { Position = new SkyPosition(60, 20, SkyFrame.Galactic) }]).Data, value =>
            Assert.Equal(0, value));
    }

    [Fact]
    public void A_model_for_one_dataset_is_added_to_that_one_alone()
    {
        MapDataset[] datasets = [Samples.Observation(1), Samples.Observation(2)];
        var added = BackgroundModels.AddTo(datasets, [Source with { DatasetNames = ["obs-2"] }]);
        Assert.Same(datasets[0], added[0]);
        Assert.True(added[1].Background!.Data.Sum() > datasets[1].Background!.Data.Sum() + 1);
        Assert.Empty(BackgroundModels.Warnings(datasets, [Source with { DatasetNames = ["obs-2"] }]));
    }

    [Fact]
    public void A_model_for_a_dataset_that_is_not_there_changes_nothing_and_is_a_warning()
    {
        MapDataset[] datasets = [Samples.Observation(1), Samples.Observation(2)];
        ModelComponent[] models = [Source with { DatasetNames = ["obs-3"] }, new FieldBackground(new PowerLawNorm(0, 1.3))
            { Name = "gc-bkg", DatasetNames = ["gc"] }];
        Assert.All(datasets.Zip(BackgroundModels.AddTo(datasets, models)), pair => Assert.Same(pair.First, pair.Second));
        var warnings = BackgroundModels.Warnings(datasets, models).ToArray();
        Assert.Equal("the model 'known' is only for the dataset 'obs-3' and is ignored: the datasets are 'obs-1', 'obs-2'", warnings[0]);
        Assert.Contains("'gc-bkg'", Assert.Single(warnings[1..]), StringComparison.Ordinal);
        var maps = new TsMapEstimator(Options with { BackgroundModels = models }).Run([datasets[0]]);
        Assert.Equal(2, maps.Warnings.Count(warning => warning.Contains("is ignored", StringComparison.Ordinal)));
    }

    [Fact]
    public void A_negative_source_never_makes_the_background_negative()
    {
        var dataset = Samples.Observation();
        var added = BackgroundModels.AddTo([dataset], [Source with { Spectral = new PowerLaw(2.1, -1e-9) }])[0].Background!;
        Assert.Equal(0, added.Data.Min());
    }

    [Fact]
    public void A_cut_out_has_the_counts_of_the_whole_even_of_sources_at_its_edge()
    {
        var whole = Samples.Observation(masked: false);
        var region = new PixelRegion(4, 6, 17, 13);
        var part = whole with
        {
            Counts = Cut(whole.Counts!, region),
            Background = null,
            MaskSafe = null,
            Exposure = Cut(whole.Exposure!, region)
        };
        foreach (var shape in new ISpatialModel[] { new PointSource(), new GaussianSource(0.15), new DiskSource(0.3, 0.7, 20) })
            foreach (var (x, y) in new[] { (12.0, 12.0), (20.7, 11.2), (21.9, 10.0), (2.6, 19.4) })
            {
                whole.Grid.Wcs.TryPixelToSky(x, y, out var lon, out var lat);
                var source = Source with { Spatial = shape, Position = new SkyPosition(lon, lat, SkyFrame.Galactic) };
                var expected = Cut(BackgroundModels.Counts(whole, [source]), region).Data;
                var found = BackgroundModels.Counts(part, [source]).Data;
                Assert.True(expected.Max() > 0);
                Assert.All(expected.Zip(found), pair => Assert.Equal(pair.First, pair.Second, 1e-9 * expected.Max()));
            }
    }

    private static Map<double> Cut(Map<double> map, PixelRegion region)
    {
        var cut = new Map<double>(map.Geometry.WithGrid(map.Geometry.Grid!.Cutout(region)), map.Unit);
        for (var i = 0; i < cut.Data.Length; i++)
            cut.Data[i] = map[i / region.Width / region.Height, region.Y + i / region.Width % region.Height, region.X + i % region.Width];
        return cut;
    }

    /// <summary>Poisson counts of the source on top of the sample's own.</summary>
    private static MapDataset WithSource(MapDataset dataset)
    {
        var (random, npred) = (new Random(5), BackgroundModels.Counts(dataset, [Source]).Data);
        return dataset with
        {
            Counts =
            dataset.Counts! with { Data = [.. dataset.Counts.Data.Select((count, i) => count + Poisson(random, npred[i]))] }
        };
    }

    private static int PixelOf(MapDataset dataset)
    {
        Assert.True(dataset.Grid.TryPixelOf(Place, out int x, out int y));
        return y * dataset.Grid.Width + x;
    }

    private static int Poisson(Random random, double mean)
    {
        var (limit, product, count) = (Math.Exp(-mean), random.NextDouble(), 0);
        for (; product > limit; count++) product *= random.NextDouble();
        return count;
    }
}
