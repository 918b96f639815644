using System.Reflection;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using TsMapSurvey.Storage.Documents;
using TsMapSurvey.Storage.Layout;
using TsMapSurvey.Storage.Tests.Faults;

namespace TsMapSurvey.Storage.Tests.Documents;

/// <summary>
/// The golden files beside this one are documents written by an earlier build, each with all of its properties. They are read, and written
/// again byte for byte. A new schema of a document gets a new golden; the old one then shows that the old schema is still read.
/// </summary>
public sealed class GoldenDocumentTests
{
    private static readonly DateTimeOffset At = new(2026, 1, 2, 3, 4, 5, 678, TimeSpan.Zero);

    /// <summary>Reads a golden file and writes the result.</summary>
    private static readonly Dictionary<string, (Type Document, Func<byte[], byte[]> Again)> Goldens = new()
    {
        ["block-facts"] = (typeof(BlockFacts), json => BlockFacts.Parse(json)!.Format()),
        ["cluster-note"] = (typeof(ClusterNote), json => ClusterNote.Parse(json)!.Format()),
        ["compute-record"] = (typeof(ComputeRecord), json => ComputeRecord.Parse(json).Format()),
        ["deletion-mark"] = (typeof(DeletionMark), json => DeletionMark.Parse(json, "store", "blob").Format()),
        ["checkpoint-ledger"] = (typeof(StoredLedger), LedgerAgain),
        ["hips-index"] = (typeof(HipsIndex), json => HipsIndex.Parse(json)!.Format()),
        ["map-facts"] = (typeof(MapFacts), json => MapFacts.Parse(json)!.Format()),
        ["map-facts-empty"] = (typeof(MapFacts), json => MapFacts.Parse(json)!.Format()),
        ["observation-record"] = (typeof(ObservationRecord), json => Record(json, "night 1/one.fits.gz").Format()),
        ["observation-record-covered"] = (typeof(ObservationRecord), json => Record(json, "night 1/one.fits.gz").Format()),
        ["observation-record-reduced"] = (typeof(ObservationRecord), json => Record(json, "night 1/one.fits.gz").Format()),
        ["observation-record-new"] = (typeof(ObservationRecord), json => Record(json, "two.fits").Format()),
        ["tile-manifest"] = (typeof(TileManifest), json => TileManifest.Parse(json, "store", "blob", "x000y001").Format()),
    };

    public static TheoryData<string> Names => [.. Goldens.Keys];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Names))]
    public void A_document_of_an_earlier_build_is_read_and_written_as_it_was(string name)
    {
        var golden = Golden(name);
        Assert.Equal(Encoding.UTF8.GetString(golden), Encoding.UTF8.GetString(Goldens[name].Again(golden)));
    }

    [Fact]
    public void Every_stored_document_has_a_golden_file()
    {
        var documents = from attribute in CustomAttributeData.GetCustomAttributes(typeof(DocumentJson))
                        where attribute.AttributeType == typeof(JsonSerializableAttribute)
                        let type = (Type)attribute.ConstructorArguments[0].Value!
                        where type != typeof(IReadOnlyList<LedgerEntry>)
                        select type.Name;
        Assert.Equal(documents.Order(StringComparer.Ordinal), Goldens.Values.Select(golden => golden.Document.Name).Distinct()
            .Order(StringComparer.Ordinal));
        Assert.Equal(
            Goldens.Keys.Append("definition").Order(StringComparer.Ordinal),
            Directory.GetFiles(Folder, "*.json").Select(file => Path.GetFileNameWithoutExtension(file)!).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_definition_of_an_earlier_build_is_read_and_written_as_it_was()
    {
        var (memory, name) = (new MemoryStore(), StoreLayout.Definition("sky"));
        await memory.WriteAsync(name, Golden("definition"), WriteCondition.Always, Cancel);
        var store = new DefinitionStore(memory);
        var read = (await store.ReadAsync("sky", Cancel))!;
        Assert.Equal("{\n  \"name\": \"sky\"}", read.Json);
        Assert.True(await store.WriteAsync("sky", read.Json, WriteCondition.IfMatch(read.ETag), Cancel));
        Assert.Equal(Golden("definition"), (await memory.ReadAsync(name, Cancel))!.Bytes.ToArray());
    }

    [Fact]
    public void All_that_a_document_says_is_read()
    {
        var manifest = TileManifest.Parse(Golden("tile-manifest"), "store", "blob", "x000y001");
        LedgerEntry[] entries = [new("night 1/one.fits.gz", "\"0x8D\"", "CY9rzUYh03PK3k6DJie09g==", 1767323045678, 1234567, 820497045.25),
            new("two.fits", "638400000000000000-77", HasNoTime: true)];
        Assert.Equal(entries, manifest.Tail);
        Assert.Equal(entries, StoredLedger.Parse(Golden("checkpoint-ledger")));
        Assert.Equal(new LedgerFence("three+é.fits", 1767323045679, At), Assert.Single(manifest.Fences));
        Assert.Equal((12, "00112233445566778899aabbccddeeff", 40, At),
            (manifest.Revision, manifest.CommitId, manifest.Observations, manifest.CommittedAt));
        var record = Record(Golden("observation-record"), "night 1/one.fits.gz");
        Assert.Equal((RecordState.Retracting, RecordState.Quarantined, "one: why <not>", "null"),
            (record.State, record.EndsAs, record.Reason, record.Damage));
        Assert.Equal([new(RecordState.Received, At, null), new RecordStep(RecordState.Retracting, At.AddSeconds(4), "one: why <not>")],
            record.History);
        var reduced = Record(Golden("observation-record-reduced"), "night 1/one.fits.gz");
        Assert.Equal(new RecordedReduction(0.6, null, 1.1666, 0.0125), reduced.Reduction);
        Assert.Null(Record(Golden("observation-record-covered"), "night 1/one.fits.gz").Reduction);
        var covered = Record(Golden("observation-record-covered"), "night 1/one.fits.gz").Coverage!;
        Assert.Equal(("3/4 7/1200-1203", new RecordedTime(820497045.25, 820498845.5)), (covered.Region, Assert.Single(covered.Times)));
        Assert.Null(record.Coverage);
        var facts = MapFacts.Parse(Golden("map-facts"))!;
        Assert.Equal(new StoredWindow("7d", 61036, 61042, At.AddDays(-7), At), facts.Window);
        Assert.Equal(new MapPeak(83.63, 22.01, 7.125, 50.765625, 1e-12, 2e-13, 1, 1, 10, double.NaN, 0.02, 0.03, 0.01, 45, true),
            Assert.Single(facts.Peaks));
        var index = HipsIndex.Parse(Golden("hips-index"))!;
        var withPixels = new HipsPart("x000y000", 3, At, "surveys/sky/maps/x000y000/point/0000000003.fits");
        Assert.Equal([withPixels, new HipsPart("x001y000", 4, At.AddSeconds(1))], index.Parts);
        Assert.Equal(("point-sqrt_ts", 7, At.AddSeconds(1), 61036, 61042),
            (index.Layer, index.Revision, index.MadeAt, index.FirstNight, index.LastNight));
        Assert.Equal((JobState.Failed, 512, 256, 64), ComputeRecord.Parse(Golden("compute-record")) is var job
            ? (job.State, job.Width, job.Height, job.BlockRows) : default);
    }

    [Fact]
    public void Every_earlier_form_of_a_document_is_read_as_what_it_means_now()
    {
        const string Entries = """[{ "observation": "a", "eTag": "1" }]""";
        var entry = new LedgerEntry("a", "1");
        Assert.Equal([entry], StoredLedger.Parse(Bytes(Entries)));
        Assert.Equal([entry], StoredLedger.Parse(Bytes($$"""{ "schema": 2, "entries": {{Entries}} }""")));
        var manifest = TileManifest.Parse(
            Bytes($$"""{ "schema": 1, "tile": "t", "revision": 3, "commitId": "c", "tail": {{Entries}}, "observations": 1, "committedAt": "2001-01-01T00:00:00Z" }"""),
            "store", "blob", "t");
        Assert.Equal([entry], manifest.Tail);
        Assert.Empty(manifest.Fences);
        Assert.Equal("a", Assert.Single(ComputeRecord.Parse(Bytes(
            """{ "schema": 1, "job": "j", "map": "{}", "datasets": ["a"], "createdAt": "2001-01-01T00:00:00Z", "seenAt": "2001-01-01T00:00:00Z" }""")).Datasets));
    }

    [Theory]
    [InlineData("Stacked", true, RecordState.Stacked, "e1", false)]
    [InlineData("Quarantined", false, RecordState.Quarantined, "e1", false)]
    [InlineData("Quarantined", true, RecordState.Retracting, "e1", true)]
    [InlineData("Changed", true, RecordState.Changed, "e2", true)]
    public void A_record_of_the_first_form_gets_a_generation_where_something_is_still_to_be_done(
        string state, bool hasBegun, RecordState means, string eTag, bool isDecided)
    {
        var record = Record(Bytes($$"""
            { "schema": 1, "name": "a", "eTag": "e1", "seenETag": "e2", "state": "{{state}}", "tiles": [ "t" ],
                "hasBegun": {{(hasBegun ? "true" : "false")}},
              "receivedAt": "2001-01-01T00:00:00Z", "changedAt": "2001-01-01T00:00:02Z" }
            """), "a");
        Assert.Equal((means, eTag, hasBegun ? 1 : 0), (record.State, record.ETag, record.Holders.Count));
        Assert.Equal(isDecided ? new DateTimeOffset(2001, 1, 1, 0, 0, 2, TimeSpan.Zero).ToUnixTimeMilliseconds() : 0, record.Generation);
        Assert.Equal(state, $"{Assert.Single(record.History).State}");
    }

    [Fact]
    public void Of_what_can_be_made_again_a_later_form_is_not_taken()
    {
        Assert.Null(BlockFacts.Parse(Later("block-facts")));
        Assert.Null(MapFacts.Parse(Later("map-facts")));
        Assert.Null(HipsIndex.Parse(Later("hips-index")));

        static byte[] Later(string name) =>
            SealedJson.Seal(Encoding.UTF8.GetBytes("{\"schema\":2," + Encoding.UTF8.GetString(SealedJson.Open(Golden(name)))[1..]));
    }

    [Theory]
    [InlineData("compute-record", typeof(JsonException))]
    [InlineData("checkpoint-ledger", typeof(JsonException))]
    [InlineData("deletion-mark", typeof(StorageException))]
    [InlineData("observation-record", typeof(StorageException))]
    [InlineData("tile-manifest", typeof(StorageException))]
    public void A_later_form_is_refused(string name, Type refusal)
    {
        var text = Encoding.UTF8.GetString(SealedJson.Open(Golden(name)));
        var later = System.Text.RegularExpressions.Regex.Replace(text, "(\"schema\": ?)\\d", "${1}99");
        Assert.NotEqual(text, later);
        Assert.Throws(refusal, () => { Goldens[name].Again(SealedJson.Seal(Encoding.UTF8.GetBytes(later))); });
    }

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

    private static string Folder => Repository.Path("tests", "TsMapSurvey.Storage.Tests", "Documents");

    private static byte[] Golden(string name) => File.ReadAllBytes(Path.Combine(Folder, $"{name}.json"));

    private static ObservationRecord Record(byte[] json, string name) => ObservationRecord.Parse(json, name, "store", "blob");

    private static byte[] LedgerAgain(byte[] json)
    {
        using var written = new MemoryStream();
        StoredLedger.Write(written, StoredLedger.Parse(json));
        return written.ToArray();
    }
}
