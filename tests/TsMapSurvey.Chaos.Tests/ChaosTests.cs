namespace TsMapSurvey.Chaos.Tests;

/// <summary>Short runs. Many more, and long ones: tests/TsMapSurvey.Chaos/README.md.</summary>
public sealed class ChaosTests(GroundFixture ground) : IClassFixture<GroundFixture>
{
    [Theory]
    [InlineData(5)]
    public async Task Whatever_is_done_to_a_cluster_every_observation_is_in_its_place_afterwards(int seed)
    {
        var outcome = await PlayAsync(Schedule.Short(seed), takesConditions: false);
        AssertGood(outcome);
        Assert.True(outcome.Kills >= 2, $"{outcome.Kills} silos were killed");
    }

    /// <summary>The planted bug; the very same schedule is harmless where conditions hold.</summary>
    [Fact]
    public async Task The_harness_finds_out_when_conditional_writes_are_switched_off()
    {
        AssertGood(await PlayAsync(Schedule.Rivals(1), takesConditions: false));
        var planted = await PlayAsync(Schedule.Rivals(1), takesConditions: true);
        Assert.Contains(planted.Violations, problem =>
            problem.StartsWith("tile", StringComparison.Ordinal) && problem.Contains("was committed twice", StringComparison.Ordinal));
        Directory.Delete(planted.Evidence!, recursive: true);
    }

    private static void AssertGood(Outcome outcome) =>
        Assert.True(outcome.Violations.Count == 0, $"{string.Join('\n', outcome.Violations)}\nevidence: {outcome.Evidence}");

    private async Task<Outcome> PlayAsync(Schedule schedule, bool takesConditions)
    {
        var outcome = await Run.PlayAsync(
            await ground.NeedAsync(), schedule, TimeSpan.Zero, takesConditions, keep: false, TestContext.Current.SendDiagnosticMessage);
        TestContext.Current.TestOutputHelper?.WriteLine(
            $"{schedule.Shown}: {outcome.Took.TotalSeconds:0.0} s, {outcome.Violations.Count} violations");
        return outcome;
    }
}
