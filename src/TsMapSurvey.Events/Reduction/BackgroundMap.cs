using TsMapSurvey.Events.Responses;
using TsMapSurvey.Maps;

namespace TsMapSurvey.Events.Reduction;

// As gammapy's make_map_background_irf (makers/utils.py): time * solid angle * integral over a bin's energies of the rate, by one trapezoid
// in log-log space between the bin's edges. A power law through (x1, y1) and (x2, y2) integrates to
//   (x2 y2 - x1 y1) L / v   with L = ln(x2 / x1) and v = ln(x2 y2) - ln(x1 y1),   or x1 y1 L (1 + v/2 + v²/6) where v is small.
internal static class BackgroundMap
{
    private const double SmallExponent = 1e-4;

    /// <summary>
    /// Expected background events for the whole good time (dead time included, as rates count triggers), unscaled; 0 outside the model.
    /// </summary>
    /// <param name="largestOffsetDeg">Pixels at or beyond this offset stay 0.</param>
    public static Map<double> Of(EventObservation observation, FieldPixels field, MapAxis energy, double largestOffsetDeg)
    {
        var image = field.Grid;
        var map = new Map<double>(new MapGeometry(image, energy));
        var solidAngles = SolidAngles.Of(image);
        var background = observation.Background;
        var sampler = background.At(energy.Edges);
        var turns = background.Alignment == FieldAlignment.AltAz ? ZenithTurn.Of(observation) : [new ZenithTurn(0, 1)];
        var onTimeS = observation.OnTimeS;
        double[] logs = new double[energy.Edges.Length], logEdges = Array.ConvertAll(energy.Edges, Math.Log);
        for (var pixel = 0; pixel < solidAngles.Length; pixel++)
        {
            if (!(field.OffsetsDeg[pixel] < largestOffsetDeg)) continue;
            foreach (var turn in turns)
            {
                sampler.LogRates(field.Point(pixel, background.Alignment, turn.AngleDeg), logs);
                var factor = onTimeS * turn.Share * solidAngles[pixel];
                var (lowLog, low) = XY(0);
                for (var k = 0; k < energy.BinCount; k++)
                {
                    var (highLog, high) = XY(k + 1);
                    var bin = factor * Integral(lowLog, low, highLog, high, logEdges[k + 1] - logEdges[k]);
                    map.Data[k * solidAngles.Length + pixel] += bin;
                    (lowLog, low) = (highLog, high);
                }
            }
        }

        return map;
        (double Log, double Value) XY(int edge) => (logs[edge] + logEdges[edge], Math.Exp(logs[edge] + logEdges[edge]));
    }

    /// <summary>Of a power law; 0 if it is 0 at one end.</summary>
    /// <param name="lowLog">ln(x1 y1).</param>
    /// <param name="low">x1 y1.</param>
    public static double Integral(double lowLog, double low, double highLog, double high, double width)
    {
        var v = highLog - lowLog;
        if (!double.IsFinite(v)) return 0;
        return Math.Abs(v) < SmallExponent ? low * width * (1 + v / 2 * (1 + v / 3)) : (high - low) * width / v;
    }
}
