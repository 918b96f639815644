namespace TsMapSurvey.Contracts;

/// <summary>Requests a mosaic.</summary>
/// <param name="Map">Name of the map; ignored for counts, background and excess, which are sums of the stack.</param>
/// <param name="Quantity">A quantity of FluxMaps (sqrt_ts, flux, ...) or of the stack: counts, background, excess, exposure.</param>
/// <param name="EnergyBin">Index of the map's energy bin; counts, background and excess are summed over all energies.</param>
/// <param name="Fresh">true: wait for maps of the newest stacks; false: use the published maps.</param>
/// <param name="Wait">How long to wait for fresh maps, at most 60 s; afterwards the state is Computing.</param>
/// <param name="Slice">Name of a slice of the survey.</param>
[GenerateSerializer, Immutable, Alias("tsmap.MosaicRequest")]
public sealed record MosaicRequest(
    [property: Id(0)] string Map,
    [property: Id(1)] string Quantity,
    [property: Id(2)] int EnergyBin,
    [property: Id(3)] bool Fresh,
    [property: Id(4)] TimeSpan Wait,
    [property: Id(5)] string Slice = SliceWindow.All);
