using System.Text;
using TsMapSurvey.Server.Api.Notices;
using TsMapSurvey.Storage;
using TsMapSurvey.Storage.Notices;

namespace TsMapSurvey.Server.Tests;

public sealed class FollowedEventsTests
{
    [Fact]
    public void Only_blobs_that_were_created_in_the_stores_own_container_are_followed_and_each_once()
    {
        var batch = $"[{GridEvents.Created("a.fits")},{GridEvents.Created("b.fits", "other")},{GridEvents.Created("a.fits")},"
            + $"{GridEvents.Created("c.fits", type: "Microsoft.Storage.BlobDeleted")},{GridEvents.Created("d.fits")}]";
        var events = BlobNoticeReader.Read(Encoding.UTF8.GetBytes(batch));
        Assert.Equal(
            ["a.fits", "d.fits"], NotifyEndpoint.CreatedBlobs(events, BlobStores.Open("https://acc.blob.core.windows.net/tsmap")));
    }
}
