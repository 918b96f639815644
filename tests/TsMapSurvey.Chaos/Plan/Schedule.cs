using System.Globalization;

namespace TsMapSurvey.Chaos;

/// <summary>What a seed says: in which world the silos live, and what is done to them when. Nothing else goes into it.</summary>
/// <param name="InFolder">The store is a folder, else blobs behind the proxy.</param>
/// <param name="Clusters">For each silo the cluster that it is in, 0 or 1.</param>
internal sealed record Schedule(int Seed, bool InFolder, IReadOnlyList<int> Clusters, IReadOnlyList<Round> Rounds)
{
    public const int Silos = 3;

    /// <summary>Three probes of 0.7 s, and the vote: a silo that has been frozen for so long was given up, unless the others are busy.</summary>
    private const double GivenUpS = 3.4;

    /// <summary>One short round.</summary>
    public static Schedule Short(int seed) => Of(seed, rounds: 1, roundS: 6.5, kills: 2);

    /// <summary>Rounds of half a minute, more than anybody waits for: the run ends by the clock.</summary>
    public static Schedule Long(int seed) => Of(seed, rounds: 500, roundS: 30, kills: 5);

    /// <summary>Two clusters that are left in peace, and go for the same tiles: what conditional writes are for, and nothing else.</summary>
    public static Schedule Rivals(int seed)
    {
        var random = new Random(seed);
        return new Schedule(seed, false, [0, 1, 0], [new Round(0, [], [.. Enumerable.Range(0, 3).SelectMany(_ => Afterwards(random))])]);
    }

    public string Shown => string.Create(CultureInfo.InvariantCulture,
        $"seed {Seed}: {(InFolder ? "a folder" : "blobs behind the proxy")}, {(Clusters.Contains(1) ? "two clusters" : "one cluster")} of silos {string.Join(" ", Clusters.Select((cluster, silo) => $"{silo}{(char)('a' + cluster)}"))}");

    private static Schedule Of(int seed, int rounds, double roundS, int kills)
    {
        var random = new Random(seed);
        // Neighbouring seeds take turns at what a few runs should have had.
        var (inFolder, twoClusters) = (seed % 4 == 3, seed % 2 == 0 || seed % 8 == 7);
        int[] clusters = [0, twoClusters ? 1 : 0, 0];
        return new Schedule(seed, inFolder, clusters, [.. Enumerable.Range(0, rounds).Select(_ => Round(random, inFolder, roundS, kills))]);
    }

    private static Round Round(Random random, bool inFolder, double roundS, int kills)
    {
        var deeds = new List<Deed>();
        double At(double from, double to) => Math.Round(from + random.NextDouble() * (to - from), 2);
        bool Happens(double share) => random.NextDouble() < share;
        for (var observation = 0; observation < Samples.Observations; observation++)
            if (Happens(0.6)) deeds.Add(new Put(At(0, 0.4), observation, random.Next(Samples.Versions), Happens(0.3)));
        for (var i = 0; i < 2 * roundS; i++)
        {
            var (at, observation) = (At(0.4, roundS), random.Next(Samples.Observations));
            deeds.Add(random.Next(10) switch
            {
                < 5 => new Put(at, observation, random.Next(Samples.Versions), Happens(0.3)),
                < 7 => new Touch(at, observation),
                < 9 => new Retract(at, observation, Happens(0.3)),
                _ => new Retry(at, observation),
            });
        }

        var frozen = random.Next(Silos);
        var frozenAt = At(0.3, roundS - 4.6);
        deeds.Add(new Freeze(frozenAt, frozen, GivenUpS + At(0, 1)));
        // Something for whoever takes over its tiles, and for what it was just about to do.
        foreach (var at in new[] { frozenAt - 0.1, frozenAt + 0.3, frozenAt + 1.5 }) deeds.Add(new Put(at, random.Next(Samples.Observations), random.Next(Samples.Versions), false));
        for (var i = 0; i < kills; i++)
        {
            var (silo, at) = ((frozen + 1 + i % (Silos - 1)) % Silos, At(roundS * i / kills, roundS * (i + 1) / kills));
            deeds.Add(new Kill(at, silo, At(0.2, 1), Happens(0.3) ? random.Next(-400, 400) : 0));
            deeds.Add(new Put(Math.Max(0, at - 0.3), random.Next(Samples.Observations), random.Next(Samples.Versions), false));
            if (!inFolder && Happens(0.5)) deeds.Add(new Spell(Math.Max(0, at - 0.6), StorageFault.LateWrite, 1, 0.9, silo, true));
        }

        if (Happens(0.3)) deeds.Add(new Restart(At(roundS / 2, roundS), random.Next(Silos)));
        if (inFolder) deeds.Add(new FillDisk(At(0.2, roundS - 2), At(0.5, 2)));
        else deeds.AddRange(Spells(random, roundS, At));
        return new Round(roundS, [.. deeds.OrderBy(deed => deed.AtS)], Afterwards(random));
    }

    /// <summary>
    /// What comes when the faults are over and every place has its silo again, in waves: every tile has something, then something is replaced and taken out,
    /// then every tile has something again. Whoever kept a tile in memory that is no longer his would write it now.
    /// </summary>
    private static IReadOnlyList<IReadOnlyList<Deed>> Afterwards(Random random)
    {
        int[] order = [.. Enumerable.Range(0, Samples.Observations)];
        random.Shuffle(order);
        Deed Another(int observation) => new Put(0, observation, random.Next(Samples.Versions), false);
        return
        [
            [.. order.Select(Another)],
            [new Retract(0, order[0], true), Another(order[1]), new Touch(0, order[2])],
            [.. order.Skip(3).Select(Another), new Retract(0, order[1], false)],
        ];
    }

    /// <summary>One after the other: together they would be more than half of the requests, and the store's circuit breaker would only wait.</summary>
    private static IEnumerable<Spell> Spells(Random random, double roundS, Func<double, double, double> at)
    {
        StorageFault[] faults = [.. Enum.GetValues<StorageFault>().Except([StorageFault.None, StorageFault.LateWrite])];
        for (var begin = 0.1; begin < roundS - 1;)
        {
            var length = at(0.5, 1.8);
            var fault = faults[random.Next(faults.Length)];
            yield return new Spell(begin, fault, fault is StorageFault.Slow or StorageFault.Drops ? 0.6 : at(0.1, 0.35), length, random.Next(3) == 0 ? random.Next(Silos) : null, random.Next(4) == 0);
            begin += length + at(0, 0.7);
        }
    }
}

/// <summary>Deeds in the order of their times, when all faults end, and what is done after that, wave by wave.</summary>
internal sealed record Round(double LengthS, IReadOnlyList<Deed> Deeds, IReadOnlyList<IReadOnlyList<Deed>> Afterwards);
