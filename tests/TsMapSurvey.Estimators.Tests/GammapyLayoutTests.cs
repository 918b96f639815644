using TsMapSurvey.Estimators.Gadf;
using TsMapSurvey.Fits;
using TsMapSurvey.Maps;
using TsMapSurvey.Maps.Datasets;
using TsMapSurvey.Maps.Gadf;
using TsMapSurvey.Maps.Irf;
using TsMapSurvey.Models;
using TsMapSurvey.SampleData;

namespace TsMapSurvey.Estimators.Tests;

/// <summary>Layouts that the golden files do not have, computed by gammapy itself in the same run.</summary>
[Trait("Pace", "slow")]
public sealed class GammapyLayoutTests
{
    public static TheoryData<string> Layouts => ["edisp-map", "reco-psf", "no-psf", "masked-centre"];

    [Theory]
    [MemberData(nameof(Layouts))]
    public void Maps_of_other_layouts_equal_gammapys(string layout)
    {
        using var folder = new GammapyFolder();
        var dataset = Dataset(layout);
        var spatial = layout == "no-psf" ? "gauss:0.15" : "point";
        MapDatasetFile.Write(folder.File("dataset.fits.gz"), dataset, FitsElementType.Double);
        var result = GammapyFolder.Run(["/peer/tsmap.py", $"{folder.Inside}/golden.fits", $"{folder.Inside}/dataset.fits.gz", "--options", """{"kernel_width": "0.9 deg"}""", "--index", "2.2", "--amplitude", "1e-13 cm-2 s-1 TeV-1", "--spatial", spatial, "--n-jobs", "1"]);
        Assert.True(result.ExitCode == 0, result.Output + result.Error);
        var options = new TsMapOptions
        {
            KernelWidthDeg = 0.9,
            Rtol = 1e-6,
            Model = new SkyModel(SkyModel.ParseSpatial(spatial), new PowerLaw(2.2, 1e-13))
        };
        FluxMapsFile.Write(
            folder.File("ours.fits"), new TsMapEstimator(options).Run([MapDatasetFile.Read(folder.File("dataset.fits.gz"))]));
        var compared = Tools.Run(
            Tools.NeedAstropy(), [Shared.Path("peer", "compare_fluxmaps.py"), folder.File("ours.fits"), folder.File("golden.fits")]);
        Assert.True(compared.ExitCode == 0, compared.Output + compared.Error);
    }

    private static MapDataset Dataset(string layout)
    {
        var plain = Samples.Observation(rate: 2);
        return layout switch
        {
            "edisp-map" => Samples.Observation(edispMap: true, rate: 2),
            "no-psf" => plain with { Psf = null },
            "masked-centre" => plain with
            {
                MaskSafe = new Map<bool>(plain.MaskSafe!.Geometry,
                [.. plain.MaskSafe.Data.Select((safe, i) => safe && Math.Abs(i % 40 - 20) + Math.Abs(i / 40 % 30 - 15) > 9)])
            },
            _ => plain with { Psf = RecoPsf(plain.Psf!) },
        };
    }

    /// <summary>The same density in each reconstructed energy bin.</summary>
    private static PsfMap RecoPsf(PsfMap psf)
    {
        var grid = psf.Density.Geometry.Grid;
        var density = new Map<double>(new MapGeometry(grid, Samples.Rad, Samples.Energy), "sr-1");
        psf.Density.Data.AsSpan(0, density.Data.Length).CopyTo(density.Data);
        var exposure = new Map<double>(new MapGeometry(grid, Samples.Rad.Squash(), Samples.Energy), "m2 s");
        Array.Fill(exposure.Data, 1e9);
        return new PsfMap(density, exposure);
    }
}
