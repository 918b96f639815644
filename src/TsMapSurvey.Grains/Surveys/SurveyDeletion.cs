using System.Text;
using TsMapSurvey.Contracts;
using TsMapSurvey.Grains.Mosaics;
using TsMapSurvey.Grains.Intake;
using TsMapSurvey.Grains.Observations;
using TsMapSurvey.Grains.Tiles;
using TsMapSurvey.Storage;
using TsMapSurvey.Storage.Documents;
using TsMapSurvey.Storage.Layout;
using TsMapSurvey.Surveys;

namespace TsMapSurvey.Grains.Surveys;

/// <summary>
/// Takes a survey out of the store: definition, tiles, maps and records; the files of its observations stay. First a mark, then the
/// definition, so that nobody takes the survey up any more; when those who believe in it no longer do, its grains end, and its blobs go.
/// Whatever it is broken off by, it goes on from the mark when it is asked for again.
/// </summary>
public sealed class SurveyDeletion(IBlobStore blobs, IGrainFactory grains, TimeProvider time)
{
    private const int AtOnce = 16;

    /// <summary>
    /// A grain ends when what it is asked has its answer; one that takes longer cannot commit any more, as its manifest is gone.
    /// </summary>
    private static readonly TimeSpan LongestEnd = TimeSpan.FromSeconds(20);

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    private static readonly string[] Kinds =
        [nameof(SurveyGrain), nameof(IntakeGrain), nameof(ObservationGrain), nameof(TileGrain), nameof(MosaicGrain)];

    /// <returns>False: there is no survey of that name, and nothing left of one.</returns>
    /// <exception cref="SurveyServiceException">The store's faults.</exception>
    public async Task<bool> RunAsync(string survey, CancellationToken cancellationToken)
    {
        if (!StoreLayout.CanNameSurvey(survey)) return false;
        try
        {
            var marks = new DeletionMarks(blobs);
            if (await BegunAsync(marks, survey, cancellationToken) is not { } mark) return false;
            await blobs.DeleteAsync(StoreLayout.Definition(survey), WriteCondition.Always, cancellationToken);
            await Task.Delay(2 * SurveyLife.LongestBelief, time, cancellationToken);
            await EndGrainsAsync(survey, cancellationToken);
            await SweepAsync(blobs, survey, mark.Observations, cancellationToken);
            await marks.WriteAsync(mark with { IsFinished = true }, cancellationToken);
            return true;
        }
        catch (StorageException exception)
        {
            throw ServiceErrors.Of(exception);
        }
    }

    /// <summary>Deletes every blob of a survey but its definition and the files of its observations, wherever these are.</summary>
    internal static async Task SweepAsync(IBlobStore blobs, string survey, string? observations, CancellationToken cancellationToken)
    {
        var names = new List<string>();
        await foreach (var entry in blobs.ListAsync(new SurveyLayout(survey).Root, cancellationToken))
            if (observations is null || !entry.Name.StartsWith(observations, StringComparison.Ordinal)) names.Add(entry.Name);
        await Parallel.ForEachAsync(names, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken },
            async (name, token) => await blobs.DeleteAsync(name, WriteCondition.Always, token));
    }

    private async Task<DeletionMark?> BegunAsync(DeletionMarks marks, string survey, CancellationToken cancellationToken)
    {
        var definition = await blobs.ReadAsync(StoreLayout.Definition(survey), cancellationToken);
        if (definition is null) return await marks.ReadAsync(survey, cancellationToken) is { IsFinished: false } begun ? begun : null;
        var mark = new DeletionMark(survey, ObservationsOf(definition), IsFinished: false);
        await marks.WriteAsync(mark, cancellationToken);
        return mark;
    }

    /// <summary>Null of a definition that is damaged.</summary>
    private static string? ObservationsOf(BlobContent definition)
    {
        try
        {
            return SurveyDefinition.Parse(Encoding.UTF8.GetString(SealedJson.Open(definition.Bytes.Span))).Observations;
        }
        catch (SurveyException)
        {
            return null;
        }
    }

    private async Task EndGrainsAsync(string survey, CancellationToken cancellationToken)
    {
        var (began, management) = (time.GetTimestamp(), grains.GetGrain<IManagementGrain>(0));
        while (time.GetElapsedTime(began) < LongestEnd)
        {
            var active = (await management.GetDetailedGrainStatistics(null, null, cancellationToken)).Where(grain => IsOf(grain, survey))
                .ToArray();
            if (active.Length == 0) return;
            await Task.WhenAll(active.Select(grain => management.DeactivateGrain(grain.GrainId, cancellationToken)));
            await Task.Delay(Pause, time, cancellationToken);
        }
    }

    private static bool IsOf(DetailedGrainStatistic grain, string survey)
    {
        var key = grain.GrainId.Key.ToString()!;
        return Array.Exists(Kinds, kind => grain.GrainType.Contains($".{kind}", StringComparison.Ordinal))
            && (key == survey || key.StartsWith($"{survey}/", StringComparison.Ordinal));
    }
}
