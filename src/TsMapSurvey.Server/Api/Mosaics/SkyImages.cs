using System.Runtime.CompilerServices;
using TsMapSurvey.Contracts;
using TsMapSurvey.Maps;
using TsMapSurvey.Server.Api.Surveys;
using TsMapSurvey.Server.Failures;
using TsMapSurvey.Server.Published;
using TsMapSurvey.Server.Vo.Hips;
using TsMapSurvey.Server.Vo.Hips2Fits;
using TsMapSurvey.Sky;
using TsMapSurvey.Surveys.Layers;

namespace TsMapSurvey.Server.Api.Mosaics;

/// <summary>The whole sky of a layer, and the version of the data in it.</summary>
/// <param name="Name">Names its content: equal names mean equal pixels.</param>
/// <param name="TilesPending">Number of tiles whose map is older than their stack.</param>
internal sealed record SkyImage(string Name, Map<double> Image, DataVersion Version, int TilesPending, IReadOnlyList<MissingTile> Missing);

/// <summary>
/// The survey-wide image of a survey whose tiles have no common pixel grid: the whole sky in Hammer-Aitoff's projection, in the survey's
/// frame. A pixel has the value of the tile's pixel that contains its centre, as published with the newest version of the layer's HiPS; NaN
/// outside the sky, and where no tile has data.
/// </summary>
internal sealed class SkyImages(HipsVersions versions, LayerImages images, ByteCache cache, TimeProvider time)
{
    /// <summary>The projection is 324 degrees wide and 162 high.</summary>
    private const int Width = 1300;
    private const int Height = 650;
    private const double PixelDeg = 0.25;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    // The tiles of the pixels follow from the tiling; they end with the survey.
    private readonly ConditionalWeakTable<KnownSurvey, Lazy<Task<PixelOwners>>> _owners = [];

    /// <param name="wait">With <see cref="WaitOptions.Fresh"/>, waits until the maps are those of the newest stacks, or the time is
    /// over.</param>
    /// <exception cref="RequestException">404 if there are no data, 503 if there are none yet.</exception>
    public async Task<SkyImage> GetAsync(KnownSurvey survey, SurveyLayer layer, WaitOptions wait, CancellationToken cancellationToken)
    {
        var began = time.GetTimestamp();
        var live = await versions.NewestAsync(survey, layer, cancellationToken);
        while (wait.Fresh && live.Ticket.TilesPending > 0 && time.GetElapsedTime(began) < wait.Timeout)
        {
            await Task.Delay(Pause, time, cancellationToken);
            live = await versions.NewestAsync(survey, layer, cancellationToken);
        }

        var (version, ticket) = live;
        var name = $"{version.Layout.Index(version.Name.ToString())}/sky";
        var image = await cache.GetAsync(
            name, () => MakeAsync(version), map => sizeof(double) * map.Data.Length,
            cancellationToken);
        MissingTile[] missing = ticket.Missing.IsDefault ? [] : [.. ticket.Missing];
        return new SkyImage(
            name, image,
                new DataVersion(version.Index.Revision, version.Index.MadeAt, ticket.TilesPending > 0, null, DataVersion.Names(missing)),
            ticket.TilesPending, missing);
    }

    private async Task<Map<double>> MakeAsync(HipsVersion version)
    {
        var (tiling, blobs) = (version.Survey.Survey.Tiling, HipsVersion.WithPixels(version.Index.Parts).ToDictionary());
        var grid = GridOf(tiling.Frame);
        var owners = await _owners.GetValue(version.Survey, _ => new Lazy<Task<PixelOwners>>(
            () => Task.Run(() => PixelOwners.Of(grid, tiling, CancellationToken.None)))).Value;
        var (values, unit) = (new double[grid.Width * grid.Height], "");
        Array.Fill(values, double.NaN);
        foreach (var (tile, to, from) in owners.ByTile())
        {
            if (!blobs.TryGetValue(tile, out var blob)) continue;
            var image = await images.GetAsync(version.Survey, version.Layer, tile, blob, CancellationToken.None);
            for (var i = 0; i < to.Length; i++) values[to.Span[i]] = image.Values[from.Span[i]];
            unit = image.Unit;
        }

        return new Map<double>(new MapGeometry(grid), values, unit);
    }

    private static SkyGrid GridOf(SkyFrame frame) => new(
        Wcs.Create(frame, Projection.Ait, new SkyPosition(0, 0, frame), (Width + 1) / 2.0, (Height + 1) / 2.0, -PixelDeg, PixelDeg), Width,
            Height);

    /// <summary>The layer of a quantity of a map in an energy bin.</summary>
    /// <exception cref="RequestException">404: the quantity is no layer of the sky, or it is of a slice.</exception>
    public static SurveyLayer LayerOf(KnownSurvey survey, string map, string quantity, int bin, string slice)
    {
        if (slice != SliceWindow.All) throw RequestErrors.NoPreviewOfSlice(survey.Name, slice);
        return survey.Survey.Layers.FirstOrDefault(layer => layer.Map == map && layer.Quantity == quantity && layer.Bin == bin)
            ?? throw RequestErrors.NoPreviewOf(
                survey.Name, quantity, survey.Survey.Layers.Where(layer => layer.Map == map).Select(layer => layer.Quantity).Distinct());
    }
}
