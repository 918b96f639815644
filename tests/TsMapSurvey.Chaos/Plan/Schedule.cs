using System.Globalization;

namespace TsMapSurvey.Chaos;

/// <summary>What a seed says: in which world the silos live, and what is done to them when. Nothing else goes into it.</summary>
/// <param name="InFolder">The store is a folder, else blobs behind the proxy.</param>
/// <param name="Clusters">For each silo the cluster that it is in, 0 or 1.</param>
/// <param name="TailLength">So many observations of a tile are read again at a restart before it writes a checkpoint.</param>
internal sealed record Schedule(int Seed, bool InFolder, IReadOnlyList<int> Clusters, int TailLength, IReadOnlyList<Round> Rounds)
{
    public const int Silos = 3;

    /// <summary>More than a tile gets: no checkpoints.</summary>
    private const int LongTail = 32;

    /// <summary>
    /// Three probes of 0.7 s, and the vote: a silo that has been frozen for so long was given up, unless the others are busy.
    /// </summary>
    private const double GivenUpS = 3.4;

    /// <summary>One short round.</summary>
    public static Schedule Short(int seed) => Of(seed, rounds: 1, roundS: 6.5, kills: 2);

    /// <summary>Rounds of half a minute, more than anybody waits for: the run ends by the clock.</summary>
    public static Schedule Long(int seed) => Of(seed, rounds: 500, roundS: 30, kills: 5);

    /// <summary>
    /// Two clusters of one silo each that meet no faults, and add to the same tiles in turns: what conditional writes are for, and nothing
    /// else.
    /// </summary>
    public static Schedule Rivals(int seed)
    {
        var (order, versions) = Shuffled(new Random(seed));
        Wave Of(int[] observations, int alone) =>
            new([.. observations.Select(observation => new Put(0, observation, versions[observation], false))], alone);
        return new Schedule(seed, false, [0, 1], LongTail, [new Round(0, [], [Of(order[..2], 0), Of(order[2..4], 1), Of(order[4..], 0)])]);
    }

    public string Shown => string.Create(CultureInfo.InvariantCulture,
        $"seed {Seed}: {(InFolder ? "a folder" : "blobs behind the proxy")}, {(Clusters.Contains(1) ? "two clusters" : "one cluster")} of "
            + $"silos {string.Join(" ", Clusters.Select((cluster, silo) => $"{silo}{(char)('a' + cluster)}"))}, tails of {TailLength}");

    private static Schedule Of(int seed, int rounds, double roundS, int kills)
    {
        var random = new Random(seed);
        // Neighbouring seeds take turns at what a few runs should have had.
        var (inFolder, twoClusters) = (seed % 4 == 3, seed % 2 == 0 || seed % 8 == 7);
        int[] clusters = [0, twoClusters ? 1 : 0, 0];
        return new Schedule(seed, inFolder, clusters, seed % 3 == 0
            ? LongTail : 2, [.. Enumerable.Range(0, rounds).Select(_ => Round(random, inFolder, twoClusters, roundS, kills))]);
    }

    private static Round Round(Random random, bool inFolder, bool twoClusters, double roundS, int kills)
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
        foreach (var at in new[] { frozenAt - 0.1, frozenAt + 0.3, frozenAt + 1.5 })
            deeds.Add(new Put(at, random.Next(Samples.Observations), random.Next(Samples.Versions), false));
        for (var i = 0; i < kills; i++)
        {
            // A successor that is there before its predecessor was given up waits for that, five seconds at a time.
            var (silo, at) = ((frozen + 1 + i % (Silos - 1)) % Silos, At(roundS * i / kills, roundS * (i + 1) / kills));
            deeds.Add(new Kill(at, silo, Happens(0.25) ? At(0.1, 0.4) : At(1, 2), Happens(0.3) ? random.Next(-400, 400) : 0));
            deeds.Add(new Put(Math.Max(0, at - 0.3), random.Next(Samples.Observations), random.Next(Samples.Versions), false));
            if (!inFolder && Happens(0.5)) deeds.Add(new Spell(Math.Max(0, at - 0.6), StorageFault.LateWrite, 1, 0.9, silo, true));
        }

        if (Happens(0.3)) deeds.Add(new Restart(At(roundS / 2, roundS), random.Next(Silos)));
        if (inFolder) deeds.Add(new FillDisk(At(0.2, roundS - 2), At(0.5, 2)));
        else deeds.AddRange(Spells(random, roundS, At));
        return new Round(roundS, [.. deeds.OrderBy(deed => deed.AtS)], Afterwards(random, twoClusters));
    }

    /// <summary>
    /// What comes when the faults are over and every place has its silo again, in waves: every tile has something, then something is
    /// replaced and taken out, then every tile has something again. Whoever kept a tile in memory that is no longer his would write it
    /// now.
    /// </summary>
    private static IReadOnlyList<Wave> Afterwards(Random random, bool twoClusters)
    {
        var (order, versions) = Shuffled(random);
        Deed Another(int observation) => new Put(
            0, observation, versions[observation] = (versions[observation] + random.Next(1, Samples.Versions)) % Samples.Versions, false);
        return
        [
            new([.. order.Select(Another)]),
            new([new Retract(0, order[0], true), Another(order[1]), new Touch(0, order[2])]),
            new([.. order.Skip(3).Select(Another), new Retract(0, order[1], false)],
                Damages: Damages(random, [.. Enum.GetValues<StoredKind>().Except([StoredKind.Record])])),
            .. twoClusters ? Turns(order[2..4], order[4..], Another) : [],
            new([], Damages: Healable(Damages(random, Enum.GetValues<StoredKind>())), Restarts: true),
        ];
    }

    /// <summary>One of each kind, except for some: a tile that loses everything at once has to be made again too.</summary>
    private static IReadOnlyList<Damage> Damages(Random random, StoredKind[] kinds) =>
    [
        .. from kind in kinds
           where random.NextDouble() < 0.75
           select new Damage(kind, (DamageKind)random.Next(3), random.NextDouble(), random.NextDouble()),
    ];

    /// <summary>
    /// Without the record where a ledger is damaged too: nobody but a repair decides then whether the observation was in it.
    /// </summary>
    private static IReadOnlyList<Damage> Healable(IReadOnlyList<Damage> damages) =>
        damages.Any(damage => damage.Kind == StoredKind.Ledger) ? [.. damages.Where(damage => damage.Kind != StoredKind.Record)] : damages;

    /// <summary>
    /// Each cluster works while the other one cannot, and then holds older stacks of the tiles that it writes next: the second still has
    /// what was taken out, the first one older versions of what the second has replaced. Only the condition of its write tells it so.
    /// </summary>
    private static IEnumerable<Wave> Turns(int[] some, int[] others, Func<int, Deed> another) =>
        [new([.. some.Select(observation => new Retract(0, observation, false))], 0), new([.. others.Select(another)], 1),
            new([.. some.Select(another)], 0)];

    private static (int[] Order, int[] Versions) Shuffled(Random random)
    {
        int[] order = [.. Enumerable.Range(0, Samples.Observations)];
        random.Shuffle(order);
        return (order, [.. order.Select(_ => random.Next(Samples.Versions))]);
    }

    /// <summary>
    /// One after the other: together they would be more than half of the requests, and the store's circuit breaker would only wait.
    /// </summary>
    private static IEnumerable<Spell> Spells(Random random, double roundS, Func<double, double, double> at)
    {
        StorageFault[] faults = [.. Enum.GetValues<StorageFault>().Except([StorageFault.None, StorageFault.LateWrite])];
        for (var begin = 0.1; begin < roundS - 1;)
        {
            var length = at(0.5, 1.8);
            var fault = faults[random.Next(faults.Length)];
            yield return new Spell(begin, fault, fault is StorageFault.Slow or StorageFault.Drops
                ? 0.6 : at(0.1, 0.35), length, random.Next(3) == 0 ? random.Next(Silos) : null, random.Next(4) == 0);
            begin += length + at(0, 0.7);
        }
    }
}

/// <summary>Deeds in the order of their times, when all faults end, and what is done after that, wave by wave.</summary>
internal sealed record Round(double LengthS, IReadOnlyList<Deed> Deeds, IReadOnlyList<Wave> Afterwards);

/// <summary>Deeds without faults, together.</summary>
/// <param name="Damages">What is damaged before the deeds, once everything is stacked.</param>
/// <param name="Restarts">Whether all silos are killed after the damage: nobody has anything in memory then.</param>
/// <param name="Alone">The cluster that carries them out to the end while all silos of the other one are frozen; null: nobody is
/// frozen.</param>
internal sealed record Wave(IReadOnlyList<Deed> Deeds, int? Alone = null, IReadOnlyList<Damage>? Damages = null, bool Restarts = false);
