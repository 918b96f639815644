using TsMapSurvey.Estimators;
using TsMapSurvey.Surveys.Options;

namespace TsMapSurvey.Surveys.Tests;

/// <summary>What holds for every row of the table, a new one's too.</summary>
public sealed class MapOptionsTests
{
    [Fact]
    public void Every_option_has_names_of_its_own_and_says_what_it_means()
    {
        Assert.Equal(MapOptions.All.Count, MapOptions.All.Select(option => option.Name).Distinct().Count());
        Assert.Equal(MapOptions.All.Count, MapOptions.All.Select(option => option.Typed).Distinct().Count());
        Assert.Equal(MapOptions.All.ToHashSet(), MapOptions.AllInHelpOrder.ToHashSet());
        Assert.All(MapOptions.All, option => Assert.StartsWith("--", option.Typed, StringComparison.Ordinal));
        Assert.All(MapOptions.All, option => Assert.True(option.Meaning.Length > 0 && option.Help.Length > 0));
    }

    [Fact]
    public void The_default_that_is_shown_is_the_estimators()
    {
        foreach (var option in MapOptions.All.Where(option => option.Default is not null))
        {
            var problems = new List<string>();
            var options = option.HasCommandLineNotation ? option.SetFromCommandLine(new TsMapOptions(), (string)option.Default!, problems)
                : option.Set(new TsMapOptions(), option.Default is int whole ? (double)whole : option.Default!, option.Name, problems);
            Assert.Empty(problems);
            Assert.Equal(new TsMapOptions() with { BackgroundModels = options.BackgroundModels }, options);
        }
    }
}
