using TsMapSurvey.Maps.Gadf;
using TsMapSurvey.Server.Settings;
using TsMapSurvey.Simulation;
using TsMapSurvey.Sky;
using TsMapSurvey.Storage;
using TsMapSurvey.Surveys;

namespace TsMapSurvey.Server.Tests.Tilings;

/// <summary>
/// A server with three surveys of the same observations. Small is in its grid's tiles and cells in a <see cref="CellTiling"/>, both with
/// the IRFs of one observation, so that their kernels are the same; own is in cells with the IRFs of their stacks.
/// </summary>
public sealed class CellServer : HostedServer
{
    public const int Count = 4;

    private const string Irfs = "irfs.fits.gz";


    internal static Survey Grid { get; } = Survey.Resolve(SmallSurvey.Definition);

    internal static CellTiling Cells { get; } = new(Grid.Grid, Grid.Definition.Tiling.TilePixels);

    private static SurveyDefinition[] Definitions { get; } =
    [
        Grid.Definition with { Irfs = Irfs }, Grid.Definition with { Irfs = Irfs, Name = "cells" }, Grid.Definition with { Name = "own" },
    ];

    /// <summary>Counts of each observation inside its mask and the survey, by name.</summary>
    internal Dictionary<string, double> Counts { get; } = [];

    private protected override async Task<ServerSettings> PrepareAsync()
    {
        await PutAsync();
        return await SettingsAsync(Definitions);
    }

    private protected override Task<RunningServer> StartAsync(ServerSettings settings) => ServerHost.StartAsync(
        settings, CancellationToken.None,
        (definition, like) => definition.Name == SmallSurvey.Name ? TilingKinds.Create(definition, like) : Cells);

    private protected override async Task ReadyAsync()
    {
        foreach (var definition in Definitions) await UntilStackedAsync(definition.Name, Count);
    }

    private async Task PutAsync()
    {
        using var files = new TemporaryFolder();
        var store = new ObservationStore(BlobStores.Open(Store), Grid.Definition.Observations);
        foreach (var observation in new SimulatedSurvey(Grid, new SimulationOptions(Count, 2, 1)).Observations())
        {
            var (file, dataset) = (files.File(observation.FileName), observation.Dataset);
            MapDatasetFile.Write(file, dataset);
            await store.PutAsync(file, observation.FileName, null, CancellationToken.None);
            if (Counts.Count == 0) File.Copy(file, Folder.File($"store/{Irfs}"));
            var pixels = ((GridTiling)Grid.Tiling).InSurveyPixels(dataset.Grid);
            Counts[observation.FileName] = dataset.Counts!.Data.Where((_, bin) => dataset.MaskSafe!.Data[bin]
                && Grid.Grid.Region.Contains(bin % pixels.Width + pixels.X, bin / pixels.Width % pixels.Height + pixels.Y)).Sum();
        }
    }
}
