using TsMapSurvey.Contracts;

namespace TsMapSurvey.Server;

/// <summary>live: this process answers. ready: its silo runs and the store can be listed.</summary>
internal static class HealthEndpoints
{
    private const string Tag = "Health";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    public static void Map(WebApplication app)
    {
        app.MapGet("/health/live", () => TypedResults.Ok(new HealthAnswer("live"))).WithTags(Tag).WithSummary("Whether this process answers");
        app.MapGet("/health/ready", ReadyAsync).WithTags(Tag).WithSummary("Whether silo and store answer").ProducesProblem(503);
    }

    private static async Task<IResult> ReadyAsync(IGrainFactory grains, WriteKeys keys, TimeProvider time, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            await grains.SurveyDirectory().List(either.Token);
            return TypedResults.Ok(new ReadyAnswer("ready", keys.AreSet ? "key" : "open"));
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested)
        {
            throw new TimeoutException();
        }
    }

    internal sealed record HealthAnswer(string Status);

    /// <param name="Writing">key: it takes one; open: everybody who reaches the server may.</param>
    internal sealed record ReadyAnswer(string Status, string Writing);
}
