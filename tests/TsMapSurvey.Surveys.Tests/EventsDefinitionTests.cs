using NJsonSchema;
using TsMapSurvey.Events.Reduction;
using TsMapSurvey.Fits;
using TsMapSurvey.Maps;
using TsMapSurvey.Surveys.Observed;

namespace TsMapSurvey.Surveys.Tests;

public sealed class EventsDefinitionTests
{
    private const string All = """
        "events": { "safeMask": ["offset-max", "aeff-max", "edisp-bias", "bkg-peak"], "offsetMaxDeg": 2.3, "aeffPercent": 5,
            "biasPercent": 20,
          "background": "none", "exclusion": "exclusion.fits" }
        """;

    [Fact]
    public async Task Every_property_is_read_and_written_and_known_to_the_schema()
    {
        var definition = SurveyDefinition.Parse(With(All));
        Assert.Equal(definition.ToJson(), SurveyDefinition.Parse(definition.ToJson()).ToJson());
        var events = definition.Events!;
        Assert.Equal((2.3, 5, 20, "none", "exclusion.fits"),
            (events.OffsetMaxDeg, events.AeffPercent, events.BiasPercent, events.Background, events.Exclusion));
        var options = events.ToOptions(null);
        Assert.Equal([SafeMaskMethod.OffsetMax, SafeMaskMethod.AeffMax, SafeMaskMethod.EdispBias, SafeMaskMethod.BkgPeak],
            options.SafeMask);
        Assert.Equal((2.3, 5, 20, BackgroundMethod.None),
            (options.OffsetMaxDeg, options.AeffPercent, options.BiasPercent, options.Background));
        var schema = await JsonSchema.FromJsonAsync(SurveyDefinition.JsonSchema(), TestContext.Current.CancellationToken);
        Assert.Empty(schema.Validate(With(All)));
        Assert.Empty(schema.Validate(definition.ToJson()));
        Assert.NotEmpty(schema.Validate(With("\"events\": { \"background\": \"ring\" }")));
    }

    [Fact]
    public void An_empty_object_has_the_defaults_and_its_absence_takes_no_event_lists()
    {
        var definition = SurveyDefinition.Parse(With("\"events\": {}"));
        Assert.Contains("\"events\": {}", definition.ToJson(), StringComparison.Ordinal);
        var (found, expected) = (definition.Events!.ToOptions(null), new ReductionOptions());
        Assert.Equal(expected.SafeMask, found.SafeMask);
        Assert.Equal(expected with { SafeMask = found.SafeMask }, found);
        Assert.Null(Definitions.Small.Events);
        var exception = Assert.Throws<SurveyException>(() => new EventReduction(Survey.Resolve(Definitions.Small), null));
        Assert.Contains("expected '\"events\": {}'", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Everything_wrong_is_told_at_once()
    {
        var exception = Assert.Throws<SurveyException>(() => SurveyDefinition.Parse(With(
            "\"events\": { \"safeMask\": [\"offset\", 3], \"offsetMaxDeg\": 0, \"aeffPercent\": 200, "
            + "\"background\": \"ring\", \"exclusio\": 1 }")));
        Assert.Equal(
            ["events.exclusio", "events.safeMask[0]", "events.safeMask[1]", "events.offsetMaxDeg", "events.aeffPercent",
                "events.background"],
            exception.Problems.Select(problem => problem.Split(':')[0]));
        Assert.Contains("one of offset-max, aeff-default", exception.Problems[1], StringComparison.Ordinal);
        Assert.Contains("'exclusion'", exception.Problems[0], StringComparison.Ordinal);
    }

    [Fact]
    public void Events_may_be_added_to_a_survey_without_but_not_changed()
    {
        var (without, with, other) = (Definitions.Small, Definitions.Small with { Events = new EventsDefinition() },
            Definitions.Small with { Events = new EventsDefinition { OffsetMaxDeg = 1 } });
        Assert.True(without.CanBeReplacedBy(with));
        Assert.False(with.CanBeReplacedBy(other));
        Assert.False(with.CanBeReplacedBy(without));
        Assert.Equal(["events"], with.DifferencesFrom(other));
    }

    [Fact]
    public void An_exclusion_mask_that_is_named_has_to_be_given()
    {
        var survey = Survey.Resolve(Definitions.Small with { Events = new EventsDefinition { Exclusion = "mask.fits" } });
        var exception = Assert.Throws<SurveyException>(() => new EventReduction(survey, null));
        Assert.Contains("mask.fits", exception.Message, StringComparison.Ordinal);
        var mask = new Map<bool>(new MapGeometry(survey.Grid));
        Assert.Equal(ReductionOptions.DefaultOffsetMaxDeg, new EventReduction(survey, mask).RadiusDeg);
    }

    [Fact]
    public void An_index_is_no_observation_and_the_reason_says_what_to_do_with_it()
    {
        using var stream = new MemoryStream();
        using (var writer = new FitsWriter(stream, leaveOpen: true))
            writer.WriteTable("HDU_INDEX", [FitsTableColumn.Integers("OBS_ID", [1]), FitsTableColumn.Strings("HDU_TYPE", ["events"]),
                FitsTableColumn.Strings("FILE_NAME", ["one.fits"])]);
        stream.Position = 0;
        using var file = FitsFile.Open(stream, "hdu-index.fits");
        var survey = Survey.Resolve(Definitions.Small with { Events = new EventsDefinition() });
        var refused = Assert.Throws<MapException>(() => ObservedFile.Read(file, survey));
        Assert.Contains("hdu-index.fits: found an index of event files", refused.Message, StringComparison.Ordinal);
        Assert.Contains("tsmap put", refused.Message, StringComparison.Ordinal);
    }

    private static string With(string events) =>
        Definitions.Hess.Replace("\"irfs\": \"tile\"", $"\"irfs\": \"tile\", {events}", StringComparison.Ordinal);
}
