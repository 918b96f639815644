using TsMapSurvey.Maps;
using TsMapSurvey.Sky;
using TsMapSurvey.Surveys;

namespace TsMapSurvey.Simulation;

/// <summary>
/// The expected counts of a source and of the background around it in the pixels of a survey, with energies summed as in the default maps.
/// </summary>
internal sealed class Detectability
{
    private readonly double[] _signal;
    private readonly double[] _background;

    /// <summary>How significantly the source is expected to be detected.</summary>
    public AsimovSignificance Significance => new(_signal, _background);

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
        var reach = Instrument.Cherenkov.MaxOffsetDeg + Math.Max(stamp.Width, stamp.Height) / 2.0 * grid.PixelScaleDeg;
        foreach (var pointing in pointings)
        {
            if (source.Position.SeparationDeg(pointing.Position) > reach) continue;
            Array.Clear(counts);
            ExpectedSource.Add(counts, stamp, grid, source, pointing, survey.Energy, survey.EnergyTrue);
            AddSafe(counts, solidAngles, grid, stamp, pointing, survey.Energy);
        }
    }

    private void AddSafe(double[] counts, double[] solidAnglesSr, SkyGrid grid, PixelRegion stamp, Pointing pointing, MapAxis energy)
    {
        var pixels = _signal.Length;
        var centre = pointing.Position.To(grid.Frame);
        for (var i = 0; i < pixels; i++)
        {
            var (x, y) = (stamp.X + i % stamp.Width, stamp.Y + i / stamp.Width);
            if (grid.PixelCentre(x, y)?.SeparationDeg(centre) is not { } offset || !(offset < Instrument.Cherenkov.MaxOffsetDeg)) continue;
            for (var k = 0; k < energy.BinCount; k++)
            {
                if (energy.Edges[k] < Instrument.Cherenkov.ThresholdTeV(offset)) continue;
                _signal[i] += counts[k * pixels + i];
                var background = Instrument.Cherenkov.BackgroundPerSSr(energy.Edges[k], energy.Edges[k + 1], offset);
                _background[i] += background * solidAnglesSr[i] * pointing.OnTimeS;
            }
        }
    }
}
