using System.Globalization;

namespace TsMapSurvey.Maps.Models;

/// <summary>The model in gammapy's YAML, so that its reader opens our FluxMaps with the reference model they were made with.</summary>
public static class SkyModelYaml
{
    /// <summary>gammapy's model file: one component at (0, 0), where the kernel has no position of its own.</summary>
    public static string Write(SkyModel model, string name = "tsmap")
    {
        var spectral = model.Spectral as PowerLaw ?? throw MapErrors.BadModel($"{model.Spectral.GetType().Name} has no YAML form, expected a power law");
        var (type, sigma) = model.Spatial is GaussianSource gauss
            ? ("GaussianSpatialModel", Invariant($"    - name: sigma\n      value: {Number(gauss.SigmaDeg)}\n      unit: deg\n    - name: e\n      value: 0.0\n    - name: phi\n      value: 0.0\n      unit: deg\n"))
            : ("PointSpatialModel", "");
        return Invariant($"""
            components:
            - name: {name}
              type: SkyModel
              spectral:
                type: PowerLawSpectralModel
                parameters:
                - name: index
                  value: {Number(spectral.Index)}
                - name: amplitude
                  value: {Number(spectral.Amplitude)}
                  unit: TeV-1 s-1 cm-2
                - name: reference
                  value: {Number(spectral.ReferenceTeV)}
                  unit: TeV
                  frozen: true
              spatial:
                type: {type}
                frame: icrs
                parameters:
                - name: lon_0
                  value: 0.0
                  unit: deg
                - name: lat_0
                  value: 0.0
                  unit: deg

            """) + sigma;
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    /// <summary>With a point: YAML 1.1, which gammapy's reader follows, takes 3E-13 for text.</summary>
    private static string Number(double value)
    {
        var text = value.ToString("R", CultureInfo.InvariantCulture);
        var exponent = text.IndexOf('E', StringComparison.Ordinal);
        var mantissa = exponent < 0 ? text : text[..exponent];
        return (mantissa.Contains('.', StringComparison.Ordinal) ? mantissa : mantissa + ".0") + (exponent < 0 ? "" : "e" + text[(exponent + 1)..]);
    }
}
