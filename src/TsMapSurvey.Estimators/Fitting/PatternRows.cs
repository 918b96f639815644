namespace TsMapSurvey.Estimators.Fitting;

/// <summary>
/// The exposure of each image row, split by the pattern of its pixels and padded with zeros on both sides, for the correlation with kernel
/// rows.
/// </summary>
internal sealed class PatternRows
{
    private readonly FitLayer _layer;
    private readonly int _padding;
    private readonly FitArrays _arrays;
    private readonly (ushort Pattern, double[] Values)[][] _rows;

    /// <param name="padding">Zeros before and after each row.</param>
    public PatternRows(FitLayer layer, int firstRow, int endRow, int padding, FitArrays arrays)
    {
        (_layer, _padding, _arrays, _rows) = (layer, padding, arrays, new (ushort, double[])[layer.Height][]);
        var seen = new int[layer.Kernels.Values.Count];
        for (var y = firstRow; y < endRow; y++)
        {
            var row = layer.Pattern.AsSpan(y * layer.Width, layer.Width);
            var exposure = layer.Exposure.AsSpan(y * layer.Width, layer.Width);
            _rows[y] = row.IndexOfAnyExcept(row[0]) < 0
                ? exposure.IndexOfAnyExcept(0.0) < 0 ? [] : [(row[0], Copy(exposure))]
                : Split(row, exposure, seen, y + 1);
        }
    }

    /// <summary>The parts of row y; the row's first pixel has the index padding in each part.</summary>
    public ReadOnlySpan<(ushort Pattern, double[] Values)> Of(int y) => _rows[y];

    private double[] Copy(ReadOnlySpan<double> exposure)
    {
        var values = _arrays.Zeros<double>(_layer.Width + 2 * _padding);
        exposure.CopyTo(values.AsSpan(_padding));
        return values;
    }

    private (ushort, double[])[] Split(ReadOnlySpan<ushort> pattern, ReadOnlySpan<double> exposure, int[] seen, int mark)
    {
        var parts = new List<(ushort, double[])>();
        for (var x = 0; x < pattern.Length; x++)
        {
            if (seen[pattern[x]] == mark || exposure[x] == 0) continue;
            seen[pattern[x]] = mark;
            var values = _arrays.Zeros<double>(_layer.Width + 2 * _padding);
            for (var i = x; i < pattern.Length; i++)
                if (pattern[i] == pattern[x]) values[_padding + i] = exposure[i];
            parts.Add((pattern[x], values));
        }

        return [.. parts];
    }
}
