using TsMapSurvey.Contracts;

namespace TsMapSurvey.Grains.Tests;

public sealed class MemoryBudgetTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private readonly MemoryBudget _budget = new(2_000_000_000);

    [Fact]
    public async Task Work_waits_until_the_work_before_it_has_given_its_memory_back()
    {
        var first = await _budget.AdmitAsync("first", 1.5e9, CancellationToken.None);
        var second = _budget.AdmitAsync("second", 1e9, CancellationToken.None);
        Assert.False(second.IsCompleted);
        first.Dispose();
        (await second.WaitAsync(Patience)).Dispose();
    }

    [Theory]
    [InlineData(2_000_000_001)]
    [InlineData(double.PositiveInfinity)]
    public async Task What_can_never_fit_is_refused_with_both_figures(double bytes)
    {
        var exception = await Assert.ThrowsAsync<SurveyServiceException>(
            () => _budget.AdmitAsync("the mosaic", bytes, CancellationToken.None));
        Assert.Equal((ServiceError.TooLarge, false), (exception.Error, exception.RetryHelps));
        Assert.Matches("^the mosaic needs .+ GB of memory, expected at most 2 GB$", exception.Message);
    }

    [Fact]
    public async Task A_line_that_is_too_long_sends_away_whoever_comes()
    {
        using var all = await _budget.AdmitAsync("all", 2e9, CancellationToken.None);
        using var end = new CancellationTokenSource();
        var waiting = Enumerable.Range(0, 256).Select(i => _budget.AdmitAsync($"{i}", 1, end.Token)).ToArray();
        var exception = await Assert.ThrowsAsync<SurveyServiceException>(() => _budget.AdmitAsync("one more", 1, CancellationToken.None));
        Assert.Equal((ServiceError.Busy, true), (exception.Error, exception.RetryHelps));
        await end.CancelAsync();
        foreach (var gone in waiting) await Assert.ThrowsAnyAsync<OperationCanceledException>(() => gone);
        // Whoever gave up stands in nobody's way.
        var next = _budget.AdmitAsync("next", 1, CancellationToken.None);
        all.Dispose();
        (await next.WaitAsync(Patience)).Dispose();
    }
}
