using System.IO.Hashing;
using System.Text;
using TsMapSurvey.Contracts;
using TsMapSurvey.Fits;
using TsMapSurvey.Maps;
using TsMapSurvey.Maps.Gadf;
using TsMapSurvey.Sky;
using TsMapSurvey.Storage;
using TsMapSurvey.Storage.Layout;
using TsMapSurvey.Surveys;
using TsMapSurvey.Surveys.Names;

namespace TsMapSurvey.Grains.Mosaics;

/// <summary>A published mosaic.</summary>
/// <param name="Blob">Full name; null if no part could be read.</param>
/// <param name="Parts">The parts in it.</param>
/// <param name="Missing">The tiles whose parts could not be read.</param>
internal sealed record MadeMosaic(string? Blob, IReadOnlyList<MosaicPart> Parts, IReadOnlyList<MissingTile> Missing);

/// <summary>
/// Assembles a survey's mosaics from the tiles' published blobs, and publishes them. A mosaic's revision is the sum of its parts'
/// revisions. Different sets of parts may have the same sum, so the blob's name also has a hash of the tiles and their revisions.
/// </summary>
internal sealed class MosaicMaker(SurveySetup setup, IMosaicGrid mosaic, MosaicCanvases canvases, IGrainFactory grains, TimeProvider time)
{
    private const int ReadersAtOnce = 4;

    /// <summary>Bytes of the canvas, of its file, and of the tiles that are read at the same time.</summary>
    public double BytesOf(string quantity, TileBytes tile)
    {
        var pixels = (double)mosaic.TilePixels * mosaic.TilePixels;
        var read = QuantityNames.IsOfStack(quantity) ? tile.Dataset : 2 * 8.0 * pixels * setup.Survey.Energy.BinCount;
        return 2 * 8.0 * mosaic.Grid.Region.Area + ReadersAtOnce * read;
    }

    public async Task<MadeMosaic> MakeAsync(
        MosaicRequest request, SliceWindow? window, IReadOnlyList<MosaicPart> parts, CancellationToken cancellationToken)
    {
        var map = QuantityNames.IsSummed(request.Quantity) ? null : request.Map;
        var folder = setup.Layout.Mosaics(map, request.Quantity, request.EnergyBin, window?.ToStored());
        if (await setup.Blobs.FindAsync(NameOf(folder, parts), cancellationToken) is { } found)
            return new MadeMosaic(found.Name, parts, []);
        var canvas = canvases.Take(folder.Name) ?? new MosaicCanvas(new MapGeometry(mosaic.Grid));
        var missing = await PaintAsync(canvas, request, parts, cancellationToken);
        if (missing.Count > 0) parts = [.. parts.Where(part => missing.All(one => one.Tile != part.Tile))];
        canvas.KeepOnly(parts);
        var name = parts.Count == 0 ? null : NameOf(folder, parts);
        if (name is not null && await setup.Blobs.FindAsync(name, cancellationToken) is null)
        {
            await folder.PublishAsync(
                setup.Blobs, time.GetUtcNow(), () => PublishAsync(name, request, canvas, cancellationToken), cancellationToken);
        }

        canvases.PutBack(folder.Name, canvas);
        await folder.SweepAsync(setup.Blobs, time.GetUtcNow(), cancellationToken);
        return new MadeMosaic(name, parts, missing);
    }

    private static string NameOf(PublishedFolder folder, IReadOnlyList<MosaicPart> parts)
    {
        var text = string.Join('\n', parts.OrderBy(part => part.Tile, StringComparer.Ordinal)
            .Select(part => FormattableString.Invariant($"{part.Tile} {part.Revision}")));
        return folder.Mosaic(parts.Sum(part => part.Revision), Convert.ToHexStringLower(XxHash64.Hash(Encoding.UTF8.GetBytes(text))));
    }

    /// <summary>
    /// Paints each part as soon as it is read, on the caller's scheduler, so that few tiles' pixels are in memory beside the canvas. If the
    /// store fails, the canvas is dropped.
    /// </summary>
    /// <returns>The tiles whose parts could not be read.</returns>
    private async Task<IReadOnlyList<MissingTile>> PaintAsync(
        MosaicCanvas canvas, MosaicRequest request, IReadOnlyList<MosaicPart> parts, CancellationToken cancellationToken)
    {
        using var slots = new SemaphoreSlim(ReadersAtOnce, ReadersAtOnce);
        var missing = new List<MissingTile>();
        await Task.WhenAll(parts.Where(canvas.NeedsTile).Select(async part =>
        {
            await slots.WaitAsync(cancellationToken);
            try
            {
                var (pixels, fault) = await RestoredTiles.ReadAsync(
                    grains.Tile(setup.Name, part.Tile), part.Blob, () => ReadAsync(request, part, cancellationToken), cancellationToken);
                if (fault is not null)
                {
                    missing.Add(new MissingTile(part.Tile, fault));
                    return;
                }

                canvas.Paint(part, mosaic.RegionOf(setup.Survey.FindTile(part.Tile)), pixels);
                if (pixels is not null && canvas.Unit.Length == 0) canvas.Unit = pixels.Unit;
            }
            finally
            {
                slots.Release();
            }
        }));
        return missing;
    }

    private async Task<Map<double>?> ReadAsync(MosaicRequest request, MosaicPart part, CancellationToken cancellationToken)
    {
        if (part.Blob is null) return null;
        var stream = await setup.Blobs.OpenReadAsync(part.Blob, null, cancellationToken)
            ?? throw ServiceErrors.Damaged(part.Blob, "nothing", $"the published blob of tile {part.Tile}");
        return await Task.Run(
            () =>
            {
                using var file = FitsFile.Open(stream, part.Blob);
                if (!QuantityNames.IsOfStack(request.Quantity))
                    return MosaicQuantity.OfFluxMaps(
                        file, setup.Survey.Maps[request.Map], request.Map, request.Quantity, request.EnergyBin);
                file.EnsureIntact();
                var owned = setup.Survey.OwnedPixels(setup.Survey.FindTile(part.Tile)).Box;
                var (stack, map) = (MapDatasetFile.Read(file), request.Map);
                return QuantityNames.IsSummed(request.Quantity)
                    ? MosaicQuantity.SumOfDataset(stack, request.Quantity, owned)
                    : MosaicQuantity.ExposureOfDataset(stack, setup.Survey.Maps[map], map, request.EnergyBin, owned);
            },
            cancellationToken);
    }

    private async Task<string> PublishAsync(string name, MosaicRequest request, MosaicCanvas canvas, CancellationToken cancellationToken)
    {
        using var content = new MemoryStream();
        await Task.Run(
            () =>
            {
                using var writer = new FitsWriter(content, gzip: true, leaveOpen: true, System.IO.Compression.CompressionLevel.Fastest);
                writer.WriteEmptyPrimary();
                MapWriter.Write(writer, request.Quantity.ToUpperInvariant(), canvas.Image with { Unit = canvas.Unit });
            },
            cancellationToken);
        content.Position = 0;
        await ImmutableBlobs.PutAsync(setup.Blobs, name, content, cancellationToken);
        return name;
    }
}
