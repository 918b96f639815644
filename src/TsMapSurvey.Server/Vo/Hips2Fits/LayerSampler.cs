using TsMapSurvey.Contracts;
using TsMapSurvey.Server.Api;
using TsMapSurvey.Server.Api.Surveys;
using TsMapSurvey.Server.Failures;
using TsMapSurvey.Server.Published;
using TsMapSurvey.Server.Vo.Hips;
using TsMapSurvey.Server.Vo.Products;
using TsMapSurvey.Sky;
using TsMapSurvey.Surveys;
using TsMapSurvey.Surveys.Layers;
using TsMapSurvey.Surveys.Names;

namespace TsMapSurvey.Server.Vo.Hips2Fits;

/// <summary>
/// Fills an image with a layer: each pixel has the value of the survey's pixel that contains its centre, in the map of the tile that owns
/// it. NaN outside the survey, and where no tile has data.
/// </summary>
internal sealed class LayerSampler(ProductList products, Tickets tickets, LayerImages images, TimeProvider time) : IDisposable
{
    /// <summary>
    /// Images that are made at a time, each with 24 bytes for each pixel: at most 200 MB. The budget of memory must not be held here, since
    /// the maps that are waited for need it too.
    /// </summary>
    private const int AtOnce = 2;

    private readonly SemaphoreSlim _places = new(AtOnce, AtOnce);

    /// <summary>Less than the 30 s after which astroquery gives up.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    /// <returns>
    /// The values row by row from the lowest, their version, which names the tiles that failed, and their unit.
    /// </returns>
    /// <exception cref="RequestException">503: a tile with data has no map yet, or too many images are being made.</exception>
    public async Task<(double[] Values, DataVersion Version, string Unit)> SampleAsync(
        KnownSurvey survey, SurveyLayer layer, SkyGrid grid, CancellationToken cancellationToken)
    {
        if (!await _places.WaitAsync(Patience, cancellationToken)) throw RequestErrors.TooManyImages(AtOnce);
        try
        {
            return await FillAsync(survey, layer, grid, cancellationToken);
        }
        finally
        {
            _places.Release();
        }
    }

    public void Dispose() => _places.Dispose();

    private async Task<(double[] Values, DataVersion Version, string Unit)> FillAsync(
        KnownSurvey survey, SurveyLayer layer, SkyGrid grid, CancellationToken cancellationToken)
    {
        var withData = (await products.TilesAsync(survey, cancellationToken)).Select(tile => new TileId(tile.Tile)).ToHashSet();
        var owners = await Task.Run(() => PixelOwners.Of(grid, survey.Survey.Tiling, cancellationToken), cancellationToken);
        var values = new double[grid.Width * grid.Height];
        Array.Fill(values, double.NaN);
        var began = time.GetTimestamp();
        var (version, missing, unit) = (new DataVersion(0, null, false), new List<string>(), "");
        foreach (var (tile, to, from) in owners.ByTile())
        {
            if (!withData.Contains(tile)) continue;
            var left = Patience - time.GetElapsedTime(began);
            var (blob, of) = await FindAsync(
                survey, layer, tile, new WaitOptions(false, left > TimeSpan.Zero ? left : TimeSpan.Zero), missing, cancellationToken);
            if (blob is null) continue;
            var image = await images.GetAsync(survey, layer, tile, blob, cancellationToken);
            Copy(image.Values, from.Span, to.Span, values);
            (version, unit) = (Joined(version, of), image.Unit);
        }

        return (values, missing.Count == 0 ? version : version with { Stale = true, Missing = string.Join(',', missing.Take(100)) }, unit);
    }

    /// <summary>The blob with a tile's image; none for a tile without data, and, noted as missing, for one whose computation
    /// failed.</summary>
    private async Task<(string? Blob, DataVersion Version)> FindAsync(
        KnownSurvey survey, SurveyLayer layer, TileId tile, WaitOptions wait, List<string> missing, CancellationToken cancellationToken)
    {
        var (state, blob, version) = QuantityNames.IsOfStack(layer.Quantity)
            ? Parts(await tickets.StackAsync(survey, tile, TimeSlice.AllName, cancellationToken))
            : Parts(await tickets.MapAsync(survey, tile, layer.Map, TimeSlice.AllName, wait, cancellationToken));
        if (state == TicketState.Computing && blob is null) throw RequestErrors.StillComputing($"{layer.Name} of tile {tile}");
        if (state == TicketState.Failed && blob is null) missing.Add(tile.ToString());
        return (blob, version);
    }

    private static (TicketState, string?, DataVersion) Parts(StackTicket ticket) => (ticket.State, ticket.Blob, ticket.Version());

    private static (TicketState, string?, DataVersion) Parts(MapTicket ticket) => (ticket.State, ticket.Blob, ticket.Version());

    private static void Copy(ReadOnlySpan<double> image, ReadOnlySpan<int> from, ReadOnlySpan<int> to, double[] values)
    {
        for (var i = 0; i < to.Length; i++) values[to[i]] = image[from[i]];
    }

    private static DataVersion Joined(DataVersion one, DataVersion other) => new(
        one.Revision + other.Revision, one.ComputedAt > other.ComputedAt ? one.ComputedAt : other.ComputedAt ?? one.ComputedAt,
        one.Stale || other.Stale);
}
