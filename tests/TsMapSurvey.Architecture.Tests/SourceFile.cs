using System.Text.RegularExpressions;

namespace TsMapSurvey.Architecture.Tests;

/// <summary>A text file of the checkout that is not built or downloaded.</summary>
internal sealed partial record SourceFile(string Path)
{
    private static readonly HashSet<string> Generated = ["bin", "obj", "node_modules", "artifacts", ".git"];

    /// <summary>Path below the root, with forward slashes: what messages show.</summary>
    public string Shown { get; } = System.IO.Path.GetRelativePath(Repository.Root, Path).Replace('\\', '/');

    public string Name => System.IO.Path.GetFileName(Path);

    /// <summary>The type that the name stands for: <c>Type</c> of <c>Type.cs</c> and <c>Type.Facet.cs</c>.</summary>
    public string Subject => Name.Split('.')[0];

    public IReadOnlyList<string> Lines { get; } = File.ReadAllLines(Path);

    /// <summary>Types declared in the file, nested ones too.</summary>
    public IEnumerable<string> Types => Declarations(AnyType());

    /// <summary>Public types of the file's namespace (namespaces are file-scoped, so they start in the first column).</summary>
    public IEnumerable<string> PublicTypes => Declarations(TopLevel()).Distinct();

    public static IReadOnlyList<SourceFile> Under(string folder, params string[] extensions) =>
        Walk(new DirectoryInfo(Repository.Path(folder)))
            .Where(file => extensions.Contains(file.Extension))
            .Select(file => new SourceFile(file.FullName)).OrderBy(file => file.Shown, StringComparer.Ordinal).ToList();

    public static string? TypeDeclared(string line) => AnyType().Match(line) is { Success: true } match ? match.Groups["name"].Value : null;

    private static IEnumerable<FileInfo> Walk(DirectoryInfo folder) =>
        !folder.Exists ? [] : folder.EnumerateFiles().Concat(
            folder.EnumerateDirectories().Where(child => !Generated.Contains(child.Name)).SelectMany(Walk));

    private IEnumerable<string> Declarations(Regex pattern) =>
        Lines.Select(line => pattern.Match(line)).Where(match => match.Success).Select(match => match.Groups["name"].Value);

    private const string Kinds = @"(class|struct|interface|enum|record( class| struct)?|delegate [\w<>\[\],?. ]+?)";

    [GeneratedRegex(@"^\s*((public|internal|private|protected|file|static|sealed|abstract|readonly|partial|ref|unsafe|new) )*" + Kinds
        + @" (?<name>[A-Z]\w*)")]
    private static partial Regex AnyType();

    [GeneratedRegex(@"^public ((static|sealed|abstract|readonly|partial|ref|unsafe) )*" + Kinds + @" (?<name>[A-Z]\w*)")]
    private static partial Regex TopLevel();
}
