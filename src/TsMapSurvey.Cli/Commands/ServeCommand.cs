using System.CommandLine;
using System.Globalization;
using TsMapSurvey.Cli.Terminal;
using TsMapSurvey.Server;
using TsMapSurvey.Server.Settings;

namespace TsMapSurvey.Cli.Commands;

internal static class ServeCommand
{
    public static Command Create()
    {
        var options = Setting.AllInHelpOrder.Select(setting => (setting.Key, Option: OptionOf(setting))).ToArray();
        var command = new Command("serve", "Serve surveys: read new observations, keep the maps up to date, answer over HTTP");
        foreach (var (_, option) in options) command.Add(option);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var given = options.Select(option => KeyValuePair.Create(option.Key, TextOf(option.Option, parsed)));
            await using var server = await ServerHost.StartAsync(SettingsReader.Read(given), cancellationToken);
            foreach (var address in server.Addresses) Report.Line($"Serving {address}   (API description at {address}/docs, Ctrl-C stops)");
            Report.Line(server.WritesRequireKey
                ? "Writing needs a key (header Tsmap-Key; tsmap --key or TSMAP_KEY)"
                : "Writing needs no key: everybody who reaches the server can change and delete surveys");
            if (server.ReadsRequireKey) Report.Line("Reading needs a key too; browsers ask for it as a password");
            await server.WaitForShutdownAsync(cancellationToken);
            return ExitCode.Done;
        });
        return command;
    }

    private static Option OptionOf(Setting setting)
    {
        Option option = setting.IsRepeated ? new Option<string[]>(setting.Typed!)
            : setting.Type == typeof(bool) ? new Option<bool>(setting.Typed!)
            : setting.Type == typeof(int?) ? new Option<int?>(setting.Typed!)
            : new Option<string?>(setting.Typed!);
        option.Description = setting.Help;
        return option;
    }

    private static string? TextOf(Option option, ParseResult parsed) => option switch
    {
        Option<string[]> list => parsed.GetValue(list) is { Length: > 0 } items ? string.Join(Path.PathSeparator, items) : null,
        Option<bool> flag => parsed.GetValue(flag) ? "true" : null,
        Option<int?> number => parsed.GetValue(number)?.ToString(CultureInfo.InvariantCulture),
        _ => parsed.GetValue((Option<string?>)option),
    };
}
