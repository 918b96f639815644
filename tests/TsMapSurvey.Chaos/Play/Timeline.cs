using System.Diagnostics;
using System.Globalization;

namespace TsMapSurvey.Chaos;

/// <summary>What was done when, in seconds from the run's beginning: into a file of the evidence, and told to whoever looks on.</summary>
internal sealed class Timeline(string file, Action<string>? told) : IDisposable
{
    private readonly Stopwatch _watch = Stopwatch.StartNew();
    private readonly StreamWriter _file = new(file) { AutoFlush = true };
    private readonly Lock _lock = new();

    public TimeSpan Elapsed => _watch.Elapsed;

    public void Note(FormattableString what)
    {
        lock (_lock)
        {
            var line = string.Create(
                CultureInfo.InvariantCulture, $"{_watch.Elapsed.TotalSeconds,7:0.00} s  {what.ToString(CultureInfo.InvariantCulture)}");
            _file.WriteLine(line);
            told?.Invoke(line);
        }
    }

    public void Dispose() => _file.Dispose();
}
