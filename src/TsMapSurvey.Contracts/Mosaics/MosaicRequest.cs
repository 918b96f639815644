namespace TsMapSurvey.Contracts;

/// <summary>A wish for a mosaic.</summary>
/// <param name="Map">Whose maps; not used for what the stack sums up: counts, background, excess.</param>
/// <param name="Quantity">One of FluxMaps (sqrt_ts, flux, ...), or of the stack: counts, background, excess, exposure.</param>
/// <param name="EnergyBin">Of a map with several; counts, background and excess are summed over all energies.</param>
/// <param name="Fresh">Of all tiles as they are now; false: the newest that is published will do.</param>
/// <param name="Wait">How long the answer may take (60 s at most count) before it says Computing.</param>
/// <param name="Slice">A slice of the survey.</param>
[GenerateSerializer, Immutable, Alias("tsmap.MosaicRequest")]
public sealed record MosaicRequest(
    [property: Id(0)] string Map,
    [property: Id(1)] string Quantity,
    [property: Id(2)] int EnergyBin,
    [property: Id(3)] bool Fresh,
    [property: Id(4)] TimeSpan Wait,
    [property: Id(5)] string Slice = SliceWindow.All);
