namespace TsMapSurvey.Storage.Documents;

/// <summary>What was worked out once for an event list as a whole, and is the same in all of its tiles.</summary>
/// <param name="MinTeV">Reconstructed energies below it are not used; 0: nothing limits them.</param>
/// <param name="MaxTeV">Reconstructed energies above it are not used; null: nothing limits them.</param>
/// <param name="BackgroundNorm">The factor on the background model.</param>
/// <param name="BackgroundNormError">Its statistical error; 0 if the background is not scaled.</param>
public sealed record RecordedReduction(double MinTeV, double? MaxTeV, double BackgroundNorm, double BackgroundNormError);
