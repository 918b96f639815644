using System.IO.Compression;
using TsMapSurvey.Estimators.Gadf;
using TsMapSurvey.Estimators.Strips;
using TsMapSurvey.Maps;
using TsMapSurvey.Maps.Datasets;
using TsMapSurvey.Maps.Gadf;
using TsMapSurvey.Models;
using TsMapSurvey.SampleData;
using TsMapSurvey.Sky;

namespace TsMapSurvey.Estimators.Tests;

/// <summary>Maps that are made in strips against the same maps made at once.</summary>
public sealed class StripedEstimateTests
{
    private static readonly PixelRegion Region = new(5, 2, 61, 57);

    private static readonly TsMapOptions Options = new()
    { KernelWidthDeg = 0.9, Rtol = 1e-8, NJobs = 2, Model = new SkyModel(new PointSource(), new PowerLaw(2, 1e-13)) };

    public static TheoryData<string> Cases => ["plain", "joint", "cube", "bands", "limits", "scan", "threshold", "gauss", "masked centre",
        "dark centre", "masked rows", "fit mask", "no psf", "downsampled"];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Strips_of_any_height_give_the_map_made_at_once(string name)
    {
        var (datasets, options) = Case(name);
        var whole = new TsMapEstimator(options).Run(datasets);
        IDatasetRows[] byRows = [.. datasets.Select(dataset => new InMemoryDataset(dataset))];
        var needed = 57 * StripPlan.BytesPerRow(byRows, EnergyGroups.Create(datasets[0].Energy, options), options.Selection);
        foreach (var (share, strips) in new[] { (0, 4), (0.75, 2), (1, 1) })
        {
            var estimate = new StripedEstimate(options, byRows, (long)Math.Ceiling(share * needed));
            var (rows, count, progress) = (new FluxMapsRows(estimate.Geometry), 0, new Fractions());
            estimate.Run((first, maps) =>
            {
                rows.Add(first, maps);
                count++;
            }, progress, TestContext.Current.CancellationToken);
            if (strips != 2) Assert.Equal(strips, count);
            else Assert.InRange(count, 2, 3);
            Assert.Equal(share == 1, estimate.IsOneStrip);
            AssertSame(whole, rows.ToFluxMaps());
            Assert.Equal(1, progress.Last, 1e-9);
        }
    }

    [Fact]
    public void Rows_of_a_file_are_those_of_the_whole_and_so_are_the_maps_written_byte_by_byte()
    {
        using var folder = new TemporaryFolder();
        var (datasets, options) = Case("limits");
        MapDatasetFile.Write(folder.File("d.fits.gz"), datasets[0]);
        var read = MapDatasetFile.Read(folder.File("d.fits.gz"));
        using var file = MapDatasetFile.Open(folder.File("d.fits.gz"), TestContext.Current.CancellationToken);
        var (part, expected) = (file.Rows(20, 13), new InMemoryDataset(read).Rows(20, 13));
        Assert.Equal(expected.Counts!.Data, part.Counts!.Data);
        Assert.Equal(expected.Background!.Data, part.Background!.Data);
        Assert.Equal(expected.Exposure!.Data, part.Exposure!.Data);
        Assert.Equal(expected.MaskSafe!.Data, part.MaskSafe!.Data);
        Assert.Equal((61, 13), (part.Grid.Width, part.Grid.Height));
        Assert.Equal(read.Grid.PixelCentre(7, 25), part.Grid.PixelCentre(7, 5));

        var whole = new TsMapEstimator(options).Run([read]);
        foreach (var path in new[] { folder.File("maps.fits"), folder.File("maps.fits.gz") })
        {
            FluxMapsFile.Write(path, whole);
            var (atOnce, model) = (File.ReadAllBytes(path), File.ReadAllText(path + "_model.yaml"));
            File.Delete(path);
            File.Delete(path + "_model.yaml");
            using (var writer = new FluxMapsWriter(path, whole.Geometry, whole))
            {
                // The rows in another order than they have in the file.
                foreach (var first in new[] { 40, 0, 16 })
                    writer.Write(first, Rows(whole, first, Math.Min(first == 16 ? 24 : 17, 57 - first)));
                writer.Complete(TestContext.Current.CancellationToken);
            }

            Assert.Equal(Unpacked(atOnce), Unpacked(File.ReadAllBytes(path)));
            Assert.Equal(model, File.ReadAllText(path + "_model.yaml"));
        }

        Assert.Equal(5, Directory.GetFiles(folder.Path).Length);
    }

    [Fact]
    public void Nothing_is_left_of_maps_that_were_not_completed()
    {
        using var folder = new TemporaryFolder();
        var whole = new TsMapEstimator(Options).Run([Samples.Observation()]);
        foreach (var path in new[] { folder.File("maps.fits"), folder.File("maps.fits.gz") })
        {
            using (var writer = new FluxMapsWriter(path, whole.Geometry, whole)) writer.Write(0, whole);
            using var stopped = new FluxMapsWriter(path, whole.Geometry, whole);
            stopped.Write(0, whole);
            Assert.Throws<OperationCanceledException>(() => stopped.Complete(new CancellationToken(true)));
        }

        Assert.Empty(Directory.GetFiles(folder.Path));
    }

    [Fact]
    public void Where_nothing_can_be_fitted_the_last_strip_says_so()
    {
        var plain = Samples.Observation(region: Region);
        var empty = plain with { MaskSafe = new Map<bool>(plain.MaskSafe!.Geometry) };
        var failure = Assert.Throws<MapException>(() =>
            new StripedEstimate(Options, [new InMemoryDataset(empty)], 1).Run((_, _) => { }, null, TestContext.Current.CancellationToken));
        Assert.Equal(Assert.Throws<MapException>(() => new TsMapEstimator(Options).Run([empty])).Message, failure.Message);
        var other = new InMemoryDataset(Samples.Observation(seed: 2));
        Assert.Contains("obs-2 is not on this pixel grid", Assert.Throws<MapException>(
            () => new StripedEstimate(Options, [new InMemoryDataset(plain), other], 1)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_stopped_estimate_gives_no_further_strip()
    {
        using var stop = new CancellationTokenSource();
        var strips = 0;
        Assert.ThrowsAny<OperationCanceledException>(
            () => new StripedEstimate(Options, [new InMemoryDataset(Samples.Observation(region: Region))], 1).Run((_, _) =>
        {
            strips++;
            stop.Cancel();
        }, null, stop.Token));
        Assert.Equal(1, strips);
    }

    private static (MapDataset[] Datasets, TsMapOptions Options) Case(string name)
    {
        var plain = Samples.Observation(region: Region, rate: 2);
        MapDataset Where(Func<int, int, bool> safe) => plain with
        {
            MaskSafe =
            new Map<bool>(plain.Geometry, [.. plain.MaskSafe!.Data.Select((was, i) => was && safe(i % 61, i / 61 % 57))])
        };
        var far = (int x, int y) => Math.Abs(x - 30) > 14 || Math.Abs(y - 28) > 17;
        return name switch
        {
            "joint" => ([plain, Samples.Observation(2, Region, edispMap: true), Samples.Observation(3, Region, masked: false)], Options),
            "cube" => ([plain], Options with { SumOverEnergyGroups = false }),
            "bands" => ([plain], Options with { AllEnergyBins = true }),
            "limits" => ([plain], Options with { Selection = TsMapSelection.Ul | TsMapSelection.ErrnErrp | TsMapSelection.Sensitivity }),
            "scan" => ([plain], Options with { Selection = TsMapSelection.StatScan, EnergyEdgesTeV = [1, 2.2, 10] }),
            "threshold" => ([plain], Options with { Threshold = 4 }),
            "gauss" => (
                [plain], Options with { KernelWidthDeg = 1.5, Model = new SkyModel(new GaussianSource(0.2), new PowerLaw(2.4, 1e-13)) }),
            // Wider than PSF and source need: without data at the centre the kernel is as wide as asked for.
            "masked centre" =>
                ([Where(far)], Options with { KernelWidthDeg = 2.1, Model = new SkyModel(new PointSource(), new PowerLaw(1.5, 1e-13)) }),
            "dark centre" => ([plain with { Exposure = plain.Exposure! with { Data =
                [.. plain.Exposure.Data.Select((value, i) => far(i % 61, i / 61 % 57) ? value * (1 + i % 61) : 0)] } }], Options),
            "masked rows" => ([Where((_, y) => y is < 12 or > 44)], Options with { KernelWidthDeg = 2.1 }),
            "fit mask" => (
                [plain with { MaskFit = new Map<bool>(plain.Geometry, [.. plain.MaskSafe!.Data.Select((_, i) => i % 7 != 0)]) }], Options),
            "no psf" => ([plain with { Psf = null, Edisp = null }],
                Options with { KernelWidthDeg = 1.5, Model = new SkyModel(new GaussianSource(0.15), new PowerLaw(2, 1e-13)) }),
            "downsampled" => ([plain], Options with { DownsamplingFactor = 2, Selection = TsMapSelection.Ul }),
            _ => ([plain], Options),
        };
    }

    private static byte[] Unpacked(byte[] file)
    {
        if (file[0] != 0x1F) return file;
        using var unpacked = new MemoryStream();
        using (var gzip = new GZipStream(new MemoryStream(file), CompressionMode.Decompress)) gzip.CopyTo(unpacked);
        return unpacked.ToArray();
    }

    private static FluxMaps Rows(FluxMaps whole, int first, int count)
    {
        var maps = whole.Stored.ToDictionary(
            name => name,
                name => new InMemoryDataset(new MapDataset { Name = name, Counts = whole.Find(name) }).Rows(first, count).Counts!);
        return new FluxMaps(maps["norm"].Geometry, maps, whole.Model, whole.NSigma, whole.NSigmaUl, whole.Gti, whole.Warnings);
    }

    private static void AssertSame(FluxMaps expected, FluxMaps found)
    {
        Assert.Equal(expected.Stored, found.Stored);
        Assert.Equal(expected.Warnings, found.Warnings);
        Assert.Equal(expected.Gti!.Intervals, found.Gti!.Intervals);
        foreach (var name in expected.Stored)
        {
            var (a, b) = (expected.Find(name)!, found.Find(name)!);
            Assert.Equal((a.Geometry.Count, a.Unit), (b.Geometry.Count, b.Unit));
            Assert.Contains(a.Data, value => !double.IsNaN(value));
            for (var i = 0; i < a.Data.Length; i++)
                Assert.True(a.Data[i].Equals(b.Data[i]) || Math.Abs(a.Data[i] - b.Data[i]) <= 1e-12 * Math.Max(1, Math.Abs(a.Data[i])),
                    $"{name}, {i}: {b.Data[i]:r}, expected {a.Data[i]:r}");
        }
    }

    private sealed class Fractions : IProgress<double>
    {
        public double Last { get; private set; }

        public void Report(double value)
        {
            lock (this) Last = Math.Max(Last, value);
        }
    }
}
