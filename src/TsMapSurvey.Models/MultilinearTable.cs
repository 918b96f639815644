namespace TsMapSurvey.Models;

/// <summary>
/// Multilinear interpolation on a grid of any number of dimensions, with linear extrapolation beyond the ends. Values are constant along
/// a dimension with one node (gammapy's ScaledRegularGridInterpolator).
/// </summary>
internal sealed class MultilinearTable
{
    private readonly double[][] _nodes;
    private readonly double[] _values;
    private readonly int[] _strides;

    /// <param name="nodes">Increasing nodes of each dimension; the first dimension varies slowest in the values.</param>
    /// <param name="values">One for each combination of nodes.</param>
    public MultilinearTable(double[][] nodes, double[] values)
    {
        (_nodes, _values, _strides) = (nodes, values, new int[nodes.Length]);
        var stride = 1;
        for (var d = nodes.Length - 1; d >= 0; d--) (_strides[d], stride) = (stride, stride * nodes[d].Length);
    }

    public double Interpolate(params ReadOnlySpan<double> point) => Sum(point, 0, 0);

    private double Sum(ReadOnlySpan<double> point, int dimension, int offset)
    {
        if (dimension == _nodes.Length) return _values[offset];
        var nodes = _nodes[dimension];
        if (nodes.Length == 1) return Sum(point, dimension + 1, offset);
        var found = Array.BinarySearch(nodes, point[dimension]);
        var upper = Math.Clamp(found < 0 ? ~found : found, 1, nodes.Length - 1);
        var fraction = (point[dimension] - nodes[upper - 1]) / (nodes[upper] - nodes[upper - 1]);
        var low = Sum(point, dimension + 1, offset + (upper - 1) * _strides[dimension]);
        return fraction == 0 ? low : low + fraction * (Sum(point, dimension + 1, offset + upper * _strides[dimension]) - low);
    }
}
