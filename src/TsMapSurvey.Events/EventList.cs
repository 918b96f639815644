namespace TsMapSurvey.Events;

/// <summary>The events of an observation, column by column; all columns have the same length.</summary>
/// <param name="RaDeg">Reconstructed right ascension, ICRS. NaN belongs to no pixel.</param>
/// <param name="DecDeg">Reconstructed declination, ICRS.</param>
/// <param name="EnergyTeV">Reconstructed energy. NaN belongs to no bin.</param>
/// <param name="TimeS">Arrival times in seconds of Terrestrial Time since MJD 51544.0.</param>
public sealed record EventList(double[] RaDeg, double[] DecDeg, double[] EnergyTeV, double[] TimeS)
{
    public int Count => RaDeg.Length;

    public long ByteSize => 4L * sizeof(double) * Count;
}
