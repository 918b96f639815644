using System.Collections.Concurrent;
using System.Text.Json;
using TsMapSurvey.Contracts;
using TsMapSurvey.Server.Api.Surveys;
using TsMapSurvey.Sky;
using TsMapSurvey.Storage;
using TsMapSurvey.Storage.Documents;
using TsMapSurvey.Storage.Layout;

namespace TsMapSurvey.Server.Api.Regions;

/// <summary>Finds the observations of some tiles that have data in a region, by the coverage in their records.</summary>
internal sealed class RegionObservations(IGrainFactory grains, IBlobStore blobs)
{
    private const int ReadersAtOnce = 16;

    /// <param name="region">The covered part of the region.</param>
    /// <returns>
    /// Sorted names. An observation whose record has no coverage counts, if it is not asked for the nights of a window.
    /// </returns>
    public async Task<IReadOnlyList<string>> FindAsync(
        KnownSurvey survey, IEnumerable<string> tiles, Moc region, SliceWindow? window, CancellationToken cancellationToken)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var tile in tiles)
        {
            string? after = null;
            do
            {
                var page = await grains.Tile(survey.Name, tile).Ledger(after, Page<ObservationRef>.MaxItems, cancellationToken);
                names.UnionWith(page.Items.Select(item => item.Name));
                after = page.Next;
            }
            while (after is not null);
        }

        var (found, layout) = (new ConcurrentBag<string>(), new SurveyLayout(survey.Name));
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = ReadersAtOnce, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(names, parallel, async (name, token) =>
        {
            var coverage = await CoverageAsync(layout.Record(name), name, token);
            if (coverage is null ? window is null : IsIn(survey, coverage, region, window)) found.Add(name);
        });
        return [.. found.Order(StringComparer.Ordinal)];
    }

    private static bool IsIn(KnownSurvey survey, RecordedCoverage coverage, Moc region, SliceWindow? window)
    {
        if (window is not null
            && (coverage.Times.Count == 0 || !window.Contains(survey.Survey.Nights.NightOf(coverage.Times[0].StartS)))) return false;
        return MocAscii.Parse(coverage.Region).Overlaps(region);
    }

    private async Task<RecordedCoverage?> CoverageAsync(string blob, string name, CancellationToken cancellationToken)
    {
        if (await blobs.ReadAsync(blob, cancellationToken) is not { } content) return null;
        try
        {
            return ObservationRecord.Parse(content.Bytes.Span, name, blobs.Description, blob).Coverage;
        }
        catch (JsonException)
        {
            // The observation's grain restores a damaged record.
            return null;
        }
    }
}
