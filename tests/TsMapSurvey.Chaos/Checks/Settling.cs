using System.Net.Http.Json;
using System.Text.Json;
using TsMapSurvey.Storage;
using TsMapSurvey.Storage.Documents;

namespace TsMapSurvey.Chaos;

/// <summary>Waits, while there are no faults, until everybody has come to rest.</summary>
internal sealed class Settling(
    Ground ground, Schedule schedule, IBlobStore store, IReadOnlyList<SiloPlace> silos, Hands hands, Timeline timeline) : IDisposable
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(240);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);
    private readonly HttpClient _http = new() { Timeout = TimeSpan.FromSeconds(40) };

    /// <summary>Until all is stacked or taken out, whoever did it.</summary>
    /// <returns>What has not come to its end in all that time.</returns>
    public Task<IReadOnlyList<string>> StackedAsync() => WaitAsync(1, RecordsAsync);

    /// <summary>Until nobody has anything left to do.</summary>
    /// <returns>What has not come to its end in all that time.</returns>
    public async Task<IReadOnlyList<string>> EverythingAsync()
    {
        var underway = await WaitAsync(3, async ending => [.. ground.Storage.Weather.HeldBack > 0
            ? ["a write that is still on its way"] : Array.Empty<string>(), .. await RecordsAsync(ending), .. await LinesAsync(ending)]);
        timeline.Note($"{(underway.Count == 0 ? "everything is settled" : "NOT SETTLED")}");
        return underway;
    }

    public void Dispose() => _http.Dispose();

    /// <param name="looks">So many, one after the other, have to find nothing underway.</param>
    private async Task<IReadOnlyList<string>> WaitAsync(int looks, Func<CancellationToken, Task<IReadOnlyList<string>>> look)
    {
        using var limit = new CancellationTokenSource(Longest);
        IReadOnlyList<string> underway = [];
        try
        {
            underway = ["deeds that nobody acknowledges"];
            await hands.RestAsync().WaitAsync(limit.Token);
            for (var quiet = 0; quiet < looks;)
            {
                underway = await look(limit.Token);
                quiet = underway.Count == 0 ? quiet + 1 : 0;
                if (quiet < looks) await Task.Delay(Pause, limit.Token);
            }

            return [];
        }
        catch (Exception bad) when (bad is not OperationCanceledException)
        {
            return [$"who puts and retracts met what no store and no server should give: {bad}"];
        }
        catch (OperationCanceledException)
        {
            return [.. underway.Select(one => $"after {Longest.TotalSeconds:0} s without faults: {one}")];
        }
    }

    /// <summary>The durable records that are not what they have to become.</summary>
    private async Task<IReadOnlyList<string>> RecordsAsync(CancellationToken cancellationToken)
    {
        var problems = new List<string>();
        var (definition, wanted) = (ground.Samples.Survey.Definition, hands.Wanted);
        foreach (var (name, state) in wanted.Select(version => (version.Name, "Stacked"))
            .Concat(hands.Unwanted.Select(name => (name, "Retracted"))))
        {
            var there = await store.FindAsync(definition.Observations + name, cancellationToken);
            var record = await store.ReadAsync($"surveys/{definition.Name}/observations/{name}.json", cancellationToken);
            if (record is null)
            {
                problems.Add($"{name} has no record");
                continue;
            }

            if (SealedJson.Check(record.Bytes.Span) != SealState.Valid)
            {
                problems.Add($"the record of {name} is damaged");
                continue;
            }

            using var json = JsonDocument.Parse(record.Bytes);
            var (found, seen) = (json.RootElement.GetProperty("state").GetString(), json.RootElement.GetProperty("seenETag").GetString());
            if (found != state || seen != there?.ETag)
                problems.Add($"{name} is {found} with the version {seen}, expected {state} with {there?.ETag} ({Reason(json)})");
        }

        return problems;
    }

    /// <summary>The clusters that have something in line.</summary>
    private async Task<IReadOnlyList<string>> LinesAsync(CancellationToken cancellationToken)
    {
        var problems = new List<string>();
        foreach (var cluster in schedule.Clusters.Distinct())
        {
            var silo = silos.Where((_, i) => schedule.Clusters[i] == cluster).FirstOrDefault(silo => silo.Address is not null);
            try
            {
                if (silo?.Address is not { } address) problems.Add($"nobody of the cluster {cluster} serves");
                else if ((await _http.GetFromJsonAsync<JsonElement>(
                    new Uri(address, $"/api/surveys/{ground.Samples.Survey.Name}/status"), cancellationToken)) is var status
                    && status.GetProperty("waiting").GetInt32() + status.GetProperty("inFlight").GetInt32() > 0)
                    problems.Add($"cluster {cluster} has work in line: {status}");
            }
            catch (Exception bad) when (bad is HttpRequestException or IOException or JsonException
                || (bad is TaskCanceledException && !cancellationToken.IsCancellationRequested))
            {
                problems.Add($"the cluster {cluster} does not answer: {bad.Message}");
            }
        }

        return problems;
    }

    private static string Reason(JsonDocument record) =>
        record.RootElement.TryGetProperty("reason", out var reason) ? reason.GetString() ?? "" : "";
}
