using TsMapSurvey.Fits;
using TsMapSurvey.Maps.Gadf;

namespace TsMapSurvey.Cli.Tests;

/// <summary>
/// What the command line says of files that lack something, or have something wrong in them: the file, and what comes of it.
/// </summary>
[Trait("Pace", "slow")]
public sealed class IncompleteFilesTests
{
    [Fact]
    public void A_file_cut_before_its_psf_is_fitted_with_a_warning_on_stderr()
    {
        using var folder = new TemporaryFolder();
        var dataset = MapDatasetFile.Read(Simulated.Observation());
        MapDatasetFile.Write(folder.File("whole.fits"), dataset);
        var bytes = File.ReadAllBytes(folder.File("whole.fits"));
        var end = Enumerable.Range(0, bytes.Length / 2880).First(block => System.Text.Encoding.ASCII.GetString(bytes, block * 2880, 2880)
            .Contains("EXTNAME = 'PSF     '", StringComparison.Ordinal)) * 2880;
        File.WriteAllBytes(folder.File("cut.fits"), bytes[..end]);
        var result = Tsmap.Run("compute", folder.File("cut.fits"), "--out", folder.File("m.fits"), "--kernel-width", "0.6 deg");
        Assert.True(result.ExitCode == 0, result.Error);
        Assert.Contains($"tsmap: warning: {folder.File("cut.fits")} has no PSF: fitted as if the instrument had perfect angular resolution",
            result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("EDISP", result.Error, StringComparison.Ordinal);
        MapDatasetFile.Write(folder.File("bare.fits"), dataset with { Edisp = null });
        var joint = Tsmap.Run(
            "compute", Simulated.Observation(), folder.File("bare.fits"), "--out", folder.File("j.fits"), "--kernel-width", "0.6 deg");
        Assert.True(joint.ExitCode == 0, joint.Error);
        Assert.Equal($"tsmap: warning: {folder.File("bare.fits")} has no EDISP: fitted as if the reconstructed energy were the true energy",
            joint.Error.Trim());
    }

    [Fact]
    public void An_error_of_a_joint_compute_names_the_file()
    {
        using var folder = new TemporaryFolder();
        var dataset = MapDatasetFile.Read(Simulated.Observation());
        MapDatasetFile.Write(folder.File("good.fits"), dataset);
        foreach (var (name, bad) in new[] { ("no-exposure.fits", dataset with { Exposure = null }),
            ("no-background.fits", dataset with { Background = null }) })
        {
            MapDatasetFile.Write(folder.File(name), bad);
            var result = Tsmap.Run("compute", folder.File("good.fits"), folder.File(name), "--out", folder.File("m.fits"));
            Assert.Equal((1, 1), (result.ExitCode, result.Error.Trim().Split('\n').Length));
            Assert.StartsWith($"tsmap: {folder.File(name)} has no {(bad.Exposure is null ? "EXPOSURE" : "BACKGROUND")}", result.Error,
                StringComparison.Ordinal);
            Assert.False(File.Exists(folder.File("m.fits")));
        }
    }

    [Fact]
    public void Stacking_names_the_file_whose_times_run_backwards_and_warns_of_a_stack_without_psf()
    {
        using var folder = new TemporaryFolder();
        var dataset = MapDatasetFile.Read(Simulated.Observation());
        FitsWriter.Write(folder.File("backwards.fits"), writer =>
        {
            MapDatasetFile.Write(writer, dataset with { Gti = null });
            writer.WriteTable("GTI", [FitsTableColumn.Doubles("START", [0, 2000], "s"), FitsTableColumn.Doubles("STOP", [600, 1500], "s")]);
        });
        var refused = Tsmap.Run("stack", Simulated.Observation(), folder.File("backwards.fits"), "--out", folder.File("s.fits"));
        Assert.Equal((1, false), (refused.ExitCode, File.Exists(folder.File("s.fits"))));
        Assert.StartsWith($"tsmap: {folder.File("backwards.fits")}, HDU ", refused.Error, StringComparison.Ordinal);
        Assert.Contains("(GTI), row 2: found START 2000 s and STOP 1500 s", refused.Error, StringComparison.Ordinal);
        MapDatasetFile.Write(folder.File("bare.fits"), dataset with { Psf = null });
        var bare = Tsmap.Run("stack", folder.File("bare.fits"), "--out", folder.File("s.fits"));
        Assert.Equal((0, $"tsmap: warning: {folder.File("s.fits")} has no PSF, because no dataset has one"),
            (bare.ExitCode, bare.Error.Trim()));
        var mixed = Tsmap.Run("stack", folder.File("bare.fits"), Simulated.Observation(), "--out", folder.File("t.fits"));
        Assert.Equal(1, mixed.ExitCode);
        Assert.StartsWith($"tsmap: {folder.File("bare.fits")} has no PSF", mixed.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_stack_of_one_file_has_its_irf_grid()
    {
        using var folder = new TemporaryFolder();
        var dataset = MapDatasetFile.Read(Simulated.Observation());
        Tsmap.Do("stack", Simulated.Observation(), "--out", folder.File("s.fits"));
        var stacked = MapDatasetFile.Read(folder.File("s.fits"));
        foreach (
            var (expected, found) in new[] { (dataset.Psf!.Density, stacked.Psf!.Density), (dataset.Edisp!.Data, stacked.Edisp!.Data) })
        {
            Assert.True(found.Geometry.Grid!.IsAlignedWith(expected.Geometry.Grid!, out var dx, out var dy));
            Assert.Equal((0, 0, expected.Geometry.Width, expected.Geometry.Height), (dx, dy, found.Geometry.Width, found.Geometry.Height));
        }
    }
}
