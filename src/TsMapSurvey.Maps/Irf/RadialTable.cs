namespace TsMapSurvey.Maps.Irf;

/// <summary>A function of separation, given by values at nodes: linear between nodes, extrapolated outside, never negative.</summary>
public sealed class RadialTable
{
    /// <summary>Number of cells of the lookup table for each node. Cells have equal width.</summary>
    private const int CellsPerNode = 4;

    private readonly double[] _nodes;
    private readonly double[] _values;
    private readonly double[] _slopes;
    private readonly int[] _intervals;
    private readonly double _cellsPerDeg;

    /// <param name="nodesDeg">Strictly increasing.</param>
    public RadialTable(double[] nodesDeg, double[] values)
    {
        (_nodes, _values) = (nodesDeg, values);
        if (nodesDeg.Length == 1) (_nodes, _values) = ([nodesDeg[0], nodesDeg[0] + 1], [values[0], values[0]]);
        _slopes = [.. Enumerable.Range(0, _nodes.Length - 1).Select(i => (_values[i + 1] - _values[i]) / (_nodes[i + 1] - _nodes[i]))];
        _intervals = new int[CellsPerNode * _nodes.Length];
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
