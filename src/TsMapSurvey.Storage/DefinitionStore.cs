using System.Text;

namespace TsMapSurvey.Storage;

/// <summary>
/// The definitions of the surveys, one small blob each: <c>definitions/NAME.json</c>, apart from the surveys' many blobs so that a listing stays
/// short. What a text means is not known here.
/// </summary>
public sealed class DefinitionStore(IBlobStore blobs)
{
    internal const string Folder = "definitions/";
    private const string Ending = ".json";

    /// <summary>The blob of a survey's definition.</summary>
    public static string BlobOf(string name) => $"{Folder}{name}{Ending}";

    /// <summary>The surveys' names, in their order.</summary>
    public async Task<IReadOnlyList<string>> NamesAsync(CancellationToken cancellationToken)
    {
        var names = new List<string>();
        await foreach (var entry in blobs.ListAsync(Folder, cancellationToken).ConfigureAwait(false))
            if (entry.Name.EndsWith(Ending, StringComparison.Ordinal)) names.Add(entry.Name[Folder.Length..^Ending.Length]);
        return names;
    }

    /// <summary>A definition's text; null where there is no such survey, or no blob can have its name.</summary>
    public async Task<string?> ReadAsync(string name, CancellationToken cancellationToken)
    {
        if (name.Contains('/', StringComparison.Ordinal) || BlobName.Fault(BlobOf(name)) is not null) return null;
        var content = await blobs.ReadAsync(BlobOf(name), cancellationToken).ConfigureAwait(false);
        return content is null ? null : Encoding.UTF8.GetString(content.Bytes.Span);
    }
}
