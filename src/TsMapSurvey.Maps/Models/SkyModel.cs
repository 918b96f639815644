using TsMapSurvey.Maps.Units;
using TsMapSurvey.Sky;

namespace TsMapSurvey.Maps.Models;

/// <summary>The source whose norm is fitted in every pixel: what it looks like, and its spectrum.</summary>
public sealed record SkyModel(ISpatialModel Spatial, ISpectralModel Spectral)
{
    /// <summary>A point source with index 2 and 1e-12 cm⁻² s⁻¹ TeV⁻¹ at 1 TeV.</summary>
    public static SkyModel Default { get; } = new(new PointSource(), new PowerLaw());

    public string Name { get; init; } = "tsmap";

    /// <summary>
    /// Where the source is. The estimator puts its kernel where it needs it and takes from here only the frame whose north a position angle is
    /// counted from.
    /// </summary>
    public SkyPosition Position { get; init; } = new(0, 0, SkyFrame.Icrs);

    /// <summary>gammapy's datasets_names: the only datasets with this source; null for all.</summary>
    public IReadOnlyList<string>? DatasetNames { get; init; }

    /// <summary>What a model file says of parameters beside their value, by gammapy's name of the parameter; null without a file.</summary>
    public IReadOnlyDictionary<string, ParameterNote>? Notes { get; init; }

    /// <summary>Reads the short form: <c>point</c>, <c>gauss:0.2deg</c> or <c>disk:0.3deg</c>.</summary>
    /// <exception cref="MapException">None of them.</exception>
    public static ISpatialModel ParseSpatial(string text)
    {
        var (kind, size) = text.Split(':', 2) is [var head, var tail] ? (head.Trim(), tail) : (text.Trim(), null);
        return kind switch
        {
            "point" when size is null => new PointSource(),
            "gauss" when size is not null => new GaussianSource(SizeDeg(text, size, "sigma")),
            "disk" when size is not null => new DiskSource(SizeDeg(text, size, "the radius")),
            _ => throw MapErrors.BadModel($"spatial model '{text}' is not known; expected 'point', 'gauss:SIGMA' or 'disk:RADIUS', for example 'gauss:0.2deg'"),
        };
    }

    private static double SizeDeg(string text, string size, string what)
    {
        var quantity = Quantity.Parse(size);
        var degrees = quantity.Unit == Unit.None ? quantity.Value : quantity.In("deg", $"spatial model '{text}'");
        return degrees is > 0 and <= 60 ? degrees : throw MapErrors.BadModel($"spatial model '{text}': {what} must be above 0 and at most 60 deg");
    }
}
