using System.Runtime.CompilerServices;
using System.Text.Json;
using TsMapSurvey.Fits;
using TsMapSurvey.Storage;

namespace TsMapSurvey.Grains;

/// <summary>
/// What is published of a survey or kept beside its tiles, and can be made again of their stacks: maps and their facts, exported stacks, mosaics, sums of nights.
/// </summary>
internal sealed class DerivedBlobs(IBlobStore blobs, string survey)
{
    private readonly string _root = SurveySetup.RootOf(survey);

    /// <summary>Each that is not as it was written, and what is wrong with it.</summary>
    public async IAsyncEnumerable<(string Name, string Problem)> FindDamagedAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var folder in new[] { "maps/", "stacks/", "mosaics/", "windows/", "tiles/" })
            await foreach (var entry in blobs.ListAsync(_root + folder, cancellationToken))
                if ((folder != "tiles/" || entry.Name.Contains("/epochs/", StringComparison.Ordinal)) && await ProblemAsync(entry.Name, cancellationToken) is { } problem) yield return (entry.Name, problem);
    }

    /// <summary>Deletes a blob and those of the same revision beside it: whoever asks for them next has them made again.</summary>
    public async Task DeleteAsync(string name, CancellationToken cancellationToken)
    {
        var stem = name[..name.IndexOf('.', name.LastIndexOf('/'))];
        var beside = new List<string>();
        await foreach (var entry in blobs.ListAsync(name[..(name.LastIndexOf('/') + 1)], cancellationToken))
            if (entry.Name.StartsWith(stem + ".", StringComparison.Ordinal)) beside.Add(entry.Name);
        foreach (var one in beside) await blobs.DeleteAsync(one, WriteCondition.Always, cancellationToken);
    }

    private async Task<string?> ProblemAsync(string name, CancellationToken cancellationToken)
    {
        try
        {
            return name.EndsWith(".json", StringComparison.Ordinal) ? await OfJsonAsync(name, cancellationToken) : await OfFitsAsync(name, cancellationToken);
        }
        catch (Exception bad) when (bad is JsonException or FitsException or InvalidDataException)
        {
            return bad.Message;
        }
    }

    private async Task<string?> OfJsonAsync(string name, CancellationToken cancellationToken)
    {
        if (await blobs.ReadAsync(name, cancellationToken) is not { } content) return null;
        if (SealedJson.Check(content.Bytes.Span) == SealState.Broken) return "its checksum is not that of its content";
        using var parsed = JsonDocument.Parse(content.Bytes);
        return null;
    }

    private async Task<string?> OfFitsAsync(string name, CancellationToken cancellationToken)
    {
        await using var stream = await blobs.OpenReadAsync(name, null, cancellationToken);
        if (stream is null) return null;
        return await Task.Run(() =>
        {
            using var file = FitsFile.Open(stream, name);
            file.DemandIntact();
            return default(string);
        }, cancellationToken);
    }
}
