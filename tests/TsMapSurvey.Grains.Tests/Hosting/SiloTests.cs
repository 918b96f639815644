using TsMapSurvey.Storage;

namespace TsMapSurvey.Grains.Tests;

/// <summary>Tests with a silo and a store of each test's own.</summary>
public abstract class SiloTests : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();

    private protected FaultyStore Store { get; private set; } = null!;

    /// <summary>A test that restarts it sets the new one.</summary>
    private protected SurveyHost Host { get; set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Store = new FaultyStore(BlobStores.Open(_folder.Path));
        Host = await SurveyHost.StartAsync(Store);
    }

    public async ValueTask DisposeAsync()
    {
        await Host.DisposeAsync();
        _folder.Dispose();
        GC.SuppressFinalize(this);
    }
}
