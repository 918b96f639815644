using TsMapSurvey.Estimators;
using TsMapSurvey.Estimators.Gadf;
using TsMapSurvey.Fits;
using TsMapSurvey.Sky;
using TsMapSurvey.Storage;
using TsMapSurvey.Storage.Documents;

namespace TsMapSurvey.Grains.Compute;

/// <summary>
/// Computes a row block and publishes it. The estimator gets the complete datasets and the block as region, never a cut-out, because the
/// kernel is the one at the centre of the complete image.
/// </summary>
internal sealed class BlockMaker(IBlobStore blobs, ComputeRecords records, ComputeInputs inputs, ComputeGate gate, ILocalSiloDetails silo)
{
    /// <summary>Computes and publishes the block, unless it is published already.</summary>
    /// <exception cref="UnusableException">The datasets cannot be used.</exception>
    public async Task<BlockFacts> MakeAsync(
        ComputeRecord record, int block, PixelRegion region, IProgress<double> progress, CancellationToken cancellationToken)
    {
        if (await records.FindFactsAsync(record.Layout.Facts(block), cancellationToken) is { } done) return done;
        await DamagedBlobs.DropAsync(blobs, record.Layout.Block(block), cancellationToken);
        using var lease = await inputs.GetAsync(record, cancellationToken);
        return await gate.RunAsync(ComputeLane.Jobs, async token =>
        {
            var maps = await Task.Run(() => Compute(lease.Input, region, gate.Pausing(progress, token), token), token);
            using var content = new MemoryStream();
            await Task.Run(() => Write(content, maps), token);
            await ImmutableBlobs.PutAsync(blobs, record.Layout.Block(block), content, token);
            var facts = new BlockFacts(silo.Name, [.. maps.Warnings.Distinct()]);
            await ImmutableBlobs.PutAsync(blobs, record.Layout.Facts(block), facts.Format(), token);
            return facts;
        }, cancellationToken);
    }

    private static FluxMaps Compute(ComputeInput input, PixelRegion region, IProgress<double> progress, CancellationToken cancellationToken)
    {
        try
        {
            return input.Estimator.Run(input.Datasets, input.Kernels, region, progress, cancellationToken);
        }
        catch (Exception exception) when (UnusableException.IsOfContent(exception))
        {
            throw ServiceErrors.Unusable("", exception);
        }
    }

    private static void Write(MemoryStream content, FluxMaps maps)
    {
        using (var writer = new FitsWriter(content, gzip: false, leaveOpen: true)) FluxMapsFile.Write(writer, maps, null);
        content.Position = 0;
    }
}
