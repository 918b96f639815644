using System.Text;
using System.Text.Json;

namespace TsMapSurvey.Testing;

/// <summary>Events as Event Grid sends them, written from its documentation and not by the library that reads them.</summary>
public static class GridEvents
{
    /// <summary>
    /// A blob was created, in Event Grid's schema. https://learn.microsoft.com/azure/event-grid/event-schema-blob-storage
    /// </summary>
    public static string Created(string blob, string container = "tsmap", string type = "Microsoft.Storage.BlobCreated") =>
        JsonSerializer.Serialize(new
        {
            topic = "/subscriptions/0/resourceGroups/rg/providers/Microsoft.Storage/storageAccounts/acc",
            subject = Subject(blob, container),
            eventType = type,
            id = Guid.NewGuid().ToString(),
            data = Data(blob, container),
            dataVersion = "",
            metadataVersion = "1",
            eventTime = "2026-11-26T10:00:00.1234567Z",
        });

    /// <summary>The same in the schema of CloudEvents 1.0.</summary>
    public static string CloudCreated(string blob, string container = "tsmap") => JsonSerializer.Serialize(new
    {
        source = "/subscriptions/0/resourceGroups/rg/providers/Microsoft.Storage/storageAccounts/acc",
        subject = Subject(blob, container),
        type = "Microsoft.Storage.BlobCreated",
        time = "2026-11-26T10:00:00.1234567Z",
        id = Guid.NewGuid().ToString(),
        data = Data(blob, container),
        specversion = "1.0",
    });

    /// <summary>The handshake. https://learn.microsoft.com/azure/event-grid/end-point-validation-event-grid-events-schema</summary>
    public static string Validation(string code) => JsonSerializer.Serialize(new[]
    {
        new
        {
            id = Guid.NewGuid().ToString(),
            topic = "/subscriptions/0",
            subject = "",
            data = new { validationCode = code,
                validationUrl = "https://rp-eastus2.eventgrid.azure.net:553/eventsubscriptions/estest/validate?id=1" },
            eventType = "Microsoft.EventGrid.SubscriptionValidationEvent",
            eventTime = "2026-11-26T10:00:00.1234567Z",
            metadataVersion = "1",
            dataVersion = "1",
        },
    });

    /// <summary>As Event Grid writes into a queue.</summary>
    public static string Base64(string json) => Convert.ToBase64String(Encoding.UTF8.GetBytes(json));

    public static string Subject(string blob, string container = "tsmap") => $"/blobServices/default/containers/{container}/blobs/{blob}";

    private static object Data(string blob, string container) => new
    {
        api = "PutBlockList",
        requestId = Guid.NewGuid().ToString(),
        eTag = "0x8D76C39E4407333",
        contentType = "application/octet-stream",
        contentLength = 1234,
        blobType = "BlockBlob",
        url = $"https://acc.blob.core.windows.net/{container}/{Uri.EscapeDataString(blob).Replace("%2F", "/", StringComparison.Ordinal)}",
        sequencer = "00000000000004420000000000028963",
        storageDiagnostics = new { batchId = "b" },
    };
}
