using System.Text;
using System.Text.Json;

namespace TsMapSurvey.Hostile.Tests;

/// <summary>JSON and YAML of somebody who knows how parsers fail. All with the right key: without one nothing of it is read.</summary>
internal static class BodyAttacks
{
    private const string Surveys = "/api/surveys";
    private const string Compute = "/api/compute";
    private const int Levels = 10_000;

    public static Attack[] Rows { get; } =
    [
        Attack.OfAll("half of a surrogate pair", [Keyed(Surveys, """{ "name": "\ud800" }"""), Keyed(Surveys, """{ "\ud800": 1 }"""), Keyed(Compute, """{ "datasets": ["\udc00"] }"""), Keyed(Compute, """{ "datasets": ["a"], "map": { "spatial": "\ud800" } }""")], 400),
        Attack.OfAll("JSON of ten thousand levels",
            [Keyed(Surveys, new string('[', Levels)), Keyed(Surveys, Nested(Levels)), Keyed(Compute, Nested(Levels))], 400),
        Attack.OfAll("a property twice", [Keyed(Surveys, SmallSky.Definition("twice", more: "\"name\": \"small\",")),
            Keyed(Surveys, SmallSky.Definition("twice", more: "\"observations\": \"a/\", \"observations\": \"b/\","))], 400),
        Attack.OfAll("numbers that no double holds", [Keyed(Surveys, SmallSky.Definition("huge", kernelWidthDeg: "1e400")), Keyed(Surveys, SmallSky.Definition("huge", bins: new string('9', 400))), Keyed(Compute, """{ "datasets": ["a"], "map": { "maxNiter": 99999999999999999999 } }""")], 400),
        Attack.OfAll("bodies that are no object",
            [Keyed(Surveys, ""), Keyed(Surveys, "null"), Keyed(Surveys, "[]"), Keyed(Compute, "\"\\u0000\""), Keyed(Compute, "{")], 400),
        Attack.Of("a body that is no UTF-8", new Ask(
            HttpMethod.Post, Surveys, [(byte)'{', (byte)'"', 0xff, 0xfe, (byte)'"', (byte)':', (byte)'1', (byte)'}']).WithKey(), 400),
        Attack.Of("a definition of two megabytes", Keyed(Surveys, $"{{ \"name\": \"{new string('a', 2 << 20)}\" }}"), 413),
        Attack.OfAll("a body of another type", [new Ask(HttpMethod.Post, Surveys, "{}"u8.ToArray(), "text/plain")
            .WithKey(), new Ask(HttpMethod.Post, Compute, "{}"u8.ToArray(), "multipart/form-data; boundary=x").WithKey()], 415),
        Attack.Of("a job of a hundred thousand datasets",
            Keyed(Compute, $"{{ \"datasets\": [{string.Join(',', Enumerable.Repeat("\"a\"", 100_000))}] }}"), 400),
        Attack.OfAll(
            "YAML with a bracket that is not closed", [Model("components: [\n"), Model("components:\n- {name: index, value")], 400),
        Attack.Of("YAML that doubles itself thirty times (billion laughs)", Model(Laughs()), 400),
        Attack.OfAll("YAML that contains itself", [Model("components: &a [*a]\n"), Model("&a {components: [*a]}\n")], 400),
        Attack.OfAll("YAML of ten thousand levels", [Model($"components: {new string('[', Levels)}"),
            Model($"components: {new string('[', Levels)}{new string(']', Levels)}")], 400),
    ];

    private static Ask Keyed(string path, string body) => Ask.Post(path, body).WithKey();

    private static Ask Model(string yaml) =>
        Keyed(Compute, $"{{ \"datasets\": [\"a\"], \"map\": {{ \"model\": {JsonSerializer.Serialize(yaml)} }} }}");

    private static string Nested(int levels) => $"{{ \"name\": {new string('[', levels)}{new string(']', levels)} }}";

    private static string Laughs()
    {
        var yaml = new StringBuilder("a0: &a0 [lol, lol]\n");
        for (var i = 1; i <= 30; i++) yaml.Append(
            System.Globalization.CultureInfo.InvariantCulture, $"a{i}: &a{i} [*a{i - 1}, *a{i - 1}]\n");
        return yaml.Append("components: *a30\n").ToString();
    }
}
