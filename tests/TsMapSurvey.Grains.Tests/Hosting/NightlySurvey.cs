using TsMapSurvey.Contracts;
using TsMapSurvey.Maps.Datasets;
using TsMapSurvey.Maps.Time;
using TsMapSurvey.Sky;
using TsMapSurvey.Surveys;

namespace TsMapSurvey.Grains.Tests;

/// <summary>The little survey with slices of three nights and of one, and observations of certain nights.</summary>
internal static class NightlySurvey
{
    private const int ReferenceMjd = 51544;
    private const double DayS = 86400;

    /// <summary>Ten in the evening at Greenwich, of the year 2000 when TT - UTC was 64.184 s.</summary>
    private const double EveningS = 22 * 3600 + 64.184;

    public static Survey Resolved { get; } = Survey.Resolve(SurveyDefinition.Parse(Json("any", "observations/")));

    public static string Json(string name, string prefix) =>
        LittleSurvey.Json(name, prefix).Replace("\"maps\"", "\"slices\": [\"all\", \"3d\", \"1d\"], \"maps\"", StringComparison.Ordinal);

    public static MapDataset Observation(int seed, int night, PixelRegion? region = null) =>
        LittleSurvey.Observation(seed, region ?? LittleSurvey.Everywhere) with
        {
            Gti = GoodTimeIntervals.Of([new TimeInterval(
            (night - ReferenceMjd) * DayS + EveningS + 700 * seed, (night - ReferenceMjd) * DayS + EveningS + 700 * seed + 600)]),
        };

    public static SliceWindow Window(int nights, int last) =>
        new($"{nights}d", last - nights + 1, last, Resolved.Nights.BeginningOf(last - nights + 1), Resolved.Nights.BeginningOf(last + 1));

    /// <summary>Bit for bit.</summary>
    public static void AssertIdentical(MapDataset expected, MapDataset found)
    {
        Assert.Equal(expected.Counts!.Data, found.Counts!.Data);
        Assert.Equal(expected.Background!.Data, found.Background!.Data);
        Assert.Equal(expected.Exposure!.Data, found.Exposure!.Data);
        Assert.Equal(expected.MaskSafe!.Data, found.MaskSafe!.Data);
        Assert.Equal(expected.MaskFit?.Data, found.MaskFit?.Data);
        Assert.Equal(expected.Psf!.Density.Data, found.Psf!.Density.Data);
        Assert.Equal(expected.Psf.Exposure!.Data, found.Psf.Exposure!.Data);
        Assert.Equal(expected.Edisp!.Data.Data, found.Edisp!.Data.Data);
        Assert.Equal(expected.Edisp.Exposure!.Data, found.Edisp.Exposure!.Data);
        Assert.Equal(expected.Gti!.Intervals, found.Gti!.Intervals);
        Assert.Equal(expected.LiveTimeS, found.LiveTimeS);
    }
}
