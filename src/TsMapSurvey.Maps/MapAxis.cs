namespace TsMapSurvey.Maps;

/// <summary>A non-spatial axis of a map. Energies are in TeV, angles in degrees, migra is dimensionless.</summary>
public sealed class MapAxis
{
    private readonly double[] _nodes;

    /// <param name="name">gammapy's name: energy, energy_true, rad, migra.</param>
    /// <param name="nodes">Strictly increasing; at least one center or two edges; positive if <paramref name="interpolation"/> is log.
    /// </param>
    /// <param name="unit">The unit of the nodes in FITS syntax; empty if dimensionless.</param>
    /// <exception cref="MapException">The nodes are invalid.</exception>
    public MapAxis(string name, double[] nodes, AxisInterpolation interpolation, AxisNodes kind, string unit)
    {
        if (nodes.Length < (kind == AxisNodes.Edges ? 2 : 1)) throw MapErrors.BadAxis(
            $"axis {name}", $"found {nodes.Length} nodes, expected at least {(kind == AxisNodes.Edges ? "two edges" : "one center")}");
        for (var i = 0; i < nodes.Length; i++)
        {
            var isValid = double.IsFinite(nodes[i]) && (interpolation == AxisInterpolation.Linear || nodes[i] > 0)
                && (i == 0 || nodes[i] > nodes[i - 1]);
            if (!isValid) throw MapErrors.BadAxis(
                $"axis {name}", $"node {i} is {nodes[i]}; nodes must be finite, increasing and, on a log axis, positive");
        }

        (Name, _nodes, Interpolation, Kind, Unit) = (name, nodes, interpolation, kind, unit);
        BinCount = kind == AxisNodes.Edges ? nodes.Length - 1 : nodes.Length;
        Edges = kind == AxisNodes.Edges ? nodes : Enumerable.Range(0, BinCount + 1).Select(i => PixelToCoordinate(i - 0.5)).ToArray();
        Centers = kind == AxisNodes.Centers ? nodes : Enumerable.Range(0, BinCount).Select(i => PixelToCoordinate(i)).ToArray();
    }

    public string Name { get; }

    public string Unit { get; }

    public AxisInterpolation Interpolation { get; }

    public AxisNodes Kind { get; }

    public int BinCount { get; }

    public IReadOnlyList<double> Nodes => _nodes;

    /// <summary>The n + 1 bin edges. For an axis of centers: half-way between the centers in scaled space.</summary>
    public double[] Edges { get; }

    /// <summary>The n bin centers. For an axis of edges: the middle in scaled space (geometric mean on a log axis).</summary>
    public double[] Centers { get; }

    /// <summary>A logarithmic energy axis with edges in TeV.</summary>
    public static MapAxis EnergyEdges(string name, params double[] edgesTeV) =>
        new(name, edgesTeV, AxisInterpolation.Log, AxisNodes.Edges, "TeV");

    /// <summary>An energy axis with bins of equal logarithmic width.</summary>
    public static MapAxis EnergyBins(string name, double minTeV, double maxTeV, int bins) =>
        EnergyEdges(name, Enumerable.Range(0, bins + 1).Select(i => minTeV * Math.Pow(maxTeV / minTeV, i / (double)bins)).ToArray());

    /// <summary>The bin coordinate of a value: k at the center of bin k. Extrapolates linearly in scaled space. With a single center, NaN
    /// for every other value.</summary>
    public double CoordinateToPixel(double value)
    {
        if (Nodes.Count == 1) return value == Nodes[0] ? 0 : double.NaN;
        var scaled = Scale(value);
        var found = Array.BinarySearch(_nodes, value);
        var upper = Math.Clamp(found >= 0 ? found : ~found, 1, _nodes.Length - 1);
        var (low, high) = (Scale(Nodes[upper - 1]), Scale(Nodes[upper]));
        return upper - 1 + (scaled - low) / (high - low) - (Kind == AxisNodes.Edges ? 0.5 : 0);
    }

    /// <summary>The inverse of <see cref="CoordinateToPixel"/>.</summary>
    public double PixelToCoordinate(double pixel)
    {
        if (Nodes.Count == 1) return Nodes[0];
        var node = pixel + (Kind == AxisNodes.Edges ? 0.5 : 0);
        var lower = Math.Clamp((int)Math.Floor(node), 0, Nodes.Count - 2);
        var (low, high) = (Scale(Nodes[lower]), Scale(Nodes[lower + 1]));
        var scaled = low + (high - low) * (node - lower);
        return node == lower ? Nodes[lower] : node == lower + 1 ? Nodes[lower + 1] : Unscale(scaled);
    }

    public MapAxis Squash() => new(Name, [Edges[0], Edges[^1]], Interpolation, AxisNodes.Edges, Unit);

    /// <summary>An axis with the bins from first to last, inclusive.</summary>
    public MapAxis Slice(int first, int last) => new(Name, Edges[first..(last + 2)], Interpolation, AxisNodes.Edges, Unit);

    public MapAxis Rename(string name) => new(name, [.. Nodes], Interpolation, Kind, Unit);

    /// <summary>Whether the edges are equal to a relative 1e-6, which allows for edges that were stored as float32.</summary>
    public bool Matches(MapAxis other)
    {
        if (BinCount != other.BinCount) return false;
        for (var i = 0; i <= BinCount; i++)
            if (Math.Abs(Edges[i] - other.Edges[i]) > 1e-6 * Math.Max(Math.Abs(Edges[i]), Math.Abs(other.Edges[i]))) return false;
        return true;
    }

    public override string ToString() =>
        FormattableString.Invariant($"{Name}: {BinCount} bins from {Edges[0]:g6} to {Edges[^1]:g6} {Unit}").TrimEnd();

    private double Scale(double value) => Interpolation == AxisInterpolation.Log ? Math.Log(value) : value;

    private double Unscale(double scaled) => Interpolation == AxisInterpolation.Log ? Math.Exp(scaled) : scaled;
}
