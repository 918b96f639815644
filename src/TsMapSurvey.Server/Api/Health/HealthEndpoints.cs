using TsMapSurvey.Contracts;
using TsMapSurvey.Server.Access;
using TsMapSurvey.Server.Failures;
using TsMapSurvey.Storage;

namespace TsMapSurvey.Server.Api.Health;

/// <summary>live: the process answers. ready: its silo runs, and the store can be listed and written to.</summary>
internal static class HealthEndpoints
{
    private const string Tag = "Health";
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(5);

    public static void Map(WebApplication app)
    {
        app.MapGet("/health/live", () => TypedResults.Ok(new HealthAnswer("live"))).WithTags(Tag).WithName("getLive")
            .WithSummary("Whether the process answers");
        app.MapGet("/health/ready", ReadyAsync).WithTags(Tag).WithName("getReady").WithSummary("Whether the silo and the store are usable")
            .Produces<ReadyAnswer>().ProducesProblem(503);
    }

    private static async Task<IResult> ReadyAsync(
        IGrainFactory grains, IBlobStore store, AccessKeys keys, TimeProvider time, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(Timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            await grains.SurveyDirectory().List(either.Token);
            return TypedResults.Ok(new ReadyAnswer(
                "ready", keys.WritesAreClosed ? "key" : "open", keys.ReadsAreClosed ? "key" : "open",
                await WarningAsync(store, either.Token)));
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested)
        {
            throw new TimeoutException();
        }
    }

    internal sealed record HealthAnswer(string Status);

    /// <param name="Status">ready; otherwise the answer is a problem.</param>
    /// <param name="Writing">key: writing requires a key; open: everyone who can reach the server may write.</param>
    /// <param name="Reading">key: reading requires a key; open: everyone who can reach the server may read.</param>
    /// <param name="Warning">A condition that an operator should correct; null if there is none.</param>
    internal sealed record ReadyAnswer(string Status, string Writing, string Reading, string? Warning);

    /// <summary>
    /// A full store only gives a warning, since it can still be read and removing every server of a cluster from service would not help. A
    /// read-only store is a configuration error.
    /// </summary>
    internal static async Task<string?> WarningAsync(IBlobStore store, CancellationToken cancellationToken)
    {
        try
        {
            await store.CheckWritingAsync(cancellationToken);
            return null;
        }
        catch (StorageException full) when (full.Error == StorageError.Full)
        {
            return full.Message;
        }
        catch (StorageException denied) when (denied.Error == StorageError.Denied)
        {
            throw RequestErrors.CannotWrite(denied.Message);
        }
    }
}
