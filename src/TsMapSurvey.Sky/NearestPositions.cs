namespace TsMapSurvey.Sky;

/// <summary>
/// Finds the nearest of the positions added so far: a k-d tree of unit vectors (Bentley 1975, CACM 18, 509). The tree is not rebalanced, so
/// a search takes logarithmic time only if the order of adding is not related to the position, as for sources sorted by brightness.
/// </summary>
public sealed class NearestPositions
{
    private readonly List<Node> _nodes = [];
    private readonly Stack<(int Node, double PlaneDistance)> _open = new();

    public void Add(SkyPosition position)
    {
        var added = new Node(position);
        for (int at = 0, axis = 0; at < _nodes.Count; axis = (axis + 1) % 3)
        {
            var node = _nodes[at];
            var below = added[axis] < node[axis];
            var next = below ? node.Below : node.Above;
            if (next == 0)
            {
                _nodes[at] = (below ? node with { Below = _nodes.Count } : node with { Above = _nodes.Count });
                added = added with { Axis = (axis + 1) % 3 };
                break;
            }

            at = next;
        }

        _nodes.Add(added);
    }

    /// <summary>The angle to the nearest position; NaN if none was added. Not thread-safe.</summary>
    public double SeparationDeg(SkyPosition position)
    {
        if (_nodes.Count == 0) return double.NaN;
        var wanted = new Node(position);
        var smallest = double.PositiveInfinity;
        var nearest = 0;
        _open.Push((0, 0));
        while (_open.TryPop(out var open))
        {
            if (open.PlaneDistance * open.PlaneDistance >= smallest) continue;
            var node = _nodes[open.Node];
            var square = node.SquareTo(wanted);
            if (square < smallest) (smallest, nearest) = (square, open.Node);
            var from = wanted[node.Axis] - node[node.Axis];
            var (near, far) = from < 0 ? (node.Below, node.Above) : (node.Above, node.Below);
            if (far != 0) _open.Push((far, from));
            if (near != 0) _open.Push((near, 0));
        }

        return _nodes[nearest].Position.SeparationDeg(position);
    }

    /// <param name="Below">Index of the child; 0 for none, since the root (index 0) is never a child.</param>
    private readonly record struct Node(SkyPosition Position, double X, double Y, double Z, int Below = 0, int Above = 0, int Axis = 0)
    {
        public Node(SkyPosition position)
            : this(position, 0, 0, 0)
        {
            var icrs = position.To(SkyFrame.Icrs);
            var (sinLon, cosLon) = Degrees.SinCos(icrs.LonDeg);
            var (sinLat, cosLat) = Degrees.SinCos(icrs.LatDeg);
            (X, Y, Z) = (cosLat * cosLon, cosLat * sinLon, sinLat);
        }

        public double this[int axis] => axis switch { 0 => X, 1 => Y, _ => Z };

        public double SquareTo(in Node other) =>
            (X - other.X) * (X - other.X) + (Y - other.Y) * (Y - other.Y) + (Z - other.Z) * (Z - other.Z);
    }
}
