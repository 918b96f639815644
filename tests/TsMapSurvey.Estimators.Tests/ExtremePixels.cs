using TsMapSurvey.Likelihood;
using TsMapSurvey.Maps;
using TsMapSurvey.Maps.Datasets;
using TsMapSurvey.Models;
using TsMapSurvey.Sky;

namespace TsMapSurvey.Estimators.Tests;

/// <summary>
/// A row of pixels that do not see each other: each is a fit of three energy bins, whose counts, background and exposure are given.
/// </summary>
internal sealed class ExtremePixels
{
    private static readonly MapAxis Energy = MapAxis.EnergyBins("energy", 1, 8, 3);

    private static readonly MapAxis EnergyTrue = MapAxis.EnergyBins("energy_true", 1, 8, 3);

    private readonly string[] _names;
    private readonly FluxMaps _maps;

    /// <param name="pixels">In the middle one all exposures are above zero: the kernel is made there.</param>
    public ExtremePixels(params (string Name, double[] Counts, double[] Background, double[] Exposure)[] pixels)
    {
        _names = [.. pixels.Select(pixel => pixel.Name)];
        var grid = new SkyGrid(Wcs.Create(SkyFrame.Galactic, Projection.Car, new SkyPosition(0, 0, SkyFrame.Galactic),
            (pixels.Length + 1) / 2.0, 1, -0.5, 0.5), pixels.Length, 1);
        Map<double> Fill(MapAxis axis, string unit, Func<int, int, double> value) => new(
            new MapGeometry(grid, axis),
            [.. Enumerable.Range(0, 3 * pixels.Length).Select(i => value(i % pixels.Length, i / pixels.Length))], unit);
        var spectrum = new PowerLaw(2, 1e-13);
        var dataset = new MapDataset
        {
            Name = "extremes",
            Counts = Fill(Energy, "", (x, k) => pixels[x].Counts[k]),
            Background = Fill(Energy, "", (x, k) => pixels[x].Background[k]),
            // In m² s, so that norm 1 gives as many counts as are asked for.
            Exposure = Fill(EnergyTrue, "m2 s", (x, k) =>
                pixels[x].Exposure[k] / spectrum.Integral(EnergyTrue.Edges[k], EnergyTrue.Edges[k + 1]) / 1e4),
        };
        _maps = new TsMapEstimator(new TsMapOptions
        {
            Model = new SkyModel(new PointSource(), spectrum),
            SumOverEnergyGroups = false,
            Selection = TsMapSelection.Ul | TsMapSelection.ErrnErrp | TsMapSelection.Sensitivity,
            Rtol = 1e-8,
        }).Run([dataset]);
    }

    public FitStatus Status(string pixel) => (FitStatus)this[pixel, "status"];

    public double this[string pixel, string quantity] => _maps.Find(quantity)!.Data[Array.IndexOf(_names, pixel)];
}
