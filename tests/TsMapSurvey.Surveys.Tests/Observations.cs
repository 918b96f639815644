using TsMapSurvey.Maps;
using TsMapSurvey.Maps.Datasets;
using TsMapSurvey.Maps.Irf;
using TsMapSurvey.Sky;

namespace TsMapSurvey.Surveys.Tests;

/// <summary>Small sound observations, for tests to spoil.</summary>
internal static class Observations
{
    public static MapDataset Sound(Survey survey, PixelRegion pixels)
    {
        var grid = survey.Grid.Cutout(pixels);
        var irfGrid = new SkyGrid(Wcs.Create(SkyFrame.Galactic, Projection.Car, new SkyPosition(30, 0, SkyFrame.Galactic), 2, 2,
            -0.5, 0.5), 3, 3);
        var rad = new MapAxis("rad", [0, 0.1, 0.2], AxisInterpolation.Linear, AxisNodes.Edges, "deg");
        return new MapDataset
        {
            Name = "one",
            Counts = Filled(new MapGeometry(grid, survey.Energy), 1),
            Background = Filled(new MapGeometry(grid, survey.Energy), 0.5),
            Exposure = Filled(new MapGeometry(grid, survey.EnergyTrue), 1e8),
            MaskSafe = new Map<bool>(new MapGeometry(grid, survey.Energy),
                Enumerable.Repeat(true, grid.Width * grid.Height * survey.Energy.BinCount).ToArray()),
            Psf = new PsfMap(Filled(new MapGeometry(irfGrid, rad, survey.EnergyTrue), 1),
                Filled(new MapGeometry(irfGrid, rad.Squash(), survey.EnergyTrue), 1e8)),
            Edisp = new EdispMap(Filled(new MapGeometry(irfGrid, survey.Energy, survey.EnergyTrue), 0.5),
                Filled(new MapGeometry(irfGrid, survey.Energy.Squash(), survey.EnergyTrue), 1e8)),
        };
    }

    public static Map<double> Filled(MapGeometry geometry, double value) =>
        new(geometry, Enumerable.Repeat(value, geometry.Count).ToArray());

    public static Map<double> With(Map<double> map, int index, double value)
    {
        var data = (double[])map.Data.Clone();
        data[index] = value;
        return map with { Data = data };
    }
}
