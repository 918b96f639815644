namespace TsMapSurvey.Contracts;

/// <summary>A wish for a map.</summary>
/// <param name="Fresh">Of the stack as it is now; false: the newest that is published will do.</param>
/// <param name="Wait">How long the answer may take (20 s at most count) before it says Computing; zero to be told at once.</param>
/// <param name="Window">Of the observations of these nights alone; null: of all.</param>
/// <param name="OperationId">The same for every repetition of one wish; appears in the log.</param>
[GenerateSerializer, Immutable, Alias("tsmap.MapRequest")]
public sealed record MapRequest(
    [property: Id(0)] string Map, [property: Id(1)] bool Fresh, [property: Id(2)] TimeSpan Wait,
    [property: Id(3)] string? OperationId = null,
    [property: Id(4)] SliceWindow? Window = null);
