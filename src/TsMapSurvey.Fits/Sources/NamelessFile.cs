namespace TsMapSurvey.Fits;

/// <summary>
/// A temporary file that loses its name at once (on Windows with the process): nothing has to be cleaned up, even after a kill.
/// </summary>
internal static class NamelessFile
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
