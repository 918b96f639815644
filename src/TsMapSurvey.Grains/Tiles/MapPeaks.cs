using TsMapSurvey.Maps.Estimators;
using TsMapSurvey.Sky;

namespace TsMapSurvey.Grains;

/// <summary>The peaks of a tile's map.</summary>
internal static class MapPeaks
{
    /// <summary>Weaker peaks are noise at any trial factor, and are not kept.</summary>
    public const double MinSqrtTs = 3;

    private const int MostKept = 200;

    /// <summary>Pixels of at least <see cref="MinSqrtTs"/> that none of their eight neighbours exceeds; of equal ones the first.</summary>
    public static IReadOnlyList<MapPeak> Find(FluxMaps maps)
    {
        var (geometry, sqrtTs) = (maps.Geometry, maps.Find("sqrt_ts")!);
        var (ts, flux, fluxErr) = (maps.Find("ts")!, maps.Find("flux")!, maps.Find("flux_err"));
        var peaks = new List<MapPeak>();
        for (var bin = 0; bin < geometry.PlaneCount; bin++)
        {
            var plane = sqrtTs.Plane(bin);
            for (var pixel = 0; pixel < plane.Length; pixel++)
            {
                if (!(plane[pixel] >= MinSqrtTs) || !IsPeak(plane, geometry.Width, pixel)) continue;
                var (y, x) = (pixel / geometry.Width, pixel % geometry.Width);
                if (geometry.Grid!.PixelCentre(x, y) is not { } centre) continue;
                var here = centre.To(SkyFrame.Icrs);
                var edges = geometry.Axes[0].Edges;
                peaks.Add(new MapPeak(here.LonDeg, here.LatDeg, plane[pixel], ts[bin, y, x], flux[bin, y, x], fluxErr is null ? double.NaN : fluxErr[bin, y, x],
                    bin, edges[bin], edges[bin + 1]));
            }
        }

        return [.. peaks.OrderByDescending(peak => peak.SqrtTs).Take(MostKept)];
    }

    private static bool IsPeak(ReadOnlySpan<double> plane, int width, int pixel)
    {
        var (x0, y0) = (pixel % width, pixel / width);
        for (var y = int.Max(0, y0 - 1); y <= y0 + 1 && y * width < plane.Length; y++)
            for (var x = int.Max(0, x0 - 1); x <= x0 + 1 && x < width; x++)
            {
                var other = y * width + x;
                if (other < pixel ? plane[other] >= plane[pixel] : plane[other] > plane[pixel]) return false;
            }

        return true;
    }
}
