using TsMapSurvey.Maps.Gadf;
using TsMapSurvey.SampleData;

namespace TsMapSurvey.Cli.Tests;

/// <summary>tsmap reduce on event lists without responses.</summary>
public sealed class GivenReduceTests
{
    private const string Survey = """
        { "name": "given", "tiling": { "kind": "grid", "frame": "galactic", "projection": "CAR", "pixelSizeDeg": 0.5, "widthDeg": 8,
            "heightDeg": 6, "centreLonDeg": 10, "centreLatDeg": 20, "tilePixels": 8 },
          "energyAxis": { "minTeV": 0.02, "maxTeV": 0.6, "bins": 4 }, "trueEnergyAxis": { "minTeV": 0.01, "maxTeV": 1, "bins": 6 },
          "maps": { "point": { "kernelWidthDeg": 1.5 } }
        """;

    [Fact]
    public void Options_and_the_definition_give_the_same_dataset_which_can_be_fitted()
    {
        using var folder = Files();
        File.WriteAllText(folder.File("survey.json"), Survey + "}");
        File.WriteAllText(folder.File("with.json"), Survey + """
            , "events": { "given": { "exposure": "exposure.fits", "backgrounds": ["flux.fits", "counts.fits"], "psf": "psf.fits" } } }
            """);
        Tsmap.Do(
        [
            "reduce", folder.File("events.fits"), "--survey", folder.File("survey.json"), "--out", folder.File("a"), .. Options(folder),
        ]);
        Tsmap.Do("reduce", folder.File("events.fits"), "--survey", folder.File("with.json"), "--out", folder.File("b"));
        var one = MapDatasetFile.Read(folder.File("a", "obs_events.fits.gz"));
        var other = MapDatasetFile.Read(folder.File("b", "obs_events.fits.gz"));
        Assert.True(one.Counts!.Data.Sum() > 200);
        Assert.Equal(one.Background!.Data, other.Background!.Data);
        Assert.True(one.Background.Data.Sum() > 100);
        Tsmap.Do("compute", folder.File("a", "obs_events.fits.gz"), "--out", folder.File("map.fits"), "--kernel-width", "1.5 deg");
        Assert.Contains(FluxValues(folder.File("map.fits")), double.IsFinite);
    }

    [Fact]
    public void Several_event_lists_need_the_time_of_all()
    {
        using var folder = Files();
        File.WriteAllText(folder.File("survey.json"), Survey + "}");
        File.Copy(folder.File("events.fits"), folder.File("later.fits"));
        string[] command =
        [
            "reduce", folder.File("events.fits"), folder.File("later.fits"), "--survey", folder.File("survey.json"), "--out",
            folder.File("out"), .. Options(folder),
        ];
        var refused = Tsmap.Run(command);
        Assert.Equal(1, refused.ExitCode);
        Assert.Contains("--total-time: found nothing, and 2 event lists", refused.Error, StringComparison.Ordinal);
        Tsmap.Do([.. command, "--total-time", $"{2 * GivenFiles.GoodTimeS}"]);
        Tsmap.Do(
        [
            "reduce", folder.File("events.fits"), "--survey", folder.File("survey.json"), "--out", folder.File("whole"), .. Options(folder),
        ]);
        var half = MapDatasetFile.Read(folder.File("out", "obs_later.fits.gz"));
        var whole = MapDatasetFile.Read(folder.File("whole", "obs_events.fits.gz"));
        Assert.Equal(whole.Exposure!.Data[7] / 2, half.Exposure!.Data[7], 1e-6 * whole.Exposure.Data[7]);
        Assert.Equal(whole.Background!.Data[7] / 2, half.Background!.Data[7], 1e-6 * whole.Background.Data[7]);
    }

    [Fact]
    public void Options_that_go_together_are_named()
    {
        using var folder = Files();
        File.WriteAllText(folder.File("survey.json"), Survey + "}");
        var result = Tsmap.Run("reduce", folder.File("events.fits"), "--survey", folder.File("survey.json"), "--out", folder.File("out"),
            "--exposure", folder.File("exposure.fits"), "--psf", folder.File("psf.fits"));
        Assert.Equal(2, result.ExitCode);
        Assert.Contains("--background: found nothing, expected a file", result.Error, StringComparison.Ordinal);
    }

    private static TemporaryFolder Files()
    {
        var folder = new TemporaryFolder();
        new GivenFiles().Fill().Write(name => folder.File(name));
        return folder;
    }

    private static string[] Options(TemporaryFolder folder) =>
    [
        "--exposure", folder.File("exposure.fits"), "--background", folder.File("flux.fits"), folder.File("counts.fits"), "--psf",
        folder.File("psf.fits"),
    ];

    private static double[] FluxValues(string path)
    {
        using var file = Fits.FitsFile.Open(path);
        return MapReader.Read(file, file.Find("SQRT_TS")!).Data;
    }
}
