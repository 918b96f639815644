using TsMapSurvey.Storage.Documents;
using TsMapSurvey.Storage.Layout;

namespace TsMapSurvey.Storage;

public sealed class DeletionMarks(IBlobStore blobs)
{
    /// <summary>Null if no survey of this name was ever deleted.</summary>
    /// <exception cref="StorageException">Damaged.</exception>
    public async Task<DeletionMark?> ReadAsync(string survey, CancellationToken cancellationToken)
    {
        var name = StoreLayout.DeletionMark(survey);
        var content = await blobs.ReadAsync(name, cancellationToken).ConfigureAwait(false);
        return content is null ? null : DeletionMark.Parse(content.Bytes.Span, blobs.Description, name);
    }

    public async Task WriteAsync(DeletionMark mark, CancellationToken cancellationToken) =>
        await blobs.WriteAsync(StoreLayout.DeletionMark(mark.Survey), mark.Format(), WriteCondition.Always, cancellationToken)
            .ConfigureAwait(false);

    /// <summary>
    /// Identifies the current survey of this name among all that have had it: the value changes when the survey is deleted and defined
    /// again. Null if there is none now.
    /// </summary>
    public async Task<string?> LifeAsync(string survey, CancellationToken cancellationToken)
    {
        if (!StoreLayout.CanNameSurvey(survey)) return null;
        if (await blobs.FindAsync(StoreLayout.Definition(survey), cancellationToken).ConfigureAwait(false) is null) return null;
        return (await blobs.FindAsync(StoreLayout.DeletionMark(survey), cancellationToken).ConfigureAwait(false))?.ETag ?? "first";
    }
}
