using System.CommandLine;
using System.Text.Json;
using TsMapSurvey.Cli.Terminal;

namespace TsMapSurvey.Cli.Commands;

/// <summary>Commands that ask a running server one question and print the answer.</summary>
internal static class ClientCommand
{
    /// <param name="columns">
    /// Of the table that the answer's rows are shown as, the most that fit a narrow terminal; null: the answer is one object, shown line
    /// by line.
    /// </param>
    /// <param name="isWriting">Whether it changes something, and so may take a key.</param>
    public static Command Create(
        string name, string description, IReadOnlyList<Symbol> own,
        Func<ServerClient, string, ParseResult, CancellationToken, Task<JsonElement>> ask, IReadOnlyList<AnswerColumn>? columns = null,
            bool isWriting = false)
    {
        var (server, key, survey) = (ServerClient.ServerOption(), ServerClient.KeyOption(), ServerClient.SurveyOption());
        var (json, wide) = (Report.JsonOption(), Report.WideOption());
        var command = new Command(name, description) { server, survey, json };
        if (columns is not null) command.Add(wide);
        if (isWriting) command.Add(key);
        foreach (var symbol in own)
        {
            if (symbol is Option option) command.Add(option);
            else command.Add((Argument)symbol);
        }

        command.SetAction(async (parsed, cancellationToken) =>
        {
            using var client = new ServerClient(parsed.GetValue(server)!, isWriting ? ServerClient.KeyOf(parsed, key) : null);
            var answer = await ask(client, await client.SurveyAsync(parsed.GetValue(survey), cancellationToken), parsed, cancellationToken);
            if (parsed.GetValue(json)) Report.Json(answer);
            else if (columns is null) Properties(answer);
            else Rows(answer, columns, parsed.GetValue(wide));
            return ExitCode.Done;
        });
        return command;
    }

    /// <summary>The answer's items as a table: an array, or the first array inside it.</summary>
    /// <param name="wide">Show every property that is a single value, under its name.</param>
    public static void Rows(JsonElement answer, IReadOnlyList<AnswerColumn> columns, bool wide)
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

    /// <summary>One property a line.</summary>
    private static void Properties(JsonElement answer)
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
