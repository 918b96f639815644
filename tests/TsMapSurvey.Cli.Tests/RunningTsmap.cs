using System.Diagnostics;
using System.Globalization;

namespace TsMapSurvey.Cli.Tests;

/// <summary>
/// The command line as a child process that is watched while it works: how much memory it has taken, and what it does with Ctrl-C.
/// </summary>
internal sealed class RunningTsmap : IDisposable
{
    private readonly Process _process;
    private readonly Task<string> _output;
    private readonly Task<string> _error;

    public RunningTsmap(string temporaryFolder, params string[] arguments)
    {
        var start = TestedProgram.Start(arguments);
        start.Environment["TMPDIR"] = temporaryFolder;
        _process = Process.Start(start)!;
        (_output, _error) = (_process.StandardOutput.ReadToEndAsync(), _process.StandardError.ReadToEndAsync());
    }

    /// <summary>The largest working set seen, bytes (VmHWM).</summary>
    public long PeakMemory { get; private set; }

    /// <summary>
    /// What the process has computed so far, as last seen: unlike the time that passed it does not grow with what else the machine does.
    /// </summary>
    public TimeSpan ProcessorTime { get; private set; }

    public string Said => _output.GetAwaiter().GetResult() + _error.GetAwaiter().GetResult();

    /// <summary>Waits until it ends, or until the condition holds; false when it ended first.</summary>
    public bool WaitUntil(Func<bool> condition, TimeSpan patience)
    {
        var watch = Stopwatch.StartNew();
        while (!condition())
        {
            Assert.True(watch.Elapsed < patience, $"nothing happened within {patience}");
            if (_process.WaitForExit(10)) return false;
            Measure();
        }

        return true;
    }

    public int WaitForExit(TimeSpan patience)
    {
        WaitUntil(() => false, patience);
        return _process.ExitCode;
    }

    /// <summary>Sends a signal, waits until the process is gone, and gives the processor time that it still took, seconds.</summary>
    public double Signal(string name, TimeSpan patience)
    {
        Measure();
        var before = ProcessorTime;
        Tools.Run("kill", [$"-{name}", _process.Id.ToString(CultureInfo.InvariantCulture)]);
        WaitUntil(() => false, patience);
        return (ProcessorTime - before).TotalSeconds;
    }

    public int ExitCode => _process.ExitCode;

    public void Dispose()
    {
        if (!_process.HasExited) _process.Kill(entireProcessTree: true);
        _process.WaitForExit();
        _process.Dispose();
    }

    private void Measure()
    {
        try
        {
            _process.Refresh();
            PeakMemory = Math.Max(PeakMemory, _process.PeakWorkingSet64);
            ProcessorTime = _process.TotalProcessorTime;
        }
        catch (InvalidOperationException)
        {
            // It ended in between.
        }
    }
}
