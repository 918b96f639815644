using System.Text.RegularExpressions;

namespace TsMapSurvey.Architecture.Tests;

public sealed partial class SourceTests
{
    private const int LongestFile = 400;
    private const int LongestGrain = 200;
    private const int LongestProgram = 60;
    private const int Median = 100;
    private const int WidestLine = 140;
    private const int WidestProse = 160;

    private static readonly HashSet<string> Empty =
        ["Helper", "Helpers", "Util", "Utils", "Utility", "Utilities", "Manager", "Managers", "Common", "Misc", "Core"];

    private static IReadOnlyList<SourceFile> Code { get; } = SourceFile.Under("src", ".cs");

    [Fact]
    public void Names_say_something() => Offenders.None("empty words in names", Code.SelectMany(file =>
        file.Types.Append(file.Name).Append(file.Shown.Split('/')[^2]).Where(HasEmptyWord).Select(name => $"{file.Shown}: {name}")));

    [Fact]
    public void No_two_files_have_one_name() => Offenders.None("files of one name",
        Code.GroupBy(file => file.Name).Where(files => files.Count() > 1)
            .Select(files => string.Join(", ", files.Select(file => file.Shown))));

    [Fact]
    public void A_file_fits_on_a_few_screens() => Offenders.None($"longer than {LongestFile} lines",
        Code.Where(file => file.Lines.Count > LongestFile).Select(file => $"{file.Shown}: {file.Lines.Count}"));

    [Fact]
    public void A_type_fits_into_one_file_whatever_its_facets() =>
        Offenders.None($"types of more than {LongestFile} lines, all of their files together",
        Code.GroupBy(file => (Folder: Path.GetDirectoryName(file.Shown), file.Subject))
            .Select(type => (type.Key, Lines: type.Sum(file => file.Lines.Count))).Where(type => type.Lines > LongestFile)
            .Select(type => $"{type.Key.Folder}/{type.Key.Subject}: {type.Lines}"));

    [Fact]
    public void Lines_of_code_end_in_sight() => Offenders.None($"lines beyond column {WidestLine}",
        Code.Concat(SourceFile.Under("tests", ".cs")).SelectMany(file => Beyond(file, WidestLine)));

    [Fact]
    public void Lines_of_prose_end_in_sight() => Offenders.None($"lines of Markdown beyond column {WidestProse}, tables aside",
        new[] { "src", "infra", "tests", "bicep" }.SelectMany(folder => SourceFile.Under(folder, ".md"))
            .Append(new SourceFile(Repository.Path("README.md")))
            .SelectMany(file => Beyond(file, WidestProse, line => line.TrimStart().StartsWith('|'))));

    [Fact]
    public void Half_of_the_files_fit_on_two_screens()
    {
        var lengths = Code.Select(file => file.Lines.Count).Order().ToList();
        Assert.True(lengths.Count == 0 || lengths[lengths.Count / 2] <= Median,
            $"the median file of src has {(lengths.Count == 0 ? 0 : lengths[lengths.Count / 2])} lines (at most {Median})");
    }

    [Fact]
    public void A_grain_is_short() => Offenders.None($"grains of more than {LongestGrain} lines, their .Log.cs aside",
        Code.Where(
            file => file.Subject.EndsWith("Grain", StringComparison.Ordinal) && !file.Name.EndsWith(".Log.cs", StringComparison.Ordinal))
            .GroupBy(file => (Folder: Path.GetDirectoryName(file.Shown), file.Subject))
            .Select(grain => (grain.Key, Lines: grain.Sum(file => file.Lines.Count))).Where(grain => grain.Lines > LongestGrain)
            .Select(grain => $"{grain.Key.Folder}/{grain.Key.Subject}: {grain.Lines}"));

    [Fact]
    public void Program_is_a_table_of_contents() => Offenders.None($"Program.cs longer than {LongestProgram} lines",
        Code.Where(file => file.Name == "Program.cs" && file.Lines.Count > LongestProgram)
            .Select(file => $"{file.Shown}: {file.Lines.Count}"));

    [Fact]
    public void A_file_is_named_for_its_one_public_type() => Offenders.None("one public type per file, with its name",
        Code.Where(file => file.PublicTypes.Any(type => type != file.Subject))
            .Select(file => $"{file.Shown}: {string.Join(", ", file.PublicTypes)}"));

    [Fact]
    public void A_file_without_a_public_type_is_named_for_one_of_its_types() => Offenders.None("file names",
        Code.Where(file => file.Types.Any() && !file.Types.Contains(file.Subject) && file.Name != "Program.cs")
            .Select(file => $"{file.Shown}: {string.Join(", ", file.Types)}"));

    [Fact]
    public void Nothing_is_left_for_later() => Offenders.None("unfinished work", SourceFile
        .Under("src", ".cs", ".js", ".css", ".html", ".md").Concat(SourceFile.Under("infra", ".sh", ".yaml", ".md", ".conf"))
        .Concat(SourceFile.Under("bicep", ".bicep", ".bicepparam")).Concat(SourceFile.Under("tests", ".cs", ".sh", ".py", ".md"))
        .SelectMany(file => file.Lines.Index().Where(line => Unfinished().IsMatch(line.Item))
            .Select(line => $"{file.Shown}:{line.Index + 1}: {line.Item.Trim()}")));

    [Fact]
    public void Comments_hold_no_code() => Offenders.None("code in comments", Code.Concat(SourceFile.Under("tests", ".cs"))
        .SelectMany(file => file.Lines.Index().Where(line => CommentedCode().IsMatch(line.Item))
            .Select(line => $"{file.Shown}:{line.Index + 1}: {line.Item.Trim()}")));

    [Theory]
    [InlineData("FitsHelper.cs", true)]
    [InlineData("DateUtils", true)]
    [InlineData("Scorer", false)]
    [InlineData("CoreSet", true)]
    [InlineData("Managed.cs", false)]
    public void An_empty_word_is_a_whole_word_of_a_name(string name, bool empty) => Assert.Equal(empty, HasEmptyWord(name));

    [Theory]
    [InlineData("public sealed partial class Wcs : IEquatable<Wcs>", "Wcs")]
    [InlineData("    private readonly record struct Angle(double Deg);", "Angle")]
    [InlineData("internal static class Cash", "Cash")]
    [InlineData("public delegate ValueTask<int> Read(Memory<byte> buffer);", "Read")]
    [InlineData("/// the class Imagined of a comment", null)]
    public void A_declaration_is_seen(string line, string? type) => Assert.Equal(type, SourceFile.TypeDeclared(line));

    [Theory]
    [InlineData("    // var sum = Add(a, b);", true)]
    [InlineData("// if (x > 0)", true)]
    [InlineData("    // n ln(mu) grows without bound: mu is clipped at 1e-25", false)]
    [InlineData("/// <c>return;</c>", false)]
    public void Code_in_a_comment_is_seen(string line, bool code) => Assert.Equal(code, CommentedCode().IsMatch(line));

    /// <summary>In code points, as a reader counts; literal text of several lines is as wide as what it shows.</summary>
    private static IEnumerable<string> Beyond(SourceFile file, int column, Predicate<string>? isFree = null)
    {
        var isRaw = false;
        foreach (var (index, line) in file.Lines.Index())
        {
            var quotes = RawQuotes().Count(line);
            var isBound = !isRaw && quotes == 0 && isFree?.Invoke(line) != true;
            if (isBound && line.EnumerateRunes().Count() > column) yield return $"{file.Shown}:{index + 1}: {line.Trim()}";
            isRaw ^= quotes % 2 == 1;
        }
    }

    [GeneratedRegex("\"\"\"")]
    private static partial Regex RawQuotes();

    private static bool HasEmptyWord(string name) => Word().Matches(name).Any(word => Empty.Contains(word.Value));

    [GeneratedRegex("[A-Z][a-z0-9]+|[A-Z]+(?![a-z])|[a-z0-9]+")]
    private static partial Regex Word();

    [GeneratedRegex(@"\b(TO[D]O|FIX[M]E|X[X]X|HA[C]K|NotImplemented[E]xception)\b")]
    private static partial Regex Unfinished();

    [GeneratedRegex(
        @"^\s*//(?!/)\s*(.*[\w\)\]""]\s*;|(if|for|foreach|while|using|switch) \(.*\)\s*\{?|(var|return|throw|await|await) .*;|\}|\{)\s*$")]
    private static partial Regex CommentedCode();
}
