namespace TsMapSurvey.Cli.Tests;

/// <summary>Maps that are larger than the memory they may take.</summary>
public sealed class LargeMapsTests
{
    [Fact(Explicit = true)]
    public void A_file_for_trying_by_hand() =>
        LargeSky.Write(Environment.GetEnvironmentVariable("TSMAP_LARGE_SKY") ?? "large.fits", int.Parse(Environment.GetEnvironmentVariable("TSMAP_LARGE_SIDE") ?? "4096", System.Globalization.CultureInfo.InvariantCulture));
}
