using TsMapSurvey.Contracts;
using TsMapSurvey.Maps.Datasets;
using TsMapSurvey.Sky;
using TsMapSurvey.Storage;

namespace TsMapSurvey.Grains.Tests;

/// <summary>
/// Whatever is put, replaced, touched, retracted, retried and restarted in whatever order: in the end the stacks are those of what is
/// there.
/// </summary>
[Trait("Pace", "slow")]
public sealed class RandomLifeTests
{
    private const string Survey = "little";
    private const int Steps = 30;

    /// <summary>Four, or as many as the environment asks for.</summary>
    public static TheoryData<int> Seeds => [.. Enumerable.Range(
        1, int.Parse(Environment.GetEnvironmentVariable("TSMAP_RANDOM_LIVES") ?? "4", System.Globalization.CultureInfo.InvariantCulture))];

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task The_stacks_are_in_the_end_what_one_stacks_offline_of_what_should_be_there(int seed)
    {
        using var folder = new TemporaryFolder();
        var (random, store) = (new Random(seed), new FaultyStore(BlobStores.Open(folder.Path)));
        var (content, isIn, did) = (new Dictionary<string, MapDataset>(), new HashSet<string>(), new List<string>());
        var host = await SurveyHost.StartAsync(store, silos: (short)(1 + seed % 2));
        await host.DefineAsync(Survey);
        for (var step = 0; step < Steps; step++)
        {
            var name = $"{random.Next(7)}.fits";
            switch (random.Next(12))
            {
                case < 5:
                    did.Add($"put {name}");
                    content[name] =
                        LittleSurvey.Observation(1000 * seed + step, new PixelRegion(random.Next(-4, 16), random.Next(-4, 10), 12, 10));
                    await store.PutAsync($"observations/{name}", content[name]);
                    isIn.Add(name);
                    break;
                case < 8 when content.ContainsKey(name):
                    did.Add($"retract {name}");
                    await AskAsync(grain => grain.Retract($"{step}", CancellationToken.None), name);
                    isIn.Remove(name);
                    break;
                case 8 when content.ContainsKey(name):
                    did.Add($"touch {name}");
                    await store.PutAsync($"observations/{name}", content[name]);
                    break;
                case 9 when content.ContainsKey(name) && !isIn.Contains(name):
                    did.Add($"retry {name}");
                    await AskAsync(grain => grain.Retry(CancellationToken.None), name, until: status =>
                        status.State != ObservationState.Retracting && status.State != ObservationState.Retracted);
                    isIn.Add(name);
                    break;
                case 10:
                    did.Add("restart");
                    await host.DisposeAsync();
                    host = await SurveyHost.StartAsync(store, silos: (short)(1 + seed % 2));
                    break;
                default:
                    var tile = random.Next(6);
                    did.Add($"fault {tile}");
                    store.FailWrites($"x00{tile % 3}y00{tile / 3}/manifest.json", random.Next(2) == 0 ? Fault.Lost : Fault.AnswerLost);
                    break;
            }

            if (random.Next(4) == 0) await host.SettledAsync(Survey, content.Count);
        }

        await host.SettledAsync(Survey, content.Count);
        var states = await host.StatesAsync(Survey);
        Assert.True((isIn.Count, content.Count - isIn.Count) == (states.GetValueOrDefault(ObservationState.Stacked),
            states.GetValueOrDefault(ObservationState.Retracted)), $"seed {seed}: {string.Join(", ", did)}\n{string.Join(", ", states)}");
        await Expected.InTilesAsync(host, store, Survey, content.Where(item => isIn.Contains(item.Key)).ToDictionary());
        await host.DisposeAsync();
        host = await SurveyHost.StartAsync(store);
        await Expected.InTilesAsync(host, store, Survey, content.Where(item => isIn.Contains(item.Key)).ToDictionary());
        await host.DisposeAsync();

        // A fault of the store may meet the question: then it is asked again.
        async Task AskAsync(Func<IObservationGrain, Task<ObservationStatus>> ask, string name,
            Func<ObservationStatus, bool>? until = null) => await Until.TrueAsync(async () =>
        {
            try
            {
                return until?.Invoke(await ask(host.Grains.Observation(Survey, name)))
                    ?? await ask(host.Grains.Observation(Survey, name)) is not null;
            }
            catch (SurveyServiceException exception) when (exception.RetryHelps)
            {
                return false;
            }
        });
    }
}
