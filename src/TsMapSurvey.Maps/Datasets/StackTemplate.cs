using TsMapSurvey.Maps.Irf;
using TsMapSurvey.Sky;

namespace TsMapSurvey.Maps.Datasets;

/// <summary>
/// Creates a dataset of single zero pixels with the axes and the IRF grid of a survey's observations, as a template for the stacks of all
/// tiles.
/// </summary>
public static class StackTemplate
{
    /// <exception cref="MapException">The observation has no counts or no exposure.</exception>
    public static MapDataset Of(MapDataset observation)
    {
        var exposure = observation.Require(observation.Exposure, "EXPOSURE", "stacking");
        var counts = observation.Require(observation.Counts, "COUNTS", "stacking");
        return new MapDataset
        {
            Name = "template",
            Counts = Pixel(counts),
            Background = Pixel(counts),
            Exposure = Pixel(exposure),
            Psf = observation.Psf is { } psf ? new PsfMap(Pixel(psf.Density), psf.Exposure is { } weight ? Pixel(weight) : null) : null,
            Edisp = observation.Edisp is { } edisp
                ? new EdispMap(Pixel(edisp.Data), edisp.Exposure is { } weights ? Pixel(weights) : null) : null,
        };
    }

    private static Map<double> Pixel(Map<double> map) =>
        new(map.Geometry.Grid is { } grid ? map.Geometry.WithGrid(new SkyGrid(grid.Wcs, 1, 1)) : map.Geometry, map.Unit);
}
