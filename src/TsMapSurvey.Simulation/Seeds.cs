namespace TsMapSurvey.Simulation;

/// <summary>Independent streams of random numbers from one seed, so that an observation does not depend on previous ones.</summary>
internal static class Seeds
{
    public const int Sky = -1;
    public const int Pointings = -2;

    /// <param name="stream">Index of an observation for its counts, or <see cref="Sky"/> or <see cref="Pointings"/>.</param>
    public static Random Stream(int seed, int stream) => new((int)(Mix(Mix((uint)seed) + (uint)stream) & int.MaxValue));

    // The finalizer of SplitMix64: Steele, Lea & Flood 2014, OOPSLA, "Fast splittable pseudorandom number generators".
    private static ulong Mix(ulong z)
    {
        z += 0x9e3779b97f4a7c15;
        z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
        z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
        return z ^ (z >> 31);
    }
}
