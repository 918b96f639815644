namespace TsMapSurvey.Surveys.Tests;

public sealed class FrequencyAxisTests
{
    private static string Json(string axis) => Definitions.Hess.Replace(
        "\"energyAxis\": { \"minTeV\": 0.6, \"maxTeV\": 30, \"bins\": 6 }", $"\"energyAxis\": {axis}", StringComparison.Ordinal);

    [Fact]
    public void Bins_are_the_frequency_cells_between_two_of_their_edges()
    {
        var survey = Survey.Resolve(SurveyDefinition.Parse(Json("""{ "fmocOrder": 7, "minTeV": 0.6369, "maxTeV": 35.81 }""")));

        Assert.Equal([0.6369, 1.0539, 1.744, 2.886, 4.776, 7.903, 13.08, 21.64, 35.81],
            survey.Energy.Edges.Zip([4, 4, 3, 3, 3, 3, 2, 2, 2], (edge, digits) => Math.Round(edge, digits)));
        Assert.Equal(new Sky.FrequencyCells(7, 202, 210), survey.Frequencies);
        Assert.Equal(8, survey.Energy.BinCount);
    }

    [Theory]
    [InlineData(8, 16)]
    [InlineData(9, 32)]
    public void A_higher_order_has_each_bin_in_two(int order, int bins)
    {
        var survey = Survey.Resolve(SurveyDefinition.Parse(Json($$"""{ "fmocOrder": {{order}}, "minTeV": 0.6369, "maxTeV": 35.81 }""")));

        Assert.Equal((bins, 0.6369, 35.81),
            (survey.Energy.BinCount, Math.Round(survey.Energy.Edges[0], 4), Math.Round(survey.Energy.Edges[^1], 2)));
    }

    [Fact]
    public void What_is_written_is_read_as_the_same_axis()
    {
        var definition = SurveyDefinition.Parse(Json("""{ "minTeV": 0.6369, "maxTeV": 35.81, "fmocOrder": 9 }"""));

        Assert.Equal(new AxisDefinition { FmocOrder = 9, MinTeV = 0.6369, MaxTeV = 35.81 }, definition.EnergyAxis);
        Assert.Equal(definition.EnergyAxis, SurveyDefinition.Parse(definition.ToJson()).EnergyAxis);
    }

    [Theory]
    [InlineData("""{ "fmocOrder": 8, "minTeV": 0.7, "maxTeV": 35.81 }""",
        "energyAxis.minTeV: found 0.7 TeV, expected an edge of a frequency cell of order 8: 0.63686 TeV or 0.81926 TeV")]
    [InlineData("""{ "fmocOrder": 8, "minTeV": 0.6369, "maxTeV": 36 }""",
        "energyAxis.maxTeV: found 36 TeV, expected an edge of a frequency cell of order 8: 35.813 TeV or 46.07 TeV")]
    [InlineData("""{ "fmocOrder": 8, "minTeV": 1e-46, "maxTeV": 35.81 }""",
        "energyAxis.minTeV: found 1E-46 TeV, expected a frequency from 1e-18 to 1e38 Hz")]
    [InlineData("""{ "fmocOrder": 12, "minTeV": 9.8736e-25, "maxTeV": 35.81 }""", "expected 1 to 1000")]
    [InlineData("""{ "fmocOrder": 4, "minTeV": 0.6369, "maxTeV": 35.81 }""",
        "energyAxis.fmocOrder: found 4, expected a whole number at least 5 and at most 12")]
    [InlineData("""{ "fmocOrder": 8, "minTeV": 0.6369 }""",
        "energyAxis: found minTeV, fmocOrder, expected exactly one of minTeV with maxTeV and bins, minTeV with maxTeV and fmocOrder")]
    [InlineData("""{ "fmocOrder": 8, "minTeV": 0.6369, "maxTeV": 35.81, "bins": 16 }""",
        "energyAxis: found minTeV, maxTeV, bins, fmocOrder, expected exactly one of")]
    public void Ends_that_are_on_no_edge_and_incomplete_axes_are_refused(string axis, string message) => Assert.Contains(
        message, Assert.Throws<SurveyException>(() => SurveyDefinition.Parse(Json(axis))).Message, StringComparison.Ordinal);
}
