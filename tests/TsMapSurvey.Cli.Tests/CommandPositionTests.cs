using TsMapSurvey.Cli.Commands;
using TsMapSurvey.Cli.Terminal;
using TsMapSurvey.Sky;

namespace TsMapSurvey.Cli.Tests;

public sealed class CommandPositionTests
{
    /// <summary>astropy 7: SkyCoord("17h13m33s -39d45m"), and with unit=("hourangle", "deg") for colons and blanks.</summary>
    [Theory]
    [InlineData("17h13m33s -39d45m", 258.3875, -39.75)]
    [InlineData("17h13m33s,-39d45m", 258.3875, -39.75)]
    [InlineData("17:13:33 -39:45:00", 258.3875, -39.75)]
    [InlineData("17 13 33 -39 45 00", 258.3875, -39.75)]
    [InlineData("17h 13m 33s -39d 45m", 258.3875, -39.75)]
    [InlineData("17:13:33.6, -0:30:36", 258.39, -0.51)]
    [InlineData("17H13M33S −39°45′", 258.3875, -39.75)]
    [InlineData("05h34m31.94s +22d00m52.2s", 83.6330833333, 22.0145)]
    [InlineData("258.3875d -39.75deg", 258.3875, -39.75)]
    [InlineData("83.63,22.01", 83.63, 22.01)]
    [InlineData("83.63 22.01", 83.63, 22.01)]
    [InlineData("-1e1, +5", -10, 5)]
    [InlineData("RA=83.63 dec=22.01", 83.63, 22.01)]
    public void A_position_is_read_as_people_write_it(string text, double ra, double dec)
    {
        var position = CommandPosition.Parse(text, "ICRS");
        Assert.Equal((SkyFrame.Icrs, ra, dec), (position.Frame,
            Math.Round(position.LonDeg > 180 && ra < 0 ? position.LonDeg - 360 : position.LonDeg, 10), Math.Round(position.LatDeg, 10)));
    }

    [Theory]
    [InlineData("347.3,-0.5", "galactic")]
    [InlineData("347.3 -0.5", "Galactic")]
    [InlineData("347d18m -0d30m", "GALACTIC")]
    [InlineData("347:18:00 -0:30:00", "galactic")]
    [InlineData("l=347.3,b=-0.5", "icrs")]
    [InlineData("L=347.3 b=-0.5", "icrs")]
    public void Galactic_coordinates_are_degrees_however_they_are_written(string text, string frame)
    {
        var position = CommandPosition.Parse(text, frame);
        Assert.Equal((SkyFrame.Galactic, 347.3, -0.5), (position.Frame, Math.Round(position.LonDeg, 10), Math.Round(position.LatDeg, 10)));
    }

    [Theory]
    [InlineData("83.63")]
    [InlineData("")]
    [InlineData("17h13m33s")]
    [InlineData("17h61m33s -39d45m")]
    [InlineData("17h13m33s -39h45m")]
    [InlineData("17h13.5m33s -39d45m")]
    [InlineData("1,2,3")]
    [InlineData("83.63 92")]
    [InlineData("Crab")]
    public void What_is_no_position_is_said_with_examples_of_one(string text)
    {
        var wrong = Assert.Throws<UsageException>(() => CommandPosition.Parse(text, "icrs"));
        Assert.StartsWith($"--at: found '{text}', expected degrees like \"83.63,22.01\"", wrong.Message, StringComparison.Ordinal);
        Assert.Contains("\"05h34m31s +22d01m\"", wrong.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_frame_that_is_nearly_known_is_suggested() =>
        Assert.Equal("--frame: found 'galatic', did you mean galactic?",
            Assert.Throws<UsageException>(() => CommandPosition.Parse("1,2", "galatic")).Message);
}
