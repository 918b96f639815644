using System.Net;
using System.Text.Json;
using TsMapSurvey.Maps.Gadf;
using TsMapSurvey.Simulation;
using TsMapSurvey.Storage;
using TsMapSurvey.Surveys;

namespace TsMapSurvey.Server.Tests.Points;

/// <summary>Positions of one tile that are read all the time while the tile's stack changes.</summary>
[Trait("Pace", "slow")]
public sealed class StreamedPointsTests : IAsyncLifetime
{
    private const string Name = "streamed";
    private const string Survey = "/api/surveys/streamed";
    private const string Tile = "x001y001";
    private const int Observations = 8;
    private const int Readers = 4;

    private static readonly SurveyDefinition Definition = SmallSurvey.Definition with { Name = Name };
    private static readonly string[] Positions =
        [.. Enumerable.Range(0, 5).Select(index => $"{Survey}/pixel/{22 + 3 * index},{24 + 2 * index}")];

    private readonly TemporaryFolder _folder = new();
    private readonly CountedPoints _counted = new(Name);
    private readonly IReadOnlyList<SimulatedObservation> _observations =
        [.. new SimulatedSurvey(TsMapSurvey.Surveys.Survey.Resolve(Definition), new SimulationOptions(Observations, 2, 1)).Observations()];

    private RunningServer _server = null!;
    private Client _client = null!;

    public async ValueTask InitializeAsync()
    {
        _server = await ServerHost.StartAsync(StackedServer.Settings(_folder), CancellationToken.None);
        _client = new Client(_server.Address);
        Assert.Equal(HttpStatusCode.Created, (await _client.PostAsync("/api/surveys", Definition.ToJson())).Status);
    }

    [Fact]
    public async Task While_a_tile_changes_its_positions_are_answered_from_one_revision_that_never_goes_back_at_a_bounded_cost()
    {
        await PutAsync(0);
        var first = (await _client.GetAsync($"{Positions[0]}?fresh=true")).Json;
        using var end = new CancellationTokenSource();
        var readers = Enumerable.Range(0, Readers).Select(reader => Task.Run(() => ReadAsync(reader, end.Token))).ToArray();
        for (var next = 1; next < Observations; next++) await PutAsync(next);
        await Task.WhenAll(Positions.Select(position => _client.UntilAsync(position, answer => !IsStale(answer.Json))));
        await end.CancelAsync();
        var reads = (await Task.WhenAll(readers)).SelectMany(read => read).ToArray();

        var newest = (await _client.GetAsync($"{Survey}/tiles/{Tile}")).Json.GetProperty("revision").GetInt64();
        Assert.All(reads, read => Assert.Equal("ready", read.GetProperty("state").GetString()));
        Assert.All(reads, read => Assert.Equal(Revision(read), read.GetProperty("stackRevision").GetInt64()));
        Assert.InRange(Revision(first), 1, newest - 1);
        foreach (var same in reads.GroupBy(read => (read.GetProperty("pixelX").GetInt32(), Revision(read))))
            Assert.Single(same.Select(Values).Distinct());
        foreach (var position in Positions)
        {
            var (rest, fresh) = ((await _client.GetAsync(position)).Json, (await _client.GetAsync($"{position}?fresh=true")).Json);
            Assert.Equal((newest, false), (Revision(rest), IsStale(rest)));
            Assert.Equal(fresh.GetRawText(), rest.GetRawText());
        }

        // The tile's revisions bound the cost, not the reads.
        var answered = reads.Select(Revision).Append(Revision(first)).Append(newest).Distinct().Count();
        var exports = Directory.GetFiles(_folder.File($"store/surveys/{Name}/stacks/{Tile}"), "*.fits.gz").Length;
        Assert.True(reads.Length > Positions.Length * newest, $"only {reads.Length} reads");
        Assert.InRange(exports, answered, newest);
        Assert.InRange(_counted.Prepared, answered, newest);
        Assert.InRange(_counted.Fitted, 1, answered * Positions.Length);
    }

    [Fact]
    public async Task After_a_retraction_fresh_answers_lack_the_observation_and_later_ones_never_have_it_again()
    {
        for (var next = 0; next < 3; next++) await PutAsync(next);
        var before = (await _client.GetAsync($"{Positions[0]}?fresh=true")).Json;
        var observation = $"{Survey}/observations/{_observations[1].FileName}";
        await _client.PostAsync($"{observation}/retract", null);
        await _client.UntilAsync(observation, answer => answer.Json.GetProperty("state").GetString() == "retracted");
        var at = (await _client.GetAsync(Positions[0])).Json;
        Assert.True(!IsStale(at) || Revision(at) == Revision(before), "neither the newest revision nor the last complete one");
        var spectrum = await _client.GetAsync($"{Survey}/point/{Ra(before)},{Dec(before)}/spectrum?fresh=true");
        var after = (await _client.GetAsync(Positions[0])).Json;
        Assert.Equal((Revision(after), "false"), (Revision(spectrum.Json[0]), spectrum.Header("Tsmap-Stale")));
        Assert.True(Revision(after) > Revision(before) && !IsStale(after));
        Assert.True(after.GetProperty("exposure").GetDouble() < before.GetProperty("exposure").GetDouble());
        Assert.Equal(Revision(after), (await _client.GetAsync($"{Survey}/tiles/{Tile}")).Json.GetProperty("revision").GetInt64());
    }

    [Fact]
    public async Task A_stale_answer_alone_has_the_newer_one_prepared()
    {
        await PutAsync(0);
        var before = (await _client.GetAsync($"{Positions[0]}?fresh=true")).Json;
        await PutAsync(1);
        var stacks = _folder.File($"store/surveys/{Name}/stacks/{Tile}");
        Assert.True(IsStale((await _client.GetAsync(Positions[0])).Json));
        // The tile publishes map and stack of the new revision without another question about a position.
        await _client.UntilAsync($"{Survey}/tiles/{Tile}", _ => Directory.GetFiles(stacks, "*.fits.gz").Length == 2);
        var after = await _client.UntilAsync(Positions[0], answer => !IsStale(answer.Json));
        Assert.True(Revision(after.Json) > Revision(before));
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _server.StopAsync(CancellationToken.None);
        await _server.DisposeAsync();
        _counted.Dispose();
        _folder.Dispose();
    }

    private async Task PutAsync(int index)
    {
        var observation = _observations[index];
        MapDatasetFile.Write(_folder.File(observation.FileName), observation.Dataset);
        await new ObservationStore(BlobStores.Open(_folder.File("store")), Definition.Observations)
            .PutAsync(_folder.File(observation.FileName), observation.FileName, null, CancellationToken.None);
        await _client.UntilAsync(Survey, answer => answer.Json.GetProperty("stacked").GetInt32() == index + 1);
    }

    /// <summary>Reads the positions in turn; each reader's answers never go back.</summary>
    private async Task<IReadOnlyCollection<JsonElement>> ReadAsync(int reader, CancellationToken end)
    {
        var (reads, last) = (new List<JsonElement>(), 0L);
        for (var next = reader; !end.IsCancellationRequested; next++)
        {
            var answer = await _client.GetAsync(Positions[next % Positions.Length]);
            Assert.Equal(HttpStatusCode.OK, answer.Status);
            Assert.True(Revision(answer.Json) >= last, $"revision {Revision(answer.Json)} after {last}");
            last = Revision(answer.Json);
            reads.Add(answer.Json);
        }

        return reads;
    }

    private static long Revision(JsonElement answer) => answer.GetProperty("revision").GetInt64();

    private static bool IsStale(JsonElement answer) => answer.GetProperty("stale").GetBoolean();

    private static string Ra(JsonElement answer) => answer.GetProperty("ra").GetRawText();

    private static string Dec(JsonElement answer) => answer.GetProperty("dec").GetRawText();

    private static string Values(JsonElement answer) => string.Join(' ', answer.EnumerateObject()
        .Where(property => property.Name != "stale").Select(property => $"{property.Name}={property.Value.GetRawText()}"));
}
