using TsMapSurvey.Maps;
using TsMapSurvey.Maps.Units;
using TsMapSurvey.Sky;

namespace TsMapSurvey.Models;

/// <summary>A source with a spatial and a spectral model. The estimator fits the norm of one source in every pixel.</summary>
public sealed record SkyModel(ISpatialModel Spatial, ISpectralModel Spectral) : ModelComponent
{
    /// <summary>A point source with index 2 and 1e-12 cm⁻² s⁻¹ TeV⁻¹ at 1 TeV.</summary>
    public static SkyModel Default { get; } = new(new PointSource(), new PowerLaw());

    /// <summary>
    /// The source's position. The estimator, which moves its source to every pixel, uses only the frame: a position angle is measured from
    /// the north of this frame.
    /// </summary>
    public SkyPosition Position { get; init; } = new(0, 0, SkyFrame.Icrs);

    /// <summary>gammapy's apply_irf, psf: whether the PSF is applied.</summary>
    public bool AppliesPsf { get; init; } = true;

    /// <summary>gammapy's apply_irf, edisp: whether the energy dispersion is applied.</summary>
    public bool AppliesEdisp { get; init; } = true;

    public override bool NeedsFiles => Spatial is TemplateSource || Spectral.NeedsFiles;

    /// <summary>Parses the short form: <c>point</c>, <c>gauss:0.2deg</c> or <c>disk:0.3deg</c>.</summary>
    /// <exception cref="MapException">The text is not one of these forms, or a size is not above 0 and at most 60 deg.</exception>
    public static ISpatialModel ParseSpatial(string text)
    {
        var (kind, size) = text.Split(':', 2) is [var head, var tail] ? (head.Trim(), tail) : (text.Trim(), null);
        return kind.ToLowerInvariant() switch
        {
            "point" when size is null => new PointSource(),
            "gauss" when size is not null => new GaussianSource(SizeDeg(text, size, "sigma")),
            "disk" when size is not null => new DiskSource(SizeDeg(text, size, "the radius")),
            _ => throw ModelErrors.BadModel(
                $"unknown spatial model '{text}'; expected 'point', 'gauss:SIGMA' or 'disk:RADIUS', for example 'gauss:0.2deg'"),
        };
    }

    private static double SizeDeg(string text, string size, string what)
    {
        var quantity = Quantity.Parse(size);
        var degrees = quantity.Unit == Unit.None ? quantity.Value : quantity.In("deg", $"spatial model '{text}'");
        return degrees is > 0 and <= 60
            ? degrees : throw ModelErrors.BadModel($"spatial model '{text}': {what} is {degrees} deg, expected above 0 and at most 60 deg");
    }
}
