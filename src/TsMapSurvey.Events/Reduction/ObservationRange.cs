namespace TsMapSurvey.Events.Reduction;

/// <summary>
/// What belongs to an observation as a whole, worked out once on its own field, so that it is the same on every image: its safe energies
/// and the norm of its background.
/// </summary>
/// <param name="MinTeV">A bin of reconstructed energy is safe if it is wholly at or above this; 0 if nothing limits it.</param>
/// <param name="MaxTeV">... and wholly at or below this; infinity if nothing limits it.</param>
/// <param name="BackgroundNorm">The factor on the background model; 1 if it is not scaled.</param>
/// <param name="BackgroundNormError">Its statistical error; 0 if it is not scaled.</param>
public sealed record ObservationRange(double MinTeV, double MaxTeV, double BackgroundNorm, double BackgroundNormError)
{
    public static ObservationRange Everything { get; } = new(0, double.PositiveInfinity, 1, 0);

    public bool Contains(double lowTeV, double highTeV) => lowTeV >= MinTeV && highTeV <= MaxTeV;
}
