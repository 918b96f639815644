namespace TsMapSurvey.Likelihood.Tests;

public static class Cases
{
    private const int Longest = 256;

    private static readonly string[] Switches = ["DOTNET_EnableAVX512", "DOTNET_EnableAVX2", "DOTNET_EnableHWIntrinsic"];

    /// <summary>
    /// Where the runtime is told to do without some instructions, the lengths around the widths of blocks, which are those that the plain
    /// run may find wrong: the same lines are compiled for other registers.
    /// </summary>
    private static bool IsRepeated => Switches.Any(name => Environment.GetEnvironmentVariable(name) == "0");

    public static TheoryData<int> Lengths =>
        IsRepeated ? [.. Enumerable.Range(0, 18), 31, 32, 33, 63, 64, 65, Longest - 1, Longest] : [.. Enumerable.Range(0, Longest + 1)];

    public static TheoryData<int> Seeds => [.. Enumerable.Range(0, IsRepeated ? 10 : 60)];
}
