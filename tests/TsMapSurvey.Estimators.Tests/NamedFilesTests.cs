using TsMapSurvey.Estimators.Points;
using TsMapSurvey.Estimators.Strips;
using TsMapSurvey.Maps;
using TsMapSurvey.Maps.Datasets;
using TsMapSurvey.Maps.Gadf;
using TsMapSurvey.Maps.Irf;
using TsMapSurvey.SampleData;
using TsMapSurvey.Sky;

namespace TsMapSurvey.Estimators.Tests;

/// <summary>
/// Of several files of one estimate, messages name the one that they are about; the NAME in their headers may be the same in all.
/// </summary>
public sealed class NamedFilesTests
{
    private static readonly TsMapOptions Options = new() { KernelWidthDeg = 0.7 };

    private static readonly Dictionary<string, Func<MapDataset, MapDataset>> Spoilt = new()
    {
        ["no counts"] = sound => sound with { Counts = null },
        ["no background"] = sound => sound with { Background = null },
        ["no exposure"] = sound => sound with { Exposure = null },
        ["no exposure above zero"] = sound => sound with { Exposure = new Map<double>(sound.Exposure!.Geometry, "m2 s") },
        ["another image"] = _ => Samples.Observation(2, new PixelRegion(30, 15, 40, 28)),
        ["an image elsewhere"] = _ => Samples.Observation(2, new PixelRegion(31, 15, 40, 30)),
        ["other energies"] = sound => OnEnergies(sound, MapAxis.EnergyBins("energy", 1, 100, 3)),
        ["fewer energies"] = sound => OnEnergies(sound, MapAxis.EnergyBins("energy", 1, 10, 2)),
        ["an exposure of another image"] = sound =>
            sound with { Exposure = Samples.Observation(2, new PixelRegion(30, 15, 40, 28)).Exposure },
        ["an exposure without energies"] = sound =>
            sound with { Exposure = Single(sound.Exposure!, new MapAxis("phase", [0, 1], AxisInterpolation.Linear, AxisNodes.Edges, "")) },
        ["a PSF without radii"] = sound =>
            sound with { Psf = new PsfMap(Single(sound.Psf!.Density, MapAxis.EnergyBins("energy_true", 1, 2, 1)), null) },
        ["an energy dispersion of other true energies"] = sound => sound with
        {
            Edisp = new EdispMap(
            new Map<double>(sound.Edisp!.Data.Geometry.With(Samples.Energy, MapAxis.EnergyBins("energy_true", 0.5, 20, 4))), null)
        },
        ["an energy dispersion of other energies"] = sound => sound with
        {
            Edisp = new EdispMap(
            new Map<double>(sound.Edisp!.Data.Geometry.With(MapAxis.EnergyBins("energy", 1, 10, 2), Samples.EnergyTrue)), null)
        },
        ["an energy dispersion without true energies"] = sound =>
            sound with { Edisp = new EdispMap(Single(sound.Edisp!.Data, Samples.Energy), null) },
        ["counts without energies"] = sound =>
            sound with { Counts = Single(sound.Counts!, new MapAxis("phase", [0, 1], AxisInterpolation.Linear, AxisNodes.Edges, "")) },
    };

    public static TheoryData<string> Kinds => [.. Spoilt.Keys];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void The_one_of_two_files_that_cannot_be_used_is_named(string kind)
    {
        using var folder = new TemporaryFolder();
        var (good, bad) =
            (Write(folder, "good.fits", Samples.Observation(1)), Write(folder, "bad.fits", Spoilt[kind](Samples.Observation(2))));
        foreach (var attempt in new Action<string[]>[] { AtOnce, InStrips, Downsampled, Point })
        {
            var refused = Assert.Throws<MapException>(() => attempt([good, bad]));
            Assert.True(refused.Message.Contains("bad.fits", StringComparison.Ordinal), $"{attempt.Method.Name}: {refused.Message}");
            Assert.DoesNotContain("crab", refused.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Files_that_have_nothing_to_fit_together_are_named_both()
    {
        using var folder = new TemporaryFolder();
        MapDataset Masked(int seed)
        {
            var sample = Samples.Observation(seed);
            return sample with { MaskSafe = new Map<bool>(sample.Counts!.Geometry) };
        }

        string[] files = [Write(folder, "one.fits", Masked(1)), Write(folder, "other.fits", Masked(2))];
        foreach (var attempt in new Action<string[]>[] { AtOnce, InStrips, Point })
        {
            var message = Assert.Throws<MapException>(() => attempt(files)).Message;
            Assert.Contains("one.fits", message, StringComparison.Ordinal);
            Assert.Contains("other.fits", message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData(true, false, "has no PSF: fitted as if the instrument had perfect angular resolution")]
    [InlineData(false, true, "has no EDISP: fitted as if the reconstructed energy were the true energy")]
    public void A_file_without_psf_or_energy_dispersion_is_fitted_with_a_warning_that_names_it(bool noPsf, bool noEdisp, string warning)
    {
        using var folder = new TemporaryFolder();
        var sample = Samples.Observation(2);
        string[] files = [Write(folder, "good.fits", Samples.Observation(1)),
            Write(folder, "bare.fits", sample with { Psf = noPsf ? null : sample.Psf, Edisp = noEdisp ? null : sample.Edisp })];
        var (whole, strips) = (Maps(files), StripMaps(files));
        foreach (var maps in new[] { whole, strips, new TsMapEstimator(Options with { DownsamplingFactor = 2 })
            .Run(Read(files)), FluxPointEstimator.Run(Read(files), Samples.SurveyGrid.Centre, Options) })
        {
            // Flux points also have a warning about the omitted part of the source.
            Assert.Equal([$"{folder.File("bare.fits")} {warning}"],
                maps.Warnings.Where(said => !said.StartsWith("the kernel of ", StringComparison.Ordinal)));
            Assert.Contains(maps.Find("norm")!.Data, double.IsFinite);
        }
    }

    [Fact]
    public void A_psf_that_is_cut_at_the_largest_radius_is_a_warning_that_names_the_file()
    {
        using var folder = new TemporaryFolder();
        var file = Write(folder, "wide.fits", Samples.Observation(1));
        Assert.Empty(Maps([file]).Warnings);
        var warning = Assert.Single(new TsMapEstimator(Options with { MaxPsfRadiusDeg = 0.1 }).Run(Read([file])).Warnings);
        Assert.StartsWith($"{file}: the PSF's ", warning, StringComparison.Ordinal);
        Assert.Contains("is limited to 0.1 deg", warning, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_cut_before_its_psf_is_fitted_with_a_warning()
    {
        using var folder = new TemporaryFolder();
        var whole = Write(folder, "whole.fits", Samples.Observation(1));
        int end;
        // The last header in front of the PSF begins a block of 2880 bytes.
        var bytes = File.ReadAllBytes(whole);
        for (end = 0; !System.Text.Encoding.ASCII.GetString(bytes, end, 2880)
            .Contains("EXTNAME = 'PSF     '", StringComparison.Ordinal); end += 2880)
        {
        }

        File.WriteAllBytes(folder.File("cut.fits"), bytes[..end]);
        Assert.Equal([$"{folder.File("cut.fits")} has no PSF: fitted as if the instrument had perfect angular resolution"],
            Maps([folder.File("cut.fits")]).Warnings);
        Assert.Empty(Maps([whole]).Warnings);
    }

    [Fact]
    public void A_dataset_that_was_made_here_goes_by_its_name()
    {
        Assert.Equal("obs-1", Samples.Observation(1).Place);
        var refused = Assert.Throws<MapException>(
            () => new TsMapEstimator(Options).Run([Samples.Observation(1), Samples.Observation(2) with { Counts = null }]));
        Assert.StartsWith("obs-2 has no COUNTS", refused.Message, StringComparison.Ordinal);
    }

    private static void AtOnce(string[] files) => Maps(files);

    private static void InStrips(string[] files) => StripMaps(files);

    private static void Downsampled(string[] files) => new TsMapEstimator(Options with { DownsamplingFactor = 2 }).Run(Read(files));

    private static void Point(string[] files) => FluxPointEstimator.Run(Read(files), Samples.SurveyGrid.Centre, Options);

    private static MapDataset[] Read(string[] files) => [.. files.Select(MapDatasetFile.Read)];

    private static FluxMaps Maps(string[] files) => new TsMapEstimator(Options).Run(Read(files));

    private static FluxMaps StripMaps(string[] files)
    {
        var open = new List<MapDatasetStrips>();
        try
        {
            foreach (var file in files) open.Add(MapDatasetFile.Open(file));
            FluxMaps? last = null;
            new StripedEstimate(Options, open, 1).Run((_, maps) => last = maps);
            return last!;
        }
        finally
        {
            foreach (var file in open) file.Dispose();
        }
    }

    private static string Write(TemporaryFolder folder, string name, MapDataset dataset)
    {
        MapDatasetFile.Write(folder.File(name), dataset with { Name = "crab" });
        return folder.File(name);
    }

    private static MapDataset OnEnergies(MapDataset sound, MapAxis energy)
    {
        var cube = sound.Counts!.Geometry.With(energy);
        var values = Enumerable.Repeat(1.0, cube.Count).ToArray();
        return sound with
        {
            Counts = new Map<double>(cube, values),
            Background = new Map<double>(cube, values),
            MaskSafe = null,
            Edisp = null
        };
    }

    /// <summary>One plane of a map, with another axis.</summary>
    private static Map<double> Single(Map<double> map, MapAxis axis)
    {
        var geometry = map.Geometry.With(axis);
        return new Map<double>(geometry, [.. Enumerable.Repeat(1.0, geometry.Count)], map.Unit);
    }
}
