using TsMapSurvey.Maps.Time;

namespace TsMapSurvey.Maps.Tests;

public sealed class TimeScaleTests
{
    private static readonly DateTime Reference = new(2000, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    // TT - UTC is 32.184 s and the leap seconds that TAI has seen (IERS Bulletin C): 32 in 2000, 37 since 2017.
    [Theory]
    [InlineData("2000-01-01T12:00:00Z", 64.184)]
    [InlineData("2005-12-31T23:59:59Z", 64.184)]
    [InlineData("2006-01-01T00:00:01Z", 65.184)]
    [InlineData("2016-12-31T23:59:58Z", 68.184)]
    [InlineData("2017-01-01T00:00:01Z", 69.184)]
    [InlineData("2026-06-01T12:00:00Z", 69.184)]
    public void Seconds_of_TT_are_converted_to_UTC(string utc, double ttMinusUtcS)
    {
        var seconds = (DateTime.Parse(utc, System.Globalization.CultureInfo.InvariantCulture,
            System.Globalization.DateTimeStyles.AdjustToUniversal) - Reference).TotalSeconds;
        Assert.Equal(seconds, TimeScale.UtcS(seconds + ttMinusUtcS), 1e-6);
    }
}
