using TsMapSurvey.Maps;
using TsMapSurvey.Maps.Datasets;
using TsMapSurvey.Maps.Gadf;
using TsMapSurvey.Server.Settings;
using TsMapSurvey.Simulation;
using TsMapSurvey.Sky;
using TsMapSurvey.Storage;
using TsMapSurvey.Surveys;

namespace TsMapSurvey.Server.Tests.Vo.Cubes;

/// <summary>
/// A server with two surveys whose energy bins are frequency cells: simulated observations, and the same with a mark as their only counts.
/// For tests that only read.
/// </summary>
public sealed class CubeServer : HostedServer
{
    public const string Simulated = "cube";
    public const string Marked = "mark";

    /// <summary>The bin of each stroke of the mark; the corner is in both.</summary>
    public const int NorthBin = 2;

    /// <inheritdoc cref="NorthBin"/>
    public const int EastBin = 11;

    private const int Observations = 4;
    private const double MarkCounts = 1000;

    /// <summary>Frequency cells 406 to 418 of order 8, which are in two tiles along the axis of frequency.</summary>
    internal static SurveyDefinition Definition { get; } = SmallSurvey.Definition with
    {
        Name = Simulated,
        EnergyAxis = new AxisDefinition { FmocOrder = 8, MinTeV = 1.0539, MaxTeV = 27.84 },
        Maps = new Dictionary<string, MapDefinition>
        {
            ["point"] = MapDefinition.Parse("""{ "kernelWidthDeg": 0.5, "selection": ["ul"] }"""),
            ["bins"] = MapDefinition.Parse("""{ "kernelWidthDeg": 0.5, "energyEdges": "all" }"""),
        },
    };

    internal static Survey Survey { get; } = Survey.Resolve(Definition);

    /// <summary>
    /// The mark: a long stroke to the north of its corner and a short one to the east, like an L seen in a mirror. No turn of it looks like
    /// its reflection. The corner is the first position of both.
    /// </summary>
    internal static IReadOnlyList<SkyPosition> North { get; } = [.. Enumerable.Range(0, 11).Select(step => FromCorner(0, 0.1 * step))];

    /// <inheritdoc cref="North"/>
    internal static IReadOnlyList<SkyPosition> East { get; } = [.. Enumerable.Range(0, 6).Select(step => FromCorner(90, 0.1 * step))];

    /// <summary>Positions that the strokes would have if east and west, or north and south, or both strokes were exchanged.</summary>
    internal static IReadOnlyList<SkyPosition> Empty { get; } =
        [FromCorner(270, 0.3), FromCorner(270, 0.5), FromCorner(180, 0.3), FromCorner(180, 0.9), FromCorner(90, 0.9), FromCorner(45, 0.5)];

    /// <summary>The position at an angle from the mark's corner, from north over east.</summary>
    internal static SkyPosition FromCorner(double angleDeg, double separationDeg) =>
        new SkyPosition(340.1, -0.3, SkyFrame.Galactic).To(SkyFrame.Icrs).DirectionalOffset(angleDeg, separationDeg);

    private protected override async Task<ServerSettings> PrepareAsync()
    {
        var marked = Definition with { Name = Marked, Observations = "marked/" };
        foreach (var observation in new SimulatedSurvey(Survey, new SimulationOptions(Observations, 2, 1)).Observations())
        {
            await PutAsync(Definition, observation.FileName, observation.Dataset);
            await PutAsync(marked, observation.FileName, Mark(observation.Dataset));
        }

        return await SettingsAsync(Definition, marked);
    }

    private protected override async Task ReadyAsync()
    {
        foreach (var survey in new[] { Simulated, Marked })
        {
            await UntilStackedAsync(survey, Observations);
            foreach (var map in Definition.Maps.Keys)
                await Client.UntilAsync(
                    $"/api/surveys/{survey}/mosaic/sqrt_ts.json?map={map}&fresh=true&timeout=60",
                    answer => answer.Status == System.Net.HttpStatusCode.OK && !answer.Json.GetProperty("stale").GetBoolean());
        }
    }

    private async Task PutAsync(SurveyDefinition survey, string name, MapDataset dataset)
    {
        var file = Folder.File(name);
        MapDatasetFile.Write(file, dataset);
        await new ObservationStore(BlobStores.Open(Store), survey.Observations)
            .PutAsync(file, name, null, CancellationToken.None);
    }

    /// <summary>Fills 3 x 3 pixels, since a pixel of a HiPS shows the pixel at its own centre.</summary>
    private static void Dot(Map<double> counts, int bin, SkyPosition position)
    {
        var grid = counts.Geometry.Grid!;
        if (!grid.TryPixelOf(position, out int x, out int y)) return;
        for (var row = Math.Max(0, y - 1); row <= Math.Min(grid.Height - 1, y + 1); row++)
            for (var column = Math.Max(0, x - 1); column <= Math.Min(grid.Width - 1, x + 1); column++)
                counts.Plane(bin)[row * grid.Width + column] = MarkCounts;
    }

    private static MapDataset Mark(MapDataset dataset)
    {
        var counts = new Map<double>(dataset.Counts!.Geometry, dataset.Counts.Unit);
        foreach (var (bin, positions) in new[] { (NorthBin, North), (EastBin, East) })
            foreach (var position in positions)
                Dot(counts, bin, position);
        return dataset with { Counts = counts };
    }
}
