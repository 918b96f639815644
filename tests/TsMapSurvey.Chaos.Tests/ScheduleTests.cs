namespace TsMapSurvey.Chaos.Tests;

public sealed class ScheduleTests
{
    [Fact]
    public void A_schedule_is_what_its_seed_says_and_another_seed_says_another()
    {
        var all = Enumerable.Range(1, 40).Select(seed => Told(Schedule.Short(seed))).ToArray();
        Assert.Equal(all, Enumerable.Range(1, 40).Select(seed => Told(Schedule.Short(seed))));
        Assert.Equal(all.Length, all.Distinct().Count());
    }

    [Fact]
    public void A_few_seeds_have_every_world_and_every_fault_and_each_has_a_silo_that_is_frozen_while_others_are_killed()
    {
        var some = Enumerable.Range(1, 16).Select(Schedule.Short).ToArray();
        Assert.Equal(8, some.Select(schedule => (schedule.InFolder, schedule.Clusters.Contains(1), schedule.TailLength)).Distinct().Count());
        var deeds = some.SelectMany(schedule => schedule.Rounds).SelectMany(round => round.Deeds).ToArray();
        Assert.Equal(9, deeds.Select(deed => deed.GetType()).Distinct().Count());
        Assert.Equal(Enum.GetValues<StorageFault>().Except([StorageFault.None]), deeds.OfType<Spell>().Select(spell => spell.Fault).Distinct().Order());
        Assert.All(some, schedule =>
        {
            var round = Assert.Single(schedule.Rounds);
            var frozen = Assert.Single(round.Deeds.OfType<Freeze>()).Silo;
            Assert.True(round.Deeds.OfType<Kill>().Count(kill => kill.Silo != frozen) >= 2);
            Assert.All(round.Deeds, deed => Assert.InRange(deed.AtS, 0, round.LengthS));
        });
    }

    [Fact]
    public void An_hour_has_more_than_a_hundred_kills() =>
        Assert.True(Schedule.Long(1).Rounds.Take(60).Sum(round => round.Deeds.OfType<Kill>().Count()) > 100);

    private static string Told(Schedule schedule) => string.Join('\n', schedule.Rounds.SelectMany(round => round.Deeds.Concat(round.Afterwards.SelectMany(wave => wave.Deeds))));
}
