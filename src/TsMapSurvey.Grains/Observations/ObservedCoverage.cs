using TsMapSurvey.Maps.Coverage;
using TsMapSurvey.Maps.Time;
using TsMapSurvey.Sky;
using TsMapSurvey.Storage.Documents;
using TsMapSurvey.Surveys;
using TsMapSurvey.Surveys.Observed;

namespace TsMapSurvey.Grains.Observations;

/// <summary>When and where an observation has data, small enough for its record.</summary>
internal static class ObservedCoverage
{
    private const int MaxRanges = 100;

    /// <summary>Width of the cells in pixels: quick to find, and a fraction of any field of view.</summary>
    private const int CellPixels = 8;

    public static RecordedCoverage Of(Survey survey, IObservedData observation)
    {
        var order = ExposureCoverage.OrderFor(CellPixels * survey.Tiling.PixelScaleDeg);
        var region = observation.CoverageTo(order).Within(MaxRanges);
        var times = survey.Nights.StartOf(observation.Gti) is null ? [] : Joined(observation.Gti!.Intervals);
        return new RecordedCoverage(MocAscii.Format(region), [.. times.Select(time => new RecordedTime(time.StartS, time.StopS))]);
    }

    /// <summary>Of too many intervals, neighbouring ones are joined.</summary>
    private static IEnumerable<TimeInterval> Joined(IReadOnlyList<TimeInterval> intervals) =>
        intervals.Where(interval => double.IsFinite(interval.StopS)).Chunk(1 + (intervals.Count - 1) / MaxRanges)
            .Select(chunk => new TimeInterval(chunk[0].StartS, chunk[^1].StopS));
}
