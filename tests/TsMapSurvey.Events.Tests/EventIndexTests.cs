using TsMapSurvey.Events.Reading;
using TsMapSurvey.Fits;
using TsMapSurvey.Maps;

namespace TsMapSurvey.Events.Tests;

public sealed class EventIndexTests
{
    private static readonly string[] Types = ["events", "gti", "aeff", "edisp", "psf", "bkg"];

    [Fact]
    public void Observations_share_a_file_of_responses_that_the_index_names()
    {
        using var folder = new TemporaryFolder();
        var made = new HandMadeFile();
        Directory.CreateDirectory(folder.File("index"));
        Directory.CreateDirectory(folder.File("caldb"));
        made.Write(folder.File("one.fits"), hdu => hdu.Name is "EVENTS" or "GTI");
        made.Write(folder.File("caldb", "irf.fits"), hdu => hdu.Name is not ("EVENTS" or "GTI"));
        WriteIndex(folder.File("index", "hdu-index.fits"), type =>
            type is "events" or "gti" ? ("..", "one.fits") : ("../caldb", "irf.fits"));
        made.Write(folder.File("whole.fits"));

        using var file = FitsFile.Open(folder.File("index", "hdu-index.fits"));
        Assert.True(EventIndex.IsOne(file));
        var index = EventIndex.Read(file);
        var opened = new List<string>();
        var found = index.Read(17, "index", path =>
        {
            opened.Add(path);
            return FitsFile.Open(folder.File(path));
        });

        Assert.Equal([17L], index.Observations);
        Assert.Equal(["one.fits", "caldb/irf.fits"], opened);
        Assert.Equal(["one.fits", "caldb/irf.fits"], index.Files(17, "index"));
        Reductions.AssertSame(Reductions.Reduce(EventFile.Read(folder.File("whole.fits"))), Reductions.Reduce(found));

        foreach (var name in new[] { "joined.fits.gz", "again.fits.gz" })
            FitsWriter.Write(folder.File(name), writer => index.Join(17, "index", path => FitsFile.Open(folder.File(path)), writer));
        Reductions.AssertSame(Reductions.Reduce(found), Reductions.Reduce(EventFile.Read(folder.File("joined.fits.gz"))));
        Assert.Equal(File.ReadAllBytes(folder.File("joined.fits.gz")), File.ReadAllBytes(folder.File("again.fits.gz")));
    }

    [Theory]
    [InlineData("../..", "irf.fits")]
    [InlineData("/etc", "passwd")]
    [InlineData("data", "..\\irf.fits")]
    [InlineData("C:", "irf.fits")]
    [InlineData("data/../../..", "irf.fits")]
    [InlineData("", "")]
    public void A_path_that_leaves_the_root_is_refused_before_anything_is_opened(string directory, string name)
    {
        using var folder = new TemporaryFolder();
        WriteIndex(folder.File("hdu-index.fits"), _ => (directory, name));
        using var file = FitsFile.Open(folder.File("hdu-index.fits"));

        var exception = Assert.Throws<MapException>(() =>
            EventIndex.Read(file).Read(17, "index", _ => throw new InvalidOperationException()));
        Assert.Contains("inside the folder of the data", exception.Message, StringComparison.Ordinal);
        Assert.Contains("row 1", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_HDU_or_an_observation_that_is_not_there_is_named()
    {
        using var folder = new TemporaryFolder();
        new HandMadeFile().Write(folder.File("one.fits"));
        WriteIndex(folder.File("hdu-index.fits"), _ => ("", "one.fits"), names: "NOWHERE");
        using var file = FitsFile.Open(folder.File("hdu-index.fits"));
        var index = EventIndex.Read(file);

        var missing = Assert.Throws<MapException>(() => index.Read(17, "", path => FitsFile.Open(folder.File(path))));
        Assert.Contains("no HDU 'NOWHERE', expected EVENTS", missing.Message, StringComparison.Ordinal);
        var unknown = Assert.Throws<MapException>(() => index.Read(18, "", path => FitsFile.Open(folder.File(path))));
        Assert.Contains("observation 18", unknown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_index_of_the_public_release_has_its_105_observations()
    {
        using var file = FitsFile.Open(Shared.Path("data", "hess-dl3-rxj1713", "hdu-index.fits.gz"));
        var index = EventIndex.Read(file);
        Assert.Equal(105, index.Observations.Count);
        Assert.Equal(["data/hess_dl3_dr1_obs_id_020326.fits.gz"], index.Files(20326, ""));
        var observation = index.Read(20326, "", path =>
            FitsFile.Open(Shared.Path("data", "hess-dl3-rxj1713", Path.GetFileName(path))));
        Assert.Equal(16880, observation.Events.Count);
    }

    /// <param name="names">HDU_NAME of all rows; empty leaves them to their kind.</param>
    private static void WriteIndex(string path, Func<string, (string Folder, string File)> place, string names = "") =>
        FitsWriter.Write(path, writer =>
    {
        string[] Each(Func<string, string> text) => [.. Types.Select(text)];
        writer.WriteEmptyPrimary();
        writer.WriteTable("HDU_INDEX",
        [
            FitsTableColumn.Integers("OBS_ID", [.. Types.Select(_ => 17L)]),
            FitsTableColumn.Strings("HDU_TYPE", Each(type => type)),
            FitsTableColumn.Strings("HDU_CLASS", Each(type => $"{type}_2d")),
            FitsTableColumn.Strings("FILE_DIR", Each(type => place(type).Folder)),
            FitsTableColumn.Strings("FILE_NAME", Each(type => place(type).File)),
            FitsTableColumn.Strings("HDU_NAME", Each(_ => names)),
        ]);
    });
}
