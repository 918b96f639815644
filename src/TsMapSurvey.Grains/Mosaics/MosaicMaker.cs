using TsMapSurvey.Contracts;
using TsMapSurvey.Fits;
using TsMapSurvey.Maps;
using TsMapSurvey.Maps.Gadf;
using TsMapSurvey.Storage;
using TsMapSurvey.Surveys;

namespace TsMapSurvey.Grains;

/// <summary>Assembles a survey's mosaics from the tiles' published blobs, and publishes them as blobs <c>surveys/S/mosaics/MAP/QUANTITY-BIN/REVISION.fits.gz</c> (of what stacks sum up: <c>stack/QUANTITY</c>; of windows: <see cref="PublishedFolder"/>).</summary>
internal sealed class MosaicMaker(SurveySetup setup, MosaicCanvases canvases, TimeProvider time)
{
    private const int ReadersAtOnce = 4;

    /// <summary>The canvas, the file written of it, and what is read of tiles at a time.</summary>
    public double BytesOf(string quantity, TileBytes tile)
    {
        var grid = setup.Survey.Tiling.Grid;
        var pixels = (double)setup.Survey.Tiling.TilePixels * setup.Survey.Tiling.TilePixels;
        return 2 * 8.0 * grid.Width * grid.Height + ReadersAtOnce * (MosaicQuantity.IsOfStack(quantity) ? tile.Dataset : 2 * 8.0 * pixels * setup.Survey.Energy.BinCount);
    }

    /// <returns>The blob's full name.</returns>
    public async Task<string> MakeAsync(MosaicRequest request, SliceWindow? window, IReadOnlyList<MosaicPart> parts, CancellationToken cancellationToken)
    {
        var (map, layer) = MosaicQuantity.IsSummed(request.Quantity) ? ("stack", request.Quantity) : (request.Map, $"{request.Quantity}-{request.EnergyBin}");
        var place = new PublishedFolder(setup.Name, $"mosaics/{map}/{layer}", window);
        var folder = place.Name;
        var name = $"{folder}{parts.Sum(part => part.Revision):D10}.fits.gz";
        if (await setup.Blobs.FindAsync(name, cancellationToken) is not null) return name;
        var canvas = canvases.Take(folder);
        using var places = new SemaphoreSlim(ReadersAtOnce, ReadersAtOnce);
        var needed = parts.Where(part => canvas is null || canvas.NeedsTile(part)).ToArray();
        // Each is painted as it comes, in the caller's turns one at a time, so that few tiles' pixels are in memory beside the canvas. When one
        // fails the canvas is dropped.
        await Task.WhenAll(needed.Select(async part =>
        {
            await places.WaitAsync(cancellationToken);
            try
            {
                var pixels = await ReadAsync(request, part, cancellationToken);
                canvas ??= new MosaicCanvas(new MapGeometry(setup.Survey.Tiling.Grid));
                canvas.Paint(part, pixels);
                if (pixels is not null && canvas.Unit.Length == 0) canvas.Unit = pixels.Unit;
            }
            finally
            {
                places.Release();
            }
        }));
        await place.PublishAsync(setup.Blobs, time.GetUtcNow(), () => PublishAsync(name, request, canvas!, cancellationToken), cancellationToken);
        canvases.PutBack(folder, canvas!);
        await place.SweepAsync(setup.Blobs, time.GetUtcNow(), cancellationToken);
        return name;
    }

    private async Task<Map<double>?> ReadAsync(MosaicRequest request, MosaicPart part, CancellationToken cancellationToken)
    {
        if (part.Blob is null) return null;
        var stream = await setup.Blobs.OpenReadAsync(part.Blob, null, cancellationToken)
            ?? throw ServiceFaults.Damaged(part.Blob, "nothing", $"what tile {part.Tile} published");
        return await Task.Run(
            () =>
            {
                using var file = FitsFile.Open(stream, part.Blob);
                if (MosaicQuantity.IsSummed(request.Quantity)) return MosaicQuantity.SumOfDataset(MapDatasetFile.Read(file), request.Quantity);
                return MosaicQuantity.IsOfStack(request.Quantity)
                    ? MosaicQuantity.ExposureOfDataset(MapDatasetFile.Read(file), setup.Survey.Maps[request.Map], request.Map, request.EnergyBin)
                    : MosaicQuantity.OfFluxMaps(file, setup.Survey.Maps[request.Map], request.Map, request.Quantity, request.EnergyBin);
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
