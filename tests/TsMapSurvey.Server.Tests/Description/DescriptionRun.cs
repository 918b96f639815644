using System.Globalization;
using System.Text;
using System.Text.Json;

namespace TsMapSurvey.Server.Tests.Description;

/// <summary>An operation of an OpenAPI document.</summary>
internal sealed record DescribedOperation(string Path, string Method, JsonElement Json)
{
    public IEnumerable<DescribedParameter> Parameters => !Json.TryGetProperty("parameters", out var all) ? []
        : all.EnumerateArray().Select(one => new DescribedParameter(
            one.GetProperty("name").GetString()!, one.GetProperty("in").GetString()!, one.GetProperty("schema")));

    public bool HasJsonBody => Json.TryGetProperty("requestBody", out var body)
        && body.GetProperty("content").EnumerateObject().Any(content => content.Name == "application/json");
}

internal sealed record DescribedParameter(string Name, string In, JsonElement Schema)
{
    private static readonly string[] Usual = ["", "x", "-1", "~", "%2f..%2f", "a,b", "%F0%9F%92%A9", "null", "1e999", "0", "1"];

    /// <summary>Values at, inside and beyond the limits of the schema.</summary>
    public IEnumerable<string> Values()
    {
        foreach (var value in Usual) yield return value;
        if (Schema.TryGetProperty("maxLength", out var length))
            foreach (var more in new[] { 0, 1 }) yield return new string('a', Math.Min(length.GetInt32(), 6000) + more);
        if (Schema.TryGetProperty("enum", out var words)) foreach (var word in words.EnumerateArray()) yield return word.GetString()!;
        if (Schema.GetProperty("type").GetString() == "boolean") foreach (var word in new[] { "true", "false", "yes" }) yield return word;
        foreach (var bound in new[] { "minimum", "maximum" })
        {
            if (!Schema.TryGetProperty(bound, out var limit) || !limit.TryGetDecimal(out var number)) continue;
            foreach (var change in new[] { -1m, 0, 1 }) yield return (number + change).ToString(CultureInfo.InvariantCulture);
            if (Schema.GetProperty("type").GetString() == "number") yield return "NaN";
        }
    }
}

/// <summary>Sends requests that follow from an OpenAPI document, and compares the answers with it.</summary>
internal sealed class DescriptionRun(JsonElement document, Client client)
{

    private static readonly string?[] Bodies =
        [null, "", "{}", "[]", "null", "{", """{ "datasets": ["a"] }""", """{ "name": "x", "maps": {} }"""];

    private readonly DescribedJson _described = new(document);

    /// <summary>How many requests were sent.</summary>
    public int Asked { get; private set; }

    public IEnumerable<DescribedOperation> Operations() =>
        from path in document.GetProperty("paths").EnumerateObject()
        from operation in path.Value.EnumerateObject()
            // A stream of events does not end.
        where !path.Name.EndsWith("/events", StringComparison.Ordinal)
        select new DescribedOperation(path.Name, operation.Name.ToUpperInvariant(), operation.Value);

    /// <summary>All differences between the answers of an operation and its description.</summary>
    public async Task<IReadOnlyList<string>> ProblemsAsync(DescribedOperation operation)
    {
        var problems = new List<string>();
        async Task<Answer> AskAsync(string path, string? body, params (string Name, string? Value)[] headers)
        {
            Asked++;
            var answer = await client.SendAsync(new HttpMethod(operation.Method), path, body, headers);
            var where = $"{operation.Method} {(path.Length > 200 ? path[..200] : path)} {body}";
            problems.AddRange(Problems(operation, answer).Select(problem => $"{where}: {problem}"));
            return answer;
        }

        var good = Fill(operation, null, null);
        // The survey itself is deleted by no test of this class.
        if (operation.Method != "DELETE")
        {
            foreach (var body in operation.Method == "GET" ? [null] : Bodies) await AskAsync(good, body);
            var first = await AskAsync(good, null);
            if (first.ETag is { } tag) await AskAsync(good, null, ("If-None-Match", tag));
        }

        await AskAsync($"{Fill(operation, "survey", "nix")}?unknown=1", null);
        foreach (var parameter in operation.Parameters)
        {
            foreach (var value in parameter.Values())
            {
                var body = operation.HasJsonBody ? "{}" : null;
                var path = Fill(operation, parameter.In == "path" ? parameter.Name : null, value);
                if (operation.Method == "DELETE" && path == good) continue;
                if (parameter.In == "query") await AskAsync($"{good}?{parameter.Name}={value}", body);
                else if (parameter.In == "header") await AskAsync(good, body, (parameter.Name, value));
                else if (value.Length > 0) await AskAsync(path, body);
            }
        }

        return problems;
    }

    private static string Fill(DescribedOperation operation, string? parameter, string? value)
    {
        var path = operation.Path;
        foreach (var one in operation.Parameters.Where(one => one.In == "path"))
            path = path.Replace($"{{{one.Name}}}", one.Name == parameter ? value : PathIds.Valid[one.Name], StringComparison.Ordinal);
        return path;
    }

    private IEnumerable<string> Problems(DescribedOperation operation, Answer answer)
    {
        var status = (int)answer.Status;
        var shown = Encoding.UTF8.GetString(answer.Bytes.AsSpan(0, Math.Min(300, answer.Bytes.Length)));
        if (status == 500) return [$"500 {shown}"];
        // The server's HTTP parser refuses an address that is too long before there is an operation.
        if (status == 414) return [];
        if (!operation.Json.GetProperty("responses").TryGetProperty(status.ToString(CultureInfo.InvariantCulture), out var described))
            return [$"{status} is not described ({shown})"];
        if (answer.Bytes.Length == 0) return [];
        if (!_described.Resolve(described).TryGetProperty("content",
            out var contents)) return [$"{status} has content that is not described"];
        var type = answer.ContentHeaders.ContentType?.MediaType;
        var content = contents.EnumerateObject().FirstOrDefault(content => content.Name == type);
        if (content.Value.ValueKind != JsonValueKind.Object)
            return [$"{status} has the type {type}, which is not described"];
        return type!.EndsWith("json", StringComparison.Ordinal) && content.Value.TryGetProperty("schema", out var schema)
            ? _described.Problems(schema, answer.Json, "$") : [];
    }
}
