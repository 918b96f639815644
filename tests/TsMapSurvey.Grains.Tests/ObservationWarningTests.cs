using Microsoft.Extensions.Logging;
using System.Text;
using TsMapSurvey.Contracts;
using TsMapSurvey.Grains.Observations;
using TsMapSurvey.Maps.Gadf;
using TsMapSurvey.Storage;
using TsMapSurvey.Surveys.Observed;

namespace TsMapSurvey.Grains.Tests;

public sealed class ObservationWarningTests
{
    [Fact]
    public async Task An_observation_with_an_accent_in_its_header_is_read_and_the_survey_logs_it()
    {
        using var folder = new TemporaryFolder();
        var store = BlobStores.Open(folder.Path);
        MapDatasetFile.Write(folder.File("plain.fits"), LittleSurvey.Observation(1, LittleSurvey.Everywhere));
        var bytes = await File.ReadAllBytesAsync(folder.File("plain.fits"), TestContext.Current.CancellationToken);
        bytes[Encoding.Latin1.GetString(bytes).IndexOf("TsMapSurvey", StringComparison.Ordinal)] = 0xFC;
        await store.WriteAsync("observations/accent.fits", bytes, WriteCondition.Always, CancellationToken.None);
        var log = new KeptLog();
        using var reader = new ObservationReader(SurveyHost.Quick, log);
        var setup = new SurveySetup(LittleSurvey.Resolved, null, store);
        var eTag = (await store.FindAsync("observations/accent.fits", CancellationToken.None))!.ETag;
        using var lease = await reader.ReadAsync(setup, new ObservationRef("accent.fits", eTag), CancellationToken.None);
        Assert.NotNull(((AlignedData)lease.Observation).Dataset.Counts);
        var line = Assert.Single(log.Lines);
        Assert.StartsWith("Warning: Survey any: warning about an observation: accent.fits, HDU 0 'PRIMARY': card ", line,
            StringComparison.Ordinal);
    }

    private sealed class KeptLog : ILogger<ObservationReader>
    {
        public List<string> Lines { get; } = [];

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Lines.Add($"{logLevel}: {formatter(state, exception)}");
    }
}
