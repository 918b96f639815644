using TsMapSurvey.Contracts;
using TsMapSurvey.Estimators;
using TsMapSurvey.Estimators.Gadf;
using TsMapSurvey.Estimators.Strips;
using TsMapSurvey.Fits;
using TsMapSurvey.Grains.Compute;
using TsMapSurvey.Maps;
using TsMapSurvey.Maps.Datasets;
using TsMapSurvey.Maps.Gadf;
using TsMapSurvey.Sky;
using TsMapSurvey.Storage;
using TsMapSurvey.Storage.Documents;
using TsMapSurvey.Surveys;

namespace TsMapSurvey.Grains.Tests;

[Trait("Pace", "slow")]
public sealed class ComputeJobTests : IDisposable
{
    private const string Options = """{ "kernelWidthDeg": 0.5, "selection": ["ul"], "energyEdges": "all", "rtol": 1e-3 }""";

    /// <summary>Nine blocks on three silos.</summary>
    private static readonly PixelRegion Tall = new(0, 0, 24, 70);

    private readonly TemporaryFolder _folder = new();
    private readonly FaultyStore _store;

    public ComputeJobTests() => _store = new FaultyStore(BlobStores.Open(_folder.Path));

    [Theory]
    [InlineData(Options)]
    [InlineData("""{ "spatial": "gauss:0.1deg", "index": 2.5, "selection": ["all"], "norm": "scan_min=-5,scan_max=5", "sumOverEnergyGroups": false, "kernelWidthDeg": 0.7 }""")]
    [InlineData("""{ "threshold": 4 }""")]
    public async Task Blocks_on_all_silos_make_the_map_that_one_process_makes(string options)
    {
        await using var host = await SurveyHost.StartAsync(_store, silos: 3);
        byte[][] files = [LittleSurvey.Bytes(LittleSurvey.Observation(1, Tall)), LittleSurvey.Bytes(LittleSurvey.Observation(2, Tall))];
        var status = await FinishAsync(host, await StartAsync(host, options, files));
        Assert.True(status.State == ComputeState.Done, status.Reason);
        Assert.Equal(3, status.Silos.Length);
        Assert.Equal(status.Blocks, status.BlocksDone);
        await AssertLocalAsync(status, options, files);
        foreach (var silo in Enumerable.Range(0, 3)) Assert.InRange(host.Service<ComputeInputs>(silo).ReadCount, 1, 1);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_job_goes_on_when_a_silo_is_lost(bool thatOfTheJob)
    {
        await using var host = await SurveyHost.StartAsync(_store, silos: 3);
        var held = _store.HoldNextWrite("000005.block");
        byte[][] files = [LittleSurvey.Bytes(LittleSurvey.Observation(1, Tall))];
        var job = await StartAsync(host, Options, files);
        await held.Begun;
        await host.KillSiloOfAsync(thatOfTheJob ? host.Grains.ComputeJob(job) : host.Grains.ComputeBlock(job, 5));
        held.Release();
        var status = await FinishAsync(host, job);
        Assert.True(status.State == ComputeState.Done, status.Reason);
        await AssertLocalAsync(status, Options, files);
    }

    [Fact]
    public async Task A_store_that_fails_for_a_moment_costs_a_repetition()
    {
        await using var host = await SurveyHost.StartAsync(_store, silos: 2);
        _store.FailWrites("000001.block", Fault.Lost);
        _store.FailWrites("000002.json", Fault.AnswerLost);
        _store.FailWrites("flux.maps", Fault.Lost);
        byte[][] files = [LittleSurvey.Bytes(LittleSurvey.Observation(1, Tall))];
        var status = await FinishAsync(host, await StartAsync(host, Options, files));
        Assert.True(_store.IsDone, "the planned faults did not happen");
        Assert.True(status.State == ComputeState.Done, status.Reason);
        await AssertLocalAsync(status, Options, files);
    }

    [Fact]
    public async Task A_dataset_that_cannot_be_read_fails_the_job_with_its_name_and_the_reason()
    {
        await using var host = await SurveyHost.StartAsync(_store);
        var whole = LittleSurvey.Bytes(LittleSurvey.Observation(1, Tall));
        var status = await FinishAsync(host, await StartAsync(host, Options, whole, whole[..(whole.Length / 2)]));
        Assert.Equal(ComputeState.Failed, status.State);
        Assert.StartsWith("file1.fits", status.Reason, StringComparison.Ordinal);
        Assert.Null(status.Blob);
    }

    [Theory]
    [InlineData("{}", 300_000)]
    [InlineData("""{ "kernelWidthDeg": 60, "maxPsfRadiusDeg": 30 }""", 10_000_000)]
    public async Task A_job_that_takes_more_memory_than_it_may_fails_with_the_figure_before_its_data_are_read(string options, long budget)
    {
        await using var host = await SurveyHost.StartAsync(_store, options: SurveyHost.Quick with { JobBytes = budget });
        var status = await FinishAsync(host, await StartAsync(host, options, LittleSurvey.Bytes(LittleSurvey.Observation(1, Tall))));
        Assert.Equal(ComputeState.Failed, status.State);
        Assert.Matches(
            @"^datasets: the computation needs [\d.]+ [MG]B of memory, expected at most [\d.]+ MB "
            + @"\(the server's setting Compute:JobBytes\)", status.Reason);
        Assert.Equal(0, status.Blocks);
    }

    [Fact]
    public async Task A_job_that_computes_for_longer_than_it_may_fails_with_the_reason()
    {
        await using var host = await SurveyHost.StartAsync(_store, options: SurveyHost.Quick with { JobTime = TimeSpan.Zero });
        var status = await FinishAsync(host, await StartAsync(host, Options, LittleSurvey.Bytes(LittleSurvey.Observation(1, Tall))));
        Assert.Equal(ComputeState.Failed, status.State);
        Assert.Contains("of its start (the server's setting Compute:JobTime)", status.Reason,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Jobs_that_fit_only_one_after_the_other_all_end()
    {
        byte[][] files = [LittleSurvey.Bytes(LittleSurvey.Observation(1, Tall))];
        var bytes = new DatasetFileBytes(MapDefinition.Parse(Options).ToOptions(), BlockRound.MaxRowsPerBlock);
        using (var file = FitsFile.Open(new MemoryStream(files[0]), "file0.fits")) bytes.Add(file);
        await using var host = await SurveyHost.StartAsync(_store, options: SurveyHost.Quick with { JobBytes = (long)(1.5 * bytes.Total) });
        var jobs = new List<string>();
        for (var i = 0; i < 4; i++) jobs.Add(await StartAsync(host, Options, files));
        foreach (var job in jobs)
        {
            var status = await FinishAsync(host, job);
            Assert.True(status.State == ComputeState.Done, status.Reason);
        }
    }

    [Fact]
    public async Task A_dataset_that_the_estimator_refuses_fails_the_job_as_it_fails_in_one_process()
    {
        await using var host = await SurveyHost.StartAsync(_store, silos: 2);
        var bytes = LittleSurvey.Bytes(LittleSurvey.Observation(1, Tall) with { Background = null });
        var status = await FinishAsync(host, await StartAsync(host, Options, bytes));
        var local = Assert.Throws<MapException>(() => Local(Options, bytes));
        // Messages name the file, which a dataset in memory has none of.
        Assert.Equal(
            (ComputeState.Failed, local.Message.Replace("local", "file0.fits", StringComparison.Ordinal)), (status.State, status.Reason));
    }

    [Fact]
    public async Task A_job_starts_only_when_every_dataset_is_there()
    {
        await using var host = await SurveyHost.StartAsync(_store);
        var job = await host.Grains.ComputeDesk().Open(new ComputeRequest(Options, ["a.fits", "b.fits"]), CancellationToken.None);
        await _store.WriteAsync(await host.Grains.ComputeJob(job)
            .Expect(0, CancellationToken.None), new byte[10], WriteCondition.IfAbsent, CancellationToken.None);
        var exception = await Assert.ThrowsAsync<SurveyServiceException>(() => host.Grains.ComputeJob(job).Start(CancellationToken.None));
        Assert.Equal(ServiceError.WrongState, exception.Error);
        Assert.Contains("b.fits", exception.Message, StringComparison.Ordinal);
        var unknown = await Assert.ThrowsAsync<SurveyServiceException>(() => host.Grains.ComputeJob(job).Expect(2, CancellationToken.None));
        Assert.Equal(ServiceError.UnknownDataset, unknown.Error);
    }

    [Fact]
    public async Task Bad_options_are_refused_all_at_once_and_so_is_one_job_too_many()
    {
        await using var host = await SurveyHost.StartAsync(_store, options: SurveyHost.Quick with { Jobs = 2 });
        var desk = host.Grains.ComputeDesk();
        var exception = await Assert.ThrowsAsync<SurveyServiceException>(() => desk.Open(new ComputeRequest("""{ "rtol": 7, "spatial": "blob" }""", []), CancellationToken.None));
        Assert.Equal((ServiceError.BadOptions, 3), (exception.Error, exception.Problems.Length));
        var first = await desk.Open(new ComputeRequest("{}", ["a"]), CancellationToken.None);
        await desk.Open(new ComputeRequest("{}", ["a"]), CancellationToken.None);
        var full =
            await Assert.ThrowsAsync<SurveyServiceException>(() => desk.Open(new ComputeRequest("{}", ["a"]), CancellationToken.None));
        Assert.Equal((ServiceError.TooManyJobs, true), (full.Error, full.RetryHelps));
        await host.Grains.ComputeJob(first).Discard(CancellationToken.None);
        await desk.Open(new ComputeRequest("{}", ["a"]), CancellationToken.None);
    }

    [Fact]
    public async Task Damaged_blocks_are_computed_again_and_a_damaged_result_is_put_together_again()
    {
        await using var host = await SurveyHost.StartAsync(_store);
        byte[][] files = [LittleSurvey.Bytes(LittleSurvey.Observation(1, Tall))];
        var job = await StartAsync(host, Options, files);
        var status = await FinishAsync(host, job);
        var folder = Path.Combine(_folder.Path, "compute", job);
        foreach (var kind in Damage.Kinds)
        {
            Damage.Do(Path.Combine(folder, "blocks", "000000.block"), kind);
            Damage.Do(Path.Combine(folder, "blocks", "000001.json"), kind);
            Damage.Do(Path.Combine(folder, "flux.maps"), kind);
            await host.Grains.ComputeJob(job).Restore(CancellationToken.None);
            status = await FinishAsync(host, job);
            Assert.True(status.State == ComputeState.Done, status.Reason);
            await AssertLocalAsync(status, Options, files);
        }
    }

    [Fact]
    public async Task A_job_with_a_damaged_record_says_so_and_harms_no_other()
    {
        string[] jobs;
        byte[][] files = [LittleSurvey.Bytes(LittleSurvey.Observation(1, Tall))];
        await using (var host = await SurveyHost.StartAsync(_store))
        {
            jobs = [await StartAsync(host, Options, files), await StartAsync(host, Options, files)];
            foreach (var job in jobs) await FinishAsync(host, job);
        }

        var record = Path.Combine(_folder.Path, "compute", jobs[0], "job.json");
        var whole = await File.ReadAllBytesAsync(record);
        await using var again = await SurveyHost.StartAsync(_store);
        foreach (var kind in Damage.Kinds.Except(["deleted"]))
        {
            await File.WriteAllBytesAsync(record, whole);
            Damage.Do(record, kind);
            var damaged =
                await Assert.ThrowsAsync<SurveyServiceException>(() => again.Grains.ComputeJob(jobs[0]).GetStatus(CancellationToken.None));
            Assert.Equal(
                (ServiceError.WrongState, true), (damaged.Error, damaged.Message.Contains("delete the job", StringComparison.Ordinal)));
        }

        Assert.Equal(ComputeState.Done, (await FinishAsync(again, jobs[1])).State);
        Assert.Equal(0, await again.Grains.ComputeDesk().Sweep(CancellationToken.None));
        await again.Grains.ComputeJob(jobs[0]).Discard(CancellationToken.None);
        await again.Grains.ComputeDesk().Open(new ComputeRequest("{}", ["a"]), CancellationToken.None);
    }

    [Fact]
    public void A_record_without_a_checksum_is_that_of_an_earlier_version_and_no_other()
    {
        var record = new ComputeRecord { Job = "j", Map = "{}", Datasets = ["a"], CreatedAt = default, SeenAt = default };
        var json = System.Text.Encoding.UTF8.GetString(record.Format());
        Assert.Equal(2, ComputeRecord.Parse(System.Text.Encoding.UTF8.GetBytes(json)).Schema);
        var unsealed = json.Split(",\"checksum\"")[0] + "}";
        Assert.Throws<System.Text.Json.JsonException>(() => ComputeRecord.Parse(System.Text.Encoding.UTF8.GetBytes(unsealed)));
        Assert.Equal("a", Assert.Single(ComputeRecord.Parse(
            System.Text.Encoding.UTF8.GetBytes(unsealed.Replace("\"schema\": 2", "\"schema\": 1", StringComparison.Ordinal))).Datasets));
    }

    [Fact]
    public async Task A_job_is_deleted_when_nobody_asks_about_it_and_kept_while_somebody_does()
    {
        var time = new AheadTime();
        await using var host = await SurveyHost.StartAsync(_store, time: time);
        byte[][] files = [LittleSurvey.Bytes(LittleSurvey.Observation(1, Tall))];
        var (wanted, abandoned) = (await StartAsync(host, Options, files), await StartAsync(host, Options, files));
        await FinishAsync(host, abandoned);
        time.Ahead += TimeSpan.FromMinutes(10);
        Assert.Equal(0, await host.Grains.ComputeDesk().Sweep(CancellationToken.None));
        await host.Grains.ComputeJob(wanted).GetStatus(CancellationToken.None);
        time.Ahead += TimeSpan.FromMinutes(10);
        Assert.Equal(1, await host.Grains.ComputeDesk().Sweep(CancellationToken.None));
        Assert.All(await NamesAsync(), name => Assert.StartsWith($"compute/{wanted}/", name, StringComparison.Ordinal));
        Assert.Equal(ComputeState.Done, (await FinishAsync(host, wanted)).State);
        var gone =
            await Assert.ThrowsAsync<SurveyServiceException>(() => host.Grains.ComputeJob(abandoned).GetStatus(CancellationToken.None));
        Assert.Equal(ServiceError.UnknownJob, gone.Error);
    }

    [Fact]
    public async Task A_discarded_job_is_gone_at_once_and_what_a_block_may_have_written_after_it_later()
    {
        var time = new AheadTime();
        await using var host = await SurveyHost.StartAsync(_store, time: time);
        var held = _store.HoldNextWrite("000000.block");
        var job = await StartAsync(host, Options, LittleSurvey.Bytes(LittleSurvey.Observation(1, Tall)));
        await held.Begun;
        await host.Grains.ComputeJob(job).Discard(CancellationToken.None);
        Assert.Empty(await NamesAsync());
        Assert.Empty(Directory.EnumerateFileSystemEntries(_folder.File("compute")));
        await Assert.ThrowsAsync<SurveyServiceException>(() => host.Grains.ComputeJob(job).GetStatus(CancellationToken.None));
        held.Release();
        await _store.WriteAsync("compute/mine/of-somebody.else", new byte[9], WriteCondition.IfAbsent, CancellationToken.None);
        await _store.WriteAsync($"compute/{job}/blocks/000007.block", new byte[9], WriteCondition.IfAbsent, CancellationToken.None);
        Assert.Equal(0, await host.Grains.ComputeDesk().Sweep(CancellationToken.None));
        time.Ahead += TimeSpan.FromMinutes(20);
        Assert.Equal(1, await host.Grains.ComputeDesk().Sweep(CancellationToken.None));
        Assert.Equal(["compute/mine/of-somebody.else"], await NamesAsync());
    }

    public void Dispose() => _folder.Dispose();

    private async Task<string> StartAsync(SurveyHost host, string options, params byte[][] files)
    {
        var job = await host.Grains.ComputeDesk()
            .Open(new ComputeRequest(options, [.. files.Select((_, i) => $"file{i}.fits")]), CancellationToken.None);
        for (var i = 0; i < files.Length; i++)
            await _store.WriteAsync(await host.Grains.ComputeJob(job)
                .Expect(i, CancellationToken.None), files[i], WriteCondition.IfAbsent, CancellationToken.None);
        await host.Grains.ComputeJob(job).Start(CancellationToken.None);
        return job;
    }

    /// <summary>Asks as a client does, which bears that a silo does not answer.</summary>
    private static async Task<ComputeStatus> FinishAsync(SurveyHost host, string job)
    {
        ComputeStatus? status = null;
        await Until.TrueAsync(async () =>
        {
            try
            {
                status = await host.Grains.ComputeJob(job).GetStatus(CancellationToken.None);
            }
            catch (Exception exception)
                when (exception is OrleansException or TimeoutException or SurveyServiceException { RetryHelps: true })
            {
                return false;
            }

            return status.State is ComputeState.Done or ComputeState.Failed;
        });
        return status!;
    }

    private async Task<List<string>> NamesAsync()
    {
        var names = new List<string>();
        await foreach (var entry in _store.ListAsync("compute/", CancellationToken.None)) names.Add(entry.Name);
        return names;
    }

    private static FluxMaps Local(string options, params byte[][] files) =>
        new TsMapEstimator(MapDefinition.Parse(options).ToOptions()).Run([.. files.Select(Dataset)]);

    private static MapDataset Dataset(byte[] bytes)
    {
        using var file = FitsFile.Open(new MemoryStream(bytes), "local");
        return MapDatasetFile.Read(file);
    }

    private async Task AssertLocalAsync(ComputeStatus status, string options, params byte[][] files)
    {
        var local = Local(options, files);
        using var file = FitsFile.Open((await _store.OpenReadAsync(status.Blob!, null, CancellationToken.None))!, "maps");
        var maps = FluxMapsReader.Read(file, MapDefinition.Parse(options).ToOptions(), status.Warnings);
        Assert.Equal(local.Stored, maps.Stored);
        Assert.Equal(local.Warnings.Distinct(), maps.Warnings);
        Assert.Equal(local.Gti!.Intervals, maps.Gti!.Intervals);
        Assert.Contains(local.Find("ts")!.Data, double.IsFinite);
        foreach (var quantity in local.Stored)
        {
            var (expected, found) = (local.Find(quantity)!, maps.Find(quantity)!);
            Assert.Equal((expected.Geometry.Width, expected.Geometry.Height, expected.Geometry.PlaneCount),
                (found.Geometry.Width, found.Geometry.Height, found.Geometry.PlaneCount));
            Assert.True(expected.Geometry.Grid!.IsAlignedWith(found.Geometry.Grid!, out var dx, out var dy) && (dx, dy) == (0, 0));
            for (var i = 0; i < expected.Data.Length; i++)
                Assert.Equal(expected.Data[i], found.Data[i]);
        }
    }
}
