using System.CommandLine;
using System.Text.Json;
using TsMapSurvey.Cli.Terminal;

namespace TsMapSurvey.Cli.Commands;

/// <summary>Commands that send one request to a running server and print the answer.</summary>
internal static class ClientCommand
{
    /// <param name="columns">
    /// Columns of the table of the answer's rows, as many as fit a narrow terminal; null: the answer is one object, and each property is
    /// printed on a line.
    /// </param>
    /// <param name="isWriting">Whether the request changes something and may need a key.</param>
    public static Command Create(
        string verb, string description, IReadOnlyList<Symbol> own,
        Func<ServerClient, string, ParseResult, CancellationToken, Task<JsonElement>> send, IReadOnlyList<AnswerColumn>? columns = null,
            bool isWriting = false)
    {
        var (server, key, survey) = (ServerClient.ServerOption(), ServerClient.KeyOption(), ServerClient.SurveyOption());
        var (json, wide) = (Report.JsonOption(), Report.WideOption());
        var command = new Command(verb, description) { server, survey, json };
        if (columns is not null) command.Add(wide);
        if (isWriting) command.Add(key);
        foreach (var symbol in own)
        {
            if (symbol is Option option) command.Add(option);
            else command.Add((Argument)symbol);
        }

        command.SetAction(async (parsed, cancellationToken) =>
        {
            using var client = new ServerClient(
                parsed.GetValue(server)!, isWriting ? ServerClient.KeyOf(parsed, key) : ServerClient.OwnKey);
            var name = await client.SurveyAsync(parsed.GetValue(survey), cancellationToken);
            var answer = await send(client, name, parsed, cancellationToken);
            if (parsed.GetValue(json)) Report.Json(answer);
            else if (columns is null) PrintProperties(answer);
            else PrintRows(answer, columns, parsed.GetValue(wide));
            return ExitCode.Done;
        });
        return command;
    }

    /// <summary>Prints an array, or the first array in an object, as a table.</summary>
    /// <param name="wide">Show every property that is neither array nor object, under its name.</param>
    public static void PrintRows(JsonElement answer, IReadOnlyList<AnswerColumn> columns, bool wide)
    {
        var array = answer.ValueKind == JsonValueKind.Array ? answer
            : answer.EnumerateObject().Select(property => property.Value).FirstOrDefault(value => value.ValueKind == JsonValueKind.Array);
        if (array.ValueKind != JsonValueKind.Array || array.GetArrayLength() == 0)
        {
            Report.Line("none");
            return;
        }

        if (wide)
            columns =
            [
                .. array[0].EnumerateObject()
                    .Where(property => property.Value.ValueKind is not (JsonValueKind.Array or JsonValueKind.Object))
                    .Select(property => AnswerColumn.Of(property.Name)),
            ];
        Report.Table([.. columns.Select(column => column.Heading)], array.EnumerateArray()
            .Select(row => (IReadOnlyList<string>)[.. columns.Select(column => column.Cell(row))]), wide);
    }

    private static void PrintProperties(JsonElement answer)
    {
        const int NameWidth = 20;
        foreach (var property in answer.EnumerateObject())
        {
            var name = property.Name;
            foreach (var line in TextTable.Wrapped(AnswerColumn.Full(property.Value), Math.Max(1, Report.Width - NameWidth - 1)))
            {
                Report.Line($"{name,-NameWidth} {line}".TrimEnd());
                name = "";
            }
        }
    }
}
