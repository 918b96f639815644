using System.Text.Json;

namespace TsMapSurvey.Storage.Documents;

/// <summary>
/// The ledger of a checkpoint, written beside it and before it. This keeps the manifest small and the checkpoint a plain FITS file. Schema
/// 1 was the bare list, schema 2 added the number, schema 3 the checksum.
/// </summary>
public sealed record StoredLedger
{
    private const int CurrentSchema = 3;

    public required int Schema { get; init; }

    public required IReadOnlyList<LedgerEntry> Entries { get; init; }

    /// <summary>
    /// Streams the ledger: after years it is long, and a pooled array for all of it would stay with each thread that once wrote one.
    /// </summary>
    /// <param name="json">An empty, readable stream.</param>
    public static void Write(Stream json, IReadOnlyList<LedgerEntry> entries)
    {
        JsonSerializer.Serialize(json, new StoredLedger { Schema = CurrentSchema, Entries = entries }, DocumentJson.Default.StoredLedger);
        SealedJson.Seal(json);
    }

    /// <exception cref="JsonException">It is not a valid ledger, or its checksum does not match.</exception>
    public static IReadOnlyList<LedgerEntry> Parse(ReadOnlySpan<byte> json)
    {
        var seal = SealedJson.Check(json);
        if (seal == SealState.Broken) throw new JsonException("its checksum does not match its content");
        if (json.Length > 0 && json[0] == (byte)'[')
            return JsonSerializer.Deserialize(json, DocumentJson.Default.IReadOnlyListLedgerEntry) ?? throw new JsonException("null");
        var file = JsonSerializer.Deserialize(json, DocumentJson.Default.StoredLedger) ?? throw new JsonException("null");
        if (file.Schema is not (2 or CurrentSchema)) throw new JsonException($"schema {file.Schema}, expected 1 to {CurrentSchema}");
        return file.Schema == 2 || seal == SealState.Valid ? file.Entries : throw new JsonException("its checksum is missing");
    }
}
