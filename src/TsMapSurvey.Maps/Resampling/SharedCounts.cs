using TsMapSurvey.Maps.Healpix;
using TsMapSurvey.Sky;

namespace TsMapSurvey.Maps.Resampling;

/// <summary>
/// Numbers for each pixel, such as an expected background, shared by area among the pixels of another image. No part of a pixel that lies
/// on the image is lost. All images cut from one grid get the same values, up to rounding.
/// </summary>
public static class SharedCounts
{
    /// <summary>A cell is cut into this power of four parts or more, and each part goes to the pixel that contains its centre.</summary>
    private const int FewestHalvings = 2;

    private const int MostHalvings = 6;

    /// <summary>Parts are this many times smaller than pixels.</summary>
    private const double PartsPerPixel = 4;

    private const double BaseSideDeg = 58.6323;

    /// <returns>The same axes on the image; NaN in pixels whose centre is outside of the source.</returns>
    public static Map<double> On(SkyGrid image, Map<double> source)
    {
        var from = source.Geometry.Grid ?? throw MapErrors.Unsupported("a map", "one value for the whole sky", "an image");
        var map = Empty(image, [.. source.Geometry.Axes], source.Unit, from.Contains);
        if (BoxIn(from, image) is not { } box) return map;
        var (used, places) = (new bool[box.Area], new int[box.Area]);
        for (var pixel = 0; pixel < places.Length; pixel++)
        {
            var (x, y) = (box.X + pixel % box.Width, box.Y + pixel / box.Width);
            if (from.Wcs.TurnPixels is { } turn) x -= turn * (int)Math.Floor(x / (double)turn);
            used[pixel] = from.Region.Contains(x, y);
            places[pixel] = y * from.Width + x;
        }

        var transfer = PixelTransfer.Of(from.Cutout(box), image, used);
        for (var plane = 0; plane < map.Geometry.PlaneCount; plane++)
        {
            var values = source.Plane(plane);
            var sums = map.Plane(plane);
            for (var pixel = 0; pixel < places.Length; pixel++)
                foreach (var (target, share) in transfer.SharesOf(pixel)) sums[target] += share * values[places[pixel]];
        }

        return map;
    }

    /// <inheritdoc cref="On(SkyGrid, Map{double})"/>
    public static Map<double> On(SkyGrid image, HealpixMap source)
    {
        var map = Empty(image, [.. source.Axes], source.Unit, position => source.IndexOf(position) >= 0);
        var (cap, radiusDeg) = (image.BoundingCap(), Moc.CellRadiusDeg(source.Order));
        var halvings = (int)Math.Ceiling(Math.Log2(PartsPerPixel * BaseSideDeg / (1 << source.Order) / image.PixelScaleDeg));
        halvings = Math.Clamp(halvings, FewestHalvings, Math.Min(MostHalvings, HealpixCell.DeepestOrder - source.Order));
        for (var place = 0; place < source.CellsPerPlane; place++)
        {
            var cell = source.Cells?[place] ?? place;
            if (cap is { } circle && Position(source, source.Order, cell).SeparationDeg(circle.Centre) > circle.RadiusDeg + radiusDeg)
                continue;
            for (var part = 0L; part < 1L << (2 * halvings); part++)
            {
                var position = Position(source, source.Order + halvings, (cell << (2 * halvings)) + part);
                if (!image.TryPixelOf(position, out int x, out int y)) continue;
                for (var plane = 0; plane < map.Geometry.PlaneCount; plane++)
                    map.Plane(plane)[y * image.Width + x] += source.Plane(plane)[place] / (1L << (2 * halvings));
            }
        }

        return map;
    }

    /// <summary>The cells' own frame may be another one than that of <see cref="HealpixCell"/>.</summary>
    private static SkyPosition Position(HealpixMap source, int order, long cell)
    {
        var centre = new HealpixCell(order, cell).Centre.To(SkyFrame.Icrs);
        return new SkyPosition(centre.LonDeg, centre.LatDeg, source.Frame);
    }

    private static Map<double> Empty(SkyGrid image, MapAxis[] axes, string unit, Func<SkyPosition, bool> isKnown)
    {
        var map = new Map<double>(new MapGeometry(image, axes), unit);
        for (var pixel = 0; pixel < map.Geometry.PlaneLength; pixel++)
            if (image.PixelCentre(pixel % image.Width, pixel / image.Width) is not { } centre || !isKnown(centre))
                for (var plane = 0; plane < map.Geometry.PlaneCount; plane++) map.Plane(plane)[pixel] = double.NaN;
        return map;
    }

    /// <summary>The source's pixels that may overlap with the image; beyond the source's border, where the sky repeats.</summary>
    private static PixelRegion? BoxIn(SkyGrid source, SkyGrid image)
    {
        if (PixelExtent.Of(source, image.PixelCentres()) is not var (minX, maxX, minY, maxY)) return null;
        var turn = source.Wcs.TurnPixels;
        var margin = 2 + image.PixelScaleDeg / source.PixelScaleDeg;
        var (bottom, top) = ((int)Math.Max(0, minY - margin), (int)Math.Min(source.Height - 1, maxY + margin));
        var (left, right) = turn is null
            ? ((int)Math.Max(0, minX - margin), (int)Math.Min(source.Width - 1, maxX + margin))
            : ((int)Math.Floor(minX - margin), (int)Math.Ceiling(maxX + margin));
        // An image that wide may have a pole of the source in it, where columns lie close together.
        if (turn is { } whole && right - left + 1 > whole / 2) (left, right) = (0, whole - 1);
        return right < left || top < bottom ? null : new PixelRegion(left, bottom, right - left + 1, top - bottom + 1);
    }
}
