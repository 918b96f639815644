using System.Runtime.CompilerServices;
using TsMapSurvey.Storage;
using TsMapSurvey.Storage.Layout;

namespace TsMapSurvey.Grains.Verification;

/// <summary>
/// A survey's blobs that can be recreated from the tiles' stacks: maps and their facts, exported stacks, mosaics, sums of nights.
/// </summary>
internal sealed class DerivedBlobs(IBlobStore blobs, string survey)
{
    private readonly SurveyLayout _layout = new(survey);

    /// <summary>
    /// Returns the damaged blobs and their problems. Facts of an earlier version have no checksum and count as intact.
    /// </summary>
    public async IAsyncEnumerable<(string Name, string Problem)> FindDamagedAsync(
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var (folder, isDerived) in _layout.Derived)
            await foreach (var entry in blobs.ListAsync(folder, cancellationToken))
                if (isDerived(entry.Name) && await ProblemAsync(entry.Name, cancellationToken) is { } problem)
                    yield return (entry.Name, problem);
    }

    /// <summary>Deletes a blob and those of the same revision beside it; the next request recreates them.</summary>
    public async Task DeleteAsync(string name, CancellationToken cancellationToken)
    {
        var stem = PublishedFolder.StemOf(name);
        var names = new List<string>();
        await foreach (var entry in blobs.ListAsync(stem, cancellationToken)) names.Add(entry.Name);
        foreach (var other in names) await blobs.DeleteAsync(other, WriteCondition.Always, cancellationToken);
    }

    private async Task<string?> ProblemAsync(string name, CancellationToken cancellationToken)
    {
        await using var stream = await blobs.OpenReadAsync(name, null, cancellationToken);
        return stream is null ? null : await Task.Run(() => DamagedBlobs.Problem(stream, name, mayBeUnsealed: true), cancellationToken);
    }
}
