using System.Text;
using TsMapSurvey.Storage.Documents;
using TsMapSurvey.Storage.Layout;

namespace TsMapSurvey.Storage;

/// <summary>
/// The definitions of the surveys, one small blob each. They carry a checksum; those of earlier versions have none. What a text means is
/// not known here.
/// </summary>
public sealed class DefinitionStore(IBlobStore blobs)
{
    /// <summary>The surveys' names, in their order. What else lies in a folder below is no survey's.</summary>
    public async Task<IReadOnlyList<string>> NamesAsync(CancellationToken cancellationToken)
    {
        var names = new List<string>();
        await foreach (var entry in blobs.ListAsync(StoreLayout.Definitions, cancellationToken).ConfigureAwait(false))
            if (StoreLayout.SurveyOf(entry.Name) is { } name) names.Add(name);
        return names;
    }

    /// <summary>Null where there is no such survey, or no blob can have its name.</summary>
    /// <exception cref="StorageException">Damaged: it is not what was written.</exception>
    public async Task<StoredDefinition?> ReadAsync(string name, CancellationToken cancellationToken)
    {
        if (!StoreLayout.CanNameSurvey(name)) return null;
        var blob = StoreLayout.Definition(name);
        if (await blobs.ReadAsync(blob, cancellationToken).ConfigureAwait(false) is not { } content) return null;
        var bytes = content.Bytes.Span;
        if (SealedJson.Check(bytes) == SealState.Broken)
            throw StorageErrors.Damaged(
                blobs.Description, blob, "the text that its checksum was made of",
                "another one (of a text that was changed on purpose, take the checksum away)");
        return new StoredDefinition(Encoding.UTF8.GetString(SealedJson.Open(bytes)), content.ETag);
    }

    /// <summary>False where the condition does not hold.</summary>
    public async Task<bool> WriteAsync(string name, string json, WriteCondition condition, CancellationToken cancellationToken) =>
        (await blobs.WriteAsync(StoreLayout.Definition(name), SealedJson.Seal(Encoding.UTF8.GetBytes(json)), condition, cancellationToken)
            .ConfigureAwait(false)).Written;
}
