using TsMapSurvey.Maps.Gadf;
using TsMapSurvey.Simulation;
using TsMapSurvey.Storage;
using TsMapSurvey.Surveys;

namespace TsMapSurvey.Server.Tests;

/// <summary>A survey of 6 x 4 degrees in six tiles, and simulated observations of it.</summary>
internal static class SmallSurvey
{
    public const string Name = "small";

    public static SurveyDefinition Definition { get; } = new()
    {
        Name = Name,
        Tiling = new TilingDefinition
        {
            Frame = "galactic",
            Projection = "CAR",
            PixelSizeDeg = 0.1,
            WidthDeg = 6,
            HeightDeg = 4,
            CentreLonDeg = 340,
            TilePixels = 20
        },
        EnergyAxis = AxisDefinition.LogBins(0.6, 30, 2),
        TrueEnergyAxis = AxisDefinition.LogBins(0.3, 60, 4),
        Maps = new Dictionary<string, MapDefinition>
        {
            ["point"] = MapDefinition.Parse("""{ "kernelWidthDeg": 0.5, "selection": ["ul"] }"""),
            ["bands"] = MapDefinition.Parse("""{ "kernelWidthDeg": 0.5, "energyEdges": "all" }"""),
        },
    };

    /// <summary>Uploads simulated observations; returns their names.</summary>
    public static async Task<IReadOnlyList<string>> PutAsync(string store, int count, int seed = 1)
    {
        using var folder = new TemporaryFolder();
        var observations = new ObservationStore(BlobStores.Open(store), Definition.Observations);
        var names = new List<string>();
        foreach (var observation in new SimulatedSurvey(Survey.Resolve(Definition), new SimulationOptions(count, 2, seed)).Observations())
        {
            var file = folder.File(observation.FileName);
            MapDatasetFile.Write(file, observation.Dataset);
            await observations.PutAsync(file, observation.FileName, null, CancellationToken.None);
            names.Add(observation.FileName);
        }

        return names;
    }

    public static async Task PutBadAsync(string store, string name)
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(folder.File("bad"), "this is no FITS file");
        await new ObservationStore(BlobStores.Open(store), Definition.Observations)
            .PutAsync(folder.File("bad"), name, null, CancellationToken.None);
    }
}
