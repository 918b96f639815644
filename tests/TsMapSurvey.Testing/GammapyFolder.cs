namespace TsMapSurvey.Testing;

/// <summary>
/// A folder that gammapy's own root shows too: <see cref="Path"/> as we see it, <see cref="Inside"/> as gammapy does. Removed on dispose.
/// </summary>
public sealed class GammapyFolder : IDisposable
{
    /// <summary>Skips the running test where gammapy is not installed.</summary>
    public GammapyFolder()
    {
        Tools.NeedGammapy();
        var root = Environment.GetEnvironmentVariable("GAMMAPY_ROOT")
            ?? System.IO.Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".gammapy");
        Inside = $"/tmp/tsmap-{Guid.NewGuid():N}";
        Path = Directory.CreateDirectory(root + Inside).FullName;
    }

    public string Path { get; }

    public string Inside { get; }

    public string File(string name) => System.IO.Path.Combine(Path, name);

    /// <summary>Runs a script with gammapy's python; paths are gammapy's.</summary>
    public static ToolResult Run(params string[] arguments) => GammapyWorker.Run(arguments);

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
