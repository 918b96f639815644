namespace TsMapSurvey.Hostile.Tests;

/// <summary>What a hostile client does to a server; it fails where the answer is not the right one.</summary>
internal sealed record Attack(string Name, Func<HostileServer, CancellationToken, Task> Play)
{
    /// <summary>A request with one of the right answers; a refusal says as a problem what is wrong.</summary>
    public static Attack Of(string name, Ask ask, params int[] right) =>
        new(name, async (server, token) => Expect(ask, await server.SendAsync(ask, token), right));

    /// <summary>A request with the right key and one of the right answers.</summary>
    public static Attack WithKey(string name, Ask ask, params int[] right) => Of(name, ask.WithKey(), right);

    /// <summary>Several, each with one of the same right answers.</summary>
    public static Attack OfAll(string name, IEnumerable<Ask> asks, params int[] right) => new(name, async (server, token) =>
    {
        foreach (var ask in asks) Expect(ask, await server.SendAsync(ask, token), right);
    });

    /// <summary>
    /// Bytes on a connection: the first line of what comes back has one of the right statuses, or (0) nothing comes and the connection is
    /// closed.
    /// </summary>
    public static Attack Raw(string name, string script, params int[] right) => OfRaw(name, [script], right);

    /// <inheritdoc cref="Raw"/>
    public static Attack OfRaw(string name, IEnumerable<string> scripts, params int[] right) => new(name, async (server, token) =>
    {
        foreach (var script in scripts)
        {
            var heard = await server.SayAsync(script, token);
            Assert.True(right.Contains(StatusOf(heard)), $"{Shown(script)}: found {Shown(heard)}, expected {string.Join(" or ", right)}");
        }
    });

    public static Answer Expect(Ask ask, Answer answer, params int[] right)
    {
        Assert.True(right.Contains(answer.Status), $"{ask}: found {answer.Shown}, expected {string.Join(" or ", right)}");
        if (answer.Status < 400 || answer.Bytes.Length == 0) return answer;
        Assert.True(answer.ContentType == "application/problem+json", $"{ask}: found {answer.ContentType}, {answer.Shown}");
        Assert.False(string.IsNullOrEmpty(answer.Json.GetProperty("detail").GetString()), $"{ask}: {answer.Shown}");
        return answer;
    }

    public static int StatusOf(string heard) => heard.StartsWith("HTTP/1.1 ", StringComparison.Ordinal)
        ? int.Parse(heard.AsSpan(9, 3), System.Globalization.CultureInfo.InvariantCulture) : 0;

    public override string ToString() => Name;

    private static string Shown(string text) => string.Concat(
        (text.Length > 300 ? text[..300] + "..." : text).Select(character => character is >= ' ' and <= '~' or '\n' ? character : '?'));
}
