namespace TsMapSurvey.Cli.Tests;

/// <summary>One server of the simulated survey with its maps computed, for all tests that only read; started when a test first
/// asks.</summary>
public sealed class SimulatedServer : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly Lazy<ServedSurvey> _served;

    public SimulatedServer() => _served = new Lazy<ServedSurvey>(Start);

    internal string Address => _served.Value.Address;

    public void Dispose()
    {
        if (_served.IsValueCreated) _served.Value.Dispose();
        _folder.Dispose();
    }

    private ServedSurvey Start()
    {
        var served = new ServedSurvey(Path.Combine(Simulated.Folder, "survey.json"), _folder.File("store"));
        served.Put(Simulated.Observations());
        served.WaitUntilSettled(Simulated.Observations().Length);
        served.Mosaic("SQRT_TS", _folder.File("m.fits"));
        return served;
    }
}

[CollectionDefinition(Name)]
public sealed class SimulatedServerUse : ICollectionFixture<SimulatedServer>
{
    public const string Name = "simulated server";
}
