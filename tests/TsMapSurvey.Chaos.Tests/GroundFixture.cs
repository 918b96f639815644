namespace TsMapSurvey.Chaos.Tests;

/// <summary>The ground of all runs of a test class, made by the first that needs it.</summary>
public sealed class GroundFixture : IAsyncDisposable
{
    private Ground? _ground;

    internal async Task<Ground> NeedAsync() => _ground ??= await Ground.PrepareAsync(null);

    public async ValueTask DisposeAsync()
    {
        if (_ground is not null) await _ground.DisposeAsync();
    }
}
