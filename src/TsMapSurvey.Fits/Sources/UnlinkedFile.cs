namespace TsMapSurvey.Fits;

/// <summary>
/// Creates temporary files that need no cleanup, even if the process is killed: the name is deleted immediately, or on Windows when the
/// process ends.
/// </summary>
internal static class UnlinkedFile
{
    public static FileStream Create()
    {
        var path = Path.Combine(Path.GetTempPath(), $"tsmap-{Guid.NewGuid():N}.tmp");
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.ReadWrite,
            Share = FileShare.Delete,
            BufferSize = 0,
            Options = FileOptions.DeleteOnClose,
        };
        var file = new FileStream(path, options);
        if (!OperatingSystem.IsWindows()) File.Delete(path);
        return file;
    }
}
