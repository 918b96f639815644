namespace TsMapSurvey.Testing;

/// <summary>A folder of its own for one test, removed with everything in it on dispose.</summary>
public sealed class TemporaryFolder : IDisposable
{
    private const int Tries = 20;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    public string Path { get; } = Directory.CreateTempSubdirectory("tsmap-test-").FullName;

    public string File(params string[] parts) => System.IO.Path.Combine([Path, .. parts]);

    /// <summary>A server whose start failed may still be writing its last line into it.</summary>
    public void Dispose()
    {
        for (var left = Tries; ; left--)
        {
            try
            {
                Directory.Delete(Path, recursive: true);
                return;
            }
            catch (IOException) when (left > 0)
            {
                Thread.Sleep(Pause);
            }
        }
    }
}
