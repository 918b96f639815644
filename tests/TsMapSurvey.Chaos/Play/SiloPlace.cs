using System.Diagnostics;
using System.Globalization;

namespace TsMapSurvey.Chaos;

/// <summary>
/// A place in the cluster that always has a <c>tsmap serve</c>, or is just getting one: whatever ends there has a successor.
/// </summary>
internal sealed class SiloPlace : IAsyncDisposable
{
    private static readonly TimeSpan StartPatience = TimeSpan.FromMinutes(3);
    private readonly ProcessStartInfo _start;
    private readonly int _number;
    private readonly Ground _ground;
    private readonly Timeline _timeline;
    private readonly StreamWriter _log;
    private readonly string _clock;
    private readonly CancellationTokenSource _ending = new();
    private readonly Lock _lock = new();
    private readonly Task _keeping;
    private Process? _process;
    private TaskCompletionSource<Uri> _serving = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private TimeSpan _pause;
    private bool _wasAsked;
    private bool _isAway;
    private bool _hasWrongClock;

    public SiloPlace(int number, Ground ground, Timeline timeline, string evidence, int tailLength, IEnumerable<string> arguments)
    {
        (_number, _ground, _timeline) = (number, ground, timeline);
        _clock = Path.Combine(evidence, $"silo{number}.clock");
        _log = new StreamWriter(Path.Combine(evidence, $"silo{number}.log")) { AutoFlush = true };
        _start = new ProcessStartInfo(ground.Tsmap[0], [.. ground.Tsmap.Skip(1), "serve", .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = evidence,
        };
        _start.Environment["TSMAP_Store__TailLength"] = tailLength.ToString(CultureInfo.InvariantCulture);
        _start.Environment["TSMAP_Intake__Interval"] = "00:00:00.3";
        _start.Environment["TSMAP_Intake__RetryDelay"] = "00:00:00.3";
        _start.Environment["TSMAP_Clustering__ProbeTimeout"] = "00:00:00.7";
        _start.Environment["DOTNET_gcServer"] = "0";
        _start.Environment["DOTNET_TieredPGO"] = "0";
        _keeping = Task.Run(KeepAsync);
    }

    /// <summary>Where it answers; null while nobody does, as far as is known.</summary>
    public Uri? Address
    {
        get
        {
            lock (_lock) return _serving.Task.IsCompletedSuccessfully && !_isAway ? _serving.Task.Result : null;
        }
    }

    /// <summary>Processes that were killed.</summary>
    public int Killed { get; private set; }

    /// <summary>Processes that ended though nobody told them to: those that were given up by the others, mostly.</summary>
    public int EndedThemselves { get; private set; }

    /// <summary>Until somebody answers here.</summary>
    public async Task<Uri> ServingAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            Task<Uri> serving;
            lock (_lock) serving = _serving.Task;
            try
            {
                return await serving.WaitAsync(cancellationToken);
            }
            catch (InvalidOperationException)
            {
                await Task.Delay(50, cancellationToken);
            }
        }
    }

    /// <param name="clockS">What the successor's wall clock is ahead, where the library for it is installed.</param>
    public void Kill(double downS, int clockS)
    {
        lock (_lock)
        {
            (_pause, _wasAsked) = (TimeSpan.FromSeconds(downS), true);
            TurnClock(clockS);
        }

        if (Signal("KILL")) Killed++;
    }

    /// <param name="isKnown">Whether nobody asks it anything meanwhile.</param>
    public void Freeze(bool isKnown)
    {
        lock (_lock) _isAway = isKnown;
        Signal("STOP");
    }

    public void Thaw()
    {
        Signal("CONT");
        lock (_lock) _isAway = false;
    }

    public void Terminate()
    {
        lock (_lock) (_pause, _wasAsked) = (TimeSpan.Zero, true);
        Signal("TERM");
    }

    /// <summary>A clock that is wrong jumps to the right time, under whoever runs there.</summary>
    public void SetClockRight()
    {
        lock (_lock)
        {
            if (!_hasWrongClock) return;
            _hasWrongClock = false;
            TurnedClock.Turn(_clock, 0);
        }

        _timeline.Note($"silo {_number}'s clock jumps to the right time");
    }

    /// <summary>SIGKILL, and nobody takes the place any more; not counted as killed.</summary>
    public async Task EndAsync()
    {
        await _ending.CancelAsync();
        Signal("KILL");
        await _keeping;
    }

    public async ValueTask DisposeAsync()
    {
        await EndAsync();
        await _log.DisposeAsync();
        _ending.Dispose();
    }

    private void TurnClock(int byS)
    {
        if (!TurnedClock.IsInstalled) return;
        if (_hasWrongClock = byS != 0) TurnedClock.Turn(_clock, byS);
        foreach (var (name, value) in TurnedClock.Variables(_clock))
        {
            if (byS == 0) _start.Environment.Remove(name);
            else _start.Environment[name] = value;
        }
    }

    private bool Signal(string name)
    {
        lock (_lock)
        {
            if (_process is not { HasExited: false } running) return false;
            return Tools.Run("/bin/kill", [$"-{name}", running.Id.ToString(CultureInfo.InvariantCulture)]).ExitCode == 0;
        }
    }

    private async Task KeepAsync()
    {
        while (!_ending.IsCancellationRequested)
        {
            await ServeOnceAsync();
            TimeSpan pause;
            lock (_lock)
            {
                // Who was waiting for the old one waits for the next.
                var ended = _serving;
                _serving = new TaskCompletionSource<Uri>(TaskCreationOptions.RunContinuationsAsynchronously);
                if (!ended.Task.IsCompleted) ended.SetException(new InvalidOperationException("it ended before it served"));
                (pause, _pause) = (_pause, TimeSpan.FromSeconds(0.2));
            }

            await Task.Delay(pause, _ending.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task ServeOnceAsync()
    {
        using var process = new Process { StartInfo = _start };
        lock (_lock)
        {
            if (_ending.IsCancellationRequested) return;
            process.Start();
            _ground.Guard.Runs(process.Id);
            (_process, _wasAsked) = (process, false);
        }

        await _log.WriteLineAsync($"---- process {process.Id.ToString(CultureInfo.InvariantCulture)}");
        var (said, told) = (CopyAsync(process.StandardError), AddressAsync(process));
        await process.WaitForExitAsync();
        await Task.WhenAll(said, told);
        _ground.Guard.Ran(process.Id);
        lock (_lock)
        {
            _process = null;
            if (_wasAsked || _ending.IsCancellationRequested) return;
            EndedThemselves++;
        }

        _timeline.Note($"silo {_number} ended by itself, exit code {process.ExitCode}");
    }

    private async Task CopyAsync(StreamReader from)
    {
        while (await from.ReadLineAsync() is { } line) await _log.WriteLineAsync(line);
    }

    private async Task AddressAsync(Process process)
    {
        var first = await process.StandardOutput.ReadLineAsync().WaitAsync(StartPatience)
            .ContinueWith(reading => reading.IsCompletedSuccessfully ? reading.Result : null, TaskScheduler.Default);
        if (first?.Split(' ', StringSplitOptions.RemoveEmptyEntries).ElementAtOrDefault(1) is { } address)
        {
            _timeline.Note($"silo {_number} serves");
            lock (_lock) _serving.TrySetResult(new Uri(address));
        }
        else if (!process.HasExited)
        {
            _timeline.Note($"silo {_number} does not start");
            process.Kill();
        }
    }
}
