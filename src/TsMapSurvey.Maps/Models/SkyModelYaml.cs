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
            ? ("GaussianSpatialModel", Invariant($"    - name: sigma\n      value: {gauss.SigmaDeg:R}\n      unit: deg\n"))
            : ("PointSpatialModel", "");
        return Invariant($"""
            components:
            - name: {name}
              type: SkyModel
              spectral:
                type: PowerLawSpectralModel
                parameters:
                - name: index
                  value: {spectral.Index:R}
                - name: amplitude
                  value: {spectral.Amplitude:R}
                  unit: TeV-1 s-1 cm-2
                - name: reference
                  value: {spectral.ReferenceTeV:R}
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
}
