using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using TsMapSurvey.Server.Hosting;

namespace TsMapSurvey.Server.Tests;

/// <summary>Untrusted names printed to a terminal.</summary>
public sealed class PrintableTextTests
{
    [Theory]
    [InlineData("observations/α-Cen [1].fits", "observations/α-Cen [1].fits")]
    [InlineData("\u001b[2J\u001b]0;x\u0007", "\\u001b[2J\\u001b]0;x\\u0007")]
    [InlineData("a\r\nERROR b", "a\\u000d\\u000aERROR b")]
    [InlineData("a\u009b31mb", "a\\u009b31mb")]
    [InlineData("a\u202egpj.fits", "a\\u202egpj.fits")]
    [InlineData("a\u2028b", "a\\u2028b")]
    [InlineData("\U000E0001x", "\\udb40\\udc01x")]
    [InlineData("🔭", "🔭")]
    [InlineData("", "")]
    public void What_commands_a_terminal_is_shown_as_its_escape(string text, string shown) => Assert.Equal(shown, PrintableText.Of(text));

    [Fact]
    public void A_message_of_the_log_is_one_line_whatever_is_in_it()
    {
        var time = new TurnableTime(new DateTimeOffset(2026, 7, 1, 12, 34, 56, TimeSpan.Zero));
        using var written = new StringWriter();
        var exception = new InvalidOperationException("first\nsecond \u001b[31m");
        var entry = new LogEntry<string>(LogLevel.Warning, "Intake", new EventId(7), "\u001b[2Ja.fits\nfail: x", exception, (text, _) =>
            $"Observation {text} is quarantined");

        new LineFormatter(time).Write(entry, null, written);

        var line = Assert.Single(written.ToString().TrimEnd().Split('\n'));
        Assert.StartsWith("2026-07-01T12:34:56.000Z warn: Intake[7]", line, StringComparison.Ordinal);
        Assert.EndsWith(
            @"warn: Intake[7] Observation \u001b[2Ja.fits\u000afail: x is quarantined "
            + @"System.InvalidOperationException: first   second \u001b[31m", line, StringComparison.Ordinal);
    }
}
