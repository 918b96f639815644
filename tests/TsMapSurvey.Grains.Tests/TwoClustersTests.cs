using TsMapSurvey.Contracts;
using TsMapSurvey.Grains.Observations;
using TsMapSurvey.Storage;
using TsMapSurvey.Storage.Documents;

namespace TsMapSurvey.Grains.Tests;

/// <summary>
/// Two clusters on one store have two activations of everything, and each of them is stale as soon as the other one has written.
/// </summary>
public sealed class TwoClustersTests : IAsyncLifetime
{
    private const string Survey = "little";
    private const string Name = "one.fits";
    private readonly TemporaryFolder _folder = new();
    private IBlobStore _store = null!;
    private SurveyHost _one = null!;
    private SurveyHost _other = null!;

    public async ValueTask InitializeAsync()
    {
        _store = BlobStores.Open(_folder.Path);
        _one = await SurveyHost.StartAsync(_store);
        await _one.DefineAsync(Survey);
        await _store.PutAsync($"observations/{Name}", LittleSurvey.Observation(1, LittleSurvey.Everywhere));
        await _one.SettledAsync(Survey, 1);
        _other = await SurveyHost.StartAsync(_store);
    }

    public async ValueTask DisposeAsync()
    {
        await _other.DisposeAsync();
        await _one.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task A_word_that_is_acknowledged_is_carried_out_though_who_acknowledges_it_knows_an_older_decision()
    {
        await _other.RetractedAsync(Survey, Name);
        await EndsAsAsync(RecordState.Retracted);
        // The one has stacked it, and has not heard that it was taken out.
        await RetriedAsync(_one);
        await EndsAsAsync(RecordState.Stacked);
        // The other one has taken it out, and has not heard that it is in again.
        await _other.RetractedAsync(Survey, Name);
        await EndsAsAsync(RecordState.Retracted);
        Assert.Equal(
            0, (await new TileStore(_store, Survey).FindManifestAsync("x000y000", CancellationToken.None)).Stored!.Manifest.Observations);
    }

    private static Task RetriedAsync(SurveyHost host) => Until.TrueAsync(async () =>
    {
        try
        {
            await host.Grains.Observation(Survey, Name).Retry(CancellationToken.None);
            return true;
        }
        catch (SurveyServiceException exception) when (exception.RetryHelps)
        {
            return false;
        }
    });

    private Task EndsAsAsync(RecordState state) =>
        Until.TrueAsync(async () =>
            (await new ObservationRecords(_store, Survey).ReadAsync(Name, default, CancellationToken.None))!.Record.State == state);
}
