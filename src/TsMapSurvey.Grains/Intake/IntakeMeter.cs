using System.Diagnostics.Metrics;

namespace TsMapSurvey.Grains.Intake;

internal static class IntakeMeter
{
    public const string Name = "TsMapSurvey.Intake";

    private static readonly Meter Meter = new(Name);
    private static readonly Counter<long> Messages = Meter.CreateCounter<long>(
        "tsmap.intake.messages", "{message}",
        "Messages of the event queue by outcome: taken, ignored, later (retried), aside (poison queue)");
    private static readonly Counter<long> Pauses = Meter.CreateCounter<long>(
        "tsmap.intake.pauses", "{look}", "Polls of the event queue that were skipped because the intake queue is full");

    public static void Count(string outcome) => Messages.Add(1, new KeyValuePair<string, object?>("outcome", outcome));

    public static void CountPause() => Pauses.Add(1);
}
