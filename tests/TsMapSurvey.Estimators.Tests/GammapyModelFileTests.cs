using System.Globalization;
using TsMapSurvey.Estimators.BackgroundSources;
using TsMapSurvey.Fits;
using TsMapSurvey.Maps.Gadf;
using TsMapSurvey.Models;
using TsMapSurvey.Sky;

namespace TsMapSurvey.Estimators.Tests;

/// <summary>
/// Model files that gammapy's own data have, or that gammapy wrote, on the Galactic centre as Fermi-LAT sees it, against gammapy 2.1's
/// npred without the safe mask, read
/// once: sums of each energy bin over pixels 60 ... 339, 60 ... 139, and some pixels. (Nearer to the rim gammapy's diffuse source is
/// dark.) The sources at
/// longitude 10.3, outside the image, are moved to 1.3, 0.7. The diffuse model that gc.yaml names is made up: a float32 cube of pixels
/// of 0.25 degrees, 22 by 12 degrees, at nine energies from 5 GeV to 3 TeV.
/// </summary>
[Trait("Pace", "slow")]
public sealed class GammapyModelFileTests
{
    private static readonly (int Plane, int Y, int X)[] Pixels =
        [(0, 100, 200), (0, 102, 182), (0, 60, 60), (3, 100, 200), (5, 101, 181), (9, 100, 199), (1, 114, 173), (2, 113, 174)];

    public static TheoryData<string, string, double[], double[]> Files => new()
    {
        {
            "crab.yaml", "Fermi-LAT",
            [
                7808.29316, 4414.4549, 2528.82272, 1485.00235, 886.081972, 549.399243, 348.95485, 223.013874,
                143.21491, 93.0809537, 61.4246279,
            ],
            [
                0.961986307, 0.87400022, 0.153279997, 0.200829607, 0.0747387541, 0.0169847727, 0.202657436, 0.125545946,
            ]
        },
        {
            "gc.yaml", "gc",
            [
                38393.0189, 22334.5195, 13085.3216, 7807.06872, 4636.78695, 2741.14741, 1623.03732, 963.130945,
                573.789856, 343.181446, 153.76116,
            ],
            [
                5.05635977, 4.94201622, 0.749101796, 1.64509565, 0.758473713, 0.158483366, 1.15326441, 0.702720719,
            ]
        },
        {
            "compound.yaml", "any",
            [
                6050.88851, 3425.9455, 1965.86953, 1156.59526, 691.401273, 429.245243, 272.893957, 174.558854,
                112.197138, 72.9717352, 47.8336607,
            ],
            [
                0.739935045, 0.675332651, 0.117865749, 0.154457628, 0.0577350526, 0.013060798, 0.856967276, 0.597968476,
            ]
        },
        {
            "superexp4dr3.yaml", "any",
            [
                6005.28193, 3395.39436, 1945.28726, 1142.52788, 681.888125, 422.907353, 268.700848, 171.796533,
                110.384085, 71.7908425, 47.3387233,
            ],
            [
                0.73973081, 0.672140957, 0.117865749, 0.154430551, 0.0574880696, 0.0130605973, 0.175260859, 0.11376802,
            ]
        },
    };

    [Theory]
    [MemberData(nameof(Files))]
    public void A_model_file_gives_gammapys_counts(string file, string datasetName, double[] sums, double[] pixels)
    {
        var yaml = File.ReadAllText(Shared.Path("faults", "08-models-refused", file));
        var path = Shared.Path("data", "fermi-3fhl-gc", "fermi-3fhl-gc.fits.gz");
        var dataset = MapDatasetFile.Read(path) with { Name = datasetName };
        using var folder = new TemporaryFolder();
        WriteDiffuse(folder.File("gll_iem_v06_gc.fits.gz"));
        yaml = yaml.Replace("$GAMMAPY_DATA/fermi-3fhl-gc/", "", StringComparison.Ordinal)
            .Replace("value: 10.3", "value: 1.3", StringComparison.Ordinal).Replace("value: 2.2", "value: 0.7", StringComparison.Ordinal);
        var models = SkyModelYaml.Parse(yaml, file, folder.Path);
        var npred = BackgroundModels.AddTo([dataset], models, maxPsfRadiusDeg: 60)[0].Background!;
        string[] warnings = file == "gc.yaml"
            ? [$"the model 'g09-bkg' is only for the dataset 'g09' and is ignored: the datasets are 'gc' ({path})"] : [];
        Assert.Equal(warnings, BackgroundModels.Warnings([dataset], models));
        for (var k = 0; k < sums.Length; k++)
            Close(sums[k], Enumerable.Range(60, 80)
                .Sum(y => Enumerable.Range(60, 280).Sum(x => npred[k, y, x])), $"{file}, sum of bin {k}");
        foreach (var ((plane, y, x), expected) in Pixels.Zip(pixels))
            Close(expected, npred[plane, y, x], $"{file}, pixel {plane}, {y}, {x}");
    }

    private static void Close(double expected, double found, string what)
    {
        TestContext.Current.SendDiagnosticMessage($"{what}: {found / expected - 1:e1}");
        Assert.True(Math.Abs(found - expected) <= 1e-3 * expected, $"{what}: found {found:r}, gammapy has {expected:r}");
    }

    private static void WriteDiffuse(string path)
    {
        var grid = new SkyGrid(
            Wcs.Create(SkyFrame.Galactic, Projection.Car, new SkyPosition(0, 0, SkyFrame.Galactic), 44.5, 24.5, -0.25, 0.25), 88, 48);
        double[] energiesMeV = [.. Enumerable.Range(0, 9).Select(i => 5e3 * Math.Pow(600, i / 8.0))];
        var data = new double[energiesMeV.Length * 88 * 48];
        for (var i = 0; i < data.Length; i++)
        {
            var (lon, lat) = (0.25 * (43.5 - i % 88), 0.25 * (i / 88 % 48 - 23.5));
            data[i] = 3e-9 * Math.Pow(energiesMeV[i / (88 * 48)] / 1e4, -2.5) * Math.Exp(-Math.Abs(lat) / 1.5) * (
                1 + 0.3 * Math.Cos(double.DegreesToRadians(10 * lon)));
        }

        FitsWriter.Write(path, writer =>
        {
            var header = new FitsHeader();
            foreach (var (keyword, value, _) in grid.Wcs.Keywords())
            {
                if (value is string text) header.Set(keyword, text);
                else header.Set(keyword, Convert.ToDouble(value, CultureInfo.InvariantCulture));
            }

            writer.WriteEmptyPrimary(new FitsHeader());
            writer.WriteImage("DIFFUSE", [88, 48, 9], data, header, FitsElementType.Single);
            writer.WriteTable("ENERGIES", [FitsTableColumn.Doubles("Energy", energiesMeV, "MeV")], new FitsHeader());
        });
    }
}
