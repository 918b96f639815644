using TsMapSurvey.Maps;
using TsMapSurvey.Sky;

namespace TsMapSurvey.Events.Reduction;

/// <summary>The norm of an observation's background (gammapy's FoVBackgroundMaker, method "scale", without source models).</summary>
internal static class BackgroundNorm
{
    /// <summary>The range with the ratio of events to expected background events in all safe bins outside the exclusion mask.</summary>
    /// <exception cref="MapException">There are no events or no background there.</exception>
    public static ObservationRange Of(
        string place, Map<double> counts, Map<double> background, Map<bool> safe, ObservationRange range, Map<bool>? exclusion)
    {
        var grid = counts.Geometry.Grid!;
        var included = new bool[counts.Geometry.PlaneLength];
        for (var pixel = 0; pixel < included.Length; pixel++)
            included[pixel] = exclusion is null || grid.PixelCentre(pixel % grid.Width, pixel / grid.Width) is { } centre
                && Includes(exclusion, centre);
        double events = 0, expected = 0;
        for (var i = 0; i < safe.Data.Length; i++)
        {
            if (!safe.Data[i] || !included[i % included.Length]) continue;
            events += counts.Data[i];
            expected += background.Data[i];
        }

        if (!(events > 0 && expected > 0)) throw EventsErrors.NoBackgroundNorm(place, events, expected);
        return range with { BackgroundNorm = events / expected, BackgroundNormError = Math.Sqrt(events) / expected };
    }

    private static bool Includes(Map<bool> exclusion, SkyPosition position) =>
        exclusion.Geometry.Grid is not { } grid || !grid.TryPixelOf(position, out int x, out int y) || exclusion.Data[y * grid.Width + x];
}
