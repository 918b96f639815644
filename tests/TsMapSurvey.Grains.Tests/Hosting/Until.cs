namespace TsMapSurvey.Grains.Tests;

/// <summary>Waits for what must come true, and fails when it does not in a time that is long on any machine.</summary>
internal static class Until
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(20);

    public static async Task TrueAsync(Func<Task<bool>> condition)
    {
        var began = TimeProvider.System.GetTimestamp();
        while (!await condition())
        {
            Assert.True(TimeProvider.System.GetElapsedTime(began) < Limit, $"it did not come true within {Limit}");
            await Task.Delay(Step, TimeProvider.System);
        }
    }
}
