using System.Text;
using TsMapSurvey.Storage.Notices;

namespace TsMapSurvey.Storage.Tests.Notices;

public sealed class BlobNoticeReaderTests
{
    private const string Created =
        """
        { "topic": "/subscriptions/0/resourceGroups/rg/providers/Microsoft.Storage/storageAccounts/acc",
            "subject": "/blobServices/default/containers/tsmap/blobs/observations/night 1/a+b%20c.fits.gz",
          "eventType": "Microsoft.Storage.BlobCreated", "id": "e-1", "eventTime": "2026-11-26T10:00:00.1234567Z", "dataVersion": "",
          "metadataVersion": "1",
          "data": { "api": "PutBlockList", "clientRequestId": "c", "requestId": "r", "eTag": "0x8D4BCC2E4835CD0",
              "contentType": "application/fits", "contentLength": 524288, "blobType": "BlockBlob",
                    "url": "https://acc.blob.core.windows.net/tsmap/observations/night%201/a%2Bb%2520c.fits.gz", "sequencer": "00",
                    "storageDiagnostics": { "batchId": "b" } } }
        """;

    private const string Cloud =
        """
        { "source": "/subscriptions/0/resourceGroups/rg/providers/Microsoft.Storage/storageAccounts/acc",
            "subject": "/blobServices/default/containers/tsmap/blobs/observations/a.fits",
          "type": "Microsoft.Storage.BlobCreated", "id": "c-1", "time": "2026-11-26T10:00:00Z", "specversion": "1.0",
          "data": { "api": "PutBlob", "eTag": "0x1", "contentLength": 1, "blobType": "BlockBlob",
              "url": "https://acc.blob.core.windows.net/tsmap/observations/a.fits" } }
        """;

    private const string Validation =
        """
        [{ "id": "v-1", "topic": "/t", "subject": "",
            "data": { "validationCode": "512d38b6-c7b8-40c8-89fe-f46f9e9622b6", "validationUrl": "https://rp.example/validate" },
           "eventType": "Microsoft.EventGrid.SubscriptionValidationEvent", "eventTime": "2026-11-26T10:00:00Z", "metadataVersion": "1",
           "dataVersion": "1" }]
        """;

    [Theory]
    [InlineData(Created, "e-1", "observations/night 1/a+b%20c.fits.gz")]
    [InlineData(Cloud, "c-1", "observations/a.fits")]
    public void Both_schemas_name_the_blob_alone_or_in_a_list_as_they_are_or_in_base64(string json, string id, string blob)
    {
        var expected = new BlobNotice(id, BlobNoticeKind.Created) { Container = "tsmap", Blob = blob };
        Assert.Equal([expected], BlobNoticeReader.Read(Encoding.UTF8.GetBytes(json)));
        Assert.Equal([expected], BlobNoticeReader.ReadMessage(json));
        Assert.Equal([expected], BlobNoticeReader.ReadMessage(Base64(json)));
        Assert.Equal([expected, expected], BlobNoticeReader.ReadMessage(Base64($"\n [{json}, {json}]")));
    }

    [Fact]
    public void Where_the_subject_is_another_the_address_names_the_blob() =>
        Assert.Equal(("tsmap", "observations/night 1/a+b%20c.fits.gz"), Of(Assert.Single(
            BlobNoticeReader.ReadMessage(
            Created.Replace("/blobServices/default/containers/tsmap/blobs/", "mine/", StringComparison.Ordinal)))));

    [Fact]
    public void The_handshake_gives_its_code() =>
        Assert.Equal(new BlobNotice("v-1", BlobNoticeKind.Validation)
        { ValidationCode = "512d38b6-c7b8-40c8-89fe-f46f9e9622b6" }, Assert.Single(BlobNoticeReader.ReadMessage(Validation)));

    [Theory]
    [InlineData("Microsoft.Storage.BlobDeleted")]
    [InlineData("Microsoft.Storage.DirectoryCreated")]
    [InlineData("Contoso.Items.ItemReceived")]
    public void Other_events_are_no_fault(string type) =>
        Assert.Equal(BlobNoticeKind.Other, Assert.Single(
            BlobNoticeReader.ReadMessage(Created.Replace("Microsoft.Storage.BlobCreated", type, StringComparison.Ordinal))).Kind);

    [Theory]
    [InlineData("", "found nothing")]
    [InlineData("hello", "expected JSON or base64")]
    [InlineData("aGVsbG8=", "found invalid JSON")]
    [InlineData("{", "found invalid JSON")]
    [InlineData("42", "base64")]
    [InlineData("[42]", "found a JSON number")]
    [InlineData("{}", "found an object that is not an event")]
    [InlineData("[[]]", "found a JSON array")]
    [InlineData("""{"specversion":"1.0"}""", "found an object that is not an event")]
    [InlineData("""{"specversion":7,"id":"x"}""", "found an object that is not an event")]
    [InlineData("""{"id":"x","subject":"s","eventType":"Microsoft.Storage.BlobCreated","eventTime":"never","dataVersion":"","data":{}}""", "found an object that is not an event")]
    [InlineData("""{"id":"x","subject":"s","eventType":"Microsoft.Storage.BlobCreated","eventTime":"2026-11-26T10:00:00Z","dataVersion":"","data":{}}""", "expected one of them to name a blob")]
    [InlineData("""{"id":"x","subject":"s","eventType":"Microsoft.Storage.BlobCreated","eventTime":"2026-11-26T10:00:00Z","dataVersion":"","data":{"url":"nonsense"}}""", "expected one of them to name a blob")]
    [InlineData("""{"id":"x","subject":"/blobServices/default/containers/tsmap/blobs/","eventType":"Microsoft.Storage.BlobCreated","eventTime":"2026-11-26T10:00:00Z","dataVersion":"","data":{}}""", "expected one of them to name a blob")]
    [InlineData("""{"id":"x","subject":"/blobServices/default/containers/blobs/x","eventType":"Microsoft.Storage.BlobCreated","eventTime":"2026-11-26T10:00:00Z","dataVersion":"","data":null}""", "expected one of them to name a blob")]
    [InlineData("""{"id":"x","subject":"s","eventType":"Microsoft.EventGrid.SubscriptionValidationEvent","eventTime":"2026-11-26T10:00:00Z","dataVersion":"","data":{}}""", "found no validationCode")]
    public void What_is_no_event_says_why(string text, string fault)
    {
        var read = Assert.Single(BlobNoticeReader.ReadMessage(text));
        Assert.Equal(BlobNoticeKind.Unreadable, read.Kind);
        Assert.Contains(fault, read.Fault, StringComparison.Ordinal);
    }

    [Fact]
    public void One_that_cannot_be_read_does_not_spoil_the_others()
    {
        var read = BlobNoticeReader.ReadMessage($"[{Created}, 7, {{\"id\": \"bad\"}}, {Cloud}]");
        Assert.Equal([BlobNoticeKind.Created, BlobNoticeKind.Unreadable, BlobNoticeKind.Unreadable, BlobNoticeKind.Created],
            read.Select(one => one.Kind));
        Assert.Equal(["e-1", null, "bad", "c-1"], read.Select(one => one.Id));
    }

    [Fact]
    public void Whatever_is_cut_or_damaged_is_read_without_an_exception()
    {
        var random = new Random(5);
        foreach (var json in new[] { Created, Cloud, Validation })
        {
            for (var i = 0; i < 400; i++)
            {
                var bytes = Encoding.UTF8.GetBytes(json);
                bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
                Assert.NotEmpty(BlobNoticeReader.Read(bytes.AsMemory(0, i % 2 == 0 ? bytes.Length : random.Next(bytes.Length))));
            }
        }
    }

    [Theory]
    [InlineData("https://acc.blob.core.windows.net/tsmap", true)]
    [InlineData("http://127.0.0.1:10000/devstoreaccount1/tsmap", true)]
    [InlineData("https://acc.blob.core.windows.net/other", false)]
    [InlineData("/data/other", true)]
    public void An_event_belongs_to_the_store_whose_container_it_names(string store, bool belongs) =>
        Assert.Equal(belongs, BlobNoticeReader.ReadMessage(Cloud)[0].IsIn(BlobStores.Open(store)));

    private static string Base64(string json) => Convert.ToBase64String(Encoding.UTF8.GetBytes(json));

    private static (string, string) Of(BlobNotice read) => (read.Container, read.Blob);
}
