using TsMapSurvey.Maps.Units;

namespace TsMapSurvey.Maps.Models;

/// <summary>The source whose norm is fitted in every pixel: what it looks like, and its spectrum.</summary>
public sealed record SkyModel(ISpatialModel Spatial, ISpectralModel Spectral)
{
    /// <summary>A point source with index 2 and 1e-12 cm⁻² s⁻¹ TeV⁻¹ at 1 TeV.</summary>
    public static SkyModel Default { get; } = new(new PointSource(), new PowerLaw());

    /// <summary>Reads the short form: <c>point</c> or <c>gauss:0.2deg</c>.</summary>
    /// <exception cref="MapException">Neither.</exception>
    public static ISpatialModel ParseSpatial(string text)
    {
        var (kind, size) = text.Split(':', 2) is [var head, var tail] ? (head.Trim(), tail) : (text.Trim(), null);
        switch (kind)
        {
            case "point" when size is null:
                return new PointSource();
            case "gauss" when size is not null:
                var sigma = Quantity.Parse(size);
                var degrees = sigma.Unit == Unit.None ? sigma.Value : sigma.In("deg", "spatial model gauss");
                return degrees is > 0 and <= 60 ? new GaussianSource(degrees) : throw MapErrors.BadModel($"spatial model '{text}': sigma must be above 0 and at most 60 deg");
            default:
                throw MapErrors.BadModel($"spatial model '{text}' is not known; expected 'point' or 'gauss:SIGMA', for example 'gauss:0.2deg'");
        }
    }
}
