using TsMapSurvey.Server.Limits;

namespace TsMapSurvey.Server.Tests.Limits;

public sealed class CostlyEndpointTests(StackedServer server) : IClassFixture<StackedServer>
{
    [Theory]
    [InlineData("/api/surveys/{survey}/point/{ra},{dec}/spectrum", true)]
    [InlineData("/api/surveys/{survey}/point/{ra},{dec}/spectrum.ecsv", true)]
    [InlineData("/api/surveys/{survey}/point/{ra},{dec}/profile", true)]
    [InlineData("/api/surveys/{survey}/point/{ra},{dec}/assets", true)]
    [InlineData("/api/surveys/{survey}/tiles/{tile}/dataset.fits.gz", true)]
    [InlineData("/api/surveys/{survey}/mosaic/{quantity}.fits", true)]
    [InlineData("/vo/soda", true)]
    [InlineData("/hips2fits", true)]
    [InlineData("/api/surveys/{survey}/point/{ra},{dec}", false)]
    [InlineData("/hips/{survey}/{layer}/properties", false)]
    [InlineData("/scs/{survey}", false)]
    public void What_computes_or_reads_large_data_counts_as_costly(string path, bool isCostly)
    {
        var endpoints = server.Endpoints.Where(endpoint => "/" + endpoint.RoutePattern.RawText!.Trim('/') == path).ToArray();

        Assert.NotEmpty(endpoints);
        Assert.All(endpoints, endpoint => Assert.Equal(isCostly, endpoint.Metadata.GetMetadata<CostlyCall>() is not null));
    }
}
