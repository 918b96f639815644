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
        Assert.Equal(
            8, some.Select(schedule => (schedule.InFolder, schedule.Clusters.Contains(1), schedule.TailLength)).Distinct().Count());
        var deeds = some.SelectMany(schedule => schedule.Rounds).SelectMany(round => round.Deeds).ToArray();
        Assert.Equal(9, deeds.Select(deed => deed.GetType()).Distinct().Count());
        Assert.Equal(Enum.GetValues<StorageFault>().Except([StorageFault.None]), deeds.OfType<Spell>().Select(spell => spell.Fault)
            .Distinct().Order());
        Assert.All(some, schedule =>
        {
            var round = Assert.Single(schedule.Rounds);
            var frozen = Assert.Single(round.Deeds.OfType<Freeze>()).Silo;
            Assert.True(round.Deeds.OfType<Kill>().Count(kill => kill.Silo != frozen) >= 2);
            Assert.All(round.Deeds, deed => Assert.InRange(deed.AtS, 0, round.LengthS));
        });
    }

    [Fact]
    public void Some_seeds_damage_every_kind_of_blob_in_every_way_but_records_only_where_nobody_has_them_in_memory()
    {
        var waves = Enumerable.Range(1, 40).SelectMany(seed => Schedule.Short(seed).Rounds).SelectMany(round => round.Afterwards)
            .Where(wave => wave.Damages is not null).ToArray();
        var damages = waves.SelectMany(wave => wave.Damages!).ToArray();
        Assert.Equal(Enum.GetValues<StoredKind>().Length * Enum.GetValues<DamageKind>().Length,
            damages.Select(damage => (damage.Kind, damage.How)).Distinct().Count());
        Assert.All(damages, damage => Assert.True(damage is { Which: >= 0 and < 1, Where: >= 0 and < 1 }));
        Assert.Equal([false, true], waves.Select(wave => wave.Restarts).Distinct().Order());
        Assert.All(
            waves.Where(wave => !wave.Restarts), wave => Assert.DoesNotContain(wave.Damages!, damage => damage.Kind == StoredKind.Record));
        Assert.All(Schedule.Rivals(1).Rounds.Single().Afterwards, wave => Assert.Null(wave.Damages));
    }

    [Fact]
    public void An_hour_has_more_than_a_hundred_kills() =>
        Assert.True(Schedule.Long(1).Rounds.Take(60).Sum(round => round.Deeds.OfType<Kill>().Count()) > 100);

    private static string Told(Schedule schedule) => string.Join('\n', schedule.Rounds.SelectMany(
        round => round.Deeds.Concat(round.Afterwards.SelectMany(wave => wave.Deeds.Concat<object>(wave.Damages ?? [])))));
}
