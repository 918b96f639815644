namespace TsMapSurvey.Maps.Tests;

public sealed class FileFaultsTests
{
    [Fact]
    public void What_the_system_says_of_a_file_becomes_a_line_with_the_path_and_what_to_do()
    {
        using var folder = new TemporaryFolder();
        Assert.Equal($"{folder.File("no.fits")}: no such file; check its name and the folder",
            Line(() => File.ReadAllText(folder.File("no.fits"))));
        Assert.StartsWith($"{folder.File("no", "no.fits")}: a folder of this path does not exist",
            Line(() => File.ReadAllText(folder.File("no", "no.fits"))), StringComparison.Ordinal);
        Assert.StartsWith($"{folder.Path}: this is a folder", Line(() => File.ReadAllText(folder.Path)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Access to the path '/x/y.fits' is denied.", "/x/y.fits: permission denied; change the permissions")]
    [InlineData("Attempted to perform an unauthorized operation.", "permission denied; change the permissions")]
    public void What_is_not_allowed_is_said_with_the_path_where_there_is_one(string message, string expected) =>
        Assert.StartsWith(expected, FileFaults.Line(new UnauthorizedAccessException(message)), StringComparison.Ordinal);

    [Theory]
    [InlineData(28)]
    [InlineData(122)]
    [InlineData(unchecked((int)0x80070070))]
    public void A_full_disk_is_called_that(int code) =>
        Assert.Equal("/x/y.fits: no space left on the disk; free some space, or write to another disk",
            FileFaults.Line(new IOException("Disk full : '/x/y.fits'", code)));

    [Fact]
    public void What_is_no_failure_of_a_file_keeps_its_words() =>
        Assert.Equal(
            "expected a position from 0 on, found -1", FileFaults.Line(new IOException("expected a position from 0 on, found -1")));

    private static string Line(Action read)
    {
        var failure = Record.Exception(read)!;
        Assert.False(FileFaults.What(failure).Contains("Could not find", StringComparison.Ordinal));
        return FileFaults.Line(failure);
    }
}
