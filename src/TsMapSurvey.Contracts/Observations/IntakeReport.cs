using System.Collections.Immutable;

namespace TsMapSurvey.Contracts;

/// <summary>What an intake knows and does.</summary>
/// <param name="States">Count of each state that occurs.</param>
/// <param name="ReconciledAt">When the store was last listed to the end.</param>
/// <param name="Fault">Why the last listing failed; null where it did not.</param>
/// <param name="Warnings">What an operator should know of the observations; default: nothing.</param>
/// <param name="InLine">Those of the waiting that wait for their turn, and not for the time of another try.</param>
/// <param name="Skipped">The first ones of what lies among the observations and is no file (links, FIFOs), each with the reason.</param>
[GenerateSerializer, Immutable, Alias("tsmap.IntakeReport")]
public sealed record IntakeReport(
    [property: Id(0)] ImmutableArray<StateCount> States,
    [property: Id(1)] int Waiting,
    [property: Id(2)] int InFlight,
    [property: Id(3)] DateTimeOffset? ReconciledAt,
    [property: Id(4)] string? Fault,
    [property: Id(5)] int InLine,
    [property: Id(6)] ImmutableArray<string> Skipped,
    [property: Id(7)] ImmutableArray<string> Warnings = default);
