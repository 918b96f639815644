using TsMapSurvey.Fits;
using TsMapSurvey.Maps.Datasets;
using TsMapSurvey.Maps.Gadf;
using TsMapSurvey.SampleData;
using TsMapSurvey.Surveys;

namespace TsMapSurvey.Cli.Tests;

/// <summary>Files on other pixel grids: of another projection, and on HEALPix cells.</summary>
public sealed class OtherGridsTests
{
    [Fact]
    public void Stack_resamples_onto_the_geometry_of_a_file_only_when_told_to()
    {
        using var folder = new TemporaryFolder();
        var tilted = Tilted(folder.File("tilted.fits"));
        Tsmap.Do("stack", Simulated.Observation(), "--out", folder.File("one.fits.gz"));
        string[] stack = ["stack", Simulated.Observation(), folder.File("tilted.fits"), "--geometry-of", Simulated.Observation()];
        var refused = Tsmap.Run([.. stack, "--out", folder.File("no.fits.gz")]);
        Assert.Equal(1, refused.ExitCode);
        Assert.Contains("not on this pixel grid", refused.Error, StringComparison.Ordinal);
        Tsmap.Do([.. stack, "--resample", "--out", folder.File("both.fits.gz")]);
        Assert.Equal(Counts(folder.File("one.fits.gz")) + SafeCounts(tilted), Counts(folder.File("both.fits.gz")));
        var alone = Tsmap.Run("stack", Simulated.Observation(), "--resample", "--out", folder.File("no.fits.gz"));
        Assert.Equal(2, alone.ExitCode);
        Assert.Contains("--geometry-of", alone.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Stack_resamples_if_the_survey_says_so()
    {
        using var folder = new TemporaryFolder();
        var tilted = Tilted(folder.File("tilted.fits"));
        var definition = SurveyDefinition.ReadFile(Path.Combine(Simulated.Folder, "survey.json"));
        File.WriteAllText(folder.File("no.json"), definition.ToJson());
        File.WriteAllText(folder.File("yes.json"), (definition with { Resample = true }).ToJson());
        var refused = Tsmap.Run("stack", folder.File("tilted.fits"), "--survey", folder.File("no.json"), "--out", folder.File("s.fits.gz"));
        Assert.NotEqual(0, refused.ExitCode);
        Tsmap.Do("stack", folder.File("tilted.fits"), "--survey", folder.File("yes.json"), "--out", folder.File("s.fits.gz"));
        var grid = Survey.Resolve(definition).Grid;
        var inside = Enumerable.Range(0, tilted.Counts!.Data.Length).Where(bin => tilted.MaskSafe!.Data[bin] && grid.Contains(
            tilted.Grid.PixelCentre(bin % tilted.Grid.Width, bin / tilted.Grid.Width % tilted.Grid.Height)!.Value));
        Assert.Equal(inside.Sum(bin => tilted.Counts.Data[bin]), Counts(folder.File("s.fits.gz")));
    }

    [Fact]
    public void A_HEALPix_map_is_described_and_drawn()
    {
        using var folder = new TemporaryFolder();
        FitsWriter.Write(folder.File("sky.fits"), writer =>
        {
            writer.WriteEmptyPrimary();
            writer.WriteTable("SKYMAP", [FitsTableColumn.Doubles("CHANNEL1", [.. Enumerable.Range(0, 192).Select(i => (double)i)])],
                new FitsHeader().Set("PIXTYPE", "HEALPIX").Set("ORDERING", "RING").Set("NSIDE", 4L).Set("COORDSYS", "GAL"));
        });
        Assert.Contains("nside 4, RING", Tsmap.Do("info", folder.File("sky.fits"), "--json"), StringComparison.Ordinal);
        Tsmap.Do("plot", folder.File("sky.fits"), "--hdu", "1", "--whole", "--out", folder.File("sky.png"));
        Assert.Equal([0x89, (byte)'P', (byte)'N', (byte)'G'], File.ReadAllBytes(folder.File("sky.png"))[..4]);
    }

    /// <summary>The middle of a simulated observation on a tilted image of smaller pixels.</summary>
    private static MapDataset Tilted(string path)
    {
        var dataset = MapDatasetFile.Read(Simulated.Observation()) with { MaskFit = null };
        var grid = dataset.Grid;
        var tilted = dataset.OnImage(OtherImages.TanImage(
            grid.Centre, grid.PixelScaleDeg / 2, grid.Width / 2, grid.Height / 2, grid.Width, grid.Height)) with
        { Name = "tilted" };
        MapDatasetFile.Write(path, tilted);
        return tilted;
    }

    private static double Counts(string file) => MapDatasetFile.Read(file).Counts!.Data.Sum();

    private static double SafeCounts(MapDataset dataset) => dataset.Counts!.Data.Where((_, i) => dataset.MaskSafe!.Data[i]).Sum();
}
