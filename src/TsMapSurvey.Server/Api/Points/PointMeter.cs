using System.Diagnostics.Metrics;

namespace TsMapSurvey.Server.Api.Points;

internal static class PointMeter
{
    public const string Name = "TsMapSurvey.Points";
    public const string Prepared = "tsmap.points.prepared";
    public const string Fitted = "tsmap.points.fitted";

    private static readonly Meter Meter = new(Name);
    private static readonly Counter<long> Revisions = Meter.CreateCounter<long>(
        Prepared, "{revision}", "Revisions of tiles that were read and prepared, so that positions are answered from them");

    private static readonly Counter<long> Positions = Meter.CreateCounter<long>(
        Fitted, "{position}", "Positions that were fitted, not found in a cache");

    public static void CountPrepared(string survey) => Revisions.Add(1, new KeyValuePair<string, object?>("survey", survey));

    public static void CountFitted(string survey, int positions) =>
        Positions.Add(positions, new KeyValuePair<string, object?>("survey", survey));
}
