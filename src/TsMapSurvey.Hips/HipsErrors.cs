namespace TsMapSurvey.Hips;

/// <summary>All exceptions of this library.</summary>
internal static class HipsErrors
{
    public static HipsException NotATile(string name, int[] axes) =>
        new($"{name}: found {(axes.Length == 0 ? "no image" : $"an image of {string.Join(" x ", axes)} pixels")}, expected one of "
            + $"{TilePixels.Width} x {TilePixels.Width}");

    public static HipsException NotACube(string name, int[] axes, CubeGrid grid) =>
        new($"{name}: found {(axes.Length == 0 ? "no image" : $"an image of {string.Join(" x ", axes)} pixels")}, expected one of "
            + $"{CubeGrid.Width} x {CubeGrid.Width} x {grid.Depth}");
}
