using TsMapSurvey.Maps;

namespace TsMapSurvey.Estimators.Downsampling;

/// <summary>
/// Sums the pixels of a map over the blocks of some coarse rows, from rows of the fine image; for masks, whether any pixel of a block is
/// true.
/// </summary>
internal sealed class BlockSums(CoarseGrid blocks, int firstRow, int count)
{
    /// <summary>Adds fine rows; masked pixels and NaN count as 0.</summary>
    public void Add(ref Map<double>? sums, int firstFine, Map<double>? rows, Map<bool>? mask)
    {
        if (rows is null) return;
        sums ??= new Map<double>(rows.Geometry.WithGrid(blocks.Coarse.Cutout(0, firstRow, blocks.Coarse.Width, count)), rows.Unit);
        var width = rows.Geometry.Width;
        for (var plane = 0; plane < rows.Geometry.PlaneCount; plane++)
            for (var y = 0; y < rows.Geometry.Height; y++)
            {
                if (Target(sums, plane, firstFine + y) is not { IsEmpty: false } target) continue;
                var values = rows.Plane(plane).Slice(y * width, width);
                var safe = mask is null ? default : mask.Plane(plane).Slice(y * width, width);
                for (var x = 0; x < width; x++)
                    if (!double.IsNaN(values[x]) && (safe.IsEmpty || safe[x])) target[(x + blocks.Left) / blocks.Factor] += values[x];
            }
    }

    public void Add(ref Map<bool>? any, int firstFine, Map<bool>? rows)
    {
        if (rows is null) return;
        any ??= new Map<bool>(rows.Geometry.WithGrid(blocks.Coarse.Cutout(0, firstRow, blocks.Coarse.Width, count)));
        var width = rows.Geometry.Width;
        for (var plane = 0; plane < rows.Geometry.PlaneCount; plane++)
            for (var y = 0; y < rows.Geometry.Height; y++)
            {
                if (Target(any, plane, firstFine + y) is not { IsEmpty: false } target) continue;
                var values = rows.Plane(plane).Slice(y * width, width);
                for (var x = 0; x < width; x++) target[(x + blocks.Left) / blocks.Factor] |= values[x];
            }
    }

    /// <summary>The coarse row that contains a fine row; empty if it is not one of these rows.</summary>
    private Span<T> Target<T>(Map<T> map, int plane, int fineRow)
        where T : unmanaged
    {
        var row = (fineRow + blocks.Below) / blocks.Factor - firstRow;
        return row >= 0 && row < count ? map.Plane(plane).Slice(row * blocks.Coarse.Width, blocks.Coarse.Width) : default;
    }
}
