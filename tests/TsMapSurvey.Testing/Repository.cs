namespace TsMapSurvey.Testing;

/// <summary>The checkout that the tests run in.</summary>
public static class Repository
{
    /// <summary>The folder that holds TsMapSurvey.sln.</summary>
    public static string Root { get; } = Find();

    /// <summary>A path below the root.</summary>
    public static string Path(params string[] parts) => System.IO.Path.Combine([Root, .. parts]);

    private static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(System.IO.Path.Combine(folder.FullName, "TsMapSurvey.sln"))) return folder.FullName;
        throw new InvalidOperationException($"TsMapSurvey.sln is in no folder above {AppContext.BaseDirectory}");
    }
}
