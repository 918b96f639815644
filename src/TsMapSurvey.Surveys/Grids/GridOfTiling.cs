using TsMapSurvey.Maps;
using TsMapSurvey.Maps.Datasets;
using TsMapSurvey.Sky;

namespace TsMapSurvey.Surveys.Grids;

/// <summary>
/// Creates the pixel grid of a tiling's definition. Explicit grids are those of gammapy's WcsGeom.create(npix, binsz, proj, skydir) with
/// round(width / pixel) x round(height / pixel) pixels, longitude increasing to the left, and the reference pixel in the middle:
/// CRPIX = (n + 1) / 2. For CAR the reference is moved along the meridian to latitude 0, CRVAL = (lon, 0) and
/// CRPIX2 = (n + 1) / 2 - lat / pixel, so that rows are parallels. With a latitude in CRVAL2 the grid would be oblique (FITS WCS paper II,
/// 2.4) and could not contain the observations of other fields.
/// </summary>
internal static class GridOfTiling
{
    /// <summary>Problems that result from the combination of several properties.</summary>
    public static IEnumerable<string> Problems(TilingDefinition tiling)
    {
        var (pixel, width, height) = (tiling.PixelSizeDeg!.Value, tiling.WidthDeg!.Value, tiling.HeightDeg!.Value);
        if (Pixels(width, pixel) < 1 || Pixels(height, pixel) < 1)
            yield return SurveyErrors.Wrong("tiling.pixelSizeDeg", FormattableString.Invariant($"{pixel}"),
                "a pixel smaller than the survey");
        else if (Pixels(width, pixel) * Pixels(height, pixel) > int.MaxValue)
            yield return SurveyErrors.Wrong("tiling.pixelSizeDeg",
                FormattableString.Invariant($"{pixel}, which makes {Pixels(width, pixel)} x {Pixels(height, pixel)} pixels"),
                $"at most {int.MaxValue} pixels");
        else if (IsCar(tiling) && Pixels(width, pixel) * pixel > 360 * (1 + 1e-9))
            yield return SurveyErrors.Wrong("tiling.widthDeg",
                FormattableString.Invariant($"{Pixels(width, pixel)} pixels of {pixel} degrees"), "at most 360 degrees");
        if (IsCar(tiling) && Math.Abs(tiling.CentreLatDeg) + height / 2 > 90 + 1e-9)
            yield return SurveyErrors.Wrong("tiling.heightDeg",
                FormattableString.Invariant($"{height} degrees around latitude {tiling.CentreLatDeg}"), "a survey between the poles");
        if (!IsCar(tiling) && Math.Max(width, height) >= 180)
            yield return SurveyErrors.Wrong("tiling.widthDeg", FormattableString.Invariant($"{width} x {height} degrees"),
                "less than 180 degrees in the projection TAN");
    }

    public static SkyGrid Create(TilingDefinition tiling)
    {
        var frame = tiling.Frame switch { "galactic" => SkyFrame.Galactic, "fk5" => SkyFrame.Fk5, _ => SkyFrame.Icrs };
        var pixel = tiling.PixelSizeDeg!.Value;
        var (width, height) = ((int)Pixels(tiling.WidthDeg!.Value, pixel), (int)Pixels(tiling.HeightDeg!.Value, pixel));
        var isCar = IsCar(tiling);
        var reference = new SkyPosition(tiling.CentreLonDeg, isCar ? 0 : tiling.CentreLatDeg, frame);
        var crpix2 = (height + 1) / 2.0 - (isCar ? tiling.CentreLatDeg / pixel : 0);
        var wcs = Wcs.Create(frame, isCar ? Projection.Car : Projection.Tan, reference, (width + 1) / 2.0, crpix2, -pixel, pixel);
        return new SkyGrid(wcs, width, height);
    }

    public static SkyGrid Like(TilingDefinition tiling, MapDataset like)
    {
        var grid = like.Grid;
        int Side(double? degrees, int pixels) => degrees is { } wanted ? Math.Max(1, (int)Pixels(wanted, grid.PixelScaleDeg)) : pixels;
        var (width, height) = (Side(tiling.WidthDeg, grid.Width), Side(tiling.HeightDeg, grid.Height));
        return grid.Cutout((int)Math.Floor((grid.Width - width) / 2.0), (int)Math.Floor((grid.Height - height) / 2.0), width, height);
    }

    /// <summary>
    /// The reason why a file's grid cannot be tiled; null if it can. A tile's kernel assumes an undistorted image around the tile's centre.
    /// All-sky projections are sheared away from the reference point, and corners outside the projected sky have no kernel.
    /// </summary>
    public static string? ProblemOf(SkyGrid grid, string file)
    {
        const string expected = "CAR, or one of TAN, SIN, ARC, STG, ZEA with every pixel on the sky";
        var projection = grid.Wcs.Projection;
        if (projection is not (Projection.Car or Projection.Tan or Projection.Sin or Projection.Arc or Projection.Stg or Projection.Zea))
            return SurveyErrors.Wrong("tiling.like", $"'{file}' in the projection {projection.ToString().ToUpperInvariant()}", expected);
        return projection == Projection.Car || grid.IsSkyEverywhere ? null
            : SurveyErrors.Wrong(
                "tiling.like", $"'{file}', a {projection.ToString().ToUpperInvariant()} image with pixels outside the sky", expected);
    }

    public static MapAxis Axis(AxisDefinition axis, string name, MapAxis? like) => axis switch
    {
        { Like: not null } => like!,
        { FmocOrder: not null } => MapAxis.EnergyEdges(name, FrequencyAxis.EdgesTeV(FrequencyAxis.Cells(axis))),
        { EdgesTeV: { } edges } => MapAxis.EnergyEdges(name, [.. edges]),
        _ => MapAxis.EnergyBins(name, axis.MinTeV!.Value, axis.MaxTeV!.Value, axis.Bins!.Value),
    };

    private static bool IsCar(TilingDefinition tiling) => tiling.Projection is null or "CAR";

    private static double Pixels(double degrees, double pixelDeg) => Math.Round(degrees / pixelDeg, MidpointRounding.ToEven);
}
