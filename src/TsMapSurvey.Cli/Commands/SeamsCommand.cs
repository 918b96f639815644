using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using TsMapSurvey.Cli.Terminal;

namespace TsMapSurvey.Cli.Commands;

internal static class SeamsCommand
{
    public static Command Create()
    {
        var (server, survey, slice) = (ServerClient.ServerOption(), ServerClient.SurveyOption(), ServerClient.SliceOption());
        var (json, wide) = (Report.JsonOption(), Report.WideOption());
        var map = new Option<string>("--map") { Description = "Name of a map of the survey; default: its first" };
        var limit = new Option<double?>("--limit")
        { Description = "Exit code 1 if the largest difference of sqrt_ts is above this, or if none could be compared" };
        var command = new Command(
            "seams", "Compare the maps of adjacent HEALPix tiles on their borders, where the exposure is above a tenth of its maximum")
            { server, survey, map, slice, limit, json, wide };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            using var client = new ServerClient(parsed.GetValue(server)!, ServerClient.OwnKey);
            var name = await client.SurveyAsync(parsed.GetValue(survey), cancellationToken);
            var query = new[] { ("map", parsed.GetValue(map)), ("slice", parsed.GetValue(slice)) }
                .Where(one => one.Item2 is not null).Select(one => $"{one.Item1}={Uri.EscapeDataString(one.Item2!)}");
            var answer = await client.GetAsync(
                $"/api/surveys/{Uri.EscapeDataString(name)}/seams?{string.Join('&', query)}", cancellationToken);
            if (parsed.GetValue(json)) Report.Json(answer);
            else Print(answer, parsed.GetValue(wide));
            return parsed.GetValue(limit) is { } most && !(Largest(answer) <= most) ? ExitCode.Failed : ExitCode.Done;
        });
        return command;
    }

    /// <summary>NaN if nothing could be compared.</summary>
    private static double Largest(JsonElement answer) =>
        answer.GetProperty("largest") is { ValueKind: JsonValueKind.Number } largest ? largest.GetDouble() : double.NaN;

    private static void Print(JsonElement answer, bool wide)
    {
        ClientCommand.PrintRows(
            answer,
            [
                AnswerColumn.Of("tile"), AnswerColumn.Of("other"), AnswerColumn.Of("largest"), AnswerColumn.Of("mean"),
                AnswerColumn.Of("ra", "deg"), AnswerColumn.Of("dec", "deg"), AnswerColumn.Of("sqrtTs"), AnswerColumn.Of("points"),
            ],
            wide);
        Report.Line(string.Create(CultureInfo.InvariantCulture,
            $"largest difference of sqrt_ts: {Largest(answer):0.###} on {answer.GetProperty("borders").GetInt32()} borders"));
    }
}
