namespace TsMapSurvey.Models;

/// <summary>
/// Values on a grid of any number of dimensions, interpolated linearly in each and continued beyond the ends. A dimension of one node is
/// constant (gammapy's ScaledRegularGridInterpolator).
/// </summary>
internal sealed class MultilinearTable
{
    private readonly double[][] _nodes;
    private readonly double[] _values;
    private readonly int[] _strides;

    /// <param name="nodes">Of each dimension, increasing; the first dimension is the slowest in the values.</param>
    /// <param name="values">As many as the product of the dimensions' nodes.</param>
    public MultilinearTable(double[][] nodes, double[] values)
    {
        (_nodes, _values, _strides) = (nodes, values, new int[nodes.Length]);
        var stride = 1;
        for (var d = nodes.Length - 1; d >= 0; d--) (_strides[d], stride) = (stride, stride * nodes[d].Length);
    }

    /// <param name="point">One coordinate for each dimension.</param>
    public double At(params ReadOnlySpan<double> point) => Sum(point, 0, 0);

    private double Sum(ReadOnlySpan<double> point, int dimension, int offset)
    {
        if (dimension == _nodes.Length) return _values[offset];
        var nodes = _nodes[dimension];
        if (nodes.Length == 1) return Sum(point, dimension + 1, offset);
        var found = Array.BinarySearch(nodes, point[dimension]);
        var upper = Math.Clamp(found < 0 ? ~found : found, 1, nodes.Length - 1);
        var way = (point[dimension] - nodes[upper - 1]) / (nodes[upper] - nodes[upper - 1]);
        var low = Sum(point, dimension + 1, offset + (upper - 1) * _strides[dimension]);
        return way == 0 ? low : low + way * (Sum(point, dimension + 1, offset + upper * _strides[dimension]) - low);
    }
}
