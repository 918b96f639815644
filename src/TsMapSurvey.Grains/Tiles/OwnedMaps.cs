using TsMapSurvey.Maps;
using TsMapSurvey.Estimators;
using TsMapSurvey.Sky;

namespace TsMapSurvey.Grains.Tiles;

/// <summary>What a tile publishes of the maps that were fitted in the box of its own pixels.</summary>
internal static class OwnedMaps
{
    /// <summary>The maps with NaN in every pixel that the tile does not own; the very same ones where there is none.</summary>
    public static FluxMaps Of(FluxMaps fitted, OwnedRegion owned)
    {
        if (owned.IsRectangle) return fitted;
        var maps = fitted.Stored.ToDictionary(name => name, name => Blanked(fitted.Find(name)!, owned));
        return new FluxMaps(fitted.Geometry, maps, fitted.Model, fitted.NSigma, fitted.NSigmaUl, fitted.Gti, fitted.Warnings)
        {
            KernelWidthDeg = fitted.KernelWidthDeg,
        };
    }

    private static Map<double> Blanked(Map<double> map, OwnedRegion owned)
    {
        var copy = map with { Data = [.. map.Data] };
        owned.Blank(copy.Data);
        return copy;
    }
}
