using System.Runtime.InteropServices;
using System.Text.Json;

namespace TsMapSurvey.Fits.Tests;

/// <summary>Files that astropy writes once for the class of tests that reads them.</summary>
public sealed class AstropyFiles : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public IReadOnlyList<JsonElement> Checks { get; private set; } = [];

    public void Need()
    {
        var python = Tools.NeedAstropy();
        if (Checks.Count > 0) return;
        var run = Tools.Run(
            python, [Repository.Path("tests", "TsMapSurvey.Fits.Tests", "Interoperability", "write_with_astropy.py"), _folder.Path]);
        Assert.True(run.ExitCode == 0, run.Error);
        Checks = [.. JsonDocument.Parse(File.ReadAllBytes(_folder.File("expected.json"))).RootElement.EnumerateArray()];
    }

    public string Path(string file) => _folder.File(file);

    public static double[] Unpack(JsonElement packed) => Unpack(packed.GetString()!);

    public static double[] Unpack(string packed) => MemoryMarshal.Cast<byte, double>(Convert.FromBase64String(packed)).ToArray();

    public void Dispose() => _folder.Dispose();
}
