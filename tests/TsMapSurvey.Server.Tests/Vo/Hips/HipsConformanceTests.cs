namespace TsMapSurvey.Server.Tests.Vo.Hips;

/// <summary>The validators of the CDS, which defined HiPS and MOC, in Debian's package of Aladin.</summary>
[Trait("Pace", "slow")]
public sealed class HipsConformanceTests(StackedServer server) : IClassFixture<StackedServer>
{
    private const string Aladin = "/usr/share/java/aladin.jar";

    [Theory]
    [InlineData("point-sqrt_ts")]
    [InlineData("bands-exposure-0.6-4.24TeV")]
    public async Task Hipsgen_finds_no_error(string layer)
    {
        var url = $"{server.Address.GetLeftPart(UriPartial.Authority)}/hips/small/{layer}";
        await server.Client.UntilAsync($"/hips/small/{layer}/properties", answer => answer.Status == System.Net.HttpStatusCode.OK);
        var run = Java(["-Djava.awt.headless=true", "-jar", Need(), "-hipsgen", $"out={url}", "LINT"]);

        var text = run.Output + run.Error;
        Assert.True(run.ExitCode == 0 && !text.Contains("ERROR", StringComparison.OrdinalIgnoreCase), text);
        Assert.Contains("LINT", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task MocLint_finds_no_error()
    {
        using var folder = new TemporaryFolder();
        var file = folder.File("Moc.fits");
        await File.WriteAllBytesAsync(file, (await server.Client.GetAsync("/hips/small/point-sqrt_ts/Moc.fits")).Bytes);
        var run = Java(["-cp", $"{Need()}:/usr/share/java/cds.moc.jar", "cds.moc.misc.MocLint", file]);

        var text = run.Output + run.Error;
        Assert.True(!text.Contains("ERROR", StringComparison.Ordinal) && text.Contains("STATUS  OK!", StringComparison.Ordinal), text);
    }

    private static ToolResult Java(string[] arguments) => Tools.Run(Tools.Need("java", "apt-get install aladin"), arguments);

    private static string Need() => Tools.Need(Aladin, "apt-get install aladin");
}
