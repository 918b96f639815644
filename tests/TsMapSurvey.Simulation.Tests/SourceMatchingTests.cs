using TsMapSurvey.Sky;

namespace TsMapSurvey.Simulation.Tests;

public sealed class SourceMatchingTests
{
    [Fact]
    public void Peaks_are_recovered_sources_further_peaks_of_them_or_spurious()
    {
        SourceTruth[] sources = [Source("a", 10, 0), Source("b", 12, 0, sigma: 0.2), Source("c", 14, 0)];
        DetectedPeak[] peaks = [Peak(10.05, 0, 9), Peak(10, 0.1, 20), Peak(12.5, 0, 7), Peak(13, 0, 6), Peak(12.3, 0, 8)];
        var report = SourceMatching.Match(sources, peaks, 0.15);
        Assert.Equal([("a", 20.0), ("b", 8.0)], report.Recovered.Select(match => (match.Source.Name, match.Peak.SqrtTs)));
        Assert.Equal(0.1, report.Recovered[0].SeparationDeg, 9);
        Assert.Equal("c", Assert.Single(report.Missed).Name);
        Assert.Equal([9.0, 7.0], report.Further.Select(peak => peak.SqrtTs));
        Assert.Equal(6, Assert.Single(report.Spurious).SqrtTs);
    }

    [Fact]
    public void Two_near_sources_take_two_peaks_each_the_nearer()
    {
        SourceTruth[] sources = [Source("a", 10, 0), Source("b", 10.1, 0)];
        var report = SourceMatching.Match(sources, [Peak(10.02, 0, 30), Peak(10.07, 0, 12)], 0.2);
        Assert.Equal(["a", "b"], report.Recovered.Select(match => match.Source.Name));
        Assert.Empty(report.Missed);
    }

    [Fact]
    public void The_truth_is_read_back_from_its_file()
    {
        var truth = DemoStack.Simulation.Truth();
        Assert.Equivalent(truth, TruthFile.Parse(truth.ToJson()), strict: true);
        var first = truth.Sources[0];
        var model = DemoStack.Survey.Maps["point"].Model.Spectral;
        Assert.Equal(first.Norm, first.Flux / model.Integral(0.6, 30), 9);
    }

    [Theory]
    [InlineData("{")]
    [InlineData("null")]
    [InlineData("{ \"survey\": \"x\" }")]
    public void A_file_that_is_no_truth_is_refused(string text) => Assert.Throws<SimulationException>(() => TruthFile.Parse(text));

    private static SourceTruth Source(string name, double lon, double lat, double sigma = 0) =>
        new(name, lon, lat, 0, 0, 1e-12, 1, 2, sigma, 10);

    private static DetectedPeak Peak(double lon, double lat, double sqrtTs) => new(new SkyPosition(lon, lat, SkyFrame.Galactic), sqrtTs);
}
