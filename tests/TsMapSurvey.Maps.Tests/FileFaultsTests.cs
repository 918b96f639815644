namespace TsMapSurvey.Maps.Tests;

public sealed class FileFaultsTests
{
    [Fact]
    public void A_file_error_of_the_system_becomes_a_line_with_the_path_and_a_remedy()
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
    public void A_permission_error_has_the_path_if_there_is_one(string message, string expected) =>
        Assert.StartsWith(expected, FileFaults.Line(new UnauthorizedAccessException(message)), StringComparison.Ordinal);

    [Theory]
    [InlineData(28)]
    [InlineData(122)]
    [InlineData(unchecked((int)0x80070070))]
    public void A_full_disk_has_its_own_message(int code) =>
        Assert.Equal("/x/y.fits: no space left on the disk; free some space, or write to another disk",
            FileFaults.Line(new IOException("Disk full : '/x/y.fits'", code)));

    [Fact]
    public void Other_exceptions_keep_their_message() =>
        Assert.Equal(
            "expected a position from 0 on, found -1", FileFaults.Line(new IOException("expected a position from 0 on, found -1")));

    private static string Line(Action read)
    {
        var failure = Record.Exception(read)!;
        Assert.False(FileFaults.What(failure).Contains("Could not find", StringComparison.Ordinal));
        return FileFaults.Line(failure);
    }
}
