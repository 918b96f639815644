using TsMapSurvey.Contracts;
using TsMapSurvey.Server.Failures;
using TsMapSurvey.Server.Hosting;
using TsMapSurvey.Storage;

namespace TsMapSurvey.Server.Api.Health;

/// <summary>live: this process answers. ready: its silo runs, and the store can be listed and written to.</summary>
internal static class HealthEndpoints
{
    private const string Tag = "Health";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    public static void Map(WebApplication app)
    {
        app.MapGet("/health/live", () => TypedResults.Ok(new HealthAnswer("live"))).WithTags(Tag).WithName("getLive")
            .WithSummary("Whether this process answers");
        app.MapGet("/health/ready", ReadyAsync).WithTags(Tag).WithName("getReady").WithSummary("Whether silo and store answer")
            .Produces<ReadyAnswer>().ProducesProblem(503);
    }

    private static async Task<IResult> ReadyAsync(
        IGrainFactory grains, IBlobStore store, WriteKeys keys, TimeProvider time, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            await grains.SurveyDirectory().List(either.Token);
            return TypedResults.Ok(new ReadyAnswer("ready", keys.AreSet ? "key" : "open", await WarningAsync(store, either.Token)));
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested)
        {
            throw new TimeoutException();
        }
    }

    internal sealed record HealthAnswer(string Status);

    /// <param name="Status">ready; where it is not, the answer is a problem.</param>
    /// <param name="Writing">key: it takes one; open: everybody who reaches the server may.</param>
    /// <param name="Warning">What an operator should see to; null: nothing.</param>
    internal sealed record ReadyAnswer(string Status, string Writing, string? Warning);

    /// <summary>
    /// A full store still serves what it has: taking every server of a cluster out of use would help nobody. One that is read-only was set
    /// up wrongly.
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
