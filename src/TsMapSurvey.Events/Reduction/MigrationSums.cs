using TsMapSurvey.Events.Responses;
using TsMapSurvey.Maps;

namespace TsMapSurvey.Events.Reduction;

/// <summary>
/// Sums of an energy dispersion over migra up to the edges of an axis, at any offset. Between two nodes of the offset axis the sums of a
/// table without negative cells are as linear as its cells, so that they are computed once for each node.
/// </summary>
internal sealed class MigrationSums
{
    private readonly OffsetTable _cells;
    private readonly OffsetTable? _sums;
    private readonly MapAxis _first;
    private readonly MapAxis _energyTrue;
    private readonly MapAxis _migra;
    private readonly double[] _atOffset;
    private readonly double[] _running;
    private bool _isSums;

    /// <param name="first">Reconstructed energy, or migra.</param>
    public MigrationSums(EnergyMigration response, MapAxis first, MapAxis energyTrue)
    {
        (_first, _energyTrue, _migra) = (first, energyTrue, response.Migra.Axis);
        _cells = response.Table(energyTrue);
        _running = new double[_migra.BinCount + 1];
        if (Array.TrueForAll(_cells.Values, value => value >= 0 && double.IsFinite(value))) _sums = Summed();
        _atOffset = new double[Math.Max(_cells.Cells, _sums?.Cells ?? 0)];
    }

    private int Stride => _first.BinCount + 2;

    public void MoveTo(double offsetDeg)
    {
        var nodes = _cells.Offset.Axis.Centers;
        _isSums = _sums is not null && (nodes.Length == 1 || (offsetDeg >= nodes[0] && offsetDeg <= nodes[^1]));
        var table = _isSums ? _sums! : _cells;
        table.At(offsetDeg, _atOffset.AsSpan(0, table.Cells));
    }

    /// <summary>The sums up to each edge for a bin of true energy; returns the sum over all migra.</summary>
    public double Of(int energyTrue, Span<double> edges)
    {
        if (!_isSums) return Sum(_atOffset.AsSpan(energyTrue * _migra.BinCount, _migra.BinCount), energyTrue, edges);
        _atOffset.AsSpan(energyTrue * Stride, edges.Length).CopyTo(edges);
        return _atOffset[energyTrue * Stride + edges.Length];
    }

    private OffsetTable Summed()
    {
        var table = new OffsetTable(_cells.Offset, Stride * _energyTrue.BinCount,
            new double[Stride * _energyTrue.BinCount * _cells.Offset.Count]);
        for (var row = 0; row < _cells.Offset.Count; row++)
            for (var j = 0; j < _energyTrue.BinCount; j++)
            {
                var sums = table.Values.AsSpan(row * table.Cells + j * Stride, Stride);
                sums[^1] = Sum(_cells.Values.AsSpan(row * _cells.Cells + j * _migra.BinCount, _migra.BinCount), j, sums[..^1]);
            }

        return table;
    }

    private double Sum(ReadOnlySpan<double> density, int energyTrue, Span<double> edges)
    {
        for (var m = 0; m < density.Length; m++) _running[m + 1] = _running[m] + density[m] * (_migra.Edges[m + 1] - _migra.Edges[m]);
        var unit = _first.Name == "migra" ? 1 : _energyTrue.Centers[energyTrue];
        for (var k = 0; k < edges.Length; k++) edges[k] = UpTo(_first.Edges[k] / unit);
        return _running[^1];
    }

    /// <summary>Linear between the edges of migra and constant outside.</summary>
    private double UpTo(double value)
    {
        var position = Math.Clamp(_migra.CoordinateToPixel(value) + 0.5, 0, _migra.BinCount);
        var lower = Math.Min((int)position, _migra.BinCount - 1);
        return _running[lower] + (position - lower) * (_running[lower + 1] - _running[lower]);
    }
}
