using TsMapSurvey.Fits;
using TsMapSurvey.Maps.Gadf;
using TsMapSurvey.Maps.Units;
using TsMapSurvey.Sky;

namespace TsMapSurvey.Maps.Models;

/// <summary>
/// gammapy's TemplateSpatialModel: an image of the sky, interpolated bilinearly in the logarithm of its values, 0 outside the image.
/// Moved elsewhere, longitude and latitude shift by as much as its centre: right near the place it was made for.
/// </summary>
public sealed record TemplateSource : ISpatialModel
{
    /// <summary>The logarithm of nothing: that of the smallest normal double, as in gammapy.</summary>
    private static readonly double LogOfZero = Math.Log(Smallest);

    private const double Smallest = 2.2250738585072014e-308;

    private readonly double[] _logs;

    private TemplateSource(SkyGrid grid, double[] logs, string fileName, bool normalize) =>
        (Grid, _logs, FileName, Normalize) = (grid, logs, fileName, normalize);

    public SkyGrid Grid { get; }

    /// <summary>The image's file, full path.</summary>
    public string FileName { get; }

    /// <summary>Whether the image was made to have the integral one; else its values are per steradian as they are.</summary>
    public bool Normalize { get; }

    public double EvaluationRadiusDeg => Grid.PixelScaleDeg * Math.Max(Grid.Width, Grid.Height) / 2;

    public double? BinSizeDeg => null;

    /// <summary>The first image of a FITS file.</summary>
    /// <exception cref="MapException">No image, several planes, a wrong unit, values below zero, or nothing above zero.</exception>
    /// <exception cref="FitsException">The file is damaged.</exception>
    public static TemplateSource Read(string path, bool normalize = true)
    {
        using var file = FitsFile.Open(path);
        var hdu = file.Hdus.OfType<FitsImage>().FirstOrDefault(image => image.Axes.Length >= 2)
            ?? throw MapErrors.Unsupported(path, "no image", "a FITS file with a template image");
        return Create(MapReader.Read(file, hdu), Path.GetFullPath(path), normalize);
    }

    public static TemplateSource Create(Map<double> map, string fileName, bool normalize = true)
    {
        if (map.Geometry.PlaneCount != 1 || map.Geometry.Grid is not { } grid)
            throw MapErrors.Unsupported(fileName, $"a template of {map.Geometry.PlaneCount} planes", "one image: templates that depend on energy are not supported");
        var values = Array.ConvertAll(map.Data, value => double.IsFinite(value) ? value : 0);
        if (Array.Exists(values, value => value < 0)) throw MapErrors.BadTemplate(fileName, "values below zero");
        var sum = values.Sum();
        if (!(sum > 0)) throw MapErrors.BadTemplate(fileName, "no value above zero");
        var unit = Unit.Parse(map.Unit);
        var perSr = unit == Unit.None ? 1 : normalize ? 0 : unit.To(Unit.Parse("sr-1"), $"{fileName}: the template");
        for (var i = 0; i < values.Length; i++)
        {
            var value = values[i] == 0 ? 0 : normalize ? values[i] / sum / grid.SolidAngleSr(i % grid.Width, i / grid.Width) : values[i] * perSr;
            // A pixel over the rim of the sky has no solid angle.
            values[i] = Math.Log(double.IsNaN(value) ? Smallest : Math.Max(value, Smallest));
        }

        return new TemplateSource(grid, values, fileName, normalize);
    }

    /// <summary>Probability per solid angle, sr⁻¹, where the image's centre is moved to another position of its frame.</summary>
    public double DensityPerSr(SkyPosition position, SkyPosition centre)
    {
        var (here, moved, own) = (position.To(Grid.Frame), centre.To(Grid.Frame), Grid.Centre);
        var lat = here.LatDeg - (moved.LatDeg - own.LatDeg);
        if (Math.Abs(lat) > 90 || !Grid.TryPixelOf(new SkyPosition(here.LonDeg - (moved.LonDeg - own.LonDeg), lat, Grid.Frame), out double x, out double y)) return 0;
        if (x < -0.5 || y < -0.5 || x >= Grid.Width - 0.5 || y >= Grid.Height - 0.5) return 0;
        var (column, fx) = Cell(x, Grid.Width);
        var (row, fy) = Cell(y, Grid.Height);
        var (right, up) = (Grid.Width > 1 ? 1 : 0, Grid.Height > 1 ? Grid.Width : 0);
        var at = row * Grid.Width + column;
        var lower = _logs[at] + fx * (_logs[at + right] - _logs[at]);
        var upper = _logs[at + up] + fx * (_logs[at + up + right] - _logs[at + up]);
        var log = lower + fy * (upper - lower);
        return log <= LogOfZero + Math.Log(2) ? 0 : Math.Exp(log);
    }

    private static (int Index, double Fraction) Cell(double pixel, int count)
    {
        var index = Math.Clamp((int)Math.Floor(pixel), 0, Math.Max(count - 2, 0));
        return (index, pixel - index);
    }
}
