namespace TsMapSurvey.Contracts;

/// <summary>Requests a map of a tile.</summary>
/// <param name="Fresh">true: wait for a map of the newest stack; false: return the published map.</param>
/// <param name="Wait">How long to wait, at most 20 s; afterwards the state is Computing. Zero: return at once.</param>
/// <param name="Window">The nights whose observations the map uses; null: all observations.</param>
/// <param name="OperationId">The same for all retries of one request; appears in the log.</param>
[GenerateSerializer, Immutable, Alias("tsmap.MapRequest")]
public sealed record MapRequest(
    [property: Id(0)] string Map, [property: Id(1)] bool Fresh, [property: Id(2)] TimeSpan Wait,
    [property: Id(3)] string? OperationId = null,
    [property: Id(4)] SliceWindow? Window = null);
