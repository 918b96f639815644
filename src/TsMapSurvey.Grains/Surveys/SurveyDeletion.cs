using System.Text;
using TsMapSurvey.Contracts;
using TsMapSurvey.Grains.Hips;
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
/// Deletes a survey's definition, tiles, maps and records; its observation files stay. It first writes a deletion mark and deletes the
/// definition, so that no silo loads the survey again. When the silos' cached survey has expired, it deactivates the survey's grains and
/// deletes its blobs. An interrupted deletion resumes from the mark at the next request.
/// </summary>
public sealed class SurveyDeletion(IBlobStore blobs, IGrainFactory grains, TimeProvider time)
{
    private const int AtOnce = 16;

    /// <summary>
    /// A grain is deactivated after its running calls. One that takes longer can no longer commit, because its manifest is deleted.
    /// </summary>
    private static readonly TimeSpan MaxDeactivationTime = TimeSpan.FromSeconds(20);

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    private static readonly string[] Kinds =
        [nameof(SurveyGrain), nameof(IntakeGrain), nameof(ObservationGrain), nameof(TileGrain), nameof(MosaicGrain), nameof(HipsGrain)];

    /// <returns>False if there is no survey of that name and no unfinished deletion of one.</returns>
    /// <exception cref="SurveyServiceException">The store failed.</exception>
    public async Task<bool> RunAsync(string survey, CancellationToken cancellationToken)
    {
        if (!StoreLayout.CanNameSurvey(survey)) return false;
        try
        {
            var marks = new DeletionMarks(blobs);
            if (await BeginAsync(marks, survey, cancellationToken) is not { } mark) return false;
            await blobs.DeleteAsync(StoreLayout.Definition(survey), WriteCondition.Always, cancellationToken);
            await Task.Delay(2 * SurveyLife.CheckInterval, time, cancellationToken);
            await DeactivateGrainsAsync(survey, cancellationToken);
            await SweepAsync(blobs, survey, mark.Observations, cancellationToken);
            await marks.WriteAsync(mark with { IsFinished = true }, cancellationToken);
            return true;
        }
        catch (StorageException exception)
        {
            throw ServiceErrors.Of(exception);
        }
    }

    /// <summary>Deletes every blob of a survey except the definition and the observation files.</summary>
    internal static async Task SweepAsync(IBlobStore blobs, string survey, string? observations, CancellationToken cancellationToken)
    {
        var names = new List<string>();
        await foreach (var entry in blobs.ListAsync(new SurveyLayout(survey).Root, cancellationToken))
            if (observations is null || !entry.Name.StartsWith(observations, StringComparison.Ordinal)) names.Add(entry.Name);
        await Parallel.ForEachAsync(names, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken },
            async (name, token) => await blobs.DeleteAsync(name, WriteCondition.Always, token));
    }

    private async Task<DeletionMark?> BeginAsync(DeletionMarks marks, string survey, CancellationToken cancellationToken)
    {
        var definition = await blobs.ReadAsync(StoreLayout.Definition(survey), cancellationToken);
        if (definition is null) return await marks.ReadAsync(survey, cancellationToken) is { IsFinished: false } begun ? begun : null;
        var mark = new DeletionMark(survey, ObservationsOf(definition), IsFinished: false);
        await marks.WriteAsync(mark, cancellationToken);
        return mark;
    }

    /// <summary>Returns the prefix of the observations; null if the definition is damaged.</summary>
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

    private async Task DeactivateGrainsAsync(string survey, CancellationToken cancellationToken)
    {
        var (began, management) = (time.GetTimestamp(), grains.GetGrain<IManagementGrain>(0));
        while (time.GetElapsedTime(began) < MaxDeactivationTime)
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
