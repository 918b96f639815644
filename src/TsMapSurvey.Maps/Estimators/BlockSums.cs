namespace TsMapSurvey.Maps.Estimators;

/// <summary>Sums of a map over the blocks of a downsampling, row by row of the fine image.</summary>
internal sealed class BlockSums
{
    private readonly Downsampling _blocks;
    private readonly Map<double> _sums;

    private BlockSums(Downsampling blocks, MapGeometry fine, string unit) =>
        (_blocks, _sums) = (blocks, new Map<double>(fine.WithGrid(blocks.Coarse), unit));

    /// <summary>Adds rows; what the mask excludes and what is NaN counts as 0.</summary>
    public static void Add(ref BlockSums? sums, Downsampling blocks, int firstRow, Map<double>? rows, Map<bool>? mask)
    {
        if (rows is null) return;
        sums ??= new BlockSums(blocks, rows.Geometry, rows.Unit);
        for (var plane = 0; plane < rows.Geometry.PlaneCount; plane++)
        {
            ReadOnlySpan<double> values = rows.Plane(plane);
            ReadOnlySpan<bool> safe = mask is null ? default : mask.Plane(plane);
            for (var y = 0; y < rows.Geometry.Height; y++)
            {
                var target = sums.Row(plane, firstRow + y);
                for (var x = 0; x < rows.Geometry.Width; x++)
                {
                    var value = values[y * rows.Geometry.Width + x];
                    if (!double.IsNaN(value) && (safe.IsEmpty || safe[y * rows.Geometry.Width + x])) target[(x + blocks.Left) / blocks.Factor] += value;
                }
            }
        }
    }

    /// <summary>Adds rows of a mask, as ones.</summary>
    public static void Add(ref BlockSums? sums, Downsampling blocks, int firstRow, Map<bool>? rows)
    {
        if (rows is null) return;
        sums ??= new BlockSums(blocks, rows.Geometry, "");
        for (var plane = 0; plane < rows.Geometry.PlaneCount; plane++)
            for (var y = 0; y < rows.Geometry.Height; y++)
            {
                var values = rows.Plane(plane).Slice(y * rows.Geometry.Width, rows.Geometry.Width);
                var target = sums.Row(plane, firstRow + y);
                for (var x = 0; x < values.Length; x++)
                    if (values[x]) target[(x + blocks.Left) / blocks.Factor]++;
            }
    }

    public Map<double> ToMap(double factor = 1) => factor == 1 ? _sums : _sums with { Data = Array.ConvertAll(_sums.Data, value => value * factor) };

    /// <summary>True where any of the block was.</summary>
    public Map<bool> ToMask() => new(_sums.Geometry, Array.ConvertAll(_sums.Data, value => value > 0));

    private Span<double> Row(int plane, int fineRow) =>
        _sums.Plane(plane).Slice((fineRow + _blocks.Below) / _blocks.Factor * _blocks.Coarse.Width, _blocks.Coarse.Width);
}
