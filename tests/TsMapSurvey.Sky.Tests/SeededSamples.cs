namespace TsMapSurvey.Sky.Tests;

/// <summary>Properties on random inputs that are the same in every run: CsCheck's generators, its own seeds left out.</summary>
internal static class SeededSamples
{
    internal static void ForSeeded<T>(this Gen<T> gen, Action<T> property, int count = 200)
    {
        for (var i = 0; i < count; i++)
        {
            var one = gen.Generate(new PCG(7, (ulong)i + 1), null, out _);
            try
            {
                property(one);
            }
            catch (Exception failure)
            {
                throw new Xunit.Sdk.XunitException($"sample {i}, {one}: {failure.Message}", failure);
            }
        }
    }

    internal static void ForSeeded<T1, T2>(this Gen<(T1, T2)> gen, Action<T1, T2> property, int count = 200) =>
        gen.ForSeeded(both => property(both.Item1, both.Item2), count);

    internal static void ForSeeded<T1, T2, T3>(this Gen<(T1, T2, T3)> gen, Action<T1, T2, T3> property, int count = 200) =>
        gen.ForSeeded(all => property(all.Item1, all.Item2, all.Item3), count);

    internal static void ForSeeded<T1, T2, T3, T4>(this Gen<(T1, T2, T3, T4)> gen, Action<T1, T2, T3, T4> property, int count = 200) =>
        gen.ForSeeded(all => property(all.Item1, all.Item2, all.Item3, all.Item4), count);
}
