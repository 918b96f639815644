namespace TsMapSurvey.Maps.Irf;

/// <summary>A function of separation by its values at nodes: linear between them, extrapolated beyond, never negative.</summary>
public sealed class RadialTable
{
    /// <summary>Cells of equal width in which the interval of a separation is looked up, per interval.</summary>
    private const int Fineness = 4;

    private readonly double[] _nodes;
    private readonly double[] _values;
    private readonly double[] _slopes;
    private readonly int[] _intervals;
    private readonly double _cellsPerDeg;

    /// <param name="nodesDeg">Increasing.</param>
    public RadialTable(double[] nodesDeg, double[] values)
    {
        (_nodes, _values) = (nodesDeg, values);
        if (nodesDeg.Length == 1) (_nodes, _values) = ([nodesDeg[0], nodesDeg[0] + 1], [values[0], values[0]]);
        _slopes = [.. Enumerable.Range(0, _nodes.Length - 1).Select(i => (_values[i + 1] - _values[i]) / (_nodes[i + 1] - _nodes[i]))];
        _intervals = new int[Fineness * _nodes.Length];
        _cellsPerDeg = (_intervals.Length - 1) / (_nodes[^1] - _nodes[0]);
        for (int cell = 0, interval = 0; cell < _intervals.Length; cell++)
        {
            while (interval < _slopes.Length - 1 && _nodes[interval + 1] <= _nodes[0] + cell / _cellsPerDeg) interval++;
            _intervals[cell] = interval;
        }
    }

    public double At(double separationDeg)
    {
        var cell = (separationDeg - _nodes[0]) * _cellsPerDeg;
        var interval = _intervals[cell > 0 ? (int)Math.Min(cell, _intervals.Length - 1) : 0];
        while (interval < _slopes.Length - 1 && _nodes[interval + 1] <= separationDeg) interval++;
        return Math.Max(0, _values[interval] + _slopes[interval] * (separationDeg - _nodes[interval]));
    }
}
