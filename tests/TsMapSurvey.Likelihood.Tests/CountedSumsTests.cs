namespace TsMapSurvey.Likelihood.Tests;

public sealed class CountedSumsTests
{
    public static TheoryData<int> Lengths => [.. Enumerable.Range(0, 257)];

    [Theory]
    [MemberData(nameof(Lengths))]
    public void Sums_of_every_length_equal_the_plain_sums(int length)
    {
        var random = new Random(length);
        var counts = Enumerable.Range(0, length).Select(_ => 1.0 + random.Next(5)).ToArray();
        var ratio = Enumerable.Range(0, length).Select(_ => Math.Pow(10, 4 * random.NextDouble() - 2)).ToArray();
        var norm = random.NextDouble() - (length == 0 ? 0 : 0.5 * ratio.Min());
        var (sum, slope) = CountedSums.Reciprocals(counts, ratio, norm);
        var logarithms = CountedSums.Logarithms(counts, ratio, norm);
        Close(counts.Zip(ratio, (n, c) => n / (norm + c)).Sum(), sum);
        Close(counts.Zip(ratio, (n, c) => n / ((norm + c) * (norm + c))).Sum(), slope);
        Close(counts.Zip(ratio, (n, c) => n * Math.Log(1 + norm / c)).Sum(), logarithms);
    }

    [Fact]
    public void An_entry_that_the_kernel_does_not_reach_adds_nothing()
    {
        double[] counts = [3, 1, 2, 1, 1, 1, 1, 1, 1], ratio = [double.PositiveInfinity, 2, double.PositiveInfinity, 1, 1, 1, 1, 1, 1];
        Close(0.5 + 6.0, CountedSums.Reciprocals(counts, ratio, 0).Sum);
        Close(Math.Log(1.5) + 6 * Math.Log(2), CountedSums.Logarithms(counts, ratio, 1));
    }

    [Fact]
    public void The_vector_width_that_was_switched_off_is_not_used()
    {
        if (Environment.GetEnvironmentVariable("DOTNET_EnableAVX512") == "0") Assert.False(System.Runtime.Intrinsics.Vector512.IsHardwareAccelerated);
        if (Environment.GetEnvironmentVariable("DOTNET_EnableAVX2") == "0") Assert.False(System.Runtime.Intrinsics.Vector256.IsHardwareAccelerated);
        if (Environment.GetEnvironmentVariable("DOTNET_EnableHWIntrinsic") == "0") Assert.False(System.Runtime.Intrinsics.Vector128.IsHardwareAccelerated);
    }

    private static void Close(double expected, double found) => Assert.True(Math.Abs(expected - found) <= 1e-12 * Math.Max(1, Math.Abs(expected)), $"{found}, expected {expected}");
}
