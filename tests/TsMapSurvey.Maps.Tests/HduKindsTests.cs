using TsMapSurvey.Fits;
using TsMapSurvey.Maps.Gadf;
using TsMapSurvey.SampleData;

namespace TsMapSurvey.Maps.Tests;

public sealed class HduKindsTests
{
    [Fact]
    public void Each_HDU_of_a_dataset_has_its_description()
    {
        using var folder = new TemporaryFolder();
        MapDatasetFile.Write(folder.File("dataset.fits"), Samples.Observation());
        Assert.Equal(("header", "image", "bands of COUNTS", "image", "good time intervals"),
            (Of("PRIMARY"), Of("COUNTS"), Of("COUNTS_BANDS"), Of("MASK_SAFE"), Of("GTI")));

        string Of(string name)
        {
            using var file = FitsFile.Open(folder.File("dataset.fits"));
            return HduKinds.Of(file, file.Find(name)!);
        }
    }

    [Fact]
    public void Tables_of_the_Fermi_tools_and_other_forms_of_maps_have_descriptions()
    {
        using var folder = new TemporaryFolder();
        FitsWriter.Write(folder.File("all.fits"), writer =>
        {
            writer.WriteEmptyPrimary();
            FitsTableColumn[] energies = [FitsTableColumn.Doubles("E_MIN", [1.0])];
            writer.WriteTable("EBOUNDS", energies);
            writer.WriteTable("ENERGIES", energies);
            writer.WriteTable("SPARSE", [FitsTableColumn.Integers("PIX", [0]), FitsTableColumn.Doubles("VALUE", [1.0])]);
            writer.WriteTable("REGION", [FitsTableColumn.Integers("CHANNEL", [0]), FitsTableColumn.Doubles("DATA", [1.0])]);
            writer.WriteTable(
                "TILED", [FitsTableColumn.VariableBytes("COMPRESSED_DATA", [[1]])], new FitsHeader().Set("ZCMPTYPE", "RICE_1"));
            writer.WriteTable("EVENTS", energies);
            // The next map names this table by BANDSHDU.
            writer.WriteTable("OWN", energies);
            writer.WriteImage("MAP", [2, 2], new float[4], new FitsHeader().Set("BANDSHDU", "OWN"));
        });
        using var file = FitsFile.Open(folder.File("all.fits"));
        Assert.Equal(
            ["header", "energy bounds", "energies", "sparse map", "region map", "tile-compressed image (RICE_1)", "table", "bands of MAP",
                "image"],
            file.Hdus.Select(hdu => HduKinds.Of(file, hdu)));
    }
}
