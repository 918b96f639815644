using System.Threading.Channels;
using Microsoft.Extensions.Time.Testing;

namespace TsMapSurvey.Storage.Tests.Faults;

/// <summary>A clock that stands still and reports every timer set on it. A test advances it once a caller is known to wait.</summary>
internal sealed class TimersClock : FakeTimeProvider
{
    private readonly Channel<TimeSpan> _timers = Channel.CreateUnbounded<TimeSpan>();
    private Task<TimeSpan>? _next;

    /// <summary>The delays that <see cref="PassAsync"/> let pass.</summary>
    public List<TimeSpan> Waits { get; } = [];

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = base.CreateTimer(callback, state, dueTime, period);
        _timers.Writer.TryWrite(dueTime);
        return timer;
    }

    /// <summary>
    /// Lets every delay of at most <paramref name="longest"/> pass until the task ends; longer ones are timeouts, which do not expire.
    /// </summary>
    public async Task<T> PassAsync<T>(Task<T> task, TimeSpan longest)
    {
        while (!task.IsCompleted)
        {
            _next ??= _timers.Reader.ReadAsync(TestContext.Current.CancellationToken).AsTask();
            if (await Task.WhenAny(task, _next) == task) break;
            var due = await _next;
            _next = null;
            if (due > longest || due < TimeSpan.Zero) continue;
            Waits.Add(due);
            Advance(due);
        }

        return await task;
    }
}
