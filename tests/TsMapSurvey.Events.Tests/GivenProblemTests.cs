using TsMapSurvey.Maps;
using TsMapSurvey.SampleData;

namespace TsMapSurvey.Events.Tests;

/// <summary>What given maps lack is said with file, HDU, found and expected.</summary>
public sealed class GivenProblemTests
{
    private static readonly Dictionary<string, (Action<GivenFiles> Change, string[] Said)> Cases = new()
    {
        ["no events"] = (files => files.Events.Header.Set("HDUCLAS1", "OTHER"), ["events.fits", "expected EVENTS"]),
        ["no exposure"] = (files =>
        {
            files.Exposure.Header.Remove("PIXTYPE");
            files.Exposure.Header.Remove("ORDERING");
        }, ["exposure.fits", "expected an exposure", "HPXEXPOSURES"]),
        ["no energies of the exposure"] = (files => files.Energies.Name = "OTHER", ["exposure.fits", "HPXEXPOSURES", "plane", "ENERGIES"]),
        ["another unit of the exposure"] = (files => files.Exposure.With("BUNIT", "m2"), ["exposure.fits", "'m2'", "m2 s"]),
        ["energies that the exposure lacks"] = (
            files => files.Energies = GivenFiles.Table("ENERGIES", ("Energy", [.. GivenFiles.NodesMeV.Select(e => 5 * e)], "MeV")),
            ["exposure.fits", "found energies from", "expected energies around", "true energy"]),
        ["another unit of the flux"] = (
            files => files.Flux = files.Flux with { Unit = "cm-2 s-1" }, ["flux.fits", "'cm-2 s-1'", "sr-1"]),
        ["a flux without unit"] = (
            files => files.Flux = files.Flux with { Unit = "" }, ["flux.fits", "energies at points and no unit", "cm-2 s-1 sr-1 MeV-1"]),
        ["bins across the survey's"] = (
            files => files.Counts = new Map<double>(files.Counts.Geometry.With(MapAxis.EnergyBins("energy", 0.02, 0.6, 7))),
            ["counts.fits", "every edge of the survey's axis"]),
        ["no PSF"] = (files => files.Psf.Name = "OTHER", ["psf.fits", "found the HDUs", "a table PSF", "gtpsf"]),
        ["no angles"] = (files => files.Theta.Name = "OTHER", ["psf.fits", "a table THETA"]),
        ["other angles"] = (
            files => files.Theta = GivenFiles.Table("THETA", ("Theta", [0, 1, 2], "deg")),
            ["psf.fits", "60 values in a row", "3, one for"]),
        ["another unit of the PSF"] = (files =>
        {
            files.Psf.Drop("Psf");
            files.Psf.Columns.Add(Fits.FitsTableColumn.Doubles("Psf", new double[300], "deg", 60));
        }, ["psf.fits", "'deg'", "sr-1"]),
        ["a PSF of nothing"] = (files =>
        {
            files.Psf.Drop("Psf");
            files.Psf.Columns.Add(Fits.FitsTableColumn.Doubles("Psf", new double[300], "sr-1", 60));
        }, ["psf.fits", "no density within"]),
    };

    public static TheoryData<string> Names => [.. Cases.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void The_message_names_the_file_and_what_is_wrong(string name)
    {
        var files = new GivenFiles().Fill();
        GivenReductions.Reduce(files, "flux.fits", "counts.fits");
        var (change, said) = Cases[name];
        change(files);
        var exception = Assert.Throws<MapException>(() => GivenReductions.Reduce(files, "flux.fits", "counts.fits"));
        Assert.All(said, words => Assert.Contains(words, exception.Message, StringComparison.Ordinal));
    }

    [Fact]
    public void More_time_than_all_together_is_refused()
    {
        var exception = Assert.Throws<MapException>(() =>
            GivenReductions.Reduce(new GivenFiles().Fill(), GivenReductions.Target, 3999, "flux.fits"));
        Assert.Contains("found 4000 s of good time, expected at most totalTimeS of the given maps, 3999 s", exception.Message,
            StringComparison.Ordinal);
    }
}
