using TsMapSurvey.Maps;
using TsMapSurvey.Maps.Units;
using TsMapSurvey.Sky;

namespace TsMapSurvey.Models;

/// <summary>A source: what it looks like, and its spectrum. One of them is the source whose norm is fitted in every pixel.</summary>
public sealed record SkyModel(ISpatialModel Spatial, ISpectralModel Spectral) : ModelComponent
{
    /// <summary>A point source with index 2 and 1e-12 cm⁻² s⁻¹ TeV⁻¹ at 1 TeV.</summary>
    public static SkyModel Default { get; } = new(new PointSource(), new PowerLaw());

    /// <summary>
    /// Where the source is. The estimator puts its kernel where it needs it and takes from here only the frame whose north a position
    /// angle is counted from.
    /// </summary>
    public SkyPosition Position { get; init; } = new(0, 0, SkyFrame.Icrs);

    /// <summary>gammapy's apply_irf, psf: whether the source is spread by the PSF.</summary>
    public bool AppliesPsf { get; init; } = true;

    /// <summary>gammapy's apply_irf, edisp: whether energies are dispersed.</summary>
    public bool AppliesEdisp { get; init; } = true;

    public override bool NeedsFiles => Spatial is TemplateSource || Spectral.NeedsFiles;

    /// <summary>Reads the short form: <c>point</c>, <c>gauss:0.2deg</c> or <c>disk:0.3deg</c>.</summary>
    /// <exception cref="MapException">None of them.</exception>
    public static ISpatialModel ParseSpatial(string text)
    {
        var (kind, size) = text.Split(':', 2) is [var head, var tail] ? (head.Trim(), tail) : (text.Trim(), null);
        return kind.ToLowerInvariant() switch
        {
            "point" when size is null => new PointSource(),
            "gauss" when size is not null => new GaussianSource(SizeDeg(text, size, "sigma")),
            "disk" when size is not null => new DiskSource(SizeDeg(text, size, "the radius")),
            _ => throw ModelErrors.BadModel(
                $"spatial model '{text}' is not known; expected 'point', 'gauss:SIGMA' or 'disk:RADIUS', for example 'gauss:0.2deg'"),
        };
    }

    private static double SizeDeg(string text, string size, string what)
    {
        var quantity = Quantity.Parse(size);
        var degrees = quantity.Unit == Unit.None ? quantity.Value : quantity.In("deg", $"spatial model '{text}'");
        return degrees is > 0 and <= 60
            ? degrees : throw ModelErrors.BadModel($"spatial model '{text}': {what} must be above 0 and at most 60 deg");
    }
}
