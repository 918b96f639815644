using TsMapSurvey.Fits;
using TsMapSurvey.Maps;
using TsMapSurvey.Maps.Gadf;
using TsMapSurvey.Sky;

namespace TsMapSurvey.SampleData;

/// <summary>
/// The FITS files that the models of Reference/models.json name, with the values that Reference/make_models.py gives them.
/// </summary>
public static class ModelFileSamples
{
    public static void Write(TemporaryFolder folder)
    {
        var energy = new MapAxis("energy_true", [0.3, 1, 4, 30], AxisInterpolation.Log, AxisNodes.Centers, "TeV");
        var width = new MapAxis("width", [1, 2, 4], AxisInterpolation.Linear, AxisNodes.Centers, "");
        var (galactic, celestial) = (Grid(new SkyPosition(0.1, 0, SkyFrame.Galactic)), Grid(new SkyPosition(266.5, -28.9, SkyFrame.Icrs)));
        Write(folder.File("template.fits"), Blobs(galactic, "sr-1", (blob, _) => blob));
        Write(folder.File("raw.fits"), Blobs(galactic, "deg-2", (blob, _) => blob));
        Write(folder.File("energy.fits"),
            Blobs(galactic, "cm-2 s-1 TeV-1 sr-1", (blob, k) => 1e-12 * blob * Math.Pow(energy.Centers[k], -2.3), energy));
        Write(folder.File("nd.fits"), Blobs(celestial, "sr-1", (blob, k) => Math.Pow(blob, 1 / width.Centers[k]), width));
        Write(folder.File("table.fits"), Table());
    }

    public static void Write(string path, Map<double> map, FitsElementType storeAs = FitsElementType.Double) =>
        FitsWriter.Write(path, writer =>
    {
        writer.WriteEmptyPrimary(new FitsHeader());
        MapWriter.Write(writer, "SKYMAP", map, storeAs);
    });

    public static SkyGrid Grid(SkyPosition centre) =>
        new(Wcs.Create(centre.Frame, Projection.Car, centre, 15.5, 10.5, -0.08, 0.08), 30, 20);

    private static Map<double> Blobs(SkyGrid grid, string unit, Func<double, int, double> value, params MapAxis[] axes)
    {
        var map = new Map<double>(new MapGeometry(grid, axes), unit);
        for (var i = 0; i < map.Data.Length; i++)
        {
            var (x, y) = (i % 30, i / 30 % 20);
            var blob = 2000 * Math.Exp(-(Math.Pow(x - 11, 2) + Math.Pow(y - 8, 2)) / 8)
                + 900 * Math.Exp(-(Math.Pow(x - 18, 2) + Math.Pow(y - 11, 2)) / 20);
            map.Data[i] = value(blob, i / 600);
        }

        return map;
    }

    /// <summary>One spatial bin: spectra with a cut-off for three tilts.</summary>
    private static Map<double> Table()
    {
        var energy = MapAxis.EnergyBins("energy_true", 0.1, 100, 6);
        var tilt = new MapAxis("tilt", [0, 0.5, 1.5], AxisInterpolation.Linear, AxisNodes.Centers, "");
        var map = new Map<double>(new MapGeometry(null, energy, tilt), "cm-2 s-1 TeV-1");
        for (var i = 0; i < map.Data.Length; i++)
        {
            var at = energy.Centers[i % 6];
            map.Data[i] = 1e-12 * Math.Pow(at, -2) * Math.Exp(-at * (1 + tilt.Centers[i / 6]) / 20);
        }

        return map;
    }
}
