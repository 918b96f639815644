using TsMapSurvey.Maps.Gadf;
using TsMapSurvey.Simulation;
using TsMapSurvey.Sky;
using TsMapSurvey.Storage;
using TsMapSurvey.Surveys;

namespace TsMapSurvey.Server.Tests.Tilings;

/// <summary>
/// A server with three surveys of the same observations. Small is in its grid's tiles and cells in a <see cref="CellTiling"/>, both with
/// the IRFs of one observation, so that their kernels are the same; own is in cells with the IRFs of their stacks.
/// </summary>
public sealed class CellServer : IAsyncLifetime
{
    public const int Count = 4;

    private const string Irfs = "irfs.fits.gz";

    private readonly TemporaryFolder _folder = new();
    private RunningServer? _server;

    internal static Survey Grid { get; } = Survey.Resolve(SmallSurvey.Definition);

    internal static CellTiling Cells { get; } = new(Grid.Grid, Grid.Definition.Tiling.TilePixels);

    internal Client Client { get; private set; } = null!;

    /// <summary>Counts of each observation inside its mask and the survey, by name.</summary>
    internal Dictionary<string, double> Counts { get; } = [];

    public async ValueTask InitializeAsync()
    {
        SurveyDefinition[] definitions =
        [
            Grid.Definition with { Irfs = Irfs }, Grid.Definition with { Irfs = Irfs, Name = "cells" },
            Grid.Definition with { Name = "own" },
        ];
        foreach (var definition in definitions) await File.WriteAllTextAsync(FileOf(definition), definition.ToJson());
        await PutAsync();
        _server = await ServerHost.StartAsync(
            StackedServer.Settings(_folder) with { Surveys = [.. definitions.Select(FileOf)] }, CancellationToken.None,
            (definition, like) => definition.Name == SmallSurvey.Name ? TilingKinds.Create(definition, like) : Cells);
        Client = new Client(_server.Address);
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
        var store = new ObservationStore(BlobStores.Open(_folder.File("store")), Grid.Definition.Observations);
        foreach (var observation in new SimulatedSurvey(Grid, new SimulationOptions(Count, 2, 1)).Observations())
        {
            var (file, dataset) = (files.File(observation.FileName), observation.Dataset);
            MapDatasetFile.Write(file, dataset);
            await store.PutAsync(file, observation.FileName, null, CancellationToken.None);
            if (Counts.Count == 0) File.Copy(file, _folder.File($"store/{Irfs}"));
            var pixels = ((GridTiling)Grid.Tiling).InSurveyPixels(dataset.Grid);
            Counts[observation.FileName] = dataset.Counts!.Data.Where((_, bin) => dataset.MaskSafe!.Data[bin]
                && Grid.Grid.Region.Contains(bin % pixels.Width + pixels.X, bin / pixels.Width % pixels.Height + pixels.Y)).Sum();
        }
    }
}
