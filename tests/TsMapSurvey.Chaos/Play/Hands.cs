using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using TsMapSurvey.Storage;

namespace TsMapSurvey.Chaos;

/// <summary>
/// Whoever puts and retracts: does one thing after the other with each observation, and each until it was acknowledged. What is to be in
/// the stacks in the end therefore depends on the schedule alone.
/// </summary>
internal sealed class Hands(Ground ground, IBlobStore store, IReadOnlyList<SiloPlace> silos, Timeline timeline, CancellationToken ending)
    : IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(150);
    private readonly ObservationStore _observations = new(store, ground.Samples.Survey.Definition.Observations);
    // Without a limit of its own: a request that was given up could still be carried out, after what follows it.
    private readonly HttpClient _http = new() { Timeout = Timeout.InfiniteTimeSpan };
    private readonly Task[] _chains = [.. Enumerable.Repeat(Task.CompletedTask, Samples.Observations)];
    private readonly int?[] _there = new int?[Samples.Observations];
    private readonly bool[] _isOut = new bool[Samples.Observations];
    private int _done;

    /// <summary>What was acknowledged so far.</summary>
    public int Done => Volatile.Read(ref _done);

    /// <summary>The versions that have to be stacked, once all is done.</summary>
    public IReadOnlyList<SampleVersion> Wanted => [.. Enumerable.Range(0, Samples.Observations)
        .Where(i => _there[i] is not null && !_isOut[i]).Select(i => ground.Samples[i, _there[i]!.Value])];

    /// <summary>Those that have to be in no stack.</summary>
    public IReadOnlyList<string> Unwanted => [.. Enumerable.Range(0, Samples.Observations).Where(i => _there[i] is not null && _isOut[i])
        .Select(i => ground.Samples[i, 0].Name)];

    public void Do(Deed deed)
    {
        switch (deed)
        {
            case Put put: Follow(put.Observation, () => PutAsync(put)); break;
            case Touch touch: Follow(touch.Observation, () => TouchAsync(touch.Observation)); break;
            case Retract retract: Follow(retract.Observation, () => RetractAsync(retract)); break;
            case Retry retry: Follow(retry.Observation, () => RetryAsync(retry.Observation)); break;
            default: throw new ArgumentException($"{deed} is nothing for hands", nameof(deed));
        }
    }

    /// <summary>Until everything was acknowledged.</summary>
    public Task RestAsync() => Task.WhenAll(_chains);

    public void Dispose() => _http.Dispose();

    private void Follow(int observation, Func<Task> next)
    {
        var before = _chains[observation];
        _chains[observation] = Task.Run(async () =>
        {
            await before;
            await next();
            Interlocked.Increment(ref _done);
        }, CancellationToken.None);
    }

    private async Task PutAsync(Put put)
    {
        var (i, version) = (put.Observation, ground.Samples[put.Observation, put.Version]);
        var results = await Task.WhenAll(Enumerable.Range(0, put.Twice ? 2 : 1).Select(_ => StoreAsync(version)));
        timeline.Note($"{version.Name} version {put.Version}: {string.Join(", ", results.Select(result => result.Outcome))}");
        if (_there[i] == put.Version) return;
        // Back where it was before anybody has seen that it was away, it would be what was retracted.
        if (_isOut[i]) await SeenAsync(version.Name, results[0].Entry.ETag);
        (_there[i], _isOut[i]) = (put.Version, false);
    }

    private Task<PutResult> StoreAsync(SampleVersion version) =>
        UntilDoneAsync(() => _observations.PutAsync(version.File, version.Name, null, ending));

    private async Task TouchAsync(int i)
    {
        if (_there[i] is not { } there) return;
        var version = ground.Samples[i, there];
        await UntilDoneAsync(() =>
            store.WriteAsync(ground.Samples.Survey.Definition.Observations + version.Name, version.Bytes, WriteCondition.Always, ending));
        timeline.Note($"{version.Name} touched");
    }

    private async Task RetractAsync(Retract retract)
    {
        var i = retract.Observation;
        if (_there[i] is null) return;
        var name = ground.Samples[i, 0].Name;
        await Task.WhenAll(Enumerable.Range(0, retract.Twice ? 2 : 1)
            .Select(_ => AskAsync(name, "retract", (status, _) => status == HttpStatusCode.Accepted)));
        timeline.Note($"{name} retracted");
        _isOut[i] = true;
    }

    private async Task RetryAsync(int i)
    {
        if (_there[i] is null || !_isOut[i]) return;
        var name = ground.Samples[i, 0].Name;
        // While it is being taken out, the answer says so, and nothing else follows from the question. "Conflict": it is in.
        await AskAsync(name, "retry", (status, state) => status == HttpStatusCode.Conflict
            || (status == HttpStatusCode.Accepted && state is not ("retracting" or "retracted" or "quarantined")));
        timeline.Note($"{name} taken in again");
        _isOut[i] = false;
    }

    private async Task AskAsync(string name, string verb, Func<HttpStatusCode, string?, bool> isDone)
    {
        for (var turn = name[^9] + Done; ; turn++)
        {
            if (silos[turn % silos.Count].Address is { } address)
            {
                try
                {
                    using var answer = await _http.PostAsync(
                        new Uri(address, $"/api/surveys/{ground.Samples.Survey.Name}/observations/{name}/{verb}"), null, ending);
                    if (isDone(answer.StatusCode, await StateAsync(answer))) return;
                }
                catch (Exception bad) when (bad is HttpRequestException or IOException)
                {
                    // It was killed: whether it did it nobody knows.
                }
            }

            await Task.Delay(Pause, ending);
        }
    }

    private async Task SeenAsync(string name, string eTag)
    {
        for (var turn = 0; ; turn++)
        {
            if (silos[turn % silos.Count].Address is { } address)
            {
                try
                {
                    var status = await _http.GetFromJsonAsync<JsonElement>(
                        new Uri(address, $"/api/surveys/{ground.Samples.Survey.Name}/observations/{name}"), ending);
                    if (status.GetProperty("seenETag").GetString() == eTag) return;
                }
                catch (Exception bad) when (bad is HttpRequestException or IOException or JsonException)
                {
                }
            }

            await Task.Delay(Pause, ending);
        }
    }

    private static async Task<string?> StateAsync(HttpResponseMessage answer)
    {
        if (!answer.IsSuccessStatusCode) return null;
        return (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("state").GetString();
    }

    private async Task<T> UntilDoneAsync<T>(Func<Task<T>> work)
    {
        while (true)
        {
            try
            {
                return await work();
            }
            catch (StorageException)
            {
                await Task.Delay(Pause, ending);
            }
        }
    }
}
