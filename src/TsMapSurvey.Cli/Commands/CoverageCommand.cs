using System.CommandLine;
using TsMapSurvey.Cli.Terminal;

namespace TsMapSurvey.Cli.Commands;

internal static class CoverageCommand
{
    public static Command Create()
    {
        var (server, survey, slice) = (ServerClient.ServerOption(), ServerClient.SurveyOption(), ServerClient.SliceOption());
        var output = new Option<string>("--out")
        { Description = "MOC to write: .fits, .json, or .moc or .txt for ASCII text", Required = true };
        var times = new Option<bool>("--times") { Description = "By time: a space-time MOC of the observations' good time intervals" };
        var command = new Command("coverage", "Download where a survey has data, as a multi-order coverage map (MOC)")
            { server, survey, output, times, slice };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var path = OutputFile.Coverage(output.Name, parsed.GetRequiredValue(output));
            using var client = new ServerClient(parsed.GetValue(server)!, ServerClient.OwnKey);
            var name = await client.SurveyAsync(parsed.GetValue(survey), cancellationToken);
            var chosen = parsed.GetValue(slice) is { } text ? $"?slice={Uri.EscapeDataString(text)}" : "";
            var file = AddressOf(Path.GetExtension(path).ToLowerInvariant(), parsed.GetValue(times));
            await client.DownloadAsync($"/api/surveys/{Uri.EscapeDataString(name)}/{file}{chosen}", path, cancellationToken);
            Report.Line($"{path}: coverage of {name}");
            return ExitCode.Done;
        });
        return command;
    }

    private static string AddressOf(string ending, bool hasTimes) => (ending, hasTimes) switch
    {
        (".fits" or ".json", false) => $"coverage{ending}",
        (".fits" or ".json", true) => $"coverage.stmoc{ending}",
        (_, true) => "coverage.stmoc",
        _ => "coverage.moc",
    };
}
