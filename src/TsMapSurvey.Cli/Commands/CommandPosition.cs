using System.Globalization;
using TsMapSurvey.Cli.Terminal;
using TsMapSurvey.Sky;

namespace TsMapSurvey.Cli.Commands;

/// <summary>A position on the command line: "83.63,22.01", or "l=184.56,b=-5.78".</summary>
internal static class CommandPosition
{
    /// <exception cref="UsageException">It is none, or the frame is not known.</exception>
    public static SkyPosition Parse(string text, string frame)
    {
        var own = frame.ToLowerInvariant() switch
        {
            "icrs" => SkyFrame.Icrs,
            "galactic" => SkyFrame.Galactic,
            _ => throw new UsageException($"--frame: found '{frame}', expected icrs or galactic"),
        };
        var parts = text.Split(',', StringSplitOptions.TrimEntries);
        if (parts.Length == 2 && parts[0].StartsWith("l=", StringComparison.OrdinalIgnoreCase) && parts[1].StartsWith("b=", StringComparison.OrdinalIgnoreCase))
            (own, parts) = (SkyFrame.Galactic, [parts[0][2..], parts[1][2..]]);
        return parts.Length == 2 && Number(parts[0], out var lon) && Number(parts[1], out var lat) && Math.Abs(lon) <= 360 && Math.Abs(lat) <= 90
            ? new SkyPosition(lon, lat, own)
            : throw new UsageException($"--at: found '{text}', expected degrees as \"83.63,22.01\" or \"l=184.56,b=-5.78\"");
    }

    private static bool Number(string text, out double value) => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value) && double.IsFinite(value);
}
