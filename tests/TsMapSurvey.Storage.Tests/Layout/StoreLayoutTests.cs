using TsMapSurvey.Storage.Documents;
using TsMapSurvey.Storage.Layout;

namespace TsMapSurvey.Storage.Tests.Layout;

/// <summary>The names of all blobs, which stores of all earlier versions have.</summary>
public sealed class StoreLayoutTests
{
    private static readonly SurveyLayout Sky = new("sky");
    private static readonly TileLayout Tile = Sky.Tile("x000y001");
    private static readonly StoredWindow Week = new("7d", 59001, 59007, DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch);
    private static readonly JobLayout Job = new("0123456789abcdef0123456789abcdef");

    [Fact]
    public void Every_blob_has_the_name_that_it_always_had() => Assert.Equal(
        """
        definitions/sky.json
        definitions/sky.deleted
        clusters/5aac57e384e24c4b.json
        surveys/sky/template.fits.gz
        surveys/sky/files/irfs.fits
        surveys/sky/observations/night 1/one.fits.gz.json
        surveys/sky/tiles/x000y001/manifest.json
        surveys/sky/tiles/x000y001/checkpoints/0000000012-c0ffee.ckpt
        surveys/sky/tiles/x000y001/checkpoints/0000000012-c0ffee.ledger.json
        surveys/sky/tiles/x000y001/epochs/059001/0a1b.ckpt
        surveys/sky/maps/x000y001/point/0000000012.fits
        surveys/sky/maps/x000y001/point/0000000012.json
        surveys/sky/windows/7d/maps/x000y001/point/059007/0000000012.fits
        surveys/sky/stacks/x000y001/0000000012.fits.gz
        surveys/sky/windows/7d/stacks/x000y001/059007/0000000012.fits.gz
        surveys/sky/mosaics/point/sqrt_ts-2/0000000040.0a1b.fits.gz
        surveys/sky/mosaics/stack/counts/0000000040.0a1b.fits.gz
        surveys/sky/windows/7d/mosaics/point/ts-0/059007/0000000040.0a1b.fits.gz
        surveys/sky/hips/point-ts/index/0000000040.0123456789abcdef.json
        surveys/sky/hips/point-ts/2/150/0000000040.0a1b.fits.gz
        surveys/sky/hips/point-ts/2/150_12/0000000040.0a1b.fits.gz
        compute/0123456789abcdef0123456789abcdef/job.json
        compute/0123456789abcdef0123456789abcdef/flux.maps
        compute/0123456789abcdef0123456789abcdef/datasets/0003.dataset
        compute/0123456789abcdef0123456789abcdef/blocks/000004.block
        compute/0123456789abcdef0123456789abcdef/blocks/000004.json
        """.ReplaceLineEndings("\n"),
        string.Join('\n', new[]
        {
            StoreLayout.Definition("sky"), StoreLayout.DeletionMark("sky"), StoreLayout.ClusterNote("tsmap", "redis at cache:6379"),
            Sky.Template, Sky.File("irfs.fits"), Sky.Record("night 1/one.fits.gz"),
            Tile.Manifest, Tile.Checkpoint(12, "c0ffee"), Tile.Ledger(12, "c0ffee"), Tile.Night(59001, "0a1b"),
            Sky.Maps("x000y001", "point", null).Map(12), Sky.Maps("x000y001", "point", null).Facts(12), Sky.Maps("x000y001", "point", Week)
                .Map(12),
            Sky.Stacks("x000y001", null).Stack(12), Sky.Stacks("x000y001", Week).Stack(12),
            Sky.Mosaics("point", "sqrt_ts", 2, null).Mosaic(40, "0a1b"), Sky.Mosaics(null, "counts", 0, null).Mosaic(40, "0a1b"),
            Sky.Mosaics("point", "ts", 0, Week).Mosaic(40, "0a1b"),
            Sky.Hips("point-ts").Index(HipsLayout.Version(40, "0123456789abcdef")),
            HipsLayout.InFolder(Sky.Hips("point-ts").Tile(2, 150), 40, "0a1b"),
            HipsLayout.InFolder(Sky.Hips("point-ts").CubeTile(2, 150, 12), 40, "0a1b"),
            Job.Record, Job.Result, Job.Dataset(3), Job.Block(4), Job.Facts(4),
        }));

    [Fact]
    public void A_name_tells_what_its_blob_is()
    {
        Assert.Equal(("sky", null, null), (StoreLayout.SurveyOf("definitions/sky.json"), StoreLayout.SurveyOf("definitions/a/sky.json"),
            StoreLayout.SurveyOf("definitions/sky.deleted")));
        Assert.Equal(("x000y001", null), (Sky.TileOf(Tile.Manifest), Sky.TileOf(Tile.Checkpoint(1, "a"))));
        Assert.Equal(("a/b.fits", null), (Sky.ObservationOf(Sky.Record("a/b.fits")), Sky.ObservationOf(Sky.Records + "a.fits")));
        Assert.Equal((Job.Job, "other"), (JobLayout.JobOf(Job.Block(2)), JobLayout.JobOf("compute/other/job.json")));
        Assert.Equal(Tile.Ledger(12, "c0ffee"), TileLayout.LedgerOf(Tile.Checkpoint(12, "c0ffee")));
        Assert.StartsWith(TileLayout.StemOf(Tile.Checkpoint(12, "c0ffee")), Tile.Ledger(12, "c0ffee"), StringComparison.Ordinal);
        Assert.Equal(Sky.Maps("t", "m", Week).Facts(3), PublishedFolder.FactsOf(Sky.Maps("t", "m", Week).Map(3)));
        Assert.Equal($"{Sky.Maps("t", "m", null).Name}0000000003.", PublishedFolder.StemOf(Sky.Maps("t", "m", null).Map(3)));
    }

    [Theory]
    [InlineData("surveys/sky/tiles/t/epochs/059001/0a1b.ckpt", 59001, "0a1b")]
    [InlineData("surveys/sky/tiles/t/epochs/notes/0a1b.ckpt", null, "0a1b")]
    public void The_sum_of_a_night_is_known_by_its_name(string blob, int? night, string digest) =>
        Assert.Equal((night, digest), Sky.Tile("t").NightOf(blob));

    [Theory]
    [InlineData("surveys/sky/maps/t/point/0000000012.fits", "t")]
    [InlineData("surveys/sky/windows/7d/mosaics/point/ts-0/059007/0000000012.0a1b.fits.gz", null)]
    [InlineData("surveys/sky/stacks/t/0000000012.fits.gz", "t")]
    [InlineData("surveys/sky/windows/7d/maps/t/point/059007/0000000012.json", "t")]
    [InlineData("surveys/sky/mosaics/point/ts-0/0000000012.0a1b.fits.gz", null)]
    [InlineData("surveys/sky/tiles/t/manifest.json", null)]
    [InlineData("surveys/skyline/maps/t/point/0000000012.fits", null)]
    [InlineData("observations/one.fits", null)]
    public void The_tile_that_published_a_blob_is_known_by_the_blobs_name(string blob, string? tile)
    {
        Assert.Equal(tile, Sky.PublisherOf(blob));
        Assert.Equal(blob.Contains("/mosaics/", StringComparison.Ordinal), Sky.IsMosaic(blob));
    }

    [Theory]
    [InlineData("1-0123456789abcdef", true)]
    [InlineData("9999999999-0123456789abcdef", true)]
    [InlineData("99999999999-0123456789abcdef", false)]
    [InlineData("0-0123456789abcdef", false)]
    [InlineData("01-0123456789abcdef", false)]
    [InlineData("-0123456789abcdef", false)]
    [InlineData("1-0123456789ABCDEF", false)]
    [InlineData("1-0123456789abcde", false)]
    [InlineData("1-0123456789abcde/", false)]
    [InlineData("x-0123456789abcdef", false)]
    [InlineData("", false)]
    public void A_version_of_a_HiPS_is_a_revision_and_a_hash(string text, bool isVersion) =>
        Assert.Equal(isVersion, HipsLayout.IsVersion(text));

    [Theory]
    [InlineData("0000000012.fits", 12L)]
    [InlineData("0000000012-c0ffee.ckpt", 12L)]
    [InlineData("000000012.fits", null)]
    [InlineData("00000000012.fits", null)]
    [InlineData("x000000012.fits", null)]
    [InlineData("0000000012", null)]
    public void A_revision_is_ten_digits_at_the_beginning(string file, long? revision) => Assert.Equal(revision, RevisionName.Find(file));

    [Theory]
    [InlineData("a/b")]
    [InlineData("..")]
    [InlineData("")]
    public void Surveys_tiles_maps_and_commits_are_named_by_one_segment(string name)
    {
        Assert.Throws<StorageException>(() => new SurveyLayout(name));
        Assert.Throws<StorageException>(() => Sky.Tile(name));
        Assert.Throws<StorageException>(() => Sky.Maps(name, "point", null));
        Assert.Throws<StorageException>(() => Sky.Maps("t", name, null));
        Assert.Throws<StorageException>(() => Sky.Stacks(name, null));
        Assert.Throws<StorageException>(() => Tile.Checkpoint(1, name));
        Assert.False(StoreLayout.CanNameSurvey(name));
        Assert.False(new JobLayout(name).IsValidJobId);
    }
}
