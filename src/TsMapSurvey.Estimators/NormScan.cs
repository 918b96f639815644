using System.Globalization;
using TsMapSurvey.Maps;

namespace TsMapSurvey.Estimators;

/// <summary>The ends of the likelihood profile's grid of norms, the only attributes of gammapy's parameter norm that affect it.</summary>
public sealed record NormScan(double Min = -100, double Max = 100)
{
    /// <summary>Parses <c>scan_min=-100,scan_max=100</c>; each part is optional.</summary>
    /// <exception cref="MapException">The text has another name or a value that is not a number.</exception>
    public static NormScan Parse(string text)
    {
        var scan = new NormScan();
        foreach (var part in text.Split(',', StringSplitOptions.TrimEntries))
        {
            scan = part.Split('=', StringSplitOptions.TrimEntries) is [var name, var number]
                && double.TryParse(number, NumberStyles.Float, CultureInfo.InvariantCulture, out var value)
                ? name switch
                {
                    "scan_min" => scan with { Min = value },
                    "scan_max" => scan with { Max = value },
                    _ => throw EstimatorErrors.BadOption("norm", part, "scan_min=NUMBER or scan_max=NUMBER"),
                }
                : throw EstimatorErrors.BadOption("norm", part, "scan_min=NUMBER or scan_max=NUMBER");
        }

        return scan;
    }
}
