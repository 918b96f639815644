using System.Text.Json;

namespace TsMapSurvey.Sky.Tests;

public sealed class ReferenceScriptTests
{
    [Fact]
    public void The_reference_tables_are_what_the_script_writes_with_this_astropy()
    {
        var python = Tools.NeedAstropy();
        using var folder = new TemporaryFolder();
        var run = Tools.Run(python, [Repository.Path("tests", "TsMapSurvey.Sky.Tests", "Reference", "make_reference.py"), folder.Path]);
        Assert.True(run.ExitCode == 0, run.Error);
        foreach (var name in ReferenceTable.All)
        {
            using var again = JsonDocument.Parse(File.ReadAllText(folder.File(name)));
            AssertSame(ReferenceTable.Load(name), again.RootElement, name);
        }
    }

    // Another version of astropy may round otherwise, but not more than the tests allow.
    private static void AssertSame(JsonElement expected, JsonElement actual, string where)
    {
        Assert.True(expected.ValueKind == actual.ValueKind, where);
        switch (expected.ValueKind)
        {
            case JsonValueKind.Object:
                Assert.Equal(expected.EnumerateObject().Select(one => one.Name), actual.EnumerateObject().Select(one => one.Name));
                foreach (var one in expected.EnumerateObject())
                    if (one.Name != "provenance") AssertSame(one.Value, actual.GetProperty(one.Name), $"{where}/{one.Name}");
                break;
            case JsonValueKind.Array:
                Assert.True(expected.GetArrayLength() == actual.GetArrayLength(), where);
                for (var i = 0; i < expected.GetArrayLength(); i++) AssertSame(expected[i], actual[i], $"{where}/{i}");
                break;
            case JsonValueKind.Number:
                double a = expected.GetDouble(), b = actual.GetDouble();
                Assert.True(Math.Abs(a - b) <= 1e-10 + 1e-12 * Math.Abs(a), $"{where}: {a}, now {b}");
                break;
            default:
                Assert.Equal(expected.GetString(), actual.GetString());
                break;
        }
    }
}
