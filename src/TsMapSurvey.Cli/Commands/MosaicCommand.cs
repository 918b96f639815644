using System.CommandLine;
using TsMapSurvey.Cli.Terminal;
using TsMapSurvey.Plots;

namespace TsMapSurvey.Cli.Commands;

internal static class MosaicCommand
{
    public static Command Create()
    {
        var (server, survey) = (ServerClient.ServerOption(), ServerClient.SurveyOption());
        var output = new Option<string>("--out") { Description = "FITS image to write", Required = true };
        var quantity = new Option<string>("--quantity")
        {
            Description =
            "sqrt_ts, norm, flux, dnde, eflux, e2dnde, each with _err or _ul, counts, exposure (m2 s, weighted with the map's spectrum), "
            + "...",
            DefaultValueFactory = _ => "sqrt_ts"
        };
        var map = new Option<string?>("--map") { Description = "Name of one of the survey's maps [default: the first]" };
        var slice = ServerClient.SliceOption();
        var command = new Command("mosaic", "Download the survey-wide map from a running server; outdated tiles are computed first")
            { server, survey, output, quantity, map, slice };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var wanted = Choice.Find(parsed.GetValue(quantity)!, QuantityLabels.Names) ?? parsed.GetValue(quantity)!;
            using var client = new ServerClient(parsed.GetValue(server)!, ServerClient.OwnKey);
            var (name, path) = (await client.SurveyAsync(parsed.GetValue(survey), cancellationToken),
                OutputFile.Fits(output.Name, parsed.GetRequiredValue(output)));
            var address = $"/api/surveys/{Uri.EscapeDataString(name)}/mosaic/{Uri.EscapeDataString(wanted)}.fits?fresh=true&timeout=60"
                + (parsed.GetValue(map) is { } chosen ? $"&map={Uri.EscapeDataString(chosen)}" : "")
                    + ServerClient.SliceQuery(parsed.GetValue(slice));
            await client.DownloadFreshAsync(address, path, cancellationToken);
            Report.Line($"{path}: {wanted} of {name}");
            return ExitCode.Done;
        });
        return command;
    }
}
