namespace TsMapSurvey.Architecture.Tests;

/// <summary>The lists of planted mistakes in tests/mutations/edits, whose form its README describes, still fit the sources.</summary>
public sealed class MutationTests
{
    private static readonly string[] WithoutSurvivors = ["commit", "ledger", "fences", "keys"];
    private static readonly IReadOnlyList<Edit> Edits = [.. SourceFile.Under("tests/mutations/edits", ".txt").SelectMany(Read)];

    [Fact]
    public void Every_edits_old_text_occurs_exactly_once()
    {
        var texts = Edits.Select(edit => edit.File).Distinct().Where(file => File.Exists(Repository.Path(file)))
            .ToDictionary(file => file, file => File.ReadAllText(Repository.Path(file)));
        Offenders.None("stale edits", Edits.Where(edit => !texts.TryGetValue(edit.File, out var text) || Count(text, edit.Old) != 1)
            .Select(edit => $"{edit.Area}: {edit.Id}: its old text does not occur exactly once in {edit.File}"));
    }

    [Fact]
    public void Every_edit_says_what_it_breaks_and_names_tests_that_exist()
    {
        var projects = new DirectoryInfo(Repository.Path("tests")).GetDirectories("TsMapSurvey.*.Tests").ToDictionary(
            folder => folder.Name["TsMapSurvey.".Length..^".Tests".Length], folder =>
                SourceFile.Under($"tests/{folder.Name}", ".cs").Select(file => file.Subject).ToArray());
        Offenders.None(
            "edits", Edits.GroupBy(edit => edit.Id).Where(same => same.Count() > 1).Select(same => $"{same.Key}: the id occurs twice")
            .Concat(Edits.Where(edit => edit.Breaks.Length == 0).Select(edit => $"{edit.Id}: it does not say what it breaks"))
            .Concat(Edits.Where(edit => edit.Steps.Length == 0).Select(edit => $"{edit.Id}: it names no tests"))
            .Concat(Edits.SelectMany(edit =>
                edit.Steps.Where(step => !projects.ContainsKey(step[0])).Select(step => $"{edit.Id}: there is no project {step[0]}")))
            .Concat(Edits.SelectMany(edit => edit.Steps.Where(step =>
                step.Length > 1 && projects.TryGetValue(step[0], out var classes) && !step.Skip(1).Any(name => IsThere(name, classes)))
                .Select(step => $"{edit.Id}: no class of {string.Join(' ', step)} exists"))));
    }

    [Fact]
    public void There_are_a_hundred_edits_and_some_of_every_area_that_may_have_no_survivor()
    {
        Assert.InRange(Edits.Count, 100, 1000);
        Assert.All(WithoutSurvivors, area => Assert.InRange(Edits.Count(edit => edit.Area == area), 5, 100));
    }

    private static bool IsThere(string filter, IEnumerable<string> classes) =>
        classes.Any(name => name.Contains(filter.Trim('*', '.'), StringComparison.Ordinal));

    private static int Count(string text, string part)
    {
        var count = 0;
        if (part.Length > 0)
            for (var at = text.IndexOf(part, StringComparison.Ordinal); at >= 0; at =
                text.IndexOf(part, at + part.Length, StringComparison.Ordinal)) count++;
        return count;
    }

    private static IEnumerable<Edit> Read(SourceFile list)
    {
        var edits = new List<Edit>();
        var wider = "";
        foreach (var line in list.Lines.Where(line => line.Trim().Length > 0 && !line.StartsWith("//", StringComparison.Ordinal)))
        {
            var (word, rest) = (line.Split(' ')[0], line[(line.IndexOf(' ', StringComparison.Ordinal) + 1)..]);
            if (word == "#") edits.Add(new Edit(list.Subject, rest, wider));
            else if (word == "wider" && edits.Count == 0) wider = rest;
            else edits[^1].Take(word, rest, line);
        }

        return edits;
    }

    private sealed class Edit(string area, string id, string wider)
    {
        private readonly List<string> _old = [];
        private string _tests = "";

        public string Area { get; } = area;

        public string Id { get; } = id;

        public string Breaks { get; private set; } = "";

        public string File { get; private set; } = "";

        public string Old => string.Join('\n', _old);

        public string[][] Steps => [.. $"{_tests};{wider}".Split(';')
            .Select(step => step.Split(' ', StringSplitOptions.RemoveEmptyEntries)).Where(step => step.Length > 0)];

        public void Take(string word, string rest, string line)
        {
            if (word == "in") File = rest;
            else if (word == "tests") _tests = rest;
            else if (word == "-") _old.Add(rest);
            else if (word is not ("+" or "equivalent")) Breaks += line;
        }
    }
}
