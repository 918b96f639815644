using System.Diagnostics;
using System.Globalization;
using TsMapSurvey.Fits;

namespace TsMapSurvey.Cli.Tests;

/// <summary><c>tsmap compute --parallel-backend orleans</c> with a server that is a process of its own.</summary>
[Trait("Pace", "slow")]
public sealed class ClusterBackendTests : IDisposable
{
    private static readonly string[] Options =
        ["--kernel-width", "0.6 deg", "--selection-optional", "errn-errp,ul", "--energy-edges", "1 TeV,5 TeV,20 TeV", "--rtol", "1e-4"];
    private readonly TemporaryFolder _folder = new();
    private readonly ServedSurvey _served;

    public ClusterBackendTests() => _served = new ServedSurvey(Path.Combine(Simulated.Folder, "survey.json"), _folder.File("store"));

    [Fact]
    public void The_cluster_and_this_process_write_the_same_files()
    {
        string[] datasets = [Simulated.Observation(), Simulated.Observation()];
        var here = Tsmap.Do(["compute", .. datasets, "--out", _folder.File("this.fits"), .. Options]);
        var there = Tsmap.Do(["compute", .. datasets, "--out", _folder.File("that.fits"), .. Options, "--parallel-backend", "orleans",
            "--server", _served.Address]);
        Assert.Equal(here, there.Replace("that.fits", "this.fits", StringComparison.Ordinal));
        Assert.Equal(File.ReadAllText(_folder.File("this.fits_model.yaml")), File.ReadAllText(_folder.File("that.fits_model.yaml")));
        using var expected = FitsFile.Open(_folder.File("this.fits"));
        using var found = FitsFile.Open(_folder.File("that.fits"));
        Assert.Equal(expected.Hdus.Select(hdu => hdu.Name), found.Hdus.Select(hdu => hdu.Name));
        foreach (var (left, right) in expected.Hdus.Zip(found.Hdus))
        {
            Assert.Equal(Cards(left), Cards(right));
            if (left is not FitsImage { Count: > 0 } image) continue;
            var (values, others) = (image.ReadDoubles(), ((FitsImage)right).ReadDoubles());
            for (var i = 0; i < values.Length; i++) Assert.Equal(
                values[i], others[i], 1e-9 * Math.Max(1, Math.Abs(double.IsFinite(values[i]) ? values[i] : 1)));
        }

        Assert.Empty(JobFiles());
    }

    [Fact]
    public void A_damaged_dataset_is_the_same_line_as_without_a_cluster()
    {
        var whole = File.ReadAllBytes(Simulated.Observation());
        File.WriteAllBytes(_folder.File("half.fits.gz"), whole[..(whole.Length / 2)]);
        var there = Tsmap.Run("compute", Simulated.Observation(), _folder.File("half.fits.gz"), "--out", _folder.File("m.fits"),
            "--parallel-backend", "orleans", "--server", _served.Address);
        Assert.Equal((1, 1), (there.ExitCode, there.Error.Trim().Split('\n').Length));
        Assert.Contains("half.fits.gz", there.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(_folder.File("m.fits")));
        Assert.Empty(JobFiles());
    }

    [Fact]
    public async Task Ctrl_C_ends_the_job_on_the_server()
    {
        string[] datasets = [.. Enumerable.Repeat(Simulated.Observation(), 60)];
        using var client = Process.Start(TestedProgram.Start(["compute", .. datasets, "--out", _folder.File("m.fits"), .. Options,
            "--parallel-backend", "orleans", "--server", _served.Address]))!;
        var said = client.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        Assert.True(SpinWait.SpinUntil(() => JobFiles().Length > 2 || client.HasExited, TimeSpan.FromMinutes(2)));
        Tools.Run("kill", ["-INT", client.Id.ToString(CultureInfo.InvariantCulture)]);
        Assert.True(client.WaitForExit(TimeSpan.FromMinutes(2)), "the client did not stop");
        Assert.Equal("tsmap: stopped", (await said).Trim());
        Assert.True(SpinWait.SpinUntil(() => JobFiles().Length == 0, TimeSpan.FromMinutes(2)), string.Join('\n', JobFiles()));
        Assert.False(File.Exists(_folder.File("m.fits")));
    }

    [Fact]
    public void A_server_that_does_not_answer_and_options_that_do_not_fit_are_said()
    {
        var silent = Tsmap.Run("compute", Simulated.Observation(), "--out", _folder.File("m.fits"), "--parallel-backend", "orleans",
            "--server", "http://127.0.0.1:1");
        Assert.Equal(1, silent.ExitCode);
        Assert.Contains("http://127.0.0.1:1 does not answer", silent.Error, StringComparison.Ordinal);
        var wrong = Tsmap.Run("compute", Simulated.Observation(), "--out", _folder.File("m.fits"), "--parallel-backend", "ray", "--server",
            _served.Address, "--rtol", "7");
        Assert.Equal((2, 3), (wrong.ExitCode, wrong.Error.Split("tsmap: --").Length - 1));
        var threads = Tsmap.Run("compute", Simulated.Observation(), "--out", _folder.File("m.fits"), "--parallel-backend", "orleans",
            "--server", _served.Address, "--n-jobs", "2");
        Assert.Equal(2, threads.ExitCode);
        Assert.Contains("--n-jobs", threads.Error, StringComparison.Ordinal);
    }

    public void Dispose()
    {
        _served.Dispose();
        _folder.Dispose();
    }

    private string[] JobFiles()
    {
        var jobs = _folder.File(Path.Combine("store", "compute"));
        return Directory.Exists(jobs) ? Directory.GetFiles(jobs, "*", SearchOption.AllDirectories) : [];
    }

    private static IEnumerable<string> Cards(FitsHdu hdu) =>
        hdu.Header.Where(card => card.Keyword is not ("MODEL" or "CHECKSUM" or "DATASUM")).Select(card => $"{card.Keyword} = {card.Value}");
}
