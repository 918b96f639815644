using System.Text;
using System.Text.Json;
using Azure.Messaging;
using Azure.Messaging.EventGrid;
using Azure.Messaging.EventGrid.SystemEvents;
using Azure.Storage.Blobs;

namespace TsMapSurvey.Storage.Notices;

/// <summary>
/// Reads one event or a list of events, in Event Grid's schema or that of CloudEvents 1.0. An invalid event becomes an Unreadable one and
/// does not affect the others.
/// </summary>
public static class BlobNoticeReader
{
    private const string Containers = "/blobServices/default/containers/";
    private const string Blobs = "/blobs/";

    /// <summary>The events of a queue message: JSON, or base64 of JSON as Event Grid writes it.</summary>
    public static IReadOnlyList<BlobNotice> ReadMessage(string text)
    {
        text = text.Trim();
        if (text.StartsWith('{') || text.StartsWith('[')) return ReadJson(text);
        var bytes = new byte[text.Length];
        return text.Length > 0 && Convert.TryFromBase64String(text, bytes, out var count)
            ? Read(bytes.AsMemory(0, count))
            : [Unreadable(null, $"found {(text.Length == 0 ? "nothing" : $"'{Start(text)}'")}, expected JSON or base64 of it")];
    }

    /// <param name="json">UTF-8.</param>
    public static IReadOnlyList<BlobNotice> Read(ReadOnlyMemory<byte> json) => ReadJson(Encoding.UTF8.GetString(json.Span));

    private static IReadOnlyList<BlobNotice> ReadJson(string json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            return document.RootElement.ValueKind == JsonValueKind.Array
                ? [.. document.RootElement.EnumerateArray().Select(ReadOne)]
                : [ReadOne(document.RootElement)];
        }
        catch (JsonException exception)
        {
            return [Unreadable(null, $"found invalid JSON ({exception.Message}), expected an event or a list of events")];
        }
    }

    private static BlobNotice ReadOne(JsonElement one)
    {
        if (one.ValueKind != JsonValueKind.Object)
            return Unreadable(null, $"found a JSON {one.ValueKind.ToString().ToLowerInvariant()}, expected an event");
        string? id = null;
        try
        {
            id = one.TryGetProperty("id", out var text) && text.ValueKind == JsonValueKind.String ? text.GetString() : null;
            var bytes = new BinaryData(JsonSerializer.SerializeToUtf8Bytes(one));
            if (one.TryGetProperty("specversion", out _))
                return CloudEvent.Parse(bytes) is { } cloud ? Of(id, cloud.Type, cloud.Subject, cloud.TryGetSystemEventData(out var data)
                    ? data : null) : Unreadable(id, "found nothing, expected a CloudEvent");
            var grid = EventGridEvent.Parse(bytes);
            return Of(id, grid.EventType, grid.Subject, grid.TryGetSystemEventData(out var gridData) ? gridData : null);
        }
        catch (Exception exception) when (exception is JsonException or ArgumentException or InvalidOperationException or FormatException
            or NotSupportedException or NullReferenceException)
        {
            var reason = exception.Message.Split('\n', 2)[0];
            return Unreadable(id, $"found an object that is not an event of Event Grid's schema or of CloudEvents 1.0 ({reason})");
        }
    }

    private static BlobNotice Of(string? id, string? type, string? subject, object? data) => (type, data) switch
    {
        (SystemEventNames.EventGridSubscriptionValidation, SubscriptionValidationEventData { ValidationCode: { Length: > 0 } code }) =>
            new(id, BlobNoticeKind.Validation) { ValidationCode = code },
        (SystemEventNames.EventGridSubscriptionValidation, _) => Unreadable(id, "found no validationCode, expected one to send back"),
        (SystemEventNames.StorageBlobCreated, _) => Created(id, subject, (data as StorageBlobCreatedEventData)?.Url),
        (null or "", _) => Unreadable(id, "found no event type, expected one"),
        _ => new(id, BlobNoticeKind.Other),
    };

    /// <summary>
    /// The subject has the blob's name unescaped. The URL, which is escaped, is used for senders whose subject has another form.
    /// </summary>
    private static BlobNotice Created(string? id, string? subject, string? url)
    {
        if (subject is not null && subject.StartsWith(Containers, StringComparison.Ordinal)
            && subject.IndexOf(Blobs, Containers.Length, StringComparison.Ordinal) is var end && end > Containers.Length
                && end + Blobs.Length < subject.Length)
            return new(id, BlobNoticeKind.Created) { Container = subject[Containers.Length..end], Blob = subject[(end + Blobs.Length)..] };
        if (Uri.TryCreate(url, UriKind.Absolute, out var address)
            && new BlobUriBuilder(address) is { BlobContainerName.Length: > 0, BlobName.Length: > 0 } blob)
            return new(id, BlobNoticeKind.Created) { Container = blob.BlobContainerName, Blob = blob.BlobName };
        return Unreadable(
            id, $"found the subject '{Start(subject ?? "")}' and the URL '{Start(url ?? "")}', expected one of them to name a blob");
    }

    private static BlobNotice Unreadable(string? id, string fault) => new(id, BlobNoticeKind.Unreadable) { Fault = fault };

    /// <summary>The start of foreign text, made printable.</summary>
    private static string Start(string text) =>
        new([.. (text.Length > 60 ? text[..60] + "..." : text).Select(c => char.IsControl(c) || char.IsSurrogate(c) ? '?' : c)]);
}
