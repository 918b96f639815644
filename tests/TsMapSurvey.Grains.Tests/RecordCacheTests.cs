using TsMapSurvey.Contracts;
using TsMapSurvey.Grains.Observations;
using TsMapSurvey.Storage;
using TsMapSurvey.Storage.Documents;

namespace TsMapSurvey.Grains.Tests;

public sealed class RecordCacheTests : TileOfAStore
{
    private static readonly DateTimeOffset Now = new(2025, 1, 2, 3, 4, 5, TimeSpan.Zero);

    [Fact]
    public async Task What_was_written_damaged_or_deleted_since_the_last_look_is_seen_by_the_next()
    {
        var records = new ObservationRecords(Store, Setup.Name);
        foreach (var name in new[] { "a", "b", "c", "d" }) await WriteAsync(records, name, RecordState.Planned);
        Assert.Equal("a Planned, b Planned, c Planned, d Planned", await ToldAsync());
        var changed = (await records.ReadAsync("b", Now, Cancel))!;
        await records.WriteAsync(changed.Record with { State = RecordState.Stacked }, changed.ETag, Cancel);
        await Store.DeleteAsync("surveys/any/observations/c.json", WriteCondition.Always, Cancel);
        await Store.WriteAsync("surveys/any/observations/d.json", "damaged"u8.ToArray(), WriteCondition.Always, Cancel);
        await WriteAsync(records, "e", RecordState.Received);
        Assert.Equal("a Planned, b Stacked, d Changed damaged, e Received", await ToldAsync());
        await Store.WriteAsync("surveys/any/observations/a.json", """{"schema":99,"name":"a"}"""u8.ToArray(), WriteCondition.Always, Cancel);
        Assert.Null((await Setup.Records.ReadAsync(Now, Cancel)).Later);
        await Store.WriteAsync("surveys/any/observations/a.json", """{"schema":99,"name":"a","eTag":"","seenETag":"","state":"Stacked","receivedAt":"2001-01-01T00:00:00Z","changedAt":"2001-01-01T00:00:00Z"}"""u8.ToArray(), WriteCondition.Always, Cancel);
        Assert.Equal("a", (await Setup.Records.ReadAsync(Now, Cancel)).Later);
    }

    [Fact]
    public async Task Many_who_ask_at_once_all_see_what_was_written_before_they_asked()
    {
        var records = new ObservationRecords(Store, Setup.Name);
        for (var i = 0; i < 20; i++)
        {
            await WriteAsync(records, $"{i}", RecordState.Stacked);
            var seen = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Setup.Records.ReadAsync(Now, Cancel)));
            Assert.All(seen, snapshot => Assert.Equal(i + 1, snapshot.Records.Count));
        }
    }

    private static async Task WriteAsync(ObservationRecords records, string name, RecordState state) =>
        await records.WriteAsync(ObservationLife.New(new ObservationRef(name, "1"), Now) with { State = state }, null, Cancel);

    private async Task<string> ToldAsync() => string.Join(", ", (await Setup.Records.ReadAsync(Now, Cancel)).Records
        .OrderBy(record => record.Name, StringComparer.Ordinal)
            .Select(record => $"{record.Name} {record.State}{(record.Damage is null ? "" : " damaged")}"));
}
