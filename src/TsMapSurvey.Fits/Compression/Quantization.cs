namespace TsMapSurvey.Fits;

/// <summary>
/// Converts the quantized integers of a tile to real values in double (FITS standard 4.0, 10.2 and appendix I): value = (integer - dither
/// + 0.5) x scale + zero. The dither is taken from a table of 10000 pseudo-random numbers (Park and Miller 1988); each tile starts at
/// another entry.
/// </summary>
/// <param name="dithering">ZQUANTIZ.</param>
/// <param name="seed">ZDITHER0, 1 to 10000.</param>
internal sealed class Quantization(Dithering dithering, long seed)
{
    private const int RandomCount = 10000;

    /// <summary>SUBTRACTIVE_DITHER_2 stores this integer for an exact zero.</summary>
    private const int ExactZero = -2147483646;

    private static readonly Lazy<float[]> Random = new(MakeRandom);

    /// <param name="tile">0-based.</param>
    /// <param name="blank">ZBLANK: the integer that stands for NaN.</param>
    public void Restore(ReadOnlySpan<int> integers, long tile, double scale, double zero, long? blank, Span<double> values)
    {
        if (dithering == Dithering.None)
        {
            for (var i = 0; i < integers.Length; i++) values[i] = integers[i] == blank ? double.NaN : (integers[i] * scale) + zero;
            return;
        }

        var random = Random.Value;
        var start = (int)((((tile + seed - 1) % RandomCount) + RandomCount) % RandomCount);
        var next = First(random[start]);
        for (var i = 0; i < integers.Length; i++)
        {
            values[i] = integers[i] == blank ? double.NaN
                : integers[i] == ExactZero && dithering == Dithering.ExceptZeros ? 0
                : ((integers[i] - (double)random[next] + 0.5) * scale) + zero;
            if (++next < RandomCount) continue;
            start = (start + 1) % RandomCount;
            next = First(random[start]);
        }
    }

    private static int First(float random) => (int)(random * 500);

    private static float[] MakeRandom()
    {
        const double A = 16807, M = 2147483647;
        var random = new float[RandomCount];
        double seed = 1;
        for (var i = 0; i < random.Length; i++)
        {
            var product = A * seed;
            seed = product - (M * (int)(product / M));
            random[i] = (float)(seed / M);
        }

        return random;
    }
}

internal enum Dithering
{
    /// <summary>NO_DITHER, or no quantization.</summary>
    None,

    /// <summary>SUBTRACTIVE_DITHER_1.</summary>
    Everywhere,

    /// <summary>SUBTRACTIVE_DITHER_2: zeros stay exact.</summary>
    ExceptZeros,
}
