namespace TsMapSurvey.Surveys.Tests;

internal static class Definitions
{
    /// <summary>The definition in the documentation of the interfaces.</summary>
    public const string Hess = """
        { "name": "hess-rxj1713", "observations": "observations/",
          "tiling": { "kind": "grid", "frame": "galactic", "projection": "CAR", "pixelSizeDeg": 0.04, "widthDeg": 360, "heightDeg": 40,
              "tilePixels": 128 },
          "energyAxis": { "minTeV": 0.6, "maxTeV": 30, "bins": 6 }, "trueEnergyAxis": { "minTeV": 0.3, "maxTeV": 60, "bins": 12 },
          "maps": { "point": { "spatial": "point", "index": 2, "kernelWidthDeg": 0.6, "selection": ["ul"] },
                    "extended": { "spatial": "gauss:0.2deg", "index": 2.3, "kernelWidthDeg": 1.6 } },
          "irfs": "tile" }
        """;

    /// <summary>All that a definition can say.</summary>
    public const string Everything = """
        { "$schema": "survey.schema.json", "name": "all_1", "observations": "a/b/",
          "tiling": { "kind": "grid", "frame": "icrs", "projection": "TAN", "pixelSizeDeg": 0.1, "widthDeg": 5, "heightDeg": 4,
                      "centreLonDeg": 83.6, "centreLatDeg": 22, "tilePixels": 16 },
          "energyAxis": { "edgesTeV": [0.5, 1, 3, 10] }, "trueEnergyAxis": { "minTeV": 0.3, "maxTeV": 20, "bins": 3 },
          "maps": { "a": { "spatial": "gauss:0.1deg", "index": 2.5, "amplitude": "2e-11 cm-2 s-1 TeV-1", "reference": "500 GeV",
                           "kernelWidthDeg": 0.7, "nSigma": 2, "nSigmaUl": 3, "threshold": 4, "downsamplingFactor": 2, "rtol": 0.001,
                           "maxNiter": 50, "selection": ["all"],
                           "energyEdges": ["0.5 TeV", "1000 GeV", "10 TeV"], "sumOverEnergyGroups": false },
                    "b": { "energyEdges": "all", "selection": ["errn-errp", "ul"] } },
          "irfs": "irfs/all.fits.gz", "resample": false, "slices": ["7d", "all", "366d"], "nightStartUtcHour": 2.5 }
        """;

    public const string WholeSky = """
        { "name": "sky", "tiling": { "kind": "healpix", "order": 4, "pixelSizeDeg": 0.05 },
          "energyAxis": { "minTeV": 0.6, "maxTeV": 30, "bins": 6 }, "trueEnergyAxis": { "minTeV": 0.3, "maxTeV": 60, "bins": 12 },
          "maps": { "point": { "kernelWidthDeg": 0.6 } } }
        """;

    public const string LikeFile = """
        { "name": "like", "tiling": { "like": "observations/first.fits.gz" },
          "energyAxis": { "like": "observations/first.fits.gz" }, "trueEnergyAxis": { "like": "observations/first.fits.gz" },
          "maps": { "point": {} } }
        """;

    /// <summary>20 x 10 pixels of 0.1 degrees in tiles of 8, two reco and three true bins, a halo of 2 pixels.</summary>
    public static SurveyDefinition Small { get; } = new()
    {
        Name = "small",
        Tiling = new TilingDefinition
        {
            Frame = "galactic",
            PixelSizeDeg = 0.1,
            WidthDeg = 2,
            HeightDeg = 1,
            CentreLonDeg = 30,
            TilePixels = 8
        },
        EnergyAxis = AxisDefinition.LogBins(1, 10, 2),
        TrueEnergyAxis = AxisDefinition.LogBins(0.5, 20, 3),
        Maps = new Dictionary<string, MapDefinition> { ["point"] = MapDefinition.Parse("""{ "kernelWidthDeg": 0.5 }""") },
    };
}
