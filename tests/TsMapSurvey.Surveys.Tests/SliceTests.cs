using TsMapSurvey.Maps.Time;
using TsMapSurvey.Sky;
using TsMapSurvey.Surveys.Observed;

namespace TsMapSurvey.Surveys.Tests;

public sealed class SliceTests
{
    /// <summary>TT - UTC since 2017.</summary>
    private const double TtMinusUtcS = 69.184;

    private static readonly DateTimeOffset Reference = new(2000, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_survey_has_one_slice_of_all_unless_it_names_others()
    {
        Assert.Equal([TimeSlice.All], Survey.Resolve(Definitions.Small).Slices);
        Assert.Equal(0, Survey.Resolve(Definitions.Small).LongestSliceNights);
        Assert.DoesNotContain("slices", Definitions.Small.ToJson(), StringComparison.Ordinal);
        var survey = Survey.Resolve(SurveyDefinition.Parse(Definitions.Everything));
        Assert.Equal([new TimeSlice("7d", 7), TimeSlice.All, new TimeSlice("366d", 366)], survey.Slices);
        Assert.Equal((366, 2.5), (survey.LongestSliceNights, survey.Nights.StartUtcHour));
    }

    [Fact]
    public void Everything_wrong_with_slices_is_told_at_once()
    {
        var exception = Assert.Throws<SurveyException>(() => SurveyDefinition.Parse(Definitions.Hess.Replace(
            "\"irfs\": \"tile\"", "\"slices\": [\"12h\", \"0d\", 7, \"all\"], \"nightStartUtcHour\": -1", StringComparison.Ordinal)));
        Assert.Equal(
            ["slices[0]", "slices[1]", "slices[2]", "nightStartUtcHour"], exception.Problems.Select(problem => problem.Split(':')[0]));
        Assert.Contains("'all', or nights from '1d' to '366d'", exception.Problems[0], StringComparison.Ordinal);
        exception = Assert.Throws<SurveyException>(() => SurveyDefinition.Parse(
            Definitions.Hess.Replace("\"irfs\": \"tile\"", "\"slices\": [\"1d\", \"1d\"]", StringComparison.Ordinal)));
        Assert.Equal(
            ["slices: found 1d, 1d, expected 'all' as one of them", "slices: found 1d, 1d, expected each slice once"], exception.Problems);
    }

    // MJD 59001 is 2020-06-01.
    [Theory]
    [InlineData("2020-06-01T12:00:00Z", 12, 59001)]
    [InlineData("2020-06-01T11:59:59.99Z", 12, 59000)]
    [InlineData("2020-06-02T03:00:00Z", 12, 59001)]
    [InlineData("2020-06-02T11:59:59.99Z", 12, 59001)]
    [InlineData("2020-06-02T03:00:00Z", 2.5, 59002)]
    [InlineData("2020-06-01T00:00:00Z", 0, 59001)]
    [InlineData("2020-05-31T23:59:59.99Z", 0, 59000)]
    public void A_night_begins_at_its_hour_UTC_and_is_named_after_the_day_it_begins_on(string start, double startUtcHour, int night)
    {
        var nights = new NightCalendar(startUtcHour);
        Assert.Equal(night, nights.NightOf(Tt(start)));
        var time = DateTimeOffset.Parse(start, System.Globalization.CultureInfo.InvariantCulture);
        Assert.InRange(time, nights.BeginningOf(night), nights.BeginningOf(night + 1).AddTicks(-1));
    }

    [Fact]
    public void An_observation_belongs_to_the_night_that_its_first_good_time_begins_in()
    {
        var survey = Survey.Resolve(Definitions.Small with { Slices = ["all", "1d"] });
        var sound = Observations.Sound(survey, new PixelRegion(2, 3, 5, 4));
        // Past noon, and given in another order: what counts is when it began.
        var observation = sound with
        {
            Gti = GoodTimeIntervals.Of(
            [new(Tt("2020-06-02T11:00:00Z"), Tt("2020-06-02T13:00:00Z")), new(Tt("2020-06-02T10:00:00Z"), Tt("2020-06-02T10:30:00Z"))])
        };
        survey.Check(observation);
        Assert.Equal(59001, survey.Nights.NightOf(survey.Nights.StartOf(observation.Gti)!.Value));
    }

    [Fact]
    public void An_observation_without_a_time_is_refused_where_there_are_slices()
    {
        var survey = Survey.Resolve(Definitions.Small with { Slices = ["all", "1d"] });
        var sound = Observations.Sound(survey, new PixelRegion(2, 3, 5, 4));
        foreach (var gti in new[] { null, GoodTimeIntervals.Empty, GoodTimeIntervals.Of([new(double.NaN, 5)]),
            GoodTimeIntervals.Of([new(-1e30, 5)]), GoodTimeIntervals.Of([new(1e30, 2e30)]) })
        {
            var exception = Assert.Throws<SurveyException>(() => survey.CheckTime(new AlignedData(sound with { Gti = gti })));
            Assert.StartsWith("GTI: found", Assert.Single(exception.Problems), StringComparison.Ordinal);
            Survey.Resolve(Definitions.Small).CheckTime(new AlignedData(sound with { Gti = gti }));
            // What is in stacks from before there were slices can be read again.
            survey.Check(sound with { Gti = gti });
        }
    }

    private static double Tt(string utc) =>
        (DateTimeOffset.Parse(utc, System.Globalization.CultureInfo.InvariantCulture) - Reference).TotalSeconds + TtMinusUtcS;
}
