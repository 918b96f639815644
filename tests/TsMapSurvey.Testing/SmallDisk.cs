using Xunit;

namespace TsMapSurvey.Testing;

/// <summary>A file system in memory that is soon full. Only root on Linux may mount one: for others the test is skipped.</summary>
public sealed class SmallDisk : IDisposable
{
    private SmallDisk(string folder) => Folder = folder;

    public string Folder { get; }

    public static SmallDisk Mount(string folder, string options)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && Environment.UserName == "root", "only root may mount a file system");
        Directory.CreateDirectory(folder);
        var mounted = Tools.Run("mount", ["-t", "tmpfs", "-o", options, "tmpfs", folder], 60);
        Assert.SkipUnless(mounted.ExitCode == 0, $"nothing may be mounted here: {mounted.Error}");
        return new SmallDisk(folder);
    }

    public void Remount(string options)
    {
        var mounted = Tools.Run("mount", ["-o", $"remount,{options}", Folder], 60);
        Assert.True(mounted.ExitCode == 0, mounted.Error);
    }

    // At once, also where this process still holds a file of it.
    public void Dispose() => Tools.Run("umount", ["--lazy", Folder], 60);
}
