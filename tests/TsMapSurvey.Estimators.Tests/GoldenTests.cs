using TsMapSurvey.Estimators.Gadf;
using TsMapSurvey.Maps.Datasets;
using TsMapSurvey.Maps.Gadf;
using TsMapSurvey.Models;

namespace TsMapSurvey.Estimators.Tests;

/// <summary>Our maps of real data against gammapy's (golden/README.md of the shared folder says how those were made).</summary>
public sealed class GoldenTests
{
    private static readonly PowerLaw FermiSpectrum = new(2, 1e-13);

    private static readonly TsMapOptions Fermi = new()
    { Model = new SkyModel(new PointSource(), FermiSpectrum), KernelWidthDeg = 1, Rtol = 1e-6 };

    public static TheoryData<string> FermiCases => ["full", "cube", "bands", "gauss", "threshold"];

    public static TheoryData<string> HessCases => ["point", "point-cube", "gauss0.2"];

    [Theory]
    [MemberData(nameof(FermiCases))]
    public void Fermi_galactic_centre_maps_agree_with_gammapy(string name)
    {
        var options = name switch
        {
            "full" => Fermi with { EnergyEdgesTeV = [0.01, 0.1] },
            "threshold" => Fermi with { EnergyEdgesTeV = [0.01, 0.1], Threshold = 4 },
            "cube" => Fermi with { EnergyEdgesTeV = [0.01, 0.5], SumOverEnergyGroups = false },
            "bands" => Fermi with { EnergyEdgesTeV = [0.01, 0.03, 0.1, 0.5] },
            _ => Fermi with
            {
                EnergyEdgesTeV = [0.01, 0.5],
                KernelWidthDeg = 2,
                Model = new SkyModel(new GaussianSource(0.2), FermiSpectrum with { Index = 2.5 })
            },
        };
        Agree(Shared.Path("data", "fermi-3fhl-gc", "fermi-3fhl-gc.fits.gz"), options,
            Shared.Path("golden", "fermi-3fhl-gc", $"{name}.fits.gz"));
    }

    [Theory]
    [MemberData(nameof(HessCases))]
    public void Hess_maps_agree_with_gammapy(string name)
    {
        var point = new TsMapOptions { KernelWidthDeg = 0.6, Rtol = 1e-6 };
        var options = name switch
        {
            "point" => point,
            "point-cube" => point with { SumOverEnergyGroups = false },
            _ => point with { KernelWidthDeg = 1.6, Model = new SkyModel(new GaussianSource(0.2), new PowerLaw(2.3)) },
        };
        Agree(Shared.Path("golden", "hess-rxj1713", "stacked.fits.gz"), options, Shared.Path("golden", "hess-rxj1713", $"{name}.fits.gz"));
    }

    [Fact]
    public void Errors_and_limits_agree_with_gammapy()
    {
        var golden = Shared.Path("golden", "fermi-3fhl-gc", "errors.fits.gz");
        var options = Fermi with { EnergyEdgesTeV = [0.01, 0.1], NSigmaUl = 3, Selection = TsMapSelection.Ul | TsMapSelection.ErrnErrp };
        Agree(Shared.Path("data", "fermi-3fhl-gc", "fermi-3fhl-gc.fits.gz"), options, golden);
    }

    [Fact]
    public void Stacked_observations_equal_gammapys_stack()
    {
        var golden = Shared.Path("golden", "hess-rxj1713", "stacked.fits.gz");
        using var folder = new TemporaryFolder();
        var stack = new DatasetStack(StackGeometry.Of(MapDatasetFile.Read(golden)));
        foreach (var file in Directory.GetFiles(Shared.Path("data", "hess-rxj1713"), "obs_*.fits.gz").Order(StringComparer.Ordinal))
            stack.Add(MapDatasetFile.Read(file));
        MapDatasetFile.Write(folder.File("stacked.fits.gz"), stack.ToDataset("stacked"));
        Compare("compare_stack.py", folder.File("stacked.fits.gz"), golden);
    }

    private static void Agree(string dataset, TsMapOptions options, string golden, params string[] arguments)
    {
        using var folder = new TemporaryFolder();
        var maps = new TsMapEstimator(options).Run([MapDatasetFile.Read(dataset)]);
        FluxMapsFile.Write(folder.File("ours.fits"), maps);
        Compare("compare_fluxmaps.py", [folder.File("ours.fits"), golden, .. arguments]);
    }

    private static void Compare(string script, params string[] arguments)
    {
        var result = Tools.Run(Tools.NeedAstropy(), [Shared.Path("peer", script), .. arguments]);
        Assert.True(result.ExitCode == 0, result.Output + result.Error);
    }
}
