using TsMapSurvey.Storage.Notices;

namespace TsMapSurvey.Storage.Tests.Notices;

public sealed class NoticeQueuesTests
{
    private const string Key = "c2VjcmV0c2VjcmV0c2VjcmV0";

    [Theory]
    [InlineData("observations", "https://acc.blob.core.windows.net/tsmap", "https://acc.queue.core.windows.net/observations")]
    [InlineData("observations", "https://acc.blob.core.usgovcloudapi.net", "https://acc.queue.core.usgovcloudapi.net/observations")]
    [InlineData("observations", "https://acc.blob.core.windows.net/tsmap?sv=2024-11-04&sig=c2VjcmV0",
        "https://acc.queue.core.windows.net/observations")]
    [InlineData("observations", "http://azurite:10000/devstoreaccount1", "http://azurite:10001/devstoreaccount1/observations")]
    [InlineData("observations", "UseDevelopmentStorage=true", "http://127.0.0.1:10001/devstoreaccount1/observations")]
    [InlineData("observations", $"DefaultEndpointsProtocol=https;AccountName=acc;AccountKey={Key};EndpointSuffix=core.windows.net",
        "https://acc.queue.core.windows.net/observations")]
    [InlineData(" https://other.queue.core.windows.net/new-ones ", "https://acc.blob.core.windows.net/tsmap",
        "https://other.queue.core.windows.net/new-ones")]
    [InlineData("https://other.queue.core.windows.net/new-ones?sv=2024-11-04&sig=c2VjcmV0", "https://acc.blob.core.windows.net/tsmap",
        "https://other.queue.core.windows.net/new-ones")]
    [InlineData("http://127.0.0.1:41001/devstoreaccount1/observations", "http://127.0.0.1:41000/devstoreaccount1",
        "http://127.0.0.1:41001/devstoreaccount1/observations")]
    public void A_name_or_an_address_beside_a_store_is_a_queue_whose_description_shows_no_secret(
        string queue, string store, string description) =>
        Assert.Equal(description, NoticeQueues.Open(queue, store).Description);

    [Theory]
    [InlineData("", "https://acc.blob.core.windows.net")]
    [InlineData("Observations", "https://acc.blob.core.windows.net")]
    [InlineData("a--b", "UseDevelopmentStorage=true")]
    [InlineData("no", "UseDevelopmentStorage=true")]
    [InlineData("observations", "./tsmap-data")]
    [InlineData("observations", "file:///data/sky")]
    [InlineData("observations", "http://127.0.0.1:41000/devstoreaccount1")]
    [InlineData("observations", "https://blobs.example.org")]
    [InlineData("http://acc.queue.core.windows.net/observations", "https://acc.blob.core.windows.net")]
    [InlineData("https://acc.queue.core.windows.net", "https://acc.blob.core.windows.net")]
    [InlineData("https://acc.queue.core.windows.net/a/b", "https://acc.blob.core.windows.net")]
    [InlineData("https://acc.queue.core.windows.net/a_b?sig=c2VjcmV0c2VjcmV0c2VjcmV0", "https://acc.blob.core.windows.net")]
    [InlineData("observations", $"AccountName=acc;AccountKey={Key}x!")]
    public void What_is_no_queue_is_refused_without_repeating_secrets(string queue, string store)
    {
        var e = Assert.Throws<StorageException>(() => NoticeQueues.Open(queue, store));
        Assert.Equal(StorageError.BadAddress, e.Error);
        Assert.DoesNotContain(Key, e.Message);
        Assert.Contains("expected", e.Message);
    }
}
