using TsMapSurvey.Fits;
using TsMapSurvey.Maps.Datasets;
using TsMapSurvey.Maps.Gadf;
using TsMapSurvey.Sky;
using TsMapSurvey.Surveys;

namespace TsMapSurvey.Cli.Tests;

/// <summary>The stacks of a survey made from files without any server, to compare a server's with.</summary>
internal static class ExpectedStacks
{
    /// <summary>Every tile of the server has these observations and no others, each once, and so has the mosaic.</summary>
    public static void Hold(ServedSurvey served, Survey survey, string[] files, TemporaryFolder folder)
    {
        var observations = files.ToDictionary(file => Path.GetFileName(file), MapDatasetFile.Read, StringComparer.Ordinal);
        foreach (var tile in survey.Tiling.All())
        {
            var touching = observations.Where(observation => survey.TilesOf(observation.Value).Contains(tile))
                .OrderBy(observation => observation.Key, StringComparer.Ordinal).ToArray();
            if (touching.Length == 0) continue;
            Assert.Equal(touching.Select(observation => observation.Key), served.Get($"/tiles/{tile}/observations").EnumerateArray()
                .Select(entry => entry.GetProperty("name").GetString()));
            served.Download($"/tiles/{tile}/dataset.fits.gz", folder.File("tile.fits.gz"));
            AssertIs(survey, tile, touching.Select(observation => observation.Value), folder.File("tile.fits.gz"));
        }

        served.Mosaic("counts", folder.File("counts.fits"));
        using var mosaic = FitsFile.Open(folder.File("counts.fits"));
        Assert.Equal(
            observations.Values.Sum(observation => SafeCounts(survey, observation)),
            mosaic.Hdus.OfType<FitsImage>().First(image => image.Count > 0).ReadDoubles().Where(double.IsFinite).Sum());
    }

    /// <summary>Every tile has of a slice the observations of its nights and no others.</summary>
    public static void HoldOf(TimeSlice slice, ServedSurvey served, Survey survey, string[] files, TemporaryFolder folder)
    {
        var observations = files.Select(MapDatasetFile.Read)
            .ToLookup(observation => survey.Nights.NightOf(observation.Gti!.Intervals[0].StartS));
        var newest = observations.Max(night => night.Key);
        served.WaitUntil($"/mosaic/counts.json?slice={slice.Name}", answer =>
            answer.GetProperty("windowEnd").GetDateTimeOffset() == survey.Nights.BeginningOf(newest + 1));
        var within = observations.Where(night => night.Key > newest - slice.Nights).SelectMany(night => night).ToArray();
        Assert.NotEmpty(within);
        foreach (var tile in survey.Tiling.All())
        {
            var touching = within.Where(observation => survey.TilesOf(observation).Contains(tile)).ToArray();
            if (touching.Length == 0) continue;
            served.Download($"/tiles/{tile}/dataset.fits.gz?slice={slice.Name}", folder.File("window.fits.gz"));
            AssertIs(survey, tile, touching, folder.File("window.fits.gz"));
        }
    }

    private static void AssertIs(Survey survey, TileId tile, IEnumerable<MapDataset> observations, string path)
    {
        var all = observations.ToArray();
        var offline = new DatasetStack(survey.GridWithHalo(tile), StackTemplate.Of(all[0]));
        foreach (var observation in all) offline.Add(observation);
        var (expected, found) = (offline.ToDataset("offline"), MapDatasetFile.Read(path));
        Assert.Equal(expected.Counts!.Data, found.Counts!.Data);
        Assert.Equal(expected.MaskSafe!.Data, found.MaskSafe!.Data);
        for (var i = 0; i < expected.Background!.Data.Length; i++)
            Assert.Equal(expected.Background.Data[i], found.Background!.Data[i], 1e-9 * expected.Background.Data[i]);
    }

    /// <summary>Those inside the survey.</summary>
    private static double SafeCounts(Survey survey, MapDataset observation)
    {
        var (pixels, everywhere, sum) = (((GridTiling)survey.Tiling).InSurveyPixels(observation.Grid), survey.Grid.Region, 0.0);
        for (var i = 0; i < observation.Counts!.Data.Length; i++)
            if (observation.MaskSafe!.Data[i] && everywhere.Contains(
                i % pixels.Width + pixels.X, i / pixels.Width % pixels.Height + pixels.Y)) sum += observation.Counts.Data[i];
        return sum;
    }
}
