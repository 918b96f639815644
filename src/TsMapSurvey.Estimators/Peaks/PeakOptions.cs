namespace TsMapSurvey.Estimators.Peaks;

/// <summary>Options of the search for peaks.</summary>
public sealed record PeakOptions
{
    /// <summary>The smallest sqrt_ts of a peak, inclusive.</summary>
    public double MinSqrtTs { get; init; } = 5;

    /// <summary>
    /// gammapy's min_distance: no pixel within this distance from a peak along x and y is higher; 1 for the eight neighbours.
    /// </summary>
    public int MinDistancePixels { get; init; } = 1;

    /// <summary>If two peaks of an energy bin are closer than this, the lower one is omitted.</summary>
    public double MinSeparationDeg { get; init; }

    /// <summary>The largest number of peaks; the highest of all energy bins are returned.</summary>
    public int MaxPeaks { get; init; } = int.MaxValue;

    /// <summary>The kind of a peak's flux.</summary>
    public FluxKind Flux { get; init; } = FluxKind.Flux;

    /// <summary>One message for every value that is out of range.</summary>
    public IEnumerable<string> Problems()
    {
        if (!double.IsFinite(MinSqrtTs)) yield return $"min_sqrt_ts: found {MinSqrtTs}, expected a finite number";
        if (MinDistancePixels < 1) yield return $"min_distance: found {MinDistancePixels} pixels, expected 1 or more";
        if (!(MinSeparationDeg is >= 0 and <= 180)) yield return $"min_separation: found {MinSeparationDeg} deg, expected 0 to 180";
        if (MaxPeaks < 1) yield return $"number of peaks: found {MaxPeaks}, expected 1 or more";
    }
}
