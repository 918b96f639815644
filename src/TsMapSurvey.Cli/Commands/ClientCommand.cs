using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using TsMapSurvey.Cli.Terminal;

namespace TsMapSurvey.Cli.Commands;

/// <summary>Commands that ask a running server one question and print the answer.</summary>
internal static class ClientCommand
{
    /// <param name="isWriting">Whether it changes something, and so may take a key.</param>
    public static Command Create(
        string name, string description, IReadOnlyList<Symbol> own,
        Func<ServerClient, string, ParseResult, CancellationToken, Task<JsonElement>> ask, Action<JsonElement> print, bool isWriting = false)
    {
        var (server, key, survey, json) = (ServerClient.ServerOption(), ServerClient.KeyOption(), ServerClient.SurveyOption(), Report.JsonOption());
        var command = new Command(name, description) { server, survey, json };
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
            else print(answer);
            return ExitCode.Done;
        });
        return command;
    }

    /// <summary>One property a line.</summary>
    public static void Properties(JsonElement answer)
    {
        foreach (var property in answer.EnumerateObject()) Report.Line($"{property.Name,-20} {Text(property.Value)}");
    }

    /// <summary>The answer's items as a table: an array, or the first array inside it.</summary>
    public static void Rows(JsonElement answer)
    {
        var array = answer.ValueKind == JsonValueKind.Array ? answer : answer.EnumerateObject().Select(property => property.Value).FirstOrDefault(value => value.ValueKind == JsonValueKind.Array);
        if (array.ValueKind != JsonValueKind.Array || array.GetArrayLength() == 0)
        {
            Report.Line("none");
            return;
        }

        string[] columns = [.. array[0].EnumerateObject().Where(property => property.Value.ValueKind is not (JsonValueKind.Array or JsonValueKind.Object)).Select(property => property.Name)];
        Report.Table(columns, array.EnumerateArray().Select(row => (IReadOnlyList<string>)[.. columns.Select(column => row.TryGetProperty(column, out var value) ? Text(value) : "")]));
    }

    private static string Text(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Number when value.TryGetInt64(out var whole) => whole.ToString(CultureInfo.InvariantCulture),
        JsonValueKind.Number => value.GetDouble().ToString("g6", CultureInfo.InvariantCulture),
        JsonValueKind.Null => "",
        JsonValueKind.Object => string.Join(", ", value.EnumerateObject().Select(property => $"{property.Name} {Text(property.Value)}")),
        JsonValueKind.Array => string.Join("; ", value.EnumerateArray().Select(Text)),
        _ => value.ToString(),
    };
}
