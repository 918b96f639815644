using TsMapSurvey.Maps;

namespace TsMapSurvey.Events.Given;

/// <summary>Values at some energies from those at the nodes of a cube: a power law through the two nodes around each.</summary>
internal sealed class EnergyPoints
{
    private readonly (int Lower, double Share)[] _points;

    /// <param name="nodesTeV">Increasing.</param>
    /// <param name="place">File and HDU with the nodes, for the message.</param>
    /// <param name="whose">"the centres of the survey's axis of true energy".</param>
    /// <exception cref="MapException">An energy is more than half a step outside of the nodes.</exception>
    public EnergyPoints(IReadOnlyList<double> nodesTeV, IReadOnlyList<double> energiesTeV, string place, string whose)
    {
        // Nodes may be the centres of bins, whose edges are half a step further.
        const double HalfStep = 0.5 + 1e-6;
        var logs = nodesTeV.Select(node => Math.Log(node)).ToArray();
        _points = new (int, double)[energiesTeV.Count];
        for (var i = 0; i < _points.Length; i++)
        {
            var (log, lower) = (Math.Log(energiesTeV[i]), 0);
            while (lower + 2 < logs.Length && logs[lower + 1] <= log) lower++;
            var share = logs.Length > 1 ? (log - logs[lower]) / (logs[lower + 1] - logs[lower]) : double.NaN;
            if (!(share >= -HalfStep && share <= 1 + HalfStep))
                throw EventsErrors.EnergiesOutside(place, nodesTeV[0], nodesTeV[^1], energiesTeV[i], whose);
            // An energy that is a node but for rounding takes its value.
            var whole = Math.Round(share);
            _points[i] = (lower, Math.Abs(share - whole) < 1e-9 ? whole : share);
        }
    }

    public int Count => _points.Length;

    /// <summary>The value at the energy of an index; linear where a node is not positive, but never negative.</summary>
    public double At(ReadOnlySpan<double> nodes, int index)
    {
        var (lower, share) = _points[index];
        var (low, high) = (nodes[lower], nodes[lower + 1]);
        if (share == 0) return low;
        if (share == 1) return high;
        return low > 0 && high > 0 ? low * Math.Pow(high / low, share) : Math.Max(0, low + share * (high - low));
    }
}
