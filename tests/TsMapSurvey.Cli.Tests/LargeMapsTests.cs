using System.Diagnostics;
using System.Globalization;
using TsMapSurvey.Fits;

namespace TsMapSurvey.Cli.Tests;

/// <summary>Maps that are larger than the memory they may take.</summary>
[Trait("Pace", "slow")]
public sealed class LargeMapsTests : IDisposable
{
    private const long Megabyte = 1 << 20;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    /// <summary>Stopping computes less than this share of the whole run, measured in the same test; mostly it is a twentieth.</summary>
    private const double StopShare = 0.3;

    private readonly TemporaryFolder _folder = new();

    public LargeMapsTests()
    {
        Directory.CreateDirectory(Temporary);
        Directory.CreateDirectory(_folder.File("out"));
    }

    private string Temporary => _folder.File("tmp");

    private string Output => _folder.File("out", "maps.fits");

    [Fact]
    public void A_million_pixels_take_a_fraction_of_the_memory_and_give_the_same_maps()
    {
        var sky = LargeSky.Write(_folder.File("sky.fits"), 1024);
        var (atOnce, said) = Compute(sky, 100_000, _folder.File("once.fits"));
        var (striped, saidInStrips) = Compute(sky, 64, Output);
        // Measured: 500 MB at once, 110 MB in strips.
        Assert.InRange(striped, 30 * Megabyte, 200 * Megabyte);
        Assert.True(striped < atOnce / 2, $"{striped / Megabyte} MB in strips, {atOnce / Megabyte} MB at once");
        Assert.Equal(
            said.Replace("once.fits", "", StringComparison.Ordinal), saidInStrips.Replace("out/maps.fits", "", StringComparison.Ordinal));
        Assert.Contains("\"maxSqrtTs\": 2", said, StringComparison.Ordinal);
        AssertSame(_folder.File("once.fits"), Output);
        Assert.Empty(Directory.GetFiles(Temporary));
        Assert.Equal(["maps.fits", "maps.fits_model.yaml"], Directory.GetFiles(_folder.File("out")).Select(Path.GetFileName)
            .Order(StringComparer.Ordinal));
    }

    /// <summary>
    /// While the input is unfolded or read, in the fits, between strips, while the output is compressed: whenever it comes.
    /// </summary>
    [Theory]
    [InlineData("sky.fits", "maps.fits")]
    [InlineData("sky.fits.gz", "maps.fits.gz")]
    public void Interrupted_at_any_time_it_stops_long_before_its_end_and_leaves_nothing(string input, string output)
    {
        var sky = LargeSky.Write(_folder.File(input), 768);
        var path = _folder.File("out", output);
        var whole = ProcessorTime(sky, 128, path);
        foreach (var file in Directory.GetFiles(_folder.File("out"))) File.Delete(file);
        var interrupted = 0;

        // By what was computed, not by the time that passed: the signal comes at the same work on a busy machine. The repeated shares are
        // for a run that ended before its signal all the same.
        foreach (var share in new[] { 0.85, 0.6, 0.3, 0.3, 0.3 })
        {
            if (interrupted == 3) break;
            using var running =
                new RunningTsmap(Temporary, "compute", sky, "--out", path, "--memory-mb", "128", "--kernel-width", "0.6 deg");
            var seconds = running.WaitUntil(() => running.ProcessorTime > share * whole, Patience) ? running.Signal("INT", Patience) : 0;
            Assert.InRange(seconds, 0, StopShare * whole.TotalSeconds);
            if (running.ExitCode == 0)
            {
                foreach (var file in Directory.GetFiles(_folder.File("out"))) File.Delete(file);
                continue;
            }

            interrupted++;
            Assert.True(running.ExitCode == 130, running.Said);
            Assert.Contains("tsmap: stopped", running.Said, StringComparison.Ordinal);
            Assert.Empty(Directory.GetFiles(_folder.File("out")));
            Assert.Empty(Directory.GetFiles(Temporary));
        }

        Assert.True(interrupted > 0, "it was always done before the signal came");
    }

    [Fact]
    public void Damage_far_into_the_file_leaves_nothing_under_the_final_name()
    {
        var sky = LargeSky.Write(_folder.File("sky.fits"), 512);
        var bytes = File.ReadAllBytes(sky);
        File.WriteAllBytes(sky, bytes[..(bytes.Length / 2)]);
        var (exit, said) = Run(sky, 16, Output, out _);
        Assert.Equal(1, exit);
        Assert.Contains("sky.fits", said, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(_folder.File("out")));
        Assert.Empty(Directory.GetFiles(Temporary));
    }

    [Fact]
    public void The_fermi_galactic_centre_stays_below_250_megabytes()
    {
        var (peak, _) = Compute(Shared.Path("data", "fermi-3fhl-gc", "fermi-3fhl-gc.fits.gz"), 256, Output, "--energy-edges", "all");
        Assert.InRange(peak, 30 * Megabyte, 250 * Megabyte);
    }

    [Fact]
    public void A_strip_of_no_memory_is_wrong_usage()
    {
        var (exit, said) = Run("no.fits", 0, Output, out _);
        Assert.Equal(2, exit);
        Assert.Contains("--memory-mb: found 0", said, StringComparison.Ordinal);
    }

    /// <summary>
    /// 16 million pixels in six energy bins. Takes minutes and 4 GB of disk: dotnet run --project ... -- --explicit only --filter-method
    /// '*sixteen*'.
    /// </summary>
    [Fact(Explicit = true)]
    public void Sixteen_million_pixels_stay_below_a_gigabyte_and_a_half()
    {
        var side = int.Parse(Environment.GetEnvironmentVariable("TSMAP_LARGE_SIDE") ?? "4096", CultureInfo.InvariantCulture);
        var sky = LargeSky.Write(_folder.File("sky.fits"), side);
        var watch = Stopwatch.StartNew();
        var (peak, said) = Compute(sky, 256, Output);
        TestContext.Current.TestOutputHelper!.WriteLine(
            FormattableString.Invariant($"{side} x {side} x 6: {peak / Megabyte} MB, {watch.Elapsed.TotalSeconds:f0} s\n{said}"));
        Assert.InRange(peak, 30 * Megabyte, 1500 * Megabyte);
    }

    public void Dispose() => _folder.Dispose();

    private (long Peak, string Said) Compute(string input, int memoryMb, string output, params string[] more)
    {
        var (exit, said) = Run(input, memoryMb, output, out var peak, more);
        Assert.True(exit == 0, said);
        return (peak, said);
    }

    private TimeSpan ProcessorTime(string input, int memoryMb, string output)
    {
        using var running = new RunningTsmap(Temporary, "compute", input, "--out", output, "--memory-mb",
            memoryMb.ToString(CultureInfo.InvariantCulture), "--kernel-width", "0.6 deg");
        Assert.True(running.WaitForExit(Patience) == 0, running.Said);
        return running.ProcessorTime;
    }

    private (int Exit, string Said) Run(string input, int memoryMb, string output, out long peak, params string[] more)
    {
        using var running = new RunningTsmap(Temporary, ["compute", input, "--out", output, "--memory-mb",
            memoryMb.ToString(CultureInfo.InvariantCulture), "--kernel-width", "0.6 deg", "--json", .. more]);
        var exit = running.WaitForExit(Patience);
        peak = running.PeakMemory;
        return (exit, running.Said);
    }

    private static void AssertSame(string expected, string found)
    {
        using var a = FitsFile.Open(expected);
        using var b = FitsFile.Open(found);
        Assert.Equal(a.Hdus.Select(hdu => hdu.Name), b.Hdus.Select(hdu => hdu.Name));
        foreach (var (one, other) in a.Hdus.Zip(b.Hdus))
        {
            Assert.Equal(FitsChecksumStatus.Valid, other.VerifyChecksum());
            if (one is not FitsImage { Count: > 0 } image) continue;
            var (x, y) = (image.ReadDoubles(), ((FitsImage)other).ReadDoubles());
            for (var i = 0; i < x.Length; i++)
                if (!x[i].Equals(y[i]) && !(Math.Abs(x[i] - y[i]) <= 1e-12 * Math.Max(1, Math.Abs(x[i]))))
                    Assert.Fail($"{one.Name}, {i}: {y[i]:r}, expected {x[i]:r}");
        }
    }
}
