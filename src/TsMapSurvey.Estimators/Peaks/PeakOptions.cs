namespace TsMapSurvey.Estimators.Peaks;

/// <summary>What counts as a peak.</summary>
public sealed record PeakOptions
{
    /// <summary>The least sqrt_ts, included.</summary>
    public double MinSqrtTs { get; init; } = 5;

    /// <summary>No pixel this far from a peak, along x or y, is higher; 1: its eight neighbours. gammapy's min_distance.</summary>
    public int MinDistancePixels { get; init; } = 1;

    /// <summary>Of two peaks of one energy bin closer than this the lower is left out.</summary>
    public double MinSeparationDeg { get; init; }

    /// <summary>The most peaks that are given, the highest of all energy bins.</summary>
    public int MostGiven { get; init; } = int.MaxValue;

    /// <summary>How the flux of a peak is given.</summary>
    public FluxKind Flux { get; init; } = FluxKind.Flux;

    /// <summary>Every value that is out of range.</summary>
    public IEnumerable<string> Problems()
    {
        if (!double.IsFinite(MinSqrtTs)) yield return $"min_sqrt_ts: found {MinSqrtTs}, expected a number";
        if (MinDistancePixels < 1) yield return $"min_distance: found {MinDistancePixels} pixels, expected 1 or more";
        if (!(MinSeparationDeg is >= 0 and <= 180)) yield return $"min_separation: found {MinSeparationDeg} deg, expected 0 to 180";
        if (MostGiven < 1) yield return $"most peaks: found {MostGiven}, expected 1 or more";
    }
}
