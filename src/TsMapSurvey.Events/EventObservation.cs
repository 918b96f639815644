using TsMapSurvey.Events.Responses;
using TsMapSurvey.Maps.Time;
using TsMapSurvey.Sky;

namespace TsMapSurvey.Events;

/// <summary>
/// An observation as an event list with its instrument responses (data level DL3 of the Gamma Astro Data Formats), in the units of
/// <see cref="EventList"/> and of the responses. The telescope points at one position.
/// </summary>
public sealed record EventObservation
{
    /// <summary>The file that it was read from, for messages.</summary>
    public required string Place { get; init; }

    /// <summary>OBS_ID; null if the file does not have it.</summary>
    public string? ObservationId { get; init; }

    public string? Telescope { get; init; }

    /// <summary>The direction of the optical axis, ICRS.</summary>
    public required SkyPosition Pointing { get; init; }

    /// <summary>Only events within <see cref="Gti"/>.</summary>
    public required EventList Events { get; init; }

    public required GoodTimeIntervals Gti { get; init; }

    /// <summary>Live time divided by the time of the intervals, in (0, 1].</summary>
    public required double LiveFraction { get; init; }

    /// <summary>Where the telescope stands; null if the file does not say it. Only backgrounds aligned with altitude and azimuth need it.
    /// </summary>
    public EarthPlace? Site { get; init; }

    public required EffectiveArea EffectiveArea { get; init; }

    public required EnergyMigration EnergyMigration { get; init; }

    public required IPointSpread PointSpread { get; init; }

    public required IBackgroundRate Background { get; init; }

    /// <summary>Oddities of the files that do not prevent their use. Each sentence names the file and the HDU.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>Seconds in which events were recorded, dead time included.</summary>
    public double OnTimeS => Gti.TotalS;

    public double LiveTimeS => OnTimeS * LiveFraction;

    /// <summary>Bytes of the arrays in memory.</summary>
    public long ByteSize => Events.ByteSize + EffectiveArea.ByteSize + EnergyMigration.ByteSize + PointSpread.ByteSize
        + Background.ByteSize;
}
