using TsMapSurvey.Sky;

namespace TsMapSurvey.Server.Tests;

/// <summary>For every parameter in a path of the API, a value that exists in the small survey, or could.</summary>
internal static class PathIds
{
    internal static IReadOnlyDictionary<string, string> Valid { get; } = new Dictionary<string, string>
    {
        ["survey"] = "small",
        ["tile"] = "x001y001",
        ["map"] = "point",
        ["quantity"] = "sqrt_ts",
        ["ra"] = "251.7",
        ["dec"] = "-45.2",
        ["x"] = "30",
        ["y"] = "20",
        ["revision"] = "1",
        ["name"] = "sim-0001.fits.gz",
        ["documentName"] = "v1",
        ["job"] = "0123456789abcdef0123456789abcdef",
        ["dataset"] = "0",
        ["layer"] = "point-sqrt_ts",
        ["version"] = "1-0123456789abcdef",
        ["order"] = "3",
        ["index"] = "0",
        ["dir"] = "0",
        ["frequency_order"] = "8",
        ["frequency_dir"] = "200",
        ["frequency_pix"] = "205",
        ["npix"] = $"{HealpixCell.Containing(new SkyPosition(251.7, -45.2, SkyFrame.Icrs), 3).Index}",
    };
}
