using System.Xml.Linq;

namespace TsMapSurvey.Architecture.Tests;

/// <summary>What a csproj file says, read as XML: conditions and imports are not evaluated.</summary>
internal sealed record ProjectFile(string File, XElement Xml)
{
    private const string Prefix = "TsMapSurvey.";

    /// <summary>The name without the project's prefix: <c>Fits</c>, <c>Fits.Tests</c>.</summary>
    public string Name => Short(File);

    public IReadOnlyList<string> References => Includes("ProjectReference").Select(Short).ToList();

    public IReadOnlyList<string> Packages => Includes("PackageReference");

    public IReadOnlyList<string> Frameworks => Includes("FrameworkReference");

    public string Sdk => (string?)Xml.Attribute("Sdk") ?? "";

    /// <summary>The projects of <c>src</c> or <c>tests</c>.</summary>
    public static IReadOnlyList<ProjectFile> Under(string folder) =>
        Directory.GetDirectories(Repository.Path(folder)).SelectMany(project => Directory.GetFiles(project, "*.csproj"))
            .Order(StringComparer.Ordinal).Select(file => new ProjectFile(file, XElement.Load(file))).ToList();

    private static string Short(string path)
    {
        var name = Path.GetFileNameWithoutExtension(path);
        return name.StartsWith(Prefix, StringComparison.Ordinal) ? name[Prefix.Length..] : name;
    }

    private List<string> Includes(string element) =>
        Xml.Descendants(element).Select(item => (string?)item.Attribute("Include")).OfType<string>().ToList();
}
