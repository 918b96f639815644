using TsMapSurvey.Fits;
using TsMapSurvey.Maps.Gadf;
using TsMapSurvey.SampleData;

namespace TsMapSurvey.Maps.Tests;

public sealed class CubeReaderTests
{
    [Theory]
    [InlineData(null)]
    [InlineData("keV")]
    [InlineData("MeV")]
    public void A_counts_cube_of_the_Fermi_tools_has_the_bins_of_EBOUNDS_in_keV_by_default(string? unit)
    {
        using var folder = new TemporaryFolder();
        var perTeV = unit == "MeV" ? 1e6 : 1e9;
        FieldFiles.WriteCube(folder.File("ccube.fits"), [2], ("EBOUNDS",
        [
            FitsTableColumn.Int16s("CHANNEL", [1, 2]), FitsTableColumn.Doubles("E_MIN", [0.1 * perTeV, 0.5 * perTeV], unit),
            FitsTableColumn.Doubles("E_MAX", [0.5 * perTeV, 2 * perTeV], unit),
        ]));
        var map = ReadFirst(folder.File("ccube.fits"));
        var axis = Assert.Single(map.Geometry.Axes);
        Assert.Equal("energy", axis.Name);
        Close([0.1, 0.5, 2], axis.Edges);
        Assert.Equal(FieldFiles.Width * FieldFiles.Height, map.Plane(1)[0]);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("GeV")]
    public void An_exposure_or_diffuse_cube_has_the_energies_of_ENERGIES_in_MeV_by_default(string? unit)
    {
        using var folder = new TemporaryFolder();
        var perTeV = unit == "GeV" ? 1e3 : 1e6;
        FieldFiles.WriteCube(folder.File("bexpmap.fits"), [3],
            ("ENERGIES", [FitsTableColumn.Doubles("Energy", [0.01 * perTeV, 0.1 * perTeV, 1 * perTeV], unit)]));
        var axis = Assert.Single(ReadFirst(folder.File("bexpmap.fits")).Geometry.Axes);
        Assert.Equal(("energy_true", AxisNodes.Centers), (axis.Name, axis.Kind));
        Close([0.01, 0.1, 1], axis.Centers);
    }

    [Fact]
    public void Planes_without_a_table_have_an_axis_of_their_numbers()
    {
        using var folder = new TemporaryFolder();
        FieldFiles.WriteCube(folder.File("cube.fits"), [3, 2],
            ("EBOUNDS", [FitsTableColumn.Doubles("E_MIN", [1, 2]), FitsTableColumn.Doubles("E_MAX", [2, 3])]));
        var map = ReadFirst(folder.File("cube.fits"));
        Assert.Equal(["plane", "plane 2"], map.Geometry.Axes.Select(axis => axis.Name));
        Assert.Equal([0.0, 1, 2], map.Geometry.Axes[0].Centers);
        Assert.Equal(6, map.Geometry.PlaneCount);
    }

    [Fact]
    public void Invalid_energies_are_refused_with_their_table()
    {
        using var folder = new TemporaryFolder();
        FieldFiles.WriteCube(folder.File("cube.fits"), [2], ("ENERGIES", [FitsTableColumn.Doubles("ENERGY", [5, 4])]));
        var exception = Assert.Throws<MapException>(() => ReadFirst(folder.File("cube.fits")));
        Assert.Contains("cube.fits, HDU 1 (ENERGIES)", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_BANDS_table_is_preferred_and_a_dataset_needs_one()
    {
        using var folder = new TemporaryFolder();
        MapDatasetFile.Write(folder.File("dataset.fits"), Samples.Observation());
        using (var file = FitsFile.Open(folder.File("dataset.fits")))
            Assert.Equal(MapReader.Read(file, file.Find("COUNTS")!).Geometry.Axes[0].Edges,
                CubeReader.Read(file, file.Find("COUNTS")!).Geometry.Axes[0].Edges);
        FitsWriter.Write(folder.File("cut.fits"), writer =>
        {
            writer.WriteEmptyPrimary();
            writer.WriteImage("COUNTS", [FieldFiles.Width, FieldFiles.Height, 2], new float[2 * FieldFiles.Width * FieldFiles.Height],
                FieldFiles.SkyHeader());
        });
        var exception = Assert.Throws<MapException>(() => MapDatasetFile.Read(folder.File("cut.fits")));
        Assert.EndsWith(
            "cut.fits, HDU 1 (COUNTS): found 2 planes without a BANDS table, expected a BANDS table with their axes", exception.Message,
            StringComparison.Ordinal);
    }

    private static Map<double> ReadFirst(string path)
    {
        using var file = FitsFile.Open(path);
        return CubeReader.Read(file, file.Hdus[0]);
    }

    private static void Close(double[] expected, double[] found)
    {
        Assert.Equal(expected.Length, found.Length);
        for (var i = 0; i < expected.Length; i++) Assert.Equal(expected[i], found[i], 1e-12 * expected[i]);
    }
}
