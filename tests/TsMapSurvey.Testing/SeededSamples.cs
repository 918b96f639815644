using System.Globalization;
using CsCheck;

namespace TsMapSurvey.Testing;

/// <summary>
/// Properties on random inputs that are the same in every run. <c>tests/run.sh --seed N</c> (TSMAP_TEST_SEED) tries others; a failure
/// names its sample and seed.
/// </summary>
public static class SeededSamples
{
    private const string Variable = "TSMAP_TEST_SEED";
    private const ulong SamplesPerSeed = 1_000_003;

    private static readonly ulong Seed = ulong.Parse(Environment.GetEnvironmentVariable(Variable) ?? "0", CultureInfo.InvariantCulture);

    public static void ForSeeded<T>(this Gen<T> gen, Action<T> property, int count = 200)
    {
        for (var i = 0; i < count; i++)
        {
            var one = gen.Generate(new PCG(7, Seed * SamplesPerSeed + (ulong)i + 1), null, out _);
            try
            {
                property(one);
            }
            catch (Exception failure)
            {
                throw new Xunit.Sdk.XunitException($"sample {i} of seed {Seed}, {one}: {failure.Message}", failure);
            }
        }
    }

    public static void ForSeeded<T1, T2>(this Gen<(T1, T2)> gen, Action<T1, T2> property, int count = 200) =>
        gen.ForSeeded(both => property(both.Item1, both.Item2), count);

    public static void ForSeeded<T1, T2, T3>(this Gen<(T1, T2, T3)> gen, Action<T1, T2, T3> property, int count = 200) =>
        gen.ForSeeded(all => property(all.Item1, all.Item2, all.Item3), count);

    public static void ForSeeded<T1, T2, T3, T4>(this Gen<(T1, T2, T3, T4)> gen, Action<T1, T2, T3, T4> property, int count = 200) =>
        gen.ForSeeded(all => property(all.Item1, all.Item2, all.Item3, all.Item4), count);
}
