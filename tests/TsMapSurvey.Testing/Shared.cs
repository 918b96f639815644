using Xunit;

namespace TsMapSurvey.Testing;

/// <summary>
/// The real observations and golden maps that live beside the project: <c>TSMAP_SHARED</c>, else <c>../shared</c> beside the repository.
/// </summary>
public static class Shared
{
    /// <summary>The folder, or null where it is not on this machine.</summary>
    public static string? Folder { get; } = Find();

    /// <summary>An existing path below the folder; the running test is skipped, visibly, where it is missing.</summary>
    public static string Path(params string[] parts)
    {
        Assert.SkipWhen(Folder is null, "the shared data folder is not here (set TSMAP_SHARED)");
        var path = System.IO.Path.Combine([Folder!, .. parts]);
        Assert.SkipUnless(File.Exists(path) || Directory.Exists(path), $"the shared data have no {string.Join('/', parts)}");
        return path;
    }

    private static string? Find()
    {
        var named = Environment.GetEnvironmentVariable("TSMAP_SHARED");
        if (!string.IsNullOrEmpty(named)) return Directory.Exists(named) ? System.IO.Path.GetFullPath(named) : null;
        var beside = System.IO.Path.GetFullPath(System.IO.Path.Combine(Repository.Root, "..", "shared"));
        return Directory.Exists(beside) ? beside : null;
    }
}
