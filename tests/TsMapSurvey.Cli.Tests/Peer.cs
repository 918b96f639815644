namespace TsMapSurvey.Cli.Tests;

/// <summary>The comparisons that count: scripts of the shared folder.</summary>
internal static class Peer
{
    public static void Agrees(string script, params string[] arguments)
    {
        var result = Tools.Run(Tools.NeedAstropy(), [Shared.Path("peer", script), .. arguments]);
        Assert.True(result.ExitCode == 0, result.Output + result.Error);
    }
}
