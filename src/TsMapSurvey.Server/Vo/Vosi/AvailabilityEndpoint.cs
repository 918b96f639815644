using System.Globalization;
using System.Text;
using System.Xml.Linq;
using TsMapSurvey.Contracts;
using TsMapSurvey.Server.Failures;

namespace TsMapSurvey.Server.Vo.Vosi;

/// <summary>VOSI 1.1, availability: whether the services of this server can answer.</summary>
internal static class AvailabilityEndpoint
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    private static readonly XNamespace Namespace = "http://www.ivoa.net/xml/VOSIAvailability/v1.0";

    public static async Task<IResult> AnswerAsync(
        IGrainFactory grains, TimeProvider time, DateTimeOffset startedAt, CancellationToken cancellationToken)
    {
        var fault = await FaultAsync(grains, time, cancellationToken);
        var answer = new XElement(Namespace + "availability", new XAttribute(XNamespace.Xmlns + "vosi", Namespace),
            new XElement(Namespace + "available", fault is null),
            new XElement(Namespace + "upSince", startedAt.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture)));
        if (fault is not null) answer.Add(new XElement(Namespace + "note", fault));
        return TypedResults.Text($"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n{answer}\n", "text/xml", Encoding.UTF8);
    }

    /// <summary>Null if the surveys of the store can be listed.</summary>
    private static async Task<string?> FaultAsync(IGrainFactory grains, TimeProvider time, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            await grains.SurveyDirectory().List(either.Token);
            return null;
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            return FailureTable.Of(exception is OperationCanceledException ? new TimeoutException() : exception).Detail
                ?? "internal error of the server";
        }
    }
}
