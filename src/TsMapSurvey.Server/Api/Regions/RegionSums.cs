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
    private static readonly (string Quantity, string Extreme, int Sign)[] Wanted =
    [
        ("exposure", "max", 1), ("exposure", "min", -1), ("flux_ul", "min", -1), ("flux_sensitivity", "min", -1), ("sqrt_ts", "max", 1),
    ];

    private readonly RegionExtreme?[] _extremes = new RegionExtreme?[Wanted.Length];

    public List<RegionTile> Tiles { get; } = [];

    public double Counts { get; private set; }

    public double Background { get; private set; }

    /// <summary>In the order of <see cref="Wanted"/>; without a quantity that no tile has.</summary>
    public IReadOnlyList<RegionExtreme> Extremes => [.. _extremes.OfType<RegionExtreme>()];

    /// <param name="maps">Null if the tile has no map yet.</param>
    public void Add(TileId tile, MapDataset stack, long revision, FluxMaps? maps, long mapRevision)
    {
        var (grid, owned) = (survey.Survey.GridOf(tile), survey.Survey.OwnedPixels(tile));
        var exposed = HasExposure(stack, owned);
        var inside = RegionPixels.Of(survey.Survey.Tiling, tile, owned, region);
        int[] pixels = [.. Enumerable.Range(0, inside.Length).Where(pixel => inside[pixel] && exposed[pixel])];
        if (pixels.Length == 0) return;
        Tiles.Add(new RegionTile(tile.ToString(), pixels.Length, revision, mapRevision));
        Counts += Sum(StackPlane.Of(stack, "counts", null, owned.Box), pixels);
        Background += Sum(StackPlane.Of(stack, "background", null, owned.Box), pixels);
        var exposure = BandExposure.Of(stack, survey.Survey.Maps[map], bin, owned.Box);
        for (var i = 0; i < Wanted.Length; i++)
        {
            var quantity = Wanted[i].Quantity;
            var values = quantity == "exposure" ? exposure : maps?.Find(quantity) is { } found ? found.Plane(bin) : default;
            if (Best(values, pixels, Wanted[i].Sign) is not { } best
                || grid.PixelCentre(best % grid.Width, best / grid.Width)?.To(SkyFrame.Icrs) is not { } centre) continue;
            if (_extremes[i] is { } known && Wanted[i].Sign * known.Value >= Wanted[i].Sign * values[best]) continue;
            _extremes[i] = new RegionExtreme(
                quantity, Wanted[i].Extreme, values[best], centre.LonDeg, centre.LatDeg, tile.ToString());
        }
    }

    /// <summary>The pixel with the largest value, or with sign -1 the smallest; null if none has a finite one.</summary>
    private static int? Best(ReadOnlySpan<double> values, int[] pixels, int sign)
    {
        int? best = null;
        if (values.IsEmpty) return best;
        foreach (var pixel in pixels)
            if (double.IsFinite(values[pixel]) && (best is not { } other || sign * values[pixel] > sign * values[other])) best = pixel;
        return best;
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
