using System.Text.Json;

namespace TsMapSurvey.Sky.Tests;

public sealed class ReferenceScriptTests
{
    [Fact]
    [Trait("Pace", "slow")]
    public void The_reference_tables_are_what_the_script_writes_with_this_astropy()
    {
        var python = Tools.NeedAstropy();
        using var folder = new TemporaryFolder();
        var run = Tools.Run(python, [Repository.Path("tests", "TsMapSurvey.Sky.Tests", "Reference", "make_reference.py"), folder.Path]);
        Assert.True(run.ExitCode == 0, run.Error);
        foreach (var name in ReferenceTable.All)
        {
            using var again = JsonDocument.Parse(File.ReadAllText(folder.File(name)));
            ReferenceComparison.AssertSame(ReferenceTable.Load(name), again.RootElement, name);
        }
    }

    public static TheoryData<string, string, bool> Rows => new()
    {
        // Next to a pole a longitude is noise: numpy's own sine differs by processor.
        { "pixelToSky", "[[3,4,243.61964004811534,89.99999999]] [[3,4,243.61964004762152,89.99999999]]", true },
        { "pixelToSky", "[[3,4,0.00000000001,10]] [[3,4,359.99999999999,10]]", true },
        { "pixelToSky", "[[3,4,243.619640048,-12]] [[3,4,243.619640058,-12]]", false },
        { "pixelToSky", "[[3,4,243.6,-12]] [[3,4]]", false },
        { "pixelToSky", "[[3,4,243.6,-12]] [[3,5,243.6,-12]]", false },
        { "skyToPixel", "[[30,40,17.25,8]] [[30,40,17.25000000001,8]]", true },
        { "skyToPixel", "[[30,40,17.25,8]] [[30,40,17.250000001,8]]", false },
        { "rows", "[[\"icrs\",0.0,90.0,\"fk5\",114.57,89.99999999]] [[\"icrs\",0.0,90.0,\"fk5\",114.570001,89.99999999]]", true },
        { "rows", "[[\"icrs\",0.0,90.0,\"fk5\",114.57,45]] [[\"icrs\",0.0,90.0,\"fk5\",114.570001,45]]", false },
        { "rows", "[[1,2,1,2.001,0.001,0,9,9,350,20]] [[1,2,1,2.001,0.001,359.9999999999,9,9,350,20]]", true },
        { "rows", "[[1,2,1,2.001,0.001,0,9,9,350,20]] [[1,2,1,2.001,0.00100001,0,9,9,350,20]]", false },
        { "rows", "[[1,2,1,3,1,0,9,9,350,20]] [[1,2,1,3,1,0.00001,9,9,350,20]]", false },
        { "pixels", "[[1,2,3e-7]] [[1,2,3.00000000001e-7]]", true },
        { "pixels", "[[1,2,3e-7]] [[1,2,3.001e-7]]", false },
    };

    [Theory]
    [MemberData(nameof(Rows))]
    public void Rows_are_equal_if_they_are_equal_on_the_sphere(string table, string both, bool same)
    {
        var cut = both.IndexOf("]] [[", StringComparison.Ordinal) + 2;
        JsonElement Table(string rows) => JsonDocument.Parse($"{{\"{table}\":{rows}}}").RootElement;
        var failure = Record.Exception(() => ReferenceComparison.AssertSame(Table(both[..cut]), Table(both[cut..]), "table"));
        Assert.Equal(same, failure is null);
    }
}
