using System.Text.Json;

namespace TsMapSurvey.Storage.Documents;

/// <summary>
/// The ledger of a checkpoint, beside it and written before it: the manifest stays small, and the checkpoint is FITS that any tool opens.
/// Schema 1 was the bare list, 2 has a schema, 3 a checksum.
/// </summary>
public sealed record StoredLedger
{
    private const int CurrentSchema = 3;

    public required int Schema { get; init; }

    public required IReadOnlyList<LedgerEntry> Entries { get; init; }

    /// <summary>
    /// In parts: after years a ledger is long, and arrays for all of it would stay with every thread that once made one.
    /// </summary>
    /// <param name="json">Empty; readable.</param>
    public static void Write(Stream json, IReadOnlyList<LedgerEntry> entries)
    {
        JsonSerializer.Serialize(json, new StoredLedger { Schema = CurrentSchema, Entries = entries }, DocumentJson.Default.StoredLedger);
        SealedJson.Seal(json);
    }

    /// <exception cref="JsonException">It is no ledger, or not as it was written.</exception>
    public static IReadOnlyList<LedgerEntry> Parse(ReadOnlySpan<byte> json)
    {
        var seal = SealedJson.Check(json);
        if (seal == SealState.Broken) throw new JsonException("its checksum is not that of its content");
        if (json.Length > 0 && json[0] == (byte)'[')
            return JsonSerializer.Deserialize(json, DocumentJson.Default.IReadOnlyListLedgerEntry) ?? throw new JsonException("null");
        var file = JsonSerializer.Deserialize(json, DocumentJson.Default.StoredLedger) ?? throw new JsonException("null");
        if (file.Schema is not (2 or CurrentSchema)) throw new JsonException($"schema {file.Schema}, expected 1 to {CurrentSchema}");
        return file.Schema == 2 || seal == SealState.Whole ? file.Entries : throw new JsonException("its checksum is missing");
    }
}
