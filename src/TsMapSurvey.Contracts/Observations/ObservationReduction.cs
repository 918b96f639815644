namespace TsMapSurvey.Contracts;

/// <summary>What was worked out once for an event list as a whole, and is the same in all of its tiles.</summary>
/// <param name="MinTeV">Reconstructed energies below it are not used; 0: nothing limits them.</param>
/// <param name="MaxTeV">Reconstructed energies above it are not used; null: nothing limits them.</param>
/// <param name="BackgroundNorm">The factor on the background model.</param>
/// <param name="BackgroundNormError">Its statistical error; 0 if the background is not scaled.</param>
[GenerateSerializer, Immutable, Alias("tsmap.ObservationReduction")]
public sealed record ObservationReduction(
    [property: Id(0)] double MinTeV,
    [property: Id(1)] double? MaxTeV,
    [property: Id(2)] double BackgroundNorm,
    [property: Id(3)] double BackgroundNormError);
