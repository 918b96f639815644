using System.Text.Json;
using TsMapSurvey.Storage;
using TsMapSurvey.Storage.Layout;

namespace TsMapSurvey.Grains.Tiles;

/// <summary>The ledger of a checkpoint: a blob beside it, written before the checkpoint and deleted with it.</summary>
internal static class CheckpointLedger
{
    public static async Task WriteAsync(IBlobStore blobs, string name, TileLedger ledger, CancellationToken cancellationToken)
    {
        using var content = BorrowedMemory.Open();
        ledger.Write(content);
        content.Position = 0;
        await ImmutableBlobs.PutAsync(blobs, name, content, cancellationToken);
    }

    /// <exception cref="Contracts.SurveyServiceException">StoreRefused: it is missing or damaged, so the content is unknown.</exception>
    public static async Task<TileLedger> ReadAsync(IBlobStore blobs, string checkpoint, CancellationToken cancellationToken)
    {
        var name = TileLayout.LedgerOf(checkpoint);
        var content = await blobs.ReadAsync(name, cancellationToken)
            ?? throw ServiceErrors.Damaged(name, "nothing", "the checkpoint's ledger");
        try
        {
            return TileLedger.Parse(content.Bytes.Span);
        }
        catch (JsonException exception)
        {
            throw ServiceErrors.Damaged(name, exception.Message, "the checkpoint's ledger");
        }
    }
}
