namespace TsMapSurvey.Storage.Tests;

public sealed class BlobStoresTests
{
    private const string Key = "c2VjcmV0c2VjcmV0c2VjcmV0";

    [Theory]
    [InlineData("https://acc.blob.core.windows.net", "https://acc.blob.core.windows.net/tsmap")]
    [InlineData("https://acc.blob.core.windows.net/", "https://acc.blob.core.windows.net/tsmap")]
    [InlineData("https://acc.blob.core.windows.net/sky", "https://acc.blob.core.windows.net/sky")]
    [InlineData("https://acc.blob.core.windows.net/sky?sv=2024-11-04&sig=c2VjcmV0", "https://acc.blob.core.windows.net/sky")]
    [InlineData("http://azurite:10000/devstoreaccount1", "http://azurite:10000/devstoreaccount1/tsmap")]
    [InlineData(" http://127.0.0.1:10000/devstoreaccount1/sky ", "http://127.0.0.1:10000/devstoreaccount1/sky")]
    [InlineData("UseDevelopmentStorage=true", "http://127.0.0.1:10000/devstoreaccount1/tsmap")]
    [InlineData($"DefaultEndpointsProtocol=https;AccountName=acc;AccountKey={Key};EndpointSuffix=core.windows.net",
        "https://acc.blob.core.windows.net/tsmap")]
    [InlineData("/data/sky", "/data/sky")]
    [InlineData("file:///data/my%20sky", "/data/my sky")]
    [InlineData("/data/a=b;c", "/data/a=b;c")]
    public void A_url_names_a_store_whose_description_shows_no_secret(string url, string description) =>
        Assert.Equal(description, BlobStores.Open(url).Description);

    [Fact]
    public void A_relative_folder_is_meant_from_the_working_folder() =>
        Assert.Equal(Path.GetFullPath("tsmap-data"), BlobStores.Open("./tsmap-data").Description);

    [Fact]
    public void Opening_touches_nothing()
    {
        using var folder = new TemporaryFolder();
        BlobStores.Open(folder.File("new"));
        Assert.Empty(Directory.GetFileSystemEntries(folder.Path));
    }

    [Theory]
    [InlineData("")]
    [InlineData("ftp://acc/sky")]
    [InlineData("http://acc.blob.core.windows.net/sky")]
    [InlineData("https://acc.blob.core.windows.net/sky/observations")]
    [InlineData("https://")]
    [InlineData($"AccountName=acc;AccountKey={Key}x!")]
    public void What_is_no_store_is_refused_without_repeating_secrets(string url)
    {
        var e = Assert.Throws<StorageException>(() => BlobStores.Open(url));
        Assert.Equal((StorageError.BadAddress, false), (e.Error, e.IsRetryable));
        Assert.DoesNotContain(Key, e.Message);
        Assert.Contains("expected", e.Message);
    }
}
