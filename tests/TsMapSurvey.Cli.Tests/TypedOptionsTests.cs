using System.CommandLine;
using TsMapSurvey.Cli.Commands;
using TsMapSurvey.Cli.Estimator;
using TsMapSurvey.Cli.Terminal;
using TsMapSurvey.Estimators;
using TsMapSurvey.Models;

namespace TsMapSurvey.Cli.Tests;

/// <summary>Options as people type them: several ways to say one thing, and what is said of what is none.</summary>
public sealed class TypedOptionsTests
{
    [Theory]
    [InlineData("--selection-optional ul errn-errp DATA", "--selection-optional ul,errn-errp DATA")]
    [InlineData("DATA --selection-optional UL, errn_errp", "DATA --selection-optional UL,,errn_errp")]
    [InlineData("--selection-optional ul,sensitivity DATA", "--selection-optional ul,sensitivity DATA")]
    [InlineData("--selection-optional ul errn-erp DATA", "--selection-optional ul,errn-erp DATA")]
    [InlineData("--selection-optional all data.fits ul.fits", "--selection-optional all data.fits ul.fits")]
    [InlineData("--selection-optional ul --json", "--selection-optional ul --json")]
    [InlineData("--selection-optional", "--selection-optional")]
    public void Words_behind_the_selection_belong_to_it_and_files_do_not(string typed, string joined) =>
        Assert.Equal(joined.Split(' '), SelectionWords.Join(typed.Split(' ')));

    [Theory]
    [InlineData("ul errn-errp", TsMapSelection.Ul | TsMapSelection.ErrnErrp)]
    [InlineData("UL,Errn_Errp", TsMapSelection.Ul | TsMapSelection.ErrnErrp)]
    [InlineData("stat-scan", TsMapSelection.StatScan)]
    [InlineData("ALL", TsMapSelection.All)]
    [InlineData(null, TsMapSelection.None)]
    public void A_selection_is_read_with_commas_or_blanks_and_in_any_case(string? text, TsMapSelection expected)
    {
        var options = Read(text is null ? [] : [SelectionWords.Option, .. text.Split(' ')]);
        Assert.Equal(expected, options.Selection);
    }

    [Theory]
    [InlineData("compute A --out m.fits --index 2,5", "--index: found 2,5, expected a number with a decimal point, like 2.5")]
    [InlineData("compute A --out m.fits --n-sigma-ul 1,6", "--n-sigma-ul: found 1,6, expected a number with a decimal point, like 1.6")]
    [InlineData("compute A B --out A", "--out: A is also an input file, expected another name")]
    [InlineData("compute A B --out ./B", "--out: ./B is also an input file, expected another name")]
    [InlineData("compute A --model B#one --out B", "--out: B is also an input file, expected another name")]
    [InlineData("stack A B --out link", "--out: link is also an input file, expected another name")]
    [InlineData("candidates --from A --out A", "--out: A is also an input file, expected another name")]
    [InlineData("plot A --out A", "--out: A is also an input file, expected another name")]
    [InlineData("flux-points A --at 1,2 --plot B --background-models B", "--plot: B is also an input file, expected another name")]
    [InlineData("compute A --out C", null)]
    public void A_comma_in_a_number_and_an_output_that_is_an_input_are_refused_before_anything_is_read(string line, string? problem)
    {
        using var folder = new TemporaryFolder();
        foreach (var name in new[] { "A", "B" }) File.WriteAllText(folder.File(name), name);
        File.CreateSymbolicLink(folder.File("link"), folder.File("B"));
        string[] words =
            [.. line.Split(' ').Select(word => word is "A" or "B" or "C" or "./B" or "link" or "B#one" ? folder.File(word) : word)];
        var root = new RootCommand { ComputeCommand.Create(), StackCommand.Create(), CandidatesCommand.Create(), PlotCommand.Create(),
            FluxPointsCommand.Create() };
        var parsed = root.Parse(words);
        Assert.Empty(parsed.Errors);
        Assert.Equal(problem, TypedChecks.Problems(parsed).SingleOrDefault()?.Replace(folder.Path + "/", "", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("no", false)]
    [InlineData("OFF", false)]
    [InlineData("0", false)]
    [InlineData("False", false)]
    [InlineData("yes", true)]
    [InlineData("on", true)]
    [InlineData("1", true)]
    public void A_truth_value_is_read_as_people_say_it(string text, bool expected) =>
        Assert.Equal(expected, Read("--sum-over-energy-groups", text).SumOverEnergyGroups);

    [Fact]
    public void Energy_edges_and_shapes_are_read_in_any_case()
    {
        var options = Read("--energy-edges", "All", "--spatial", "Gauss:0.2deg", "--parallel-backend", "Local");
        Assert.True(options.AllEnergyBins);
        Assert.Equal(new GaussianSource(0.2), options.Model.Spatial);
    }

    [Fact]
    public void Every_near_miss_is_suggested_and_what_is_near_nothing_gets_the_list()
    {
        var wrong = Assert.Throws<UsageException>(() => Read(
            SelectionWords.Option, "ul", "errn-erp", "--sum-over-energy-groups", "maybe", "--parallel-backend", "orlaens"));
        Assert.Equal(
            [
                "--parallel-backend: found 'orlaens', did you mean orleans?",
                "--sum-over-energy-groups: found 'maybe', expected true or false",
                "--selection-optional: found 'errn-erp', did you mean errn-errp?",
            ], wrong.Problems);
        Assert.Equal(
            "--selection-optional: found 'nonsense', expected one of errn-errp, ul, stat_scan, sensitivity, all",
            Assert.Single(Assert.Throws<UsageException>(() => Read(SelectionWords.Option, "nonsense")).Problems));
    }

    [Theory]
    [InlineData("compute x.fits --out y.fits --kernel-widht 1", "Unknown option '--kernel-widht'. Did you mean --kernel-width?")]
    [InlineData("compute x.fits --out y.fits --n-sigma two", "--n-sigma: found 'two', expected a number")]
    [InlineData("compute x.fits --out y.fits --max-niter 1.5", "--max-niter: found '1.5', expected a whole number")]
    [InlineData("simulate --out x --seedd=1", "Unrecognized command or argument '--seedd=1'. Did you mean --seed?")]
    [InlineData("cmopute", "Unrecognized command or argument 'cmopute'. Did you mean compute?")]
    [InlineData("observations --state stackd", "--state: found 'stackd', did you mean stacked?")]
    public void A_command_line_that_cannot_be_read_is_said_in_words_with_what_may_have_been_meant(string line, string expected)
    {
        var root = new RootCommand { ComputeCommand.Create(), SimulateCommand.Create(), ObservationsCommand.Create() };
        Assert.Contains(expected, ParseMessages.Of(root.Parse(line.Split(' '))));
    }

    [Fact]
    public void A_state_is_taken_in_any_case() =>
        Assert.Empty(new RootCommand { ObservationsCommand.Create() }.Parse("observations --state Quarantined".Split(' ')).Errors);

    [Theory]
    [InlineData("map.pdf", false, "--out: found map.pdf, expected a name that ends with .png, .svg")]
    [InlineData("map", false, "--out: found map, expected a name that ends with .png, .svg")]
    [InlineData("maps.pdf", true, "--out: found maps.pdf, expected a name that ends with .fits, .fits.gz")]
    [InlineData("maps.fits.fz", true, "maps.fits.fz: tile-compressed files (.fz) can be read but not written")]
    public void A_file_of_a_kind_that_cannot_be_written_is_refused_with_those_that_can(string path, bool isFits, string expected) =>
        Assert.StartsWith(expected, Assert.Throws<UsageException>(
            () => isFits ? OutputFile.Fits("--out", path) : OutputFile.Picture("--out", path)).Message, StringComparison.Ordinal);

    [Fact]
    public void Names_that_can_be_written_are_taken_in_any_case()
    {
        using var folder = new TemporaryFolder();
        foreach (var name in new[] { "m.fits", "m.FITS", "m.fits.gz", "m.fit" })
            Assert.Equal(folder.File(name), OutputFile.Fits("--out", folder.File(name)));
        foreach (var name in new[] { "m.png", "m.SVG" }) Assert.Equal(folder.File(name), OutputFile.Picture("--out", folder.File(name)));
    }

    private static TsMapOptions Read(params string[] arguments)
    {
        var (command, options) = (new Command("compute"), new EstimatorOptions());
        options.AddTo(command);
        var parsed = command.Parse(SelectionWords.Join(arguments));
        Assert.Empty(parsed.Errors);
        return options.Read(parsed);
    }
}
