using System.Text.RegularExpressions;

namespace TsMapSurvey.Architecture.Tests;

/// <summary>Names of blobs are built and taken apart in Storage/Layout and nowhere else.</summary>
public sealed partial class BlobPathTests
{
    private const string Layout = "src/TsMapSurvey.Storage/Layout/";

    private static readonly string[] Folders =
    [
        "blocks", "checkpoints", "clusters", "compute", "datasets", "definitions", "epochs", "files", "hips", "index", "maps", "mosaics",
        "observations", "stack", "stacks", "surveys",
        "tiles", "windows",
    ];

    private static readonly string[] Files = ["flux.maps", "job.json", "manifest.json", "template.fits.gz"];

    private static readonly string[] Endings = [".block", ".ckpt", ".dataset", ".deleted", ".ledger.json"];

    /// <summary>
    /// Paths of HTTP that do not begin with a slash, and the prefix of observations that a survey has unless it names another one.
    /// </summary>
    private static readonly string[] Others = ["{job}/datasets/{i}", "maps/{map}", "observations/"];

    private static readonly Regex Segment = new($"(?:^|[}}/])(?:{string.Join('|', Folders)})/");

    private static readonly Regex Name =
        new($@"(?:^|[}}/])(?:{string.Join('|', Files.Select(Regex.Escape))})$|(?:{string.Join('|', Endings.Select(Regex.Escape))})$");

    private static IReadOnlyList<SourceFile> Code { get; } = SourceFile.Under("src", ".cs");

    [Fact]
    public void No_path_of_a_blob_stands_outside_the_layout() => Offenders.None($"paths of blobs outside {Layout}",
        from file in Code
        where !file.Shown.StartsWith(Layout, StringComparison.Ordinal)
        from literal in Literals(file)
        where IsPath(literal) && !Others.Contains(literal)
        select $"{file.Shown}: \"{literal}\"");

    [Fact]
    public void The_words_that_are_looked_for_are_those_of_the_layout()
    {
        var literals = Code.Where(file => file.Shown.StartsWith(Layout, StringComparison.Ordinal)).SelectMany(Literals).ToArray();
        var folders = literals.SelectMany(literal => FolderName().Matches(literal).Select(match => match.Groups[1].Value)).ToHashSet();
        // Folders that stand in constants have no slash there.
        folders.UnionWith(Folders.Where(literals.Contains));
        Assert.Equal(Folders, folders.Order(StringComparer.Ordinal));
        Assert.All(Files.Concat(Endings), word => Assert.Contains(literals, literal => literal.EndsWith(word, StringComparison.Ordinal)));
        var all = Code.SelectMany(Literals).ToHashSet();
        Assert.All(Others, other => Assert.Contains(other, all));
    }

    [Theory]
    [InlineData("surveys/{survey}/tiles/", true)]
    [InlineData("{root}maps/{tile}/", true)]
    [InlineData("{folder}/epochs/{night:D6}", true)]
    [InlineData("manifest.json", true)]
    [InlineData("{folder}{revision:D10}.ckpt", true)]
    [InlineData("definitions/", true)]
    [InlineData("/tiles/{tile}/maps/{map}.fits", false)]
    [InlineData("DELETE /api/surveys/{survey} goes on with it", false)]
    [InlineData("{ApiRoutes.Surveys}/{name}/tiles/{tile}", false)]
    [InlineData("{Uri.EscapeDataString(name)}/status", false)]
    [InlineData("a survey has maps", false)]
    public void A_path_of_a_blob_is_seen(string literal, bool isPath) => Assert.Equal(isPath, IsPath(literal));

    private static IEnumerable<string> Literals(SourceFile file) =>
        from line in file.Lines
        where !line.TrimStart().StartsWith("//", StringComparison.Ordinal)
        from Match match in Literal().Matches(line)
        select match.Groups[1].Value;

    private static bool IsPath(string literal) => !IsRoute(literal) && (Segment.IsMatch(literal) || Name.IsMatch(literal));

    private static bool IsRoute(string literal) =>
        literal.StartsWith('/') || literal.StartsWith("{ApiRoutes.", StringComparison.Ordinal)
            || literal.Contains("/api/", StringComparison.Ordinal);

    [GeneratedRegex(@"""((?:[^""\\]|\\.)*)""")]
    private static partial Regex Literal();

    [GeneratedRegex(@"(?:^|[}/])([a-z]+)/")]
    private static partial Regex FolderName();
}
