using System.Text.Json;
using TsMapSurvey.Fits;
using TsMapSurvey.Maps.Gadf;

namespace TsMapSurvey.Cli.Tests;

[Trait("Pace", "slow")]
public sealed class ServedSurveyTests
{
    [Fact]
    public void A_survey_of_real_observations_in_a_folder_agrees_with_gammapys_map_of_all_of_them()
    {
        using var folder = new TemporaryFolder();
        Agrees(folder, folder.File("store"));
    }

    [Fact]
    public async Task A_survey_of_real_observations_in_blob_storage_agrees_with_gammapys_map_of_all_of_them()
    {
        var azurite = await Azurite.NeedAsync();
        using var folder = new TemporaryFolder();
        Agrees(folder, $"{azurite.BlobUrl}/{Azurite.NewName()}");
    }

    private static void Agrees(TemporaryFolder folder, string store)
    {
        var (golden, stacked) =
            (Shared.Path("golden", "hess-rxj1713", "point.fits.gz"), Shared.Path("golden", "hess-rxj1713", "stacked.fits.gz"));
        var observations = Directory.GetFiles(Shared.Path("data", "hess-rxj1713"), "obs_*.fits.gz");
        new Random(5).Shuffle(observations);
        File.WriteAllText(folder.File("survey.json"), $$"""
            { "name": "hess-rxj1713",
              "tiling": { "kind": "grid", "frame": "galactic", "projection": "CAR", "pixelSizeDeg": 0.04, "widthDeg": 360, "heightDeg": 40,
                  "tilePixels": 128 },
              "energyAxis": { "minTeV": 0.6, "maxTeV": 30, "bins": 6 }, "trueEnergyAxis": { "minTeV": 0.3, "maxTeV": 60, "bins": 12 },
              "maps": { "point": { "spatial": "point", "index": 2, "kernelWidthDeg": 0.6, "rtol": 1e-6 } },
              "irfs": "{{stacked}}", "slices": ["all", "1d"] }
            """);
        using var served = new ServedSurvey(folder.File("survey.json"), store);
        foreach (var some in observations.Chunk(4)) served.Put(some);
        served.WaitUntilSettled(observations.Length);
        Assert.Equal(observations.Length, served.Get("/status").GetProperty("stacked").GetInt32());
        foreach (var quantity in new[] { "sqrt_ts", "norm" })
        {
            served.Mosaic(quantity, folder.File($"{quantity}.fits"));
            Peer.Agrees("compare_mosaic.py", folder.File($"{quantity}.fits"), golden, quantity);
        }

        served.Mosaic("counts", folder.File("counts.fits"));
        Assert.Equal(Sum(stacked, "COUNTS"), Sum(folder.File("counts.fits"), null));
        OfTheLastNight(served, observations, folder.File("night.fits"));
        Assert.Equal(0, served.Stop());
    }

    private static void OfTheLastNight(ServedSurvey served, IEnumerable<string> observations, string output)
    {
        // UTC is 64.184 s behind TT in 2004, when these were made; nights begin at noon.
        var nights = observations.Select(path => MapDatasetFile.Read(path))
            .ToLookup(dataset => Math.Floor((dataset.Gti!.Intervals[0].StartS - 64.184) / 86400 - 0.5));
        Assert.True(nights.Count > 1);
        Tsmap.Do(
            "mosaic", "--server", served.Address, "--survey", "hess-rxj1713", "--quantity", "counts", "--slice", "1d", "--out", output);
        Assert.Equal(nights[nights.Max(night => night.Key)]
            .Sum(dataset => dataset.Counts!.Data.Where((_, bin) => dataset.MaskSafe!.Data[bin]).Sum()), Sum(output, null));
        var candidates = Tsmap.Do("candidates", "--server", served.Address, "--min-sqrt-ts", "3", "--slice", "1d", "--json");
        Assert.All(JsonDocument.Parse(candidates).RootElement.EnumerateArray(), candidate =>
            Assert.Equal("1d", candidate.GetProperty("slice").GetString()));
        var refused = Tsmap.Run("candidates", "--server", served.Address, "--slice", "9d");
        Assert.Equal(1, refused.ExitCode);
        Assert.Contains("there is no slice '9d', expected one of all, 1d", refused.Error, StringComparison.Ordinal);
    }

    private static double Sum(string path, string? hdu)
    {
        using var file = FitsFile.Open(path);
        var image = hdu is null ? file.Hdus.OfType<FitsImage>().First(candidate => candidate.Count > 0) : (FitsImage)file.Find(hdu)!;
        return image.ReadDoubles().Where(double.IsFinite).Sum();
    }
}
