using TsMapSurvey.Estimators.Gadf;
using TsMapSurvey.Fits;
using TsMapSurvey.Maps;
using TsMapSurvey.Maps.Gadf;
using TsMapSurvey.SampleData;

namespace TsMapSurvey.Estimators.Tests;

public sealed class HealPixTests
{
    private const string Sentence = "found a HEALPix map, expected an image in a projection of the sky (WCS); "
        + "HEALPix maps can be plotted, and not be stacked or fitted";

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_HEALPix_map_is_refused_by_name_wherever_maps_are_read(bool namesPixels)
    {
        using var folder = new TemporaryFolder();
        FieldFiles.WriteHealPix(folder.File("sky.fits"), namesPixels: namesPixels);
        using var file = FitsFile.Open(folder.File("sky.fits"));
        foreach (var read in new Action[]
                 {
                     () => MapReader.Read(file, file.Hdus[1]), () => FluxMapsFile.Read(file.Name), () => MapDatasetFile.Read(file.Name),
                     () => MapDatasetFile.Open(file.Name).Dispose(),
                 })
            Assert.EndsWith($"sky.fits, HDU 1 (SKYMAP): {Sentence}", Assert.Throws<MapException>(read).Message, StringComparison.Ordinal);
        Assert.Equal("HEALPix map (nside 4, RING)", HduKinds.Of(file, file.Hdus[1]));
        Assert.True(HduKinds.IsSkyImage(file.Hdus[1]));
    }

    [Theory]
    [InlineData("COUNTS", true)]
    [InlineData("SQRT_TS", false)]
    public void So_it_is_under_the_name_of_a_map_that_is_looked_for(string name, bool isDataset)
    {
        using var folder = new TemporaryFolder();
        FieldFiles.WriteHealPix(folder.File("sky.fits"), name);
        var exception = Assert.Throws<MapException>(() =>
            _ = isDataset ? MapDatasetFile.Read(folder.File("sky.fits")).Name : FluxMapsFile.Read(folder.File("sky.fits")).Model.Name);
        Assert.EndsWith($"HDU 1 ({name}): {Sentence}", exception.Message, StringComparison.Ordinal);
    }
}
