using System.Diagnostics;

namespace TsMapSurvey.Hips;

/// <summary>Tiles made of tiles of the next order.</summary>
public static class TileReduction
{
    /// <summary>A square image of half the width. The width must be even.</summary>
    public static float[] Halve(ReadOnlySpan<float> pixels, int width, HipsReduction reduction)
    {
        Debug.Assert(width % 2 == 0 && pixels.Length == width * width, "a square of even width");
        var half = width / 2;
        var halved = new float[half * half];
        for (var row = 0; row < half; row++)
        {
            var lower = pixels.Slice(2 * row * width, width);
            var upper = pixels.Slice((2 * row + 1) * width, width);
            for (var column = 0; column < half; column++)
                halved[row * half + column] = Reduce(
                    lower[2 * column], lower[2 * column + 1], upper[2 * column], upper[2 * column + 1], reduction);
        }

        return halved;
    }

    /// <summary>Copies a halved child into its quarter of the parent.</summary>
    /// <param name="parent">A whole tile.</param>
    /// <param name="child">Number of the child, 0 to 3.</param>
    /// <param name="halved">The child's pixels after <see cref="Halve"/>.</param>
    public static void Place(Span<float> parent, int child, ReadOnlySpan<float> halved)
    {
        const int half = TilePixels.Width / 2;
        var (bottom, left) = (half * (1 - (child & 1)), half * (child >> 1));
        for (var row = 0; row < half; row++)
            halved.Slice(row * half, half).CopyTo(parent.Slice((bottom + row) * TilePixels.Width + left, half));
    }

    private static float Reduce(float a, float b, float c, float d, HipsReduction reduction)
    {
        var (sum, largest, count) = (0.0, float.NegativeInfinity, 0);
        foreach (var value in (ReadOnlySpan<float>)[a, b, c, d])
        {
            if (float.IsNaN(value)) continue;
            (sum, largest, count) = (sum + value, Math.Max(largest, value), count + 1);
        }

        return count == 0 ? float.NaN : reduction switch
        {
            HipsReduction.Sum => (float)sum,
            HipsReduction.Max => largest,
            _ => (float)(sum / count),
        };
    }
}
