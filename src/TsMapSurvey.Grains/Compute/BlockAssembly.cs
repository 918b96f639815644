using TsMapSurvey.Contracts;
using TsMapSurvey.Estimators;
using TsMapSurvey.Estimators.Gadf;
using TsMapSurvey.Fits;
using TsMapSurvey.Maps;
using TsMapSurvey.Sky;
using TsMapSurvey.Storage;
using TsMapSurvey.Storage.Documents;
using TsMapSurvey.Surveys;

namespace TsMapSurvey.Grains.Compute;

/// <summary>Assembles the row blocks of a job into one FluxMaps file.</summary>
internal sealed class BlockAssembly(IBlobStore blobs, ComputeGate gate)
{
    /// <summary>Publishes the result, unless it is published already; returns the name of its blob.</summary>
    public Task<string> PublishAsync(ComputeRecord record, CancellationToken cancellationToken) =>
        gate.RunAsync(ComputeLane.Exports, async token =>
    {
        if (await blobs.FindAsync(record.Layout.Result, token) is not null) return record.Layout.Result;
        var maps = await AssembleAsync(record, token);
        // A temporary file: all quantities of a large image may exceed the maximum length of one array.
        await using var content = new FileStream(
            Path.GetTempFileName(), FileMode.Open, FileAccess.ReadWrite, FileShare.None, 1 << 16, FileOptions.DeleteOnClose);
        await Task.Run(
            () =>
            {
                using var writer = new FitsWriter(content, gzip: false, leaveOpen: true);
                FluxMapsFile.Write(writer, maps, null);
            },
            token);
        content.Position = 0;
        await ImmutableBlobs.PutAsync(blobs, record.Layout.Result, content, token);
        return record.Layout.Result;
    }, cancellationToken);

    private async Task<FluxMaps> AssembleAsync(ComputeRecord record, CancellationToken cancellationToken)
    {
        var (options, regions, first) = (MapDefinition.Parse(record.Map).ToOptions(), BlockRound.BlocksOf(record), default(FluxMaps));
        var assembled = new Dictionary<string, Map<double>>();
        for (var block = 0; block < regions.Count; block++)
        {
            var maps = await ReadAsync(record, block, options, cancellationToken);
            first ??= maps;
            foreach (var quantity in maps.Stored) Copy(maps.Find(quantity)!, assembled, quantity, record, regions[block]);
        }

        return new FluxMaps(assembled["norm"].Geometry, assembled, options.Model, options.NSigma, options.NSigmaUl, first!.Gti, [])
        { KernelWidthDeg = first.KernelWidthDeg };
    }

    private static void Copy(
        Map<double> part, Dictionary<string, Map<double>> assembled, string quantity, ComputeRecord record, PixelRegion region)
    {
        if (!assembled.TryGetValue(quantity, out var map))
        {
            var grid = part.Geometry.Grid!.Cutout(-region.X, -region.Y, record.Width, record.Height);
            assembled[quantity] = map = new Map<double>(part.Geometry.WithGrid(grid), part.Unit);
        }

        for (var plane = 0; plane < part.Geometry.PlaneCount; plane++) part.Plane(plane)
            .CopyTo(map.Plane(plane)[(region.Y * record.Width)..]);
    }

    /// <exception cref="SurveyServiceException">StoreUnavailable: the block is damaged, and was marked as not done.</exception>
    private async Task<FluxMaps> ReadAsync(ComputeRecord record, int block, TsMapOptions options, CancellationToken cancellationToken)
    {
        var blob = record.Layout.Block(block);
        try
        {
            var stream = await blobs.OpenReadAsync(blob, null, cancellationToken)
                ?? throw ServiceErrors.Damaged(blob, "nothing", "the maps of a block that was done");
            return await Task.Run(
                () =>
                {
                    using var file = FitsFile.Open(stream, blob);
                    file.EnsureIntact();
                    return FluxMapsReader.Read(file, options, []);
                },
                cancellationToken);
        }
        catch (Exception exception) when (exception is FitsException or MapException or SurveyServiceException)
        {
            await blobs.DeleteAsync(record.Layout.Facts(block), WriteCondition.Always, cancellationToken);
            throw ServiceErrors.DamagedBlock(record.Job, blob, exception);
        }
    }
}
