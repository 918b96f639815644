using TsMapSurvey.Sky;
using TsMapSurvey.Surveys;

namespace TsMapSurvey.Simulation;

/// <summary>
/// The part of a survey that is looked at: its middle, as much of it as the pointings cover <see cref="Depth"/> times over, with the
/// survey's aspect ratio. In pixel coordinates of the survey's grid.
/// </summary>
internal sealed record SimulatedField(SkyGrid Grid, double X, double Y, double Width, double Height)
{
    /// <summary>Observations that reach a typical position.</summary>
    public const int Depth = 4;

    /// <summary>No smaller than a few fields of view, so that a single observation has some sky around it.</summary>
    private const double LeastAreaDeg2 = 16;

    public static SimulatedField Of(Survey survey, int observations)
    {
        var grid = survey.Grid;
        var pixelDeg2 = grid.PixelScaleDeg * grid.PixelScaleDeg;
        var covered = Math.Max(LeastAreaDeg2, observations * Math.PI * Instrument.MaxOffsetDeg * Instrument.MaxOffsetDeg / Depth);
        var scale = Math.Min(1, Math.Sqrt(covered / (pixelDeg2 * grid.Width * grid.Height)));
        var (width, height) = (grid.Width * scale, grid.Height * scale);
        return new SimulatedField(grid, (grid.Width - 1 - width) / 2, (grid.Height - 1 - height) / 2, width, height);
    }

    /// <summary>The sky at fractions 0 to 1 of width and height, keeping a margin to the edges; null where there is none.</summary>
    public SkyPosition? At(double u, double v, double marginDeg)
    {
        var margin = Math.Min(marginDeg / Grid.PixelScaleDeg, Math.Min(Width, Height) / 4);
        return Grid.Wcs.TryPixelToSky(X + margin + u * (Width - 2 * margin), Y + margin + v * (Height - 2 * margin),
            out var lon, out var lat)
            ? new SkyPosition(lon, lat, Grid.Frame) : null;
    }
}
