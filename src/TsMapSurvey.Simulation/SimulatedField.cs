using TsMapSurvey.Sky;
using TsMapSurvey.Surveys;

namespace TsMapSurvey.Simulation;

/// <summary>
/// The observed part of a survey, in pixel coordinates of the survey's grid: an area around its centre with the survey's aspect ratio,
/// which the pointings cover <see cref="Depth"/> times.
/// </summary>
internal sealed record SimulatedField(SkyGrid Grid, double X, double Y, double Width, double Height)
{
    /// <summary>Number of observations of a typical position.</summary>
    public const int Depth = 4;

    /// <summary>Smallest area, so that a single observation is not larger than the field.</summary>
    private const double MinAreaDeg2 = 16;

    public static SimulatedField Of(Survey survey, int observations)
    {
        var grid = survey.Grid;
        var pixelDeg2 = grid.PixelScaleDeg * grid.PixelScaleDeg;
        var reachDeg = Instrument.Cherenkov.MaxOffsetDeg;
        var covered = Math.Max(MinAreaDeg2, observations * Math.PI * reachDeg * reachDeg / Depth);
        var scale = Math.Min(1, Math.Sqrt(covered / (pixelDeg2 * grid.Width * grid.Height)));
        var (width, height) = (grid.Width * scale, grid.Height * scale);
        return new SimulatedField(grid, (grid.Width - 1 - width) / 2, (grid.Height - 1 - height) / 2, width, height);
    }

    /// <summary>The position at fractions 0 to 1 of width and height inside a margin; null where there is no sky.</summary>
    public SkyPosition? At(double u, double v, double marginDeg)
    {
        var margin = Math.Min(marginDeg / Grid.PixelScaleDeg, Math.Min(Width, Height) / 4);
        return Grid.Wcs.TryPixelToSky(X + margin + u * (Width - 2 * margin), Y + margin + v * (Height - 2 * margin),
            out var lon, out var lat)
            ? new SkyPosition(lon, lat, Grid.Frame) : null;
    }
}
