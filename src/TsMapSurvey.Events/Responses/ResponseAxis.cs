using TsMapSurvey.Maps;

namespace TsMapSurvey.Events.Responses;

/// <summary>
/// An axis of a response. Values belong to the centres of bins, or to the nodes of an axis without bins, whose range then goes half a step
/// beyond the first and the last node. Within the range but outside the centres, values are extrapolated.
/// </summary>
public sealed class ResponseAxis
{
    private readonly double[] _scaled;
    private readonly double _perUnit;

    /// <param name="axis">Energies in TeV (log axis), angles in degrees, migra as a pure number.</param>
    public ResponseAxis(MapAxis axis)
    {
        Axis = axis;
        _scaled = Array.ConvertAll(axis.Centers, Scale);
        _perUnit = _scaled.Length == 1 ? 0 : (_scaled.Length - 1) / (_scaled[^1] - _scaled[0]);
    }

    public MapAxis Axis { get; }

    public int Count => _scaled.Length;

    /// <summary>Whether a value is inside the range, both ends included. A single node is valid everywhere; NaN is nowhere.</summary>
    public bool Contains(double value) => Axis is { Kind: AxisNodes.Centers, BinCount: 1 }
        ? !double.IsNaN(value) : value >= Axis.Edges[0] && value <= Axis.Edges[^1];

    /// <summary>The nodes around a value, linear in the value or, on an energy axis, in its logarithm.</summary>
    public AxisWeight At(double value)
    {
        if (_scaled.Length == 1) return new AxisWeight(0, 0, 0);
        var scaled = Scale(value);
        // Nearly all axes are uniform, so that the first guess is right or next to it.
        var lower = (int)Math.Clamp((scaled - _scaled[0]) * _perUnit, 0, _scaled.Length - 2);
        while (lower > 0 && scaled < _scaled[lower]) lower--;
        while (lower < _scaled.Length - 2 && scaled >= _scaled[lower + 1]) lower++;
        return new AxisWeight(lower, lower + 1, (scaled - _scaled[lower]) / (_scaled[lower + 1] - _scaled[lower]));
    }

    /// <summary>The axis with one more bin of equal width at both ends.</summary>
    public ResponseAxis Padded()
    {
        var nodes = Axis.Nodes;
        if (nodes.Count == 1) return this;
        double[] wider = [2 * nodes[0] - nodes[1], .. nodes, 2 * nodes[^1] - nodes[^2]];
        return new ResponseAxis(new MapAxis(Axis.Name, wider, Axis.Interpolation, Axis.Kind, Axis.Unit));
    }

    private double Scale(double value) => Axis.Interpolation == AxisInterpolation.Log ? Math.Log(value) : value;
}
