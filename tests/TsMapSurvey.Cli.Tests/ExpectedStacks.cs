using TsMapSurvey.Fits;
using TsMapSurvey.Maps.Datasets;
using TsMapSurvey.Maps.Gadf;
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
            var touching = observations.Where(observation => survey.TilesOf(observation.Value).Contains(tile)).OrderBy(observation => observation.Key, StringComparer.Ordinal).ToArray();
            if (touching.Length == 0) continue;
            Assert.Equal(touching.Select(observation => observation.Key), served.Get($"/tiles/{tile}/observations").EnumerateArray().Select(entry => entry.GetProperty("name").GetString()));
            var offline = new DatasetStack(survey.GridWithHalo(tile), StackTemplate.Of(touching[0].Value));
            foreach (var (_, observation) in touching) offline.Add(observation);
            var expected = offline.ToDataset("offline");
            served.Download($"/tiles/{tile}/dataset.fits.gz", folder.File("tile.fits.gz"));
            var found = MapDatasetFile.Read(folder.File("tile.fits.gz"));
            Assert.Equal(expected.Counts!.Data, found.Counts!.Data);
            Assert.Equal(expected.MaskSafe!.Data, found.MaskSafe!.Data);
            for (var i = 0; i < expected.Background!.Data.Length; i++)
                Assert.Equal(expected.Background.Data[i], found.Background!.Data[i], 1e-9 * expected.Background.Data[i]);
        }

        served.Mosaic("counts", folder.File("counts.fits"));
        using var mosaic = FitsFile.Open(folder.File("counts.fits"));
        Assert.Equal(
            observations.Values.Sum(observation => SafeCounts(survey, observation)),
            mosaic.Hdus.OfType<FitsImage>().First(image => image.Count > 0).ReadDoubles().Where(double.IsFinite).Sum());
    }

    /// <summary>Those inside the survey.</summary>
    private static double SafeCounts(Survey survey, MapDataset observation)
    {
        var (pixels, everywhere, sum) = (survey.Tiling.InSurveyPixels(observation.Grid), survey.Tiling.Grid.Region, 0.0);
        for (var i = 0; i < observation.Counts!.Data.Length; i++)
            if (observation.MaskSafe!.Data[i] && everywhere.Contains(i % pixels.Width + pixels.X, i / pixels.Width % pixels.Height + pixels.Y)) sum += observation.Counts.Data[i];
        return sum;
    }
}
