using TsMapSurvey.Sky;

namespace TsMapSurvey.Surveys.Observed;

/// <summary>Where the image of an observation lies in a tiling, on whatever grid it is.</summary>
public static class Footprint
{
    /// <summary>Why a survey does not take an image; null if it does.</summary>
    public static string? ProblemWith(Survey survey, SkyGrid image)
    {
        if (survey.Tiling.IsAligned(image)) return survey.Tiling.ProblemWith(image);
        var found = survey.Tiling.ProblemWith(image);
        if (!survey.Definition.Resample)
            return SurveyErrors.NeedsResampling(found ?? $"found an image in {image.Frame} {image.Wcs.Projection}, "
                + $"expected event lists, as each tile has a grid of its own ({survey.Tiling.Names})");
        if (survey.Tiling is not IMosaicGrid) return found;
        return TilesOf(survey.Tiling, image, 0, null).Count > 0 ? null : SurveyErrors.OutsideTiles(image);
    }

    /// <summary>The tiles whose work grid may share a position with an image.</summary>
    /// <param name="used">The pixels of the image that count; null: all.</param>
    public static IReadOnlyList<TileId> TilesOf(ITiling tiling, SkyGrid image, int haloPixels, bool[]? used)
    {
        if (tiling is not IMosaicGrid { Grid: var grid } || image.IsAlignedWith(grid, out _, out _))
            return [.. tiling.Touching(image, haloPixels)];
        if (BoxIn(grid, image, used) is not { } box) return [];
        // Overlaps of aligned images find both sides of the 360 degree wrap.
        return [.. tiling.Touching(grid.Cutout(box), haloPixels)];
    }

    /// <summary>
    /// The box of an image's pixels in the pixels of another grid, which may extend beyond it; a whole turn if the image is as wide. Null
    /// if the grid's projection shows none of them.
    /// </summary>
    public static PixelRegion? BoxIn(SkyGrid grid, SkyGrid image, bool[]? used)
    {
        if (PixelExtent.Of(grid, image.PixelCentres(used)) is not var (minX, maxX, minY, maxY)) return null;
        var turn = grid.Wcs.TurnPixels;
        // Half a pixel of the image and one of the grid, in which the centre of a pixel may lie.
        var margin = 1 + image.PixelScaleDeg / grid.PixelScaleDeg;
        var (left, right) = (Math.Floor(minX - margin), Math.Ceiling(maxX + margin));
        var (bottom, top) = (Math.Floor(Math.Max(minY - margin, -Far)), Math.Ceiling(Math.Min(maxY + margin, Far)));
        if (turn is { } whole && right - left + 1 > whole) (left, right) = (0, whole - 1);
        (left, right) = (Math.Max(left, -Far), Math.Min(right, Far));
        return right < left || top < bottom ? null : Trimmed(grid, (int)left, (int)bottom, (int)right, (int)top);
    }

    /// <summary>A projection may put positions far from its centre at any distance.</summary>
    private const double Far = 1 << 27;

    /// <summary>
    /// Only the rows near the grid, and without a wrap the columns near it, so that the box is not larger than an image may be.
    /// </summary>
    private static PixelRegion? Trimmed(SkyGrid grid, int left, int bottom, int right, int top)
    {
        var box = new PixelRegion(left, bottom, right - left + 1, top - bottom + 1);
        var near = grid.Region.Grow(Math.Max(grid.Width, grid.Height));
        if (grid.Wcs.TurnPixels is not null) near = near with { X = box.X, Width = box.Width };
        var part = box.Intersect(near);
        return part.IsEmpty ? null : part;
    }
}
