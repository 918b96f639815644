using TsMapSurvey.Maps;
using TsMapSurvey.Sky;

namespace TsMapSurvey.Events.Reduction;

internal static class CountsMap
{
    /// <summary>
    /// Events by nearest pixel and energy bin; lower edges belong to a bin. Events outside the image or the axis are dropped.
    /// </summary>
    public static Map<double> Of(EventList events, SkyGrid image, MapAxis energy)
    {
        var map = new Map<double>(new MapGeometry(image, energy));
        var edges = energy.Edges;
        for (var i = 0; i < events.Count; i++)
        {
            var value = events.EnergyTeV[i];
            if (!(value >= edges[0] && value < edges[^1])) continue;
            if (!image.TryPixelOf(new SkyPosition(events.RaDeg[i], events.DecDeg[i], SkyFrame.Icrs), out int x, out int y)) continue;
            var found = Array.BinarySearch(edges, value);
            map.Data[((found >= 0 ? found : ~found - 1) * image.Height + y) * image.Width + x]++;
        }

        return map;
    }
}
