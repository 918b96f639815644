using System.Net;
using System.Text;
using TsMapSurvey.Sky;

namespace TsMapSurvey.Server.Tests;

/// <summary>The coverage of a survey while observations come and go, over a restart, and of slices.</summary>
[Trait("Pace", "slow")]
public sealed class CoverageLifeTests(SlicedServer sliced) : IClassFixture<SlicedServer>
{
    private const string Survey = "/api/surveys/small";

    [Fact]
    public async Task It_shrinks_when_an_observation_is_retracted_and_outlives_a_restart()
    {
        using var folder = new TemporaryFolder();
        var settings = StackedServer.Settings(folder);
        string[] names;
        Moc first, whole;
        await using (var server = await ServerHost.StartAsync(settings, CancellationToken.None))
        {
            using var client = new Client(server.Address);
            await client.PostAsync("/api/surveys", SmallSurvey.Definition.ToJson());
            Assert.True((await SpaceAsync(client, "coverage.moc")).IsEmpty);
            Assert.Empty((await TimesAsync(client, "coverage.stmoc")).Parts);
            names = [.. await SmallSurvey.PutAsync(settings.Store, 3)];
            await StackedAsync(client, 3);
            whole = await SpaceAsync(client, "coverage.moc");
            await client.PostAsync($"{Survey}/observations/{names[1]}/retract", null);
            await client.UntilAsync($"{Survey}/observations/{names[1]}", answer => State(answer) == "retracted");
            await client.PostAsync($"{Survey}/observations/{names[2]}/retract", null);
            await client.UntilAsync($"{Survey}/observations/{names[2]}", answer => State(answer) == "retracted");
            first = await SpaceAsync(client, "coverage.moc");
            Assert.True(first.Except(whole).IsEmpty && !whole.Except(first).IsEmpty);
            Assert.Equal(first, (await TimesAsync(client, "coverage.stmoc")).Space());
            await server.StopAsync(CancellationToken.None);
        }

        await using (var server = await ServerHost.StartAsync(settings, CancellationToken.None))
        {
            using var client = new Client(server.Address);
            await StackedAsync(client, 1);
            Assert.Equal(first, await SpaceAsync(client, "coverage.moc"));
            Assert.Equal(first, (await TimesAsync(client, "coverage.stmoc")).Space());
            foreach (var name in names[1..])
                Assert.Equal(HttpStatusCode.Accepted, (await client.PostAsync($"{Survey}/observations/{name}/retry", null)).Status);
            await StackedAsync(client, 3);
            Assert.Equal(whole, await SpaceAsync(client, "coverage.moc"));
            Assert.Equal(whole, (await TimesAsync(client, "coverage.stmoc")).Space());
            await server.StopAsync(CancellationToken.None);
        }
    }

    [Fact]
    public async Task That_of_a_slice_is_of_the_observations_of_its_nights()
    {
        var all = await SpaceAsync(sliced.Client, "coverage.moc");
        var last = await SpaceAsync(sliced.Client, "coverage.moc?slice=1d");
        var allTimes = await TimesAsync(sliced.Client, "coverage.stmoc");
        var lastTimes = await TimesAsync(sliced.Client, "coverage.stmoc?slice=1d");

        Assert.True(last.Except(all).IsEmpty && !last.IsEmpty && !all.Except(last).IsEmpty);
        Assert.Equal((all, last), (allTimes.Space(), lastTimes.Space()));
        // The third observation is four days younger.
        var (begin, end) = (lastTimes.Parts[0].Times[0].First, lastTimes.Parts[^1].Times[^1].End);
        Assert.All(allTimes.Parts.SelectMany(part => part.Times).Where(time => time.First < begin), time =>
            Assert.True(begin - time.End > 3 * 86_400_000_000));
        Assert.InRange(end - begin, 1, 86_400_000_000);
        // Terrestrial Time of the night of MJD 59004, which begins at noon; TCB is 22 s ahead.
        Assert.InRange(begin, (long)((59004.5 + 2400000.5) * 86_400) * 1_000_000, (long)((59005.5 + 2400000.5) * 86_400) * 1_000_000);
    }

    [Fact]
    public async Task A_region_of_a_slice_names_the_observations_of_its_nights()
    {
        var cell = HealpixCell.Containing(new SkyPosition(340, 0, SkyFrame.Galactic), 0);
        var answer = (await sliced.Client.GetAsync($"{Survey}/healpix/0/{cell.Index}?slice=1d&timeout=60")).Json;

        Assert.Equal(["sim-0003.fits.gz"], answer.GetProperty("observations").EnumerateArray().Select(name => name.GetString()));
        Assert.Equal("1d", answer.GetProperty("slice").GetString());
        Assert.True(answer.GetProperty("counts").GetDouble() <= sliced.Counts[2] && answer.GetProperty("counts").GetDouble() > 0);
    }

    private static string? State(Answer answer) => answer.Json.GetProperty("state").GetString();

    private static Task<Answer> StackedAsync(Client client, int count) =>
        client.UntilAsync(Survey, answer => answer.Json.GetProperty("stacked").GetInt32() == count);

    private static async Task<Moc> SpaceAsync(Client client, string path) =>
        MocAscii.Parse(Encoding.ASCII.GetString((await client.GetAsync($"{Survey}/{path}")).Bytes));

    private static async Task<SpaceTimeMoc> TimesAsync(Client client, string path) =>
        MocAscii.ParseSpaceTime(Encoding.ASCII.GetString((await client.GetAsync($"{Survey}/{path}")).Bytes));
}
