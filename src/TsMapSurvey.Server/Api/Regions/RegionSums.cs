using TsMapSurvey.Estimators;
using TsMapSurvey.Maps.Coverage;
using TsMapSurvey.Maps.Datasets;
using TsMapSurvey.Server.Api.Surveys;
using TsMapSurvey.Server.Api.Tiles;
using TsMapSurvey.Sky;

namespace TsMapSurvey.Server.Api.Regions;

/// <summary>What has been found in a region so far. Tiles are added one after the other, and nothing of their pixels is kept.</summary>
internal sealed class RegionSums(KnownSurvey survey, string map, int bin, Moc region)
{
    public List<RegionTile> Tiles { get; } = [];

    public double Counts { get; private set; }

    public double Background { get; private set; }

    public RegionExtreme? MaxExposure { get; private set; }

    public RegionExtreme? MinExposure { get; private set; }

    public RegionExtreme? MinFluxUl { get; private set; }

    public RegionExtreme? MinFluxSensitivity { get; private set; }

    public RegionExtreme? MaxSqrtTs { get; private set; }

    /// <param name="maps">Null if the tile has no map yet.</param>
    public void Add(TileId tile, MapDataset stack, long revision, FluxMaps? maps, long mapRevision)
    {
        var (grid, owned) = (survey.Survey.GridOf(tile), survey.Survey.OwnedPixels(tile));
        var exposed = HasExposure(stack, owned);
        var inside = RegionPixels.Of(grid, owned, region);
        int[] pixels = [.. Enumerable.Range(0, inside.Length).Where(pixel => inside[pixel] && exposed[pixel])];
        if (pixels.Length == 0) return;
        Tiles.Add(new RegionTile(tile.ToString(), pixels.Length, revision, mapRevision));
        Counts += Sum(StackPlane.Of(stack, "counts", null, owned.Box), pixels);
        Background += Sum(StackPlane.Of(stack, "background", null, owned.Box), pixels);
        var exposure = BandExposure.Of(stack, survey.Survey.Maps[map], bin, owned.Box);
        RegionExtreme? Extreme(RegionExtreme? known, ReadOnlySpan<double> values, int sign)
        {
            var best = -1;
            foreach (var pixel in pixels)
                if (double.IsFinite(values[pixel]) && (best < 0 || sign * values[pixel] > sign * values[best])) best = pixel;
            if (best < 0 || (known is not null && sign * known.Value >= sign * values[best])) return known;
            return grid.PixelCentre(best % grid.Width, best / grid.Width) is { } centre
                ? RegionExtreme.Of(values[best], centre, tile.ToString()) : known;
        }

        RegionExtreme? OfMap(RegionExtreme? known, string quantity, int sign) =>
            maps?.Find(quantity) is { } found ? Extreme(known, found.Plane(bin), sign) : known;

        MaxExposure = Extreme(MaxExposure, exposure, 1);
        MinExposure = Extreme(MinExposure, exposure, -1);
        MinFluxUl = OfMap(MinFluxUl, "flux_ul", -1);
        MinFluxSensitivity = OfMap(MinFluxSensitivity, "flux_sensitivity", -1);
        MaxSqrtTs = OfMap(MaxSqrtTs, "sqrt_ts", 1);
    }

    private static double Sum(double[] image, int[] pixels) => pixels.Sum(pixel => image[pixel]);

    private static bool[] HasExposure(MapDataset stack, OwnedRegion owned)
    {
        var (box, mask) = (owned.Box, new bool[owned.Box.Area]);
        for (var plane = 0; plane < (stack.Exposure?.Geometry.PlaneCount ?? 0); plane++)
            for (var y = 0; y < box.Height; y++)
            {
                var row = stack.Exposure!.Plane(plane).Slice((box.Y + y) * stack.Grid.Width + box.X, box.Width);
                for (var x = 0; x < box.Width; x++) mask[y * box.Width + x] |= row[x] > 0;
            }

        return mask;
    }
}
