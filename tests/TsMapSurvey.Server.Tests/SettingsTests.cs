using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Orleans.Runtime.MembershipService;
using TsMapSurvey.Server.Hosting;
using TsMapSurvey.Server.Settings;
using TsMapSurvey.Storage;
using TsMapSurvey.Storage.Layout;
using TsMapSurvey.Surveys;

namespace TsMapSurvey.Server.Tests;

public sealed class SettingsTests
{
    [Fact]
    public void Every_problem_is_listed_at_once()
    {
        var exception = Assert.Throws<SettingsException>(() => SettingsReader.Read(new Dictionary<string, string?>
        {
            ["Urls"] = "https://127.0.0.1:1;nonsense",
            ["Store:Url"] = "ftp://x",
            ["Surveys"] = "/no/such/survey.json",
            ["Clustering:Kind"] = "redis",
            ["Clustering:ProbeTimeout"] = "00:00:00.1",
            ["Silo:Port"] = "x",
            ["Silo:GatewayPort"] = "70000",
            ["Intake:Interval"] = "soon",
            ["Intake:RetryDelay"] = "00:00:00.01",
            ["Store:TailLength"] = "0",
            ["Cache:Bytes"] = "1",
            ["Memory:TileBytes"] = "1000",
            ["Compute:JobTime"] = "00:00:00",
            ["Log:Level"] = "loud",
        }));

        string[] named = ["Silo:Port", "Intake:Interval", "Intake:RetryDelay: found '00:00:00.0100000', expected a time from 00:00:00.05",
            "Log:Level", "Urls: found 'https", "Urls: found 'nonsense", "Store:Url", "Clustering:Connection: found nothing",
            "Clustering:ProbeTimeout: found '00:00:00.1000000', expected a time from 00:00:00.2 to 00:01:00", "Silo:GatewayPort",
            "Store:TailLength: found '0', expected 1 to 1000", "Cache:Bytes", "Memory:TileBytes: found '1000'",
            "Compute:JobTime: found '00:00:00', expected a time from 00:00:01", "/no/such/survey.json"];
        Assert.All(named, name => Assert.Contains(exception.Problems, problem => problem.Contains(name, StringComparison.Ordinal)));
        Assert.Equal(named.Length, exception.Problems.Count);
    }

    [Fact]
    public void A_start_whose_cluster_does_not_answer_says_when_to_try_again()
    {
        var settings = new ServerSettings { Clustering = "redis", ClusterId = "mine", ProbeTimeout = TimeSpan.FromSeconds(2) };
        var unreachable = new AggregateException(
            new OrleansClusterConnectivityCheckFailedException("Failed to get ping responses from 1 of 1 active silos."));

        var problem = Assert.Single(StartErrors.Of(unreachable, settings)!.Problems);

        Assert.StartsWith(
            "Clustering: servers of the cluster mine are registered as alive in redis but do not answer. A killed server counts as dead "
            + "12 s after",
            problem, StringComparison.Ordinal);
        Assert.Null(StartErrors.Of(new InvalidOperationException("x"), settings));
    }

    [Fact]
    public void Every_problem_of_queue_and_webhook_is_listed_without_the_key()
    {
        var exception = Assert.Throws<SettingsException>(() => SettingsReader.Read(new Dictionary<string, string?>
        {
            ["Store:Url"] = "/a",
            ["Store:HedgeAfter"] = "01:00:00",
            ["Intake:Queue"] = "observations",
            ["Intake:LongestLine"] = "0",
            ["Intake:MessageTakes"] = "many",
            ["Intake:MessageHold"] = "00:00:00.1",
            ["Intake:WebhookKey"] = "my secret",
        }));

        string[] named = ["Intake:MessageTakes: found 'many'", "Store:HedgeAfter", "Intake:Queue: 'observations' beside a folder",
            "Intake:LongestLine: found '0'", "Intake:MessageHold", "Intake:WebhookKey: found 9 characters"];
        Assert.All(named, name => Assert.Contains(exception.Problems, problem => problem.Contains(name, StringComparison.Ordinal)));
        Assert.Equal(named.Length, exception.Problems.Count);
        Assert.DoesNotContain("my secret", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_queue_beside_a_store_in_Azure_is_a_setting()
    {
        var settings = SettingsReader.Read(new Dictionary<string, string?>
        {
            ["Store:Url"] = "UseDevelopmentStorage=true",
            ["Intake:Queue"] = "observations",
            ["Intake:MessageHold"] = "00:00:02",
            ["Store:HedgeAfter"] = "00:00:00"
        });

        Assert.Equal(("observations", TimeSpan.FromSeconds(2), TimeSpan.Zero, null),
            (settings.IntakeQueue, settings.IntakeMessageHold, settings.StoreHedgeAfter, settings.IntakeWebhookKey));
    }

    [Fact]
    public void What_is_given_later_wins_and_the_rest_has_defaults()
    {
        var settings = SettingsReader.Read(new ConfigurationBuilder()
            .AddInMemoryCollection(new Dictionary<string, string?> { ["Store:Url"] = "/a", ["Log:Level"] = "Error" })
            .AddInMemoryCollection(new Dictionary<string, string?>
            {
                ["Store:Url"] = "/b",
                ["Memory:StackBytes"] = "2000000",
                [
                "Silo:Address"] = "127.0.0.1",
                ["Clustering:ProbeTimeout"] = "00:00:02",
                ["Intake:RetryDelay"] = "00:00:00.2",
                ["Store:TailLength"] = "2",
                ["Urls:0"] = "http://127.0.0.1:81",
                ["Urls:1"] = "http://[::1]:82"
            })
            .Build());

        Assert.Equal("/b", settings.Store);
        Assert.Equal(["http://127.0.0.1:81", "http://[::1]:82"], settings.Urls);
        Assert.Equal(LogLevel.Error, settings.LogLevel);
        Assert.Equal(new ServerSettings().IntakeInterval, settings.IntakeInterval);
        Assert.Null(settings.SiloPort);
        Assert.Null(settings.ClusterId);
        Assert.Equal((2_000_000, "127.0.0.1", TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(0.2), 2),
            (settings.StackBytes, settings.SiloAddress, settings.ProbeTimeout, settings.IntakeRetryDelay, settings.StoreTailLength));
    }

    [Fact]
    public async Task A_port_that_was_given_and_is_taken_is_named()
    {
        using var folder = new TemporaryFolder();
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var url = $"http://{other.LocalEndpoint}";

        var exception = await Assert.ThrowsAsync<SettingsException>(
            () => ServerHost.StartAsync(StackedServer.Settings(folder) with { Urls = [url] }, CancellationToken.None));

        Assert.Contains(url, Assert.Single(exception.Problems), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_silo_port_that_was_given_and_is_taken_is_named()
    {
        using var folder = new TemporaryFolder();
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var port = ((IPEndPoint)other.LocalEndpoint).Port;

        var exception = await Assert.ThrowsAsync<SettingsException>(
            () => ServerHost.StartAsync(StackedServer.Settings(folder) with { SiloPort = port }, CancellationToken.None));

        var problem = Assert.Single(exception.Problems);
        Assert.StartsWith("Silo:Port", problem, StringComparison.Ordinal);
        Assert.Contains($"{port}", problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_survey_file_that_is_no_definition_stops_the_start_with_every_problem()
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(folder.File("survey.json"), """{ "name": "Bad Name", "maps": {} }""");

        var exception = await Assert.ThrowsAsync<SettingsException>(() =>
            ServerHost.StartAsync(StackedServer.Settings(folder) with { Surveys = [folder.File("survey.json")] }, CancellationToken.None));

        Assert.True(exception.Problems.Count >= 4, string.Join("\n", exception.Problems));
        Assert.All(exception.Problems, problem => Assert.StartsWith(folder.File("survey.json"), problem, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_definition_that_has_changed_stops_the_start_with_one_line_and_so_does_one_whose_tiles_are_too_large()
    {
        using var folder = new TemporaryFolder();
        var settings = StackedServer.Settings(folder) with { Surveys = [folder.File("survey.json")] };
        var store = BlobStores.Open(settings.Store);
        await store.WriteAsync(StoreLayout.Definition("small"), Encoding.UTF8.GetBytes(SmallSurvey.Definition.ToJson()),
            WriteCondition.IfAbsent, CancellationToken.None);
        await File.WriteAllTextAsync(settings.Surveys[0], (SmallSurvey.Definition with
        {
            Observations = "other/",
            Slices = ["all", "7d"],
            EnergyAxis = AxisDefinition.LogBins(1, 30, 3)
        }).ToJson());
        var changed = await Assert.ThrowsAsync<SettingsException>(() => ServerHost.StartAsync(settings, CancellationToken.None));
        Assert.Equal(
            $"{settings.Surveys[0]}: differs in observations, energyAxis from the survey 'small' in {store.Description}; expected the same "
                + "definition or another name, since only the slices of a survey can be changed",
            Assert.Single(changed.Problems));

        await File.WriteAllTextAsync(settings.Surveys[0], (SmallSurvey.Definition with { Name = "large" }).ToJson());
        var large = await Assert.ThrowsAsync<SettingsException>(
            () => ServerHost.StartAsync(settings with { TileBytes = MemoryShares.Min / 2 }, CancellationToken.None));
        Assert.StartsWith("Memory:TileBytes", Assert.Single(large.Problems), StringComparison.Ordinal);
        large = await Assert.ThrowsAsync<SettingsException>(
            () => ServerHost.StartAsync(settings with { TileBytes = MemoryShares.Min }, CancellationToken.None));
        Assert.Matches(
            @"found a tile that needs [\d.]+ MB of memory with its halo, expected at most 1\.049 MB", Assert.Single(large.Problems));
        // Neither start left anything in the store.
        Assert.Equal(["small"], await new DefinitionStore(store).NamesAsync(CancellationToken.None));
    }
}
