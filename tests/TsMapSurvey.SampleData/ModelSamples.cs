using TsMapSurvey.Fits;
using TsMapSurvey.Maps;
using TsMapSurvey.Maps.Gadf;
using TsMapSurvey.Models;
using TsMapSurvey.Sky;

namespace TsMapSurvey.SampleData;

/// <summary>
/// One model of every kind, none at its defaults. No shape is an even number of 0.1 degree pixels wide: gammapy's cut-out is lopsided
/// there, to a side that rounding decides.
/// </summary>
public static class ModelSamples
{
    public static IReadOnlyDictionary<string, ISpectralModel> Spectra { get; } = new Dictionary<string, ISpectralModel>
    {
        ["power-law"] = new PowerLaw(2.3, 3e-12, 2),
        ["power-law-1"] = new PowerLaw(1, 3e-12, 2),
        ["power-law-2"] = new PowerLaw2(4e-11, 2.6, 0.3, 30),
        ["cut-off"] = new ExpCutoffPowerLaw(1.8, 2e-12, 0.7, 0.2, 0.8),
        ["log-parabola"] = new LogParabola(2e-12, 3, 2.2, 0.3),
        ["broken"] = new BrokenPowerLaw(1.7, 2.9, 2e-12, 2.5),
        ["smooth-broken"] = new SmoothBrokenPowerLaw(1.7, 2.9, 2e-12, 2.5, 0.8, 0.4),
        ["smooth-broken-upwards"] = new SmoothBrokenPowerLaw(2.9, 1.7, 2e-12, 2.5, 0.8, 0.4),
        ["constant"] = new ConstantSpectrum(5e-13),
        ["template"] = new TemplateSpectrum([0.4, 1, 3, 8], [5e-12, 2e-12, 1e-13, 4e-15]),
    };

    public static IReadOnlyDictionary<string, ISpatialModel> Shapes { get; } = new Dictionary<string, ISpatialModel>
    {
        ["point"] = new PointSource(),
        ["gauss"] = new GaussianSource(0.13),
        ["narrow-gauss"] = new GaussianSource(0.03),
        ["long-gauss"] = new GaussianSource(0.2, 0.9, 30),
        ["disk"] = new DiskSource(0.24),
        ["small-disk"] = new DiskSource(0.045),
        ["long-disk"] = new DiskSource(0.36, 0.8, -40, 0.1),
        ["shell"] = new ShellSource(0.17, 0.07),
        ["filled-shell"] = new ShellSource(0.08, 0.17),
        ["general"] = new GeneralizedGaussianSource(0.12, 0.3),
        ["long-general"] = new GeneralizedGaussianSource(0.1, 0.8, 0.7, 100),
    };

    /// <summary>An image of two blobs, 3 by 2 degrees, in the Galactic frame.</summary>
    public static TemplateSource WriteTemplate(string path, bool normalize = true)
    {
        var grid = new SkyGrid(
            Wcs.Create(SkyFrame.Galactic, Projection.Car, new SkyPosition(0.1, 0, SkyFrame.Galactic), 15.5, 10.5, -0.08, 0.08), 30, 20);
        var map = new Map<double>(new MapGeometry(grid), "sr-1");
        for (var i = 0; i < map.Data.Length; i++)
        {
            var (x, y) = (i % 30, i / 30);
            map.Data[i] = 2000 * Math.Exp(-(Math.Pow(x - 11, 2) + Math.Pow(y - 8, 2)) / 8)
                + 900 * Math.Exp(-(Math.Pow(x - 18, 2) + Math.Pow(y - 11, 2)) / 20);
        }

        FitsWriter.Write(path, writer =>
        {
            writer.WriteEmptyPrimary(new FitsHeader());
            MapWriter.Write(writer, "TEMPLATE", map, FitsElementType.Double);
        });
        return TemplateSource.Read(path, normalize);
    }
}
