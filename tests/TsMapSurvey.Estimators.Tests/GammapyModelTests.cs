using System.Text.Json;
using TsMapSurvey.Estimators.BackgroundSources;
using TsMapSurvey.Estimators.Gadf;
using TsMapSurvey.Estimators.Kernels;
using TsMapSurvey.Fits;
using TsMapSurvey.Maps.Gadf;
using TsMapSurvey.Models;
using TsMapSurvey.SampleData;
using TsMapSurvey.Sky;

namespace TsMapSurvey.Estimators.Tests;

/// <summary>Our models against gammapy's, computed in the same run from the YAML that we write.</summary>
[Trait("Pace", "slow")]
public sealed class GammapyModelTests
{
    private static readonly SkyPosition OffCentre = new(0.73, -0.41, SkyFrame.Galactic);

    /// <summary>The middle of the Fermi observation, 5 degrees wide, cut out by gammapy: it takes seconds for each model of the
    /// whole.</summary>
    private static readonly Lazy<byte[]> FermiCentre = new(() =>
    {
        var data = Shared.Path("data", "fermi-3fhl-gc", "fermi-3fhl-gc.fits.gz");
        using var folder = new GammapyFolder();
        File.Copy(data, folder.File("whole.fits.gz"));
        Run(folder, """
            whole = MapDataset.read(F + "/whole.fits.gz", name="d")
            whole.cutout(whole.counts.geom.center_skydir, "5 deg").write(F + "/centre.fits.gz")
            out = {}
            """);
        return File.ReadAllBytes(folder.File("centre.fits.gz"));
    });

    public static TheoryData<bool> Frames => [true, false];

    [Fact]
    public void Spectra_equal_gammapys()
    {
        using var folder = new GammapyFolder();
        var models = ModelSamples.Spectra.Select(pair => new SkyModel(new PointSource(), pair.Value) { Name = pair.Key }).ToArray();
        File.WriteAllText(folder.File("models.yaml"), SkyModelYaml.Write(models));
        var found = Run(folder, """
            edges = np.geomspace(0.5, 40, 7) * u.TeV
            out = {}
            for model in Models.read(F + "/models.yaml"):
                s = model.spectral_model
                out[model.name] = [
                    [float(s(e).to_value("cm-2 s-1 TeV-1").squeeze()) for e in edges[:-1]],
                    [float(s.integral(a, b).to_value("cm-2 s-1").squeeze()) for a, b in zip(edges[:-1], edges[1:])],
                    [float(s.energy_flux(a, b).to_value("TeV cm-2 s-1").squeeze()) for a, b in zip(edges[:-1], edges[1:])]]
            """);
        var edges = Enumerable.Range(0, 7).Select(i => 0.5 * Math.Pow(80, i / 6.0)).ToArray();
        Assert.Equal(10, models.Length);
        foreach (var model in models)
        {
            var gammapy = found.GetProperty(model.Name);
            for (var i = 0; i < 6; i++)
            {
                Close(gammapy[0][i].GetDouble(), model.Spectral.Differential(edges[i]), 1e-9, $"{model.Name}: dnde {i}");
                Close(gammapy[1][i].GetDouble(), model.Spectral.Integral(edges[i], edges[i + 1]), 1e-9, $"{model.Name}: flux {i}");
                Close(gammapy[2][i].GetDouble(), model.Spectral.EnergyIntegral(edges[i], edges[i + 1]), 1e-9, $"{model.Name}: eflux {i}");
            }
        }
    }

    /// <summary>With the position angle counted from Galactic north as the map's, and from celestial north.</summary>
    [Theory]
    [MemberData(nameof(Frames))]
    public void Kernels_equal_gammapys(bool galactic)
    {
        using var folder = new GammapyFolder();
        var template = ModelSamples.WriteTemplate(folder.File("template.fits"));
        var position = new SkyPosition(0, 0, galactic ? SkyFrame.Galactic : SkyFrame.Icrs);
        SkyModel[] models =
        [
            .. ModelSamples.Shapes.Select(
                pair => new SkyModel(pair.Value, new PowerLaw(2.2, 1e-12)) { Name = pair.Key, Position = position }),
            new SkyModel(template, new PowerLaw(2.2, 1e-12)) { Name = "template", Position = template.Grid.Centre },
        ];
        var sharp = Samples.Observation() with { Psf = null };
        WriteModels(folder, models);
        MapDatasetFile.Write(folder.File("smooth.fits.gz"), Samples.Observation(), FitsElementType.Double);
        MapDatasetFile.Write(folder.File("sharp.fits.gz"), sharp, FitsElementType.Double);
        var found = Run(folder, """
            out = {}
            for name in ["smooth", "sharp"]:
                dataset = MapDataset.read(F + "/" + name + ".fits.gz", name=name)
                for model in Models.read(F + "/models.yaml"):
                    for width in ["1.5 deg", "2.5 deg"]:
                        kernel = TSMapEstimator(model, kernel_width=width).estimate_kernel(dataset)
                        out[f"{name} {model.name} {width[:3]}"] = kernel.data.tolist()
            """);
        foreach (var (name, dataset) in new[] { ("smooth", Samples.Observation()), ("sharp", sharp) })
            foreach (var model in models)
                foreach (var width in new[] { 1.5, 2.5 })
                {
                    var key = FormattableString.Invariant($"{name} {model.Name} {width}");
                    var kernel = SourceKernel.Create(
                        dataset, dataset.Grid, dataset.Grid.Centre, model, 0, dataset.Energy.BinCount - 1, new KernelOptions(width));
                    var gammapy = Flatten(found.GetProperty(key));
                    Assert.Equal(gammapy.Length, kernel.Planes.Sum(plane => plane.Length));
                    Agree(gammapy, [.. kernel.Planes.SelectMany(plane => plane)], key);
                }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Predicted_counts_of_sources_equal_gammapys(bool shared)
    {
        using var folder = new GammapyFolder();
        if (shared) File.WriteAllBytes(folder.File("dataset.fits.gz"), FermiCentre.Value);
        else MapDatasetFile.Write(
            folder.File("dataset.fits.gz"), Samples.Observation(edispMap: true, masked: false), FitsElementType.Double);
        var template = ModelSamples.WriteTemplate(folder.File("template.fits"));
        var spectrum = new LogParabola(1e-12, 1, 2.1, 0.2);
        SkyModel[] models =
        [
            .. ModelSamples.Shapes.Select(pair => new SkyModel(pair.Value, spectrum) { Name = pair.Key, Position = OffCentre }),
            new SkyModel(new GaussianSource(0.2, 0.7, 60), spectrum) { Name = "celestial", Position = OffCentre.To(SkyFrame.Icrs) },
            new SkyModel(new PointSource(), spectrum) { Name = "corner", Position = new SkyPosition(-1.93, 1.42, SkyFrame.Galactic) },
            new SkyModel(template, spectrum) { Name = "template", Position = template.Grid.Centre },
        ];
        WriteModels(folder, models);
        var found = Run(folder, """
            out = {}
            dataset = MapDataset.read(F + "/dataset.fits.gz", name="d")
            for model in Models.read(F + "/models.yaml"):
                dataset.models = [model]
                out[model.name] = dataset.npred_signal().data.tolist()
            """);
        var dataset = MapDatasetFile.Read(folder.File("dataset.fits.gz"));
        foreach (var model in models)
            Agree(Flatten(found.GetProperty(model.Name)), BackgroundModels.Counts(dataset, [model]).Data, model.Name);
    }

    [Fact]
    public void Gammapys_own_model_file_is_read_with_all_its_values()
    {
        using var folder = new GammapyFolder();
        var found = Run(folder, """
            models = Models([
                SkyModel(name="crab nebula",
                    spectral_model=LogParabolaSpectralModel(amplitude="3.2e-8 cm-2 s-1 GeV-1", reference="10 GeV", alpha=2.2, beta=0.1),
                         spatial_model=GaussianSpatialModel(
                             lon_0="83.63 deg", lat_0="22.02 deg", sigma="3 arcmin", e=0.4, phi="0.5 rad", frame="icrs")),
                SkyModel(name="1", spectral_model=ExpCutoffPowerLawSpectralModel(lambda_="0.02 GeV-1"),
                         spatial_model=ShellSpatialModel(lon_0="184 deg", lat_0="-5 deg", frame="galactic"), datasets_names=["a", "b"]),
                SkyModel(name="table",
                    spectral_model=TemplateSpectralModel(energy=[1, 10] * u.GeV, values=[1e-8, 1e-10] * u.Unit("cm-2 s-1 GeV-1")),
                         spatial_model=DiskSpatialModel(r_0="1800 arcsec")),
            ])
            p = models[0].spectral_model.amplitude
            p.min, p.max, p.error, p.frozen = 1e-9, 1e-7, 2e-9, True
            models[2].spatial_model.lat_0 = models[0].spatial_model.lat_0
            models.write(F + "/short.yaml", write_covariance=False)
            models.write(F + "/full.yaml", full_output=True, write_covariance=False)
            out = {"ok": True}
            """);
        Assert.True(found.GetProperty("ok").GetBoolean());
        foreach (var file in new[] { "short.yaml", "full.yaml" })
        {
            SkyModel[] models = [.. SkyModelYaml.ReadFile(folder.File(file)).Cast<SkyModel>()];
            Assert.Equal(["crab nebula", "1", "table"], models.Select(model => model.Name));
            var (gauss, parabola) = (Assert.IsType<GaussianSource>(models[0].Spatial), Assert.IsType<LogParabola>(models[0].Spectral));
            Close(0.05, gauss.SigmaDeg, 1e-12, "sigma");
            Close(double.RadiansToDegrees(0.5), gauss.PhiDeg, 1e-12, "phi");
            Close(3.2e-5, parabola.Amplitude, 1e-12, "amplitude");
            Close(0.01, parabola.ReferenceTeV, 1e-12, "reference");
            var note = models[0].Notes!["spectral.amplitude"];
            Close(2e-6, note.Error!.Value, 1e-9, "error");
            Assert.True(note.Frozen);
            Assert.Equal((1e-6, 1e-4), (Math.Round(note.Min!.Value, 12), Math.Round(note.Max!.Value, 12)));
            Assert.Equal(new SkyPosition(184, -5, SkyFrame.Galactic), models[1].Position);
            Assert.Equal(["a", "b"], models[1].DatasetNames);
            Close(20, Assert.IsType<ExpCutoffPowerLaw>(models[1].Spectral).LambdaPerTeV, 1e-12, "lambda");
            Assert.Equal(models[0].Notes!["spatial.lat_0"].Link, models[2].Notes!["spatial.lat_0"].Link);
            Assert.Equal(22.02, models[2].Position.LatDeg);
            Close(0.5, Assert.IsType<DiskSource>(models[2].Spatial).RadiusDeg, 1e-12, "r_0");
            Close(1e-7, Assert.IsType<TemplateSpectrum>(models[2].Spectral).Values[1], 1e-12, "values");
        }
    }

    [Theory]
    [InlineData("long-gauss")]
    [InlineData("disk")]
    [InlineData("shell")]
    public void Maps_of_extended_sources_equal_gammapys(string shape)
    {
        using var folder = new GammapyFolder();
        File.WriteAllBytes(folder.File("dataset.fits.gz"), FermiCentre.Value);
        var model = new SkyModel(ModelSamples.Shapes[shape], new PowerLaw(2.3, 1e-13));
        WriteModels(folder, [model]);
        Run(folder, """
            dataset = MapDataset.read(F + "/dataset.fits.gz", name="d")
            estimator = TSMapEstimator(
                Models.read(F + "/models.yaml")[0], kernel_width="1.5 deg", energy_edges=[10, 500] * u.GeV, rtol=1e-6, n_jobs=1)
            estimator.run(dataset).write(F + "/golden.fits")
            out = {}
            """);
        var options = new TsMapOptions { Model = model, KernelWidthDeg = 1.5, Rtol = 1e-6, EnergyEdgesTeV = [0.01, 0.5] };
        FluxMapsFile.Write(folder.File("ours.fits"),
            new TsMapEstimator(options).Run([MapDatasetFile.Read(folder.File("dataset.fits.gz"))]));
        var compared = Tools.Run(
            Tools.NeedAstropy(), [Shared.Path("peer", "compare_fluxmaps.py"), folder.File("ours.fits"), folder.File("golden.fits")]);
        Assert.True(compared.ExitCode == 0, compared.Output + compared.Error);
    }

    /// <summary>Runs gammapy on the folder F; what is left in the variable out comes back.</summary>
    private static JsonElement Run(GammapyFolder folder, string script)
    {
        File.WriteAllText(folder.File("run.py"), $"""
            import json
            import numpy as np
            import astropy.units as u
            from gammapy.datasets import MapDataset
            from gammapy.estimators import FluxMaps, TSMapEstimator
            from gammapy.modeling.models import *
            F = "{folder.Inside}"
            {script.ReplaceLineEndings("\n")}
            json.dump(out, open(F + "/out.json", "w"))
            """);
        var result = GammapyFolder.Run($"{folder.Inside}/run.py");
        Assert.True(result.ExitCode == 0, result.Output + result.Error);
        return JsonDocument.Parse(File.ReadAllText(folder.File("out.json"))).RootElement;
    }

    /// <summary>gammapy sees the folder under another name.</summary>
    private static void WriteModels(GammapyFolder folder, IReadOnlyList<SkyModel> models) =>
        File.WriteAllText(
            folder.File("models.yaml"), SkyModelYaml.Write(models).Replace(folder.Path, folder.Inside, StringComparison.Ordinal));

    private static double[] Flatten(JsonElement element) => element.ValueKind == JsonValueKind.Array
        ? [.. element.EnumerateArray().SelectMany(Flatten)]
        : [element.ValueKind == JsonValueKind.Number ? element.GetDouble() : double.NaN];

    private static void Agree(double[] expected, double[] found, string what)
    {
        var top = expected.Max();
        Assert.True(top > 0, $"{what}: gammapy has nothing above zero");
        var worst = expected.Zip(found, (a, b) => Math.Abs(a - b)).Max();
        TestContext.Current.SendDiagnosticMessage($"{what}: {worst / top:e1}");
        Assert.True(expected.Length == found.Length
            && worst <= 1e-3 * top, $"{what}: off by {worst / top} of the maximum {top}; sums {expected.Sum()} and {found.Sum()}");
    }

    private static void Close(double expected, double found, double tolerance, string what) =>
        Assert.True(Math.Abs(expected - found) <= tolerance * Math.Abs(expected), $"{what}: {found}, expected {expected}");
}
