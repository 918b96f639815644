using System.Text.Json;

namespace TsMapSurvey.Plots.Tests;

public sealed class MapStatisticsTests
{
    [Fact]
    public void Statistics_are_those_of_the_finite_values()
    {
        var statistics = MapStatistics.Of([4, double.NaN, 1, 3, double.PositiveInfinity, 2, 0, double.NaN]);
        Assert.Equal((0, 4, 2, 10, 2), (statistics.Min, statistics.Max, statistics.Mean, statistics.Sum, statistics.Median));
        Assert.Equal(Math.Sqrt(2), statistics.Std!.Value, 12);
        Assert.Equal(0.08, statistics.Percentile2!.Value, 12);
        Assert.Equal(3.92, statistics.Percentile98!.Value, 12);
        Assert.Equal((5, 5, 3, 62.5), (statistics.Count, statistics.ValidPixels, statistics.MaskedPixels, statistics.ValidPercent));
    }

    [Fact]
    public void The_histogram_holds_every_value_once_the_largest_in_the_last_bin()
    {
        var histogram = MapStatistics.Of([0, 0.5, 1, 5, 10]).Histogram;
        Assert.Equal([2, 1, 0, 0, 0, 1, 0, 0, 0, 1], histogram[0]);
        Assert.Equal([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10], histogram[1]);
        var constant = MapStatistics.Of([7, 7]).Histogram;
        Assert.Equal(2, constant[0].Sum());
        Assert.Equal((6.5, 7.5), (constant[1][0], constant[1][^1]));
    }

    [Fact]
    public void An_empty_map_has_statistics_that_JSON_can_carry()
    {
        using var json = JsonDocument.Parse(JsonSerializer.Serialize(MapStatistics.Of([double.NaN, double.NaN])));
        Assert.Equal(JsonValueKind.Null, json.RootElement.GetProperty("max").ValueKind);
        Assert.Equal(0, json.RootElement.GetProperty("valid_percent").GetDouble());
    }

    [Fact]
    public void Names_in_JSON_are_titilers()
    {
        using var json = JsonDocument.Parse(JsonSerializer.Serialize(MapStatistics.Of([1, 2])));
        string[] names = ["min", "max", "mean", "count", "sum", "std", "median", "percentile_2", "percentile_98", "histogram",
            "valid_percent", "valid_pixels", "masked_pixels"];
        Assert.Equal(names, json.RootElement.EnumerateObject().Select(property => property.Name));
    }
}
