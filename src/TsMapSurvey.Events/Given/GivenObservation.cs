using TsMapSurvey.Maps.Time;

namespace TsMapSurvey.Events.Given;

/// <summary>An event list without responses, as an instrument that scans the sky has it; <see cref="GivenMaps"/> has what it lacks.
/// </summary>
public sealed record GivenObservation
{
    /// <summary>The file that it was read from, for messages.</summary>
    public required string Place { get; init; }

    /// <summary>OBS_ID; null if the file does not have it.</summary>
    public string? ObservationId { get; init; }

    /// <summary>Only events within <see cref="Gti"/>.</summary>
    public required EventList Events { get; init; }

    public required GoodTimeIntervals Gti { get; init; }

    /// <summary>Oddities of the file that do not prevent its use. Each sentence names the file and the HDU.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    public double GoodTimeS => Gti.TotalS;

    public long ByteSize => Events.ByteSize;
}
