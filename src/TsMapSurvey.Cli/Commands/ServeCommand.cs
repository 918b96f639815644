using System.CommandLine;
using System.Globalization;
using TsMapSurvey.Cli.Terminal;
using TsMapSurvey.Server;
using TsMapSurvey.Server.Settings;

namespace TsMapSurvey.Cli.Commands;

/// <summary>Silo, API and dashboard in one process.</summary>
internal static class ServeCommand
{
    public static Command Create()
    {
        var survey = new Option<string[]>("--survey") { Description = "Survey definitions to serve (survey.json); may be repeated" };
        var store = new Option<string?>("--store") { Description = "Folder, https://ACCOUNT.blob.core.windows.net, or a connection string [default: ./tsmap-data]" };
        var queue = new Option<string?>("--intake-queue") { Description = "Queue of Event Grid's events of new blobs: its name in the store's account, or its URL [default: none, the store is listed]" };
        var urls = new Option<string?>("--urls") { Description = "Address to listen on [default: http://127.0.0.1:5080, or a free port where that is taken]" };
        var openWrites = new Option<bool>("--open-writes") { Description = "Let everybody who reaches the server change and delete surveys, without a key (Keys:Write)" };
        var health = new Option<string?>("--health-urls") { Description = "One more address, which answers /health alone and has connections of its own: http://127.0.0.1:5081 [default: none]" };
        var clustering = new Option<string?>("--clustering") { Description = "How silos find each other: localhost (one by itself), redis, postgres [default: localhost]" };
        var connection = new Option<string?>("--cluster-connection") { Description = "Where redis or postgres is: HOST:PORT,password=... or Host=...;Database=...;Username=...;Password=..." };
        var cluster = new Option<string?>("--cluster-id") { Description = "Servers with the same store and cluster are one system [default: named after the store]" };
        var siloAddress = new Option<string?>("--silo-address") { Description = "IP address at which the other silos reach this one [default: that of the machine's network]" };
        var siloPort = new Option<int?>("--silo-port") { Description = "Silo to silo [default: a free port]" };
        var gatewayPort = new Option<int?>("--gateway-port") { Description = "Clients to silo [default: a free port]" };
        var log = new Option<string?>("--log-level") { Description = "Trace, Debug, Information, Warning, Error [default: Warning]" };
        var command = new Command("serve", "Serve surveys: takes in observations, keeps the maps up to date, answers on HTTP")
        {
            survey, store, queue, urls, health, openWrites, clustering, connection, cluster, siloAddress, siloPort, gatewayPort, log,
        };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var given = new Dictionary<string, string?>
            {
                ["Urls"] = parsed.GetValue(urls),
                ["Health:Url"] = parsed.GetValue(health),
                ["Keys:OpenWrites"] = parsed.GetValue(openWrites) ? "true" : null,
                ["Store:Url"] = parsed.GetValue(store),
                ["Intake:Queue"] = parsed.GetValue(queue),
                ["Surveys"] = parsed.GetValue(survey) is { Length: > 0 } files ? string.Join(Path.PathSeparator, files) : null,
                ["Clustering:Kind"] = parsed.GetValue(clustering),
                ["Clustering:Connection"] = parsed.GetValue(connection),
                ["Clustering:ClusterId"] = parsed.GetValue(cluster),
                ["Silo:Address"] = parsed.GetValue(siloAddress),
                ["Silo:Port"] = parsed.GetValue(siloPort)?.ToString(CultureInfo.InvariantCulture),
                ["Silo:GatewayPort"] = parsed.GetValue(gatewayPort)?.ToString(CultureInfo.InvariantCulture),
                ["Log:Level"] = parsed.GetValue(log),
            };
            await using var server = await ServerHost.StartAsync(SettingsReader.Read(given), cancellationToken);
            foreach (var address in server.Addresses) Report.Line($"Serving {address}   (API description at {address}/docs, Ctrl-C stops)");
            Report.Line(server.WritingTakesKey ? "Writing takes a key (header Tsmap-Key; tsmap --key or TSMAP_KEY)" : "Writing takes no key: whoever reaches the server may change and delete surveys");
            await server.WaitForShutdownAsync(cancellationToken);
            return ExitCode.Done;
        });
        return command;
    }
}
