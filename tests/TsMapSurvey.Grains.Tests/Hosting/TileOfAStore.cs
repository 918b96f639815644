using TsMapSurvey.Grains.Observations;
using TsMapSurvey.Grains.Tiles;
using TsMapSurvey.Sky;
using TsMapSurvey.Storage;

namespace TsMapSurvey.Grains.Tests;

/// <summary>One tile of the little survey on a store of its own, as its grain has it, without grains. For test classes.</summary>
public abstract class TileOfAStore : IDisposable
{
    private protected TileOfAStore()
    {
        Store = BlobStores.Open(Folder.Path);
        Setup = new SurveySetup(LittleSurvey.Resolved, null, Store);
    }

    private protected static TileId Tile { get; } = GridTiling.IdOf(1, 0);

    private protected static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private protected TemporaryFolder Folder { get; } = new();

    private protected IBlobStore Store { get; }

    private protected SurveySetup Setup { get; }

    private protected ObservationReader Reader { get; } = new(SurveyHost.Quick);

    private protected StackMemory Memory { get; } = new(SurveyHost.Quick);

    public void Dispose()
    {
        Reader.Dispose();
        Folder.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>An activation that has nothing in memory yet.</summary>
    private protected TileStack Activate() => new(Setup, Tile, Reader, Memory, SurveyHost.Quick, TimeProvider.System);
}
