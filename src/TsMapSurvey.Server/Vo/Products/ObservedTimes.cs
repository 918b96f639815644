using TsMapSurvey.Contracts;
using TsMapSurvey.Fits;
using TsMapSurvey.Maps;
using TsMapSurvey.Maps.Gadf;
using TsMapSurvey.Maps.Time;
using TsMapSurvey.Server.Published;
using TsMapSurvey.Storage;

namespace TsMapSurvey.Server.Vo.Products;

/// <summary>When data were taken, as MJD (UTC); NaN if unknown.</summary>
/// <param name="ExposureS">Sum of the good time intervals in seconds.</param>
internal sealed record ObservedTime(double StartMjd, double EndMjd, double ExposureS)
{
    public static ObservedTime Unknown { get; } = new(double.NaN, double.NaN, double.NaN);

    /// <summary>The nights of a slice, of which some may have no data.</summary>
    public static ObservedTime Of(SliceWindow window) => new(Mjd(window.Start), Mjd(window.End), double.NaN);

    /// <summary>From the first start to the last end; the exposure is unknown, since several may have the same observations.</summary>
    public static ObservedTime Around(IEnumerable<ObservedTime> times) =>
        times.Where(time => !double.IsNaN(time.StartMjd)).ToArray() is { Length: > 0 } known
            ? new(known.Min(time => time.StartMjd), known.Max(time => time.EndMjd), double.NaN) : Unknown;

    private static double Mjd(DateTimeOffset time) => 40587 + (time - DateTimeOffset.UnixEpoch).TotalDays;
}

/// <summary>Reads the good time intervals of published maps, without their images, and keeps them by the name of the blob.</summary>
internal sealed class ObservedTimes(IBlobStore blobs, ByteCache cache)
{
    private const int BytesOfEntry = 200;
    private const double DayS = 86400;

    /// <param name="blob">Of a tile's FluxMaps. One that is not there any more has unknown times.</param>
    public Task<ObservedTime> OfMapAsync(string blob, CancellationToken cancellationToken) =>
        cache.GetAsync($"{blob}/times", () => ReadAsync(blob), _ => BytesOfEntry, cancellationToken);

    private async Task<ObservedTime> ReadAsync(string blob)
    {
        if (await blobs.OpenReadAsync(blob, null, CancellationToken.None) is not { } stream) return ObservedTime.Unknown;
        try
        {
            using var file = FitsFile.Open(stream, blob, FitsLimits.InParts);
            if (file.Find("GTI") is not FitsTable table) return ObservedTime.Unknown;
            var gti = GtiTable.ReadForMaps(file, table);
            return gti.Intervals.Count == 0 ? ObservedTime.Unknown
                : new ObservedTime(Mjd(gti.Intervals[0].StartS), Mjd(gti.Intervals[^1].StopS), gti.TotalS);
        }
        catch (Exception exception) when (exception is FitsException or MapException)
        {
            // Whoever asks for the map itself has it computed again.
            return ObservedTime.Unknown;
        }
    }

    private static double Mjd(double ttS) => TimeInterval.ReferenceMjd + TimeScale.UtcS(ttS) / DayS;
}
