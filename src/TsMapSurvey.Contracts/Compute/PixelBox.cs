namespace TsMapSurvey.Contracts;

/// <summary>A rectangle of pixels. (X, Y) is the pixel with the lowest column and row, counted from 0.</summary>
[GenerateSerializer, Immutable, Alias("tsmap.PixelBox")]
public sealed record PixelBox([property: Id(0)] int X, [property: Id(1)] int Y, [property: Id(2)] int Width, [property: Id(3)] int Height);
