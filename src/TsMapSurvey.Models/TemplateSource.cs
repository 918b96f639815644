using TsMapSurvey.Fits;
using TsMapSurvey.Maps;
using TsMapSurvey.Sky;

namespace TsMapSurvey.Models;

/// <summary>
/// gammapy's TemplateSpatialModel and TemplateNDSpatialModel: an image of the sky, or one for each of several true energies. Values are
/// interpolated linearly in their logarithm and are 0 outside the image and its energies. A template at another position is shifted in
/// longitude and latitude, which is a good approximation only near its original position.
/// </summary>
public sealed record TemplateSource : ISpatialModel
{
    private readonly double[] _logs;
    private readonly double _smallest;
    private readonly MapAxis? _energy;

    internal TemplateSource(SkyGrid grid, MapAxis? energy, double[] logs, double smallest) =>
        (Grid, _energy, _logs, _smallest) = (grid, energy, logs, smallest);

    public SkyGrid Grid { get; }

    /// <summary>Full path of the image's file.</summary>
    public required string FileName { get; init; }

    /// <summary>Whether the image was scaled to an integral of one at each energy; otherwise it has the file's values.</summary>
    public required bool Normalize { get; init; }

    /// <summary>The parameters of a TemplateNDSpatialModel; null for a TemplateSpatialModel.</summary>
    public IReadOnlyList<TableParameter>? Parameters { get; init; }

    public bool IsFlux { get; init; }

    /// <summary>Warnings about the file; each names it.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    public bool DependsOnEnergy => _energy is not null;

    /// <summary>A TemplateNDSpatialModel has no position in gammapy.</summary>
    public bool IsEverywhere => Parameters is not null;

    public double EvaluationRadiusDeg =>
        IsEverywhere ? double.PositiveInfinity : Grid.PixelScaleDeg * Math.Max(Grid.Width, Grid.Height) / 2;

    public double? BinSizeDeg => null;

    /// <summary>Reads the first image of a FITS file.</summary>
    /// <exception cref="MapException">The file has no image, the unit of an image without normalisation is wrong, or no value is above
    /// zero.</exception>
    /// <exception cref="FitsException">The file is damaged.</exception>
    public static TemplateSource Read(string path, bool normalize = true) => TemplateImage.Read(path, normalize, null);

    /// <summary>
    /// The value at a position, in sr⁻¹ or, for a flux, in cm⁻² s⁻¹ TeV⁻¹ sr⁻¹, with the image's centre moved to <paramref name="centre"/>.
    /// </summary>
    /// <param name="energyTeV">True energy; ignored for a single image.</param>
    public double DensityPerSr(SkyPosition position, SkyPosition centre, double energyTeV = double.NaN)
    {
        if (!TryPlane(energyTeV, out var plane, out var fraction)) return 0;
        var (here, moved, own) = (position.To(Grid.Frame), centre.To(Grid.Frame), Grid.Centre);
        var lat = here.LatDeg - (moved.LatDeg - own.LatDeg);
        if (Math.Abs(lat) > 90 || !Grid.TryPixelOf(
            new SkyPosition(here.LonDeg - (moved.LonDeg - own.LonDeg), lat, Grid.Frame), out double x, out double y)) return 0;
        if (x < -0.5 || y < -0.5 || x >= Grid.Width - 0.5 || y >= Grid.Height - 0.5) return 0;
        var (column, fx) = Cell(x, Grid.Width);
        var (row, fy) = Cell(y, Grid.Height);
        var log = Plane(plane, row * Grid.Width + column, fx, fy);
        if (fraction != 0) log += fraction * (Plane(plane + 1, row * Grid.Width + column, fx, fy) - log);
        return LogValues.ToValue(log, _smallest);
    }

    /// <summary>The plane below an energy and the fraction of the step to the next plane; false beyond the ends of the axis.</summary>
    private bool TryPlane(double energyTeV, out int plane, out double fraction)
    {
        (plane, fraction) = (0, 0);
        if (_energy is null) return true;
        if (_energy.BinCount == 1) return _energy.Nodes.Count == 1 || (energyTeV >= _energy.Edges[0] && energyTeV < _energy.Edges[1]);
        var pixel = _energy.CoordinateToPixel(energyTeV);
        if (!(pixel >= -0.5 && pixel < _energy.BinCount - 0.5)) return false;
        (plane, fraction) = Cell(pixel, _energy.BinCount);
        return true;
    }

    private double Plane(int plane, int pixel, double fx, double fy)
    {
        var (right, up, at) = (Grid.Width > 1 ? 1 : 0, Grid.Height > 1 ? Grid.Width : 0, plane * Grid.Width * Grid.Height + pixel);
        var lower = _logs[at] + fx * (_logs[at + right] - _logs[at]);
        var upper = _logs[at + up] + fx * (_logs[at + up + right] - _logs[at + up]);
        return lower + fy * (upper - lower);
    }

    private static (int Index, double Fraction) Cell(double pixel, int count)
    {
        var index = Math.Clamp((int)Math.Floor(pixel), 0, Math.Max(count - 2, 0));
        return (index, pixel - index);
    }
}
