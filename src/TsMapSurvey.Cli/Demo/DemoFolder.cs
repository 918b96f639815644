namespace TsMapSurvey.Cli.Demo;

/// <summary>The folder of the demo's files: the user's, or a temporary one that is deleted at the end.</summary>
internal sealed class DemoFolder : IDisposable
{
    private readonly bool _temporary;
    private readonly string _path;

    public DemoFolder(string? path)
    {
        _temporary = path is null;
        _path = path is null ? Directory.CreateTempSubdirectory("tsmap-demo-").FullName : Directory.CreateDirectory(path).FullName;
        Directory.CreateDirectory(Outbox);
    }

    public string Store => Path.Combine(_path, "store");

    /// <summary>Where an observation is written before its upload.</summary>
    public string Outbox => Path.Combine(_path, "outbox");

    public string Survey => Path.Combine(_path, "survey.json");

    public string Truth => Path.Combine(_path, "truth.json");

    public void Dispose()
    {
        if (_temporary) Directory.Delete(_path, recursive: true);
    }
}
