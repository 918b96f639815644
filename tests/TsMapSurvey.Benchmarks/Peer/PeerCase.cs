using System.Globalization;
using TsMapSurvey.Estimators;
using TsMapSurvey.Models;

namespace TsMapSurvey.Benchmarks.Peer;

/// <summary>One computation that both programs do: a golden case of the shared folder.</summary>
/// <param name="Target">How many times faster than gammapy's run() our estimator is meant to be.</param>
/// <param name="Dataset">Below the shared folder.</param>
/// <param name="Golden">What gammapy made of it, below the shared folder.</param>
/// <param name="Gammapy">Arguments of the shared tsmap.py.</param>
internal sealed record PeerCase(string Name, double Target, string Dataset, string Golden, TsMapOptions Options, string[] Gammapy)
{
    private const string Fermi = "data/fermi-3fhl-gc/fermi-3fhl-gc.fits.gz";
    private const string Hess = "golden/hess-rxj1713/stacked.fits.gz";

    private static readonly TsMapOptions FermiOptions =
        new()
        {
            Model = new SkyModel(new PointSource(), new PowerLaw(2, 1e-13)),
            KernelWidthDeg = 1,
            Rtol = 1e-6,
            EnergyEdgesTeV = [0.01, 0.1]
        };

    private static readonly string[] FermiArguments = ["--amplitude", "1e-22 cm-2 s-1 keV-1"];

    public static IReadOnlyList<PeerCase> All { get; } =
    [
        new("full", 150, Fermi, "golden/fermi-3fhl-gc/full.fits.gz", FermiOptions,
            [.. FermiArguments, "--energy-edges", "10,100,GeV", "--options", """{"kernel_width": "1 deg"}"""]),
        new("errors", 250, Fermi, "golden/fermi-3fhl-gc/errors.fits.gz",
            FermiOptions with { Selection = TsMapSelection.ErrnErrp | TsMapSelection.Ul, NSigmaUl = 3 },
            [.. FermiArguments, "--energy-edges", "10,100,GeV", "--options", """{"kernel_width": "1 deg", "selection_optional": ["errn-errp", "ul"], "n_sigma": 1, "n_sigma_ul": 3}"""]),
        new("cutout-all", 300, "data/fermi-3fhl-gc/gc-cutout.fits.gz", "golden/fermi-3fhl-gc/cutout-all.fits.gz",
            FermiOptions with { Selection = TsMapSelection.All },
            [.. FermiArguments, "--energy-edges", "10,100,GeV", "--options", """{"kernel_width": "1 deg", "selection_optional": "all"}"""]),
        new("point-3bins-all", 300, Hess, "golden/hess-rxj1713/point-3bins-all.fits.gz",
            new TsMapOptions { KernelWidthDeg = 0.6, Rtol = 1e-6, EnergyEdgesTeV = [0.6, 2.2, 8.1, 30],
                Selection = TsMapSelection.ErrnErrp | TsMapSelection.Ul | TsMapSelection.Sensitivity },
            ["--energy-edges", "0.6,2.2,8.1,30,TeV", "--options", """{"kernel_width": "0.6 deg", "selection_optional": ["errn-errp", "ul", "sensitivity"]}"""]),
        new("gauss", 100, Fermi, "golden/fermi-3fhl-gc/gauss.fits.gz",
            FermiOptions with { EnergyEdgesTeV = [0.01, 0.5], KernelWidthDeg = 2,
                Model = new SkyModel(new GaussianSource(0.2), new PowerLaw(2.5, 1e-13)) },
            [.. FermiArguments, "--spatial", "gauss:0.2", "--index", "2.5", "--energy-edges", "10,500,GeV", "--options", """{"kernel_width": "2 deg"}"""]),
    ];

    /// <summary>Name, target, dataset and gammapy's arguments, separated by tabs.</summary>
    public string ForShell() => string.Join('\t', [Name, Target.ToString(CultureInfo.InvariantCulture), Dataset, Golden, .. Gammapy]);

    public static PeerCase Named(string name) => All.FirstOrDefault(one => one.Name == name)
        ?? throw new ArgumentException($"no case {name}; there are {string.Join(", ", All.Select(one => one.Name))}");
}
