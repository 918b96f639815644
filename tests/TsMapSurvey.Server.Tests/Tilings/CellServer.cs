using TsMapSurvey.Maps;
using TsMapSurvey.Maps.Datasets;
using TsMapSurvey.Maps.Gadf;
using TsMapSurvey.Simulation;
using TsMapSurvey.Sky;
using TsMapSurvey.Storage;
using TsMapSurvey.Surveys;

namespace TsMapSurvey.Server.Tests.Tilings;

/// <summary>A server with two surveys of the same observations: small in its grid's tiles, cells in a <see cref="CellTiling"/>.</summary>
public sealed class CellServer : IAsyncLifetime
{
    public const int Count = 4;

    private readonly TemporaryFolder _folder = new();
    private RunningServer? _server;

    internal static CellTiling Cells { get; } = new(Survey.Resolve(SmallSurvey.Definition).Grid, SmallSurvey.Definition.Tiling.TilePixels);

    internal Client Client { get; private set; } = null!;

    /// <summary>Counts of each observation inside its mask and the survey, by name.</summary>
    internal Dictionary<string, double> Counts { get; } = [];

    public async ValueTask InitializeAsync()
    {
        var definitions = new[] { SmallSurvey.Definition, SmallSurvey.Definition with { Name = "cells" } };
        foreach (var definition in definitions) await File.WriteAllTextAsync(FileOf(definition), definition.ToJson());
        _server = await ServerHost.StartAsync(
            StackedServer.Settings(_folder) with { Surveys = [.. definitions.Select(FileOf)] }, CancellationToken.None,
            (definition, like) => definition.Name == "cells" ? Cells : TilingKinds.Create(definition, like));
        Client = new Client(_server.Address);
        await PutAsync();
        foreach (var definition in definitions)
            await Client.UntilAsync($"/api/surveys/{definition.Name}", answer => answer.Json.GetProperty("stacked").GetInt32() == Count);
    }

    public async ValueTask DisposeAsync()
    {
        Client?.Dispose();
        if (_server is not null)
        {
            await _server.StopAsync(CancellationToken.None);
            await _server.DisposeAsync();
        }

        _folder.Dispose();
    }

    private string FileOf(SurveyDefinition definition) => _folder.File($"{definition.Name}.json");

    private async Task PutAsync()
    {
        using var files = new TemporaryFolder();
        var store = new ObservationStore(BlobStores.Open(_folder.File("store")), SmallSurvey.Definition.Observations);
        var survey = Survey.Resolve(SmallSurvey.Definition);
        foreach (var observation in new SimulatedSurvey(survey, new SimulationOptions(Count, 2, 1)).Observations())
        {
            var dataset = Uniform(observation.Dataset);
            MapDatasetFile.Write(files.File(observation.FileName), dataset);
            await store.PutAsync(files.File(observation.FileName), observation.FileName, null, CancellationToken.None);
            var pixels = ((GridTiling)survey.Tiling).InSurveyPixels(dataset.Grid);
            Counts[observation.FileName] = dataset.Counts!.Data.Where((_, bin) => dataset.MaskSafe!.Data[bin]
                && survey.Grid.Region.Contains(bin % pixels.Width + pixels.X, bin / pixels.Width % pixels.Height + pixels.Y)).Sum();
        }
    }

    /// <summary>With the same response everywhere but for a factor, so that tiles with other centres have the same kernels.</summary>
    private static MapDataset Uniform(MapDataset dataset)
    {
        var exposure = dataset.Exposure!;
        double[] OfCentre(Map<double> map) => [.. map.Data.Select((_, i) => map.Data[i / PixelsOf(map) * PixelsOf(map) + PixelsOf(map) / 2])];
        var spectrum = OfCentre(exposure);
        return dataset with
        {
            Psf = dataset.Psf! with { Density = dataset.Psf.Density with { Data = OfCentre(dataset.Psf.Density) } },
            Edisp = dataset.Edisp! with { Data = dataset.Edisp.Data with { Data = OfCentre(dataset.Edisp.Data) } },
            Exposure = exposure with { Data = [.. spectrum.Select((value, i) => exposure.Data[i % PixelsOf(exposure)] * value / spectrum[0])] },
        };
    }

    private static int PixelsOf(Map<double> map) => map.Geometry.PlaneLength;
}
