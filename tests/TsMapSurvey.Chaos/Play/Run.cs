using System.Globalization;
using TsMapSurvey.Storage;

namespace TsMapSurvey.Chaos;

/// <summary>How a run ended.</summary>
/// <param name="Violations">What is not as it has to be; empty when all is well.</param>
/// <param name="Evidence">The folder of timeline, logs and, where something is wrong, the stored records; null when it was thrown
/// away.</param>
internal sealed record Outcome(Schedule Schedule, IReadOnlyList<string> Violations, TimeSpan Took, int Kills, int EndedThemselves,
    int Struck, int Acknowledged, string? Evidence);

/// <summary>One schedule, carried out on a store and a cluster of its own.</summary>
internal sealed class Run : IAsyncDisposable
{
    private const int DiskMegabytes = 48;
    private static readonly TimeSpan StartPatience = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan BetweenWaves = TimeSpan.FromSeconds(0.8);
    private readonly Ground _ground;
    private readonly Schedule _schedule;
    private readonly string _evidence;
    private readonly Timeline _timeline;
    private readonly Weather _weather;
    private readonly SeenCommits _commits;
    private readonly IBlobStore _store;
    private readonly Hands _hands;
    private readonly Settling _settling;
    private readonly Vandal _vandal;
    private readonly List<SiloPlace> _silos = [];
    private readonly CancellationTokenSource _ending = new();
    private readonly FullDisk? _disk;
    private int _kills;
    private int _ends;

    private Run(Ground ground, Schedule schedule, bool takesConditions, string evidence, Action<string>? told)
    {
        (_ground, _schedule, _evidence) = (ground, schedule, evidence);
        _timeline = new Timeline(Path.Combine(evidence, "timeline.txt"), told);
        _timeline.Note($"{schedule.Shown}");
        ground.Storage.Commits = _commits = new SeenCommits();
        ground.Storage.Weather = _weather = new Weather(schedule.Seed) { TakesConditions = takesConditions };
        var (folder, container) = (Path.Combine(evidence, "store"), Azurite.NewName());
        if (schedule.InFolder && ground.TryMount(folder, DiskMegabytes)) _disk = new FullDisk(folder);
        Store = schedule.InFolder ? folder : $"{ground.Azurite.BlobUrl}/{container}";
        string At(int door) => schedule.InFolder ? folder : $"{ground.Storage.Doors[door]}/{container}";
        _store = BlobStores.Open(Store);
        for (var silo = 0; silo < schedule.Clusters.Count; silo++) _silos.Add(Place(silo, At(silo), container));
        _hands = new Hands(ground, BlobStores.Open(At(Schedule.Silos)), _silos, _timeline, _ending.Token);
        _settling = new Settling(ground, schedule, _store, _silos, _hands, _timeline);
        _vandal = new Vandal(_store, ground.Samples.Survey.Name, _timeline);
    }

    /// <summary>The store itself, past the proxy.</summary>
    private string Store { get; }

    /// <param name="until">Rounds are begun before this; at least one is played.</param>
    /// <param name="takesConditions">The planted bug.</param>
    /// <param name="told">Hears the timeline.</param>
    public static async Task<Outcome> PlayAsync(
        Ground ground, Schedule schedule, TimeSpan until, bool takesConditions, bool keep, Action<string>? told)
    {
        var evidence = Directory.CreateDirectory(Path.Combine(
            ground.Folder, $"seed-{schedule.Seed.ToString(CultureInfo.InvariantCulture)}-{Guid.NewGuid().ToString("N")[..6]}")).FullName;
        List<string> violations = [];
        var run = new Run(ground, schedule, takesConditions, evidence, told);
        await using (run)
        {
            for (var round = 0; round < schedule.Rounds.Count && violations.Count == 0
                && (round == 0 || run._timeline.Elapsed < until); round++)
            {
                violations.AddRange(await run.RoundAsync(schedule.Rounds[round], isLast: round == schedule.Rounds.Count - 1));
                run._timeline.Note($"round {round + 1}: {(violations.Count == 0 ? "all is as it has to be" : "WRONG")}");
            }

            foreach (var violation in violations) run._timeline.Note($"WRONG: {violation}");
            if (violations.Count > 0) await Evidence.CopyAsync(run._store, Path.Combine(evidence, "stored"));
        }

        var kept = violations.Count > 0 || keep;
        if (!kept) Directory.Delete(evidence, recursive: true);
        return new Outcome(schedule, violations, run._timeline.Elapsed, run._kills, run._ends, run._weather.Struck, run._hands.Done, kept
            ? evidence : null);
    }

    public async ValueTask DisposeAsync()
    {
        await _ending.CancelAsync();
        await EndSilosAsync();
        _settling.Dispose();
        _hands.Dispose();
        _timeline.Dispose();
        _ending.Dispose();
        if (_disk is not null) Tools.Run("/bin/umount", ["-l", Store]);
    }

    private SiloPlace Place(int silo, string store, string cluster)
    {
        return new SiloPlace(silo, _ground, _timeline, _evidence, _schedule.TailLength,
        [
            "--survey", _ground.Samples.DefinitionFile, "--store", store, "--urls", "http://127.0.0.1:0", "--clustering", "redis",
            "--cluster-connection", _ground.Redis.Connection,
            "--cluster-id", $"{cluster}-{_schedule.Clusters[silo].ToString(CultureInfo.InvariantCulture)}", "--silo-address", "127.0.0.1",
            "--log-level", "Information",
        ]);
    }

    private async Task<IReadOnlyList<string>> RoundAsync(Round round, bool isLast)
    {
        await ServeAllAsync();
        _timeline.Note($"all silos serve; {round.LengthS:0.0} s of faults begin");
        var (began, ends) = (_timeline.Elapsed, new List<Task>());
        foreach (var deed in round.Deeds)
        {
            var wait = began + TimeSpan.FromSeconds(deed.AtS) - _timeline.Elapsed;
            if (wait > TimeSpan.Zero) await Task.Delay(wait);
            Begin(deed, ends);
        }

        var rest = began + TimeSpan.FromSeconds(round.LengthS) - _timeline.Elapsed;
        if (rest > TimeSpan.Zero) await Task.Delay(rest);
        await Task.WhenAll(ends);
        _weather.Calm();
        _timeline.Note($"the faults are over: {_weather.Struck} requests were struck, {_hands.Done} deeds acknowledged");
        await ServeAllAsync();
        foreach (var (number, wave) in round.Afterwards.Index())
        {
            if (await PlayAsync(wave) is { Count: > 0 } undone) return undone;
            if (number > 0) continue;
            foreach (var silo in _silos) silo.SetClockRight();
        }

        if (await _settling.EverythingAsync() is { Count: > 0 } unsettled) return unsettled;
        var wanted = new Expectation(_ground.Samples.Survey, _hands.Wanted, _hands.Unwanted);
        var answered = _schedule.Clusters.Contains(1)
            ? [] : await ServedStacks.CheckAsync(_silos, wanted, withMosaic: _schedule.Rounds.Count > 1);
        if (isLast) await Task.WhenAll(_silos.Select(silo => silo.EndAsync()));
        else foreach (var silo in _silos) silo.Kill(0, 0);
        // Arrays and maps that nobody has asked for since they were damaged are still so: that is what a repair is for.
        var damaged = round.Afterwards.Any(wave => wave.Damages is not null);
        var lost = damaged ? await StoredStacks.LostManifestsAsync(_store, wanted) : [];
        var repaired = damaged ? Verify("--repair") : [];
        var verifying = Task.Run(() => Verify());
        var stored = await StoredStacks.CheckAsync(_store, wanted, _ground.Samples);
        return [.. _commits.Problems, .. answered, .. lost, .. repaired, .. stored, .. await verifying];
    }

    private IReadOnlyList<string> Verify(params string[] options)
    {
        var verified = Tools.Run(
            _ground.Tsmap[0], [.. _ground.Tsmap.Skip(1), "verify", "--survey", _ground.Samples.Survey.Name, "--store", Store, .. options]);
        return verified.ExitCode == 0 ? [] : [$"tsmap verify {string.Join(' ', options)}: {verified.Output}{verified.Error}"];
    }

    private async Task<IReadOnlyList<string>> PlayAsync(Wave wave)
    {
        if (wave.Damages is not null && await DamageAsync(wave) is { Count: > 0 } harmed) return harmed;
        if (wave.Alone is not { } alone)
        {
            foreach (var deed in wave.Deeds) _hands.Do(deed);
            await Task.Delay(BetweenWaves);
            return [];
        }

        // Nobody may be waiting for an answer of those that are about to be frozen.
        if (await _settling.StackedAsync() is { Count: > 0 } before) return before;
        var frozen = _silos.Where((_, silo) => _schedule.Clusters[silo] != alone).ToArray();
        foreach (var silo in frozen) silo.Freeze(isKnown: true);
        foreach (var deed in wave.Deeds) _hands.Do(deed);
        var undone = await _settling.StackedAsync();
        foreach (var silo in frozen) silo.Thaw();
        _timeline.Note($"cluster {alone} alone has done {string.Join(", ", wave.Deeds)}");
        return undone;
    }

    /// <summary>
    /// Damages what is stored when all is stacked and maps are made of it; where the silos are killed then, the next ones have to answer
    /// the same.
    /// </summary>
    private async Task<IReadOnlyList<string>> DamageAsync(Wave wave)
    {
        await ServeAllAsync();
        if (await _settling.StackedAsync() is { Count: > 0 } before) return before;
        var candidates = await CandidatesAsync();
        if (candidates is null) return ["maps, mosaics and candidates were not all made before the damage"];
        var stacked = _hands.Wanted.Select(version => version.Name).ToHashSet(StringComparer.Ordinal);
        foreach (var damage in wave.Damages!) await _vandal.DoAsync(damage, stacked);
        if (!wave.Restarts) return [];
        foreach (var silo in _silos) silo.Kill(0, 0);
        await Task.Delay(BetweenWaves);
        await ServeAllAsync();
        if (await _settling.StackedAsync() is { Count: > 0 } after) return after;
        var again = await CandidatesAsync();
        return candidates == again ? [] : [$"after the damage the candidates are {again ?? "not all told"}, expected {candidates}"];
    }

    /// <summary>Of the first cluster; empty where nothing is stacked, null where they are not all told.</summary>
    private async Task<string?> CandidatesAsync()
    {
        var survey = _ground.Samples.Survey;
        if (_silos[0].Address is not { } address || _hands.Wanted is not { Count: > 0 } wanted) return "";
        using var served = new ServedCandidates(new Uri(address, $"/api/surveys/{survey.Name}/"));
        return await served.MadeAsync(survey.TilesOf(wanted[0].Dataset)[0].ToString());
    }

    private async Task ServeAllAsync()
    {
        using var limit = new CancellationTokenSource(StartPatience);
        try
        {
            await Task.WhenAll(_silos.Select(silo => silo.ServingAsync(limit.Token)));
        }
        catch (OperationCanceledException)
        {
            throw new TimeoutException($"not every silo serves after {StartPatience}; logs: {_evidence}");
        }
    }

    private void Begin(Deed deed, List<Task> ends)
    {
        void Later(double seconds, Action end) =>
            ends.Add(Task.Delay(TimeSpan.FromSeconds(seconds)).ContinueWith(_ => end(), TaskScheduler.Default));
        switch (deed)
        {
            case Kill kill:
                _timeline.Note($"silo {kill.Silo} killed, down for {kill.DownS:0.0} s{Clock(kill)}");
                _silos[kill.Silo].Kill(kill.DownS, kill.ClockS);
                break;
            case Freeze freeze:
                _timeline.Note($"silo {freeze.Silo} frozen for {freeze.ForS:0.0} s");
                _silos[freeze.Silo].Freeze(isKnown: false);
                Later(freeze.ForS, () =>
                {
                    _timeline.Note($"silo {freeze.Silo} thawed");
                    _silos[freeze.Silo].Thaw();
                });
                break;
            case Restart restart:
                _timeline.Note($"silo {restart.Silo} told to end");
                _silos[restart.Silo].Terminate();
                break;
            case Spell spell:
                var (whose, what) = (spell.Silo is { } one ? $"silo {one}'s" : "all", spell.OnlyManifests ? "manifests" : "requests");
                _timeline.Note($"{spell.Fault} for {spell.ForS:0.0} s: {spell.Share:0%} of {whose} {what}");
                _weather.Begin(spell);
                Later(spell.ForS, () => _weather.End(spell));
                break;
            case FillDisk fill when _disk is not null:
                _timeline.Note($"no room on the disk for {fill.ForS:0.0} s");
                _disk.Fill();
                Later(fill.ForS, _disk.Empty);
                break;
            case FillDisk:
                _timeline.Note($"SKIPPED: a full disk (mounting a file system of its own is not permitted here)");
                break;
            default:
                _hands.Do(deed);
                break;
        }
    }

    private string Clock(Kill kill) => kill.ClockS == 0 ? ""
        : !TurnedClock.IsInstalled ? "; SKIPPED: a turned clock (Debian's libfaketime is not installed)"
        : string.Create(CultureInfo.InvariantCulture, $", the next one's clock {kill.ClockS:+0;-0} s off");

    private async Task EndSilosAsync()
    {
        await Task.WhenAll(_silos.Select(async silo => await silo.DisposeAsync()));
        (_kills, _ends) = (_silos.Sum(silo => silo.Killed), _silos.Sum(silo => silo.EndedThemselves));
    }
}
