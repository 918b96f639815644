using System.Text;
using TsMapSurvey.Storage.Documents;
using TsMapSurvey.Storage.Layout;

namespace TsMapSurvey.Storage;

/// <summary>
/// The surveys' definitions, one small blob each, with a checksum (older versions wrote none). This class does not interpret the text.
/// </summary>
public sealed class DefinitionStore(IBlobStore blobs)
{
    /// <summary>The surveys' names in ordinal order. Blobs in subfolders are ignored.</summary>
    public async Task<IReadOnlyList<string>> NamesAsync(CancellationToken cancellationToken)
    {
        var names = new List<string>();
        await foreach (var entry in blobs.ListAsync(StoreLayout.Definitions, cancellationToken).ConfigureAwait(false))
            if (StoreLayout.SurveyOf(entry.Name) is { } name) names.Add(name);
        return names;
    }

    /// <summary>Null if there is no such survey, or if the name cannot be a blob's.</summary>
    /// <exception cref="StorageException">Damaged: the checksum does not match.</exception>
    public async Task<StoredDefinition?> ReadAsync(string name, CancellationToken cancellationToken)
    {
        if (!StoreLayout.CanNameSurvey(name)) return null;
        var blob = StoreLayout.Definition(name);
        if (await blobs.ReadAsync(blob, cancellationToken).ConfigureAwait(false) is not { } content) return null;
        var bytes = content.Bytes.Span;
        if (SealedJson.Check(bytes) == SealState.Broken)
            throw StorageErrors.Damaged(
                blobs.Description, blob, "a text that matches its checksum",
                "another text (if it was edited on purpose, delete the property 'checksum')");
        return new StoredDefinition(Encoding.UTF8.GetString(SealedJson.Open(bytes)), content.ETag);
    }

    /// <summary>False if the condition does not hold.</summary>
    public async Task<bool> WriteAsync(string name, string json, WriteCondition condition, CancellationToken cancellationToken) =>
        (await blobs.WriteAsync(StoreLayout.Definition(name), SealedJson.Seal(Encoding.UTF8.GetBytes(json)), condition, cancellationToken)
            .ConfigureAwait(false)).Written;
}
