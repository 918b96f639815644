using System.Text.Json;
using TsMapSurvey.Storage;

namespace TsMapSurvey.Grains.Tiles;

/// <summary>
/// The ledger of a checkpoint: a blob beside it of the same name but for the ending, <c>REVISION-COMMIT.ledger.json</c>, written before the
/// checkpoint and swept with it. The manifest stays small, and the checkpoint is FITS that any tool opens.
/// </summary>
internal static class CheckpointLedger
{
    private const string Ending = ".ledger.json";

    /// <param name="folder">Of the tile's checkpoints, as <c>surveys/S/tiles/T/checkpoints/</c>.</param>
    public static async Task WriteAsync(IBlobStore blobs, string folder, long revision, string commitId, TileLedger ledger, CancellationToken cancellationToken)
    {
        using var content = BorrowedMemory.Open();
        ledger.Write(content);
        content.Position = 0;
        await ImmutableBlobs.PutAsync(blobs, $"{folder}{revision:D10}-{commitId}{Ending}", content, cancellationToken);
    }

    /// <exception cref="Contracts.SurveyServiceException">StoreRefused: it is missing or damaged, and what is in the stack cannot be known.</exception>
    public static async Task<TileLedger> ReadAsync(IBlobStore blobs, string checkpoint, CancellationToken cancellationToken)
    {
        var name = Path.ChangeExtension(checkpoint, null) + Ending;
        var content = await blobs.ReadAsync(name, cancellationToken) ?? throw ServiceErrors.Damaged(name, "nothing", "the ledger of the checkpoint beside it");
        try
        {
            return TileLedger.Parse(content.Bytes.Span);
        }
        catch (JsonException bad)
        {
            throw ServiceErrors.Damaged(name, bad.Message, "a ledger");
        }
    }
}
