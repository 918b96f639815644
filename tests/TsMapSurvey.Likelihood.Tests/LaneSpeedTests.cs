using System.Diagnostics;
using TsMapSurvey.Likelihood.Lanes;

namespace TsMapSurvey.Likelihood.Tests;

public sealed class LaneSpeedTests
{
    private const int Rounds = 40;
    private const int Fits = 512;

    /// <summary>On a busy machine it may take long until the runtime has optimized frequently called code.</summary>
    private static readonly TimeSpan LongestWarming = TimeSpan.FromSeconds(20);

    [Fact]
    public void Parallel_lanes_fit_pixels_faster_than_one_at_a_time()
    {
        if (!LaneWidths.Accelerated.Contains(LaneWidth.Bits256)) return;
        var (wide, narrow) = (double.PositiveInfinity, double.PositiveInfinity);
        var watch = Stopwatch.StartNew();
        for (var round = 0; round < Rounds || (narrow <= 1.5 * wide && watch.Elapsed < LongestWarming); round++)
        {
            wide = Math.Min(wide, Ticks<Lanes256>(Fits / Lanes256.Count));
            narrow = Math.Min(narrow, Ticks<Lanes64>(Fits));
        }

        Assert.True(narrow > 1.5 * wide, $"{Fits} fits take {narrow} ticks one by one and {wide} in registers of 256 bits");
    }

    private static double Ticks<T>(int blocks)
        where T : struct, ILanes<T>
    {
        var block = new PixelBlock<T>(3, 100).Counted;
        var began = Stopwatch.GetTimestamp();
        for (var i = 0; i < blocks; i++) NormRoot.Find(block, T.Of(double.NaN), 1e-6, 100);
        return Stopwatch.GetTimestamp() - began;
    }
}
