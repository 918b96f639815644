using TsMapSurvey.Grains.Observations;

namespace TsMapSurvey.Grains.Tests;

public sealed class StackingRoomTests
{
    [Fact]
    public async Task Small_ones_go_together_and_the_next_in_line_waits_until_there_is_room()
    {
        var room = new StackingRoom(10);
        var (first, second) = (await EnterAsync(room, 4), await EnterAsync(room, 6));
        var third = room.EnterAsync(1, CancellationToken.None);
        Assert.False(third.IsCompleted);
        first.Dispose();
        (await Soon(third)).Dispose();
        second.Dispose();
    }

    [Theory]
    [InlineData(1000L)]
    [InlineData(null)]
    public async Task What_is_too_large_or_unknown_goes_alone_and_is_not_overtaken(long? size)
    {
        var room = new StackingRoom(10);
        var small = await EnterAsync(room, 1);
        var (large, behind) = (room.EnterAsync(size, CancellationToken.None), room.EnterAsync(1, CancellationToken.None));
        Assert.False(large.IsCompleted || behind.IsCompleted);
        small.Dispose();
        var alone = await Soon(large);
        Assert.False(behind.IsCompleted);
        alone.Dispose();
        // Once more does not make more room than there is.
        alone.Dispose();
        (await Soon(behind)).Dispose();
        (await EnterAsync(room, 10)).Dispose();
    }

    [Fact]
    public async Task Who_gives_up_waiting_takes_no_room()
    {
        var room = new StackingRoom(10);
        var all = await EnterAsync(room, 10);
        using var cancel = new CancellationTokenSource();
        var given = room.EnterAsync(10, cancel.Token);
        var next = room.EnterAsync(10, CancellationToken.None);
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => given);
        all.Dispose();
        (await Soon(next)).Dispose();
    }

    private static async Task<IDisposable> EnterAsync(StackingRoom room, long? size) =>
        await Soon(room.EnterAsync(size, CancellationToken.None));

    private static Task<IDisposable> Soon(Task<IDisposable> entering) => entering.WaitAsync(TimeSpan.FromMinutes(1));
}
