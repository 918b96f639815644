using System.Diagnostics.Metrics;

namespace TsMapSurvey.Grains.Intake;

/// <summary>What an operator sees of the queue, on the meter "TsMapSurvey.Intake".</summary>
internal static class IntakeMeter
{
    public const string Name = "TsMapSurvey.Intake";

    private static readonly Meter Meter = new(Name);
    private static readonly Counter<long> Messages = Meter.CreateCounter<long>(
        "tsmap.intake.messages", "{message}", "Messages of the event queue, by what became of them: taken, ignored, later, aside");
    private static readonly Counter<long> Pauses = Meter.CreateCounter<long>(
        "tsmap.intake.pauses", "{look}", "Looks into the event queue that were left out since enough observations are in line");

    public static void Count(string outcome) => Messages.Add(1, new KeyValuePair<string, object?>("outcome", outcome));

    public static void CountPause() => Pauses.Add(1);
}
