using TsMapSurvey.Sky;

namespace TsMapSurvey.Simulation;

/// <summary>
/// A scan of a field in columns of pointings, alternately upwards and downwards, so that the survey's tiles are filled from one side to
/// the other.
/// </summary>
internal static class PointingScan
{
    /// <summary>The evening of MJD 59000 (TT). A night has 14 observations, which begin every half hour unless they are longer.</summary>
    private const double FirstStartS = (59000.8 - 51544) * DayS;

    private const double DayS = 86400;
    private const int PerNight = 14;
    private const double BetweenS = 1800;
    private const double MarginDeg = 0.5;

    /// <summary>Random displacement of a pointing, as a fraction of the step.</summary>
    private const double Scatter = 0.15;

    public static Pointing[] Of(SimulatedField field, SimulationOptions options)
    {
        var random = Seeds.Stream(options.Seed, Seeds.Pointings);
        var columns = Math.Clamp((int)Math.Round(Math.Sqrt(options.Observations * field.Width / field.Height)), 1, options.Observations);
        var pointings = new List<Pointing>();
        for (var column = 0; column < columns; column++)
        {
            var rows = (int)((column + 1L) * options.Observations / columns - (long)column * options.Observations / columns);
            for (var i = 0; i < rows; i++)
            {
                var row = column % 2 == 0 ? i : rows - 1 - i;
                var u = (column + 0.5 + Scatter * (2 * random.NextDouble() - 1)) / columns;
                var v = (row + 0.5 + Scatter * (2 * random.NextDouble() - 1)) / rows;
                pointings.Add(new Pointing(Sky(field, u, v), StartS(pointings.Count, options.OnTimeS), options.OnTimeS));
            }
        }

        return [.. pointings];
    }

    private static SkyPosition Sky(SimulatedField field, double u, double v) => field.At(u, v, MarginDeg) ?? field.Grid.Centre;

    private static double StartS(int index, double onTimeS)
    {
        var (night, place) = Math.DivRem(index, PerNight);
        var step = Math.Max(BetweenS, onTimeS + 60);
        return FirstStartS + night * Math.Max(DayS, Math.Ceiling(PerNight * step / DayS) * DayS) + place * step;
    }
}
