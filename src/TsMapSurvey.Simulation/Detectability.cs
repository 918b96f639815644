using MathNet.Numerics.RootFinding;
using TsMapSurvey.Maps;
using TsMapSurvey.Sky;
using TsMapSurvey.Surveys;

namespace TsMapSurvey.Simulation;

/// <summary>
/// The expected significance of a source: sqrt(TS) of the Asimov data set, whose counts are equal to the expectation (Cowan et al. 2011,
/// EPJC 71, 1554, section 3.3): TS = 2 Σ_p [(s + b) ln(1 + s / b) - s] over the pixels, with energies summed as in the default maps.
/// </summary>
internal sealed class Detectability
{
    private readonly double[] _signal;
    private readonly double[] _background;

    /// <summary>Uses the safe data of the pointings and ignores other sources.</summary>
    public Detectability(Survey survey, SimulatedSource source, IEnumerable<Pointing> pointings)
    {
        var grid = survey.Grid;
        var stamp = ExpectedSource.Footprint(source, grid);
        var pixels = (int)stamp.Area;
        (_signal, _background) = (new double[pixels], new double[pixels]);
        var counts = new double[pixels * survey.Energy.BinCount];
        var solidAngles = new double[pixels];
        for (var i = 0; i < pixels; i++) solidAngles[i] = grid.SolidAngleSr(stamp.X + i % stamp.Width, stamp.Y + i / stamp.Width);
        var reach = Instrument.MaxOffsetDeg + Math.Max(stamp.Width, stamp.Height) / 2.0 * grid.PixelScaleDeg;
        foreach (var pointing in pointings)
        {
            if (source.Position.SeparationDeg(pointing.Position) > reach) continue;
            Array.Clear(counts);
            ExpectedSource.Add(counts, stamp, grid, source, pointing, survey.Energy, survey.EnergyTrue);
            AddSafe(counts, solidAngles, grid, stamp, pointing, survey.Energy);
        }
    }

    /// <summary>The significance for the source's flux times a factor; 0 if no pointing observes the source.</summary>
    public double SqrtTs(double factor = 1)
    {
        var ts = 0.0;
        for (var i = 0; i < _signal.Length; i++)
        {
            var (s, b) = (factor * _signal[i], _background[i]);
            if (b > 0 && s > 0) ts += 2 * ((s + b) * Math.Log(1 + s / b) - s);
        }

        return Math.Sqrt(Math.Max(ts, 0));
    }

    /// <summary>The factor of the flux that gives a significance.</summary>
    public double FactorFor(double sqrtTs) => Math.Exp(Brent.FindRoot(log => SqrtTs(Math.Exp(log)) - sqrtTs, -20, 20, 1e-6));

    private void AddSafe(double[] counts, double[] solidAnglesSr, SkyGrid grid, PixelRegion stamp, Pointing pointing, MapAxis energy)
    {
        var pixels = _signal.Length;
        var centre = pointing.Position.To(grid.Frame);
        for (var i = 0; i < pixels; i++)
        {
            var (x, y) = (stamp.X + i % stamp.Width, stamp.Y + i / stamp.Width);
            if (grid.PixelCentre(x, y)?.SeparationDeg(centre) is not { } offset || !(offset < Instrument.MaxOffsetDeg)) continue;
            for (var k = 0; k < energy.BinCount; k++)
            {
                if (energy.Edges[k] < Instrument.ThresholdTeV(offset)) continue;
                _signal[i] += counts[k * pixels + i];
                var background = Instrument.BackgroundPerSSr(energy.Edges[k], energy.Edges[k + 1], offset);
                _background[i] += background * solidAnglesSr[i] * pointing.OnTimeS;
            }
        }
    }
}
