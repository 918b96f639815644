using TsMapSurvey.Fits;
using TsMapSurvey.Maps;
using TsMapSurvey.SampleData;
using TsMapSurvey.Sky;

namespace TsMapSurvey.Models.Tests;

/// <summary>Template images as strangers' files have them.</summary>
public sealed class TemplateFileTests
{
    private static readonly SkyGrid Grid = ModelFileSamples.Grid(new SkyPosition(0.1, 0, SkyFrame.Galactic));

    /// <summary>The units of Fermi-LAT's extended sources, and none.</summary>
    [Theory]
    [InlineData("ph/cm2/s/sr")]
    [InlineData("JY/BEAM")]
    [InlineData("None")]
    [InlineData("")]
    [InlineData("K km/s")]
    public void The_unit_of_a_template_that_is_normalised_does_not_matter(string unit)
    {
        using var folder = new TemporaryFolder();
        ModelFileSamples.Write(folder.File("image.fits.gz"), Blob(unit), FitsElementType.Single);
        var model = Read(folder, "filename: image.fits.gz, normalize: true");
        Assert.Null(model.Warnings);
        ModelFileSamples.Write(folder.File("plain.fits"), Blob("sr-1"), FitsElementType.Single);
        Assert.Equal(Centre(Read(folder, "filename: plain.fits")), Centre(model));
    }

    [Fact]
    public void A_unit_that_nobody_knows_is_a_warning_that_names_the_file()
    {
        using var folder = new TemporaryFolder();
        ModelFileSamples.Write(folder.File("odd.fits"), Blob("JY/BEAM"));
        var model = Read(folder, "filename: odd.fits, normalize: false");
        var warning = Assert.Single(model.Warnings!);
        Assert.Contains(folder.File("odd.fits"), warning, StringComparison.Ordinal);
        Assert.Contains("'JY/BEAM' is not a unit", warning, StringComparison.Ordinal);
        ModelFileSamples.Write(folder.File("sr.fits"), Blob("sr-1"));
        Assert.Equal(Centre(Read(folder, "filename: sr.fits, normalize: false")), Centre(model));
        ModelFileSamples.Write(folder.File("area.fits"), Blob("cm2"));
        Assert.Contains("area.fits", Assert.Throws<MapException>(() => Read(folder, "filename: area.fits, normalize: false")).Message,
            StringComparison.Ordinal);
    }

    /// <summary>Of pixels below zero gammapy counts the sum but not the values.</summary>
    [Fact]
    public void Pixels_that_are_no_number_or_below_zero_count_as_zero_and_are_a_warning()
    {
        using var folder = new TemporaryFolder();
        var map = Blob("sr-1");
        (map.Data[0], map.Data[1]) = (double.NaN, -1000);
        ModelFileSamples.Write(folder.File("odd.fits"), map);
        (map.Data[0], map.Data[1]) = (0, 0);
        ModelFileSamples.Write(folder.File("zero.fits"), map);
        var (odd, zero) = (Read(folder, "filename: odd.fits, normalize: true"), Read(folder, "filename: zero.fits, normalize: true"));
        var sum = map.Data.Sum();
        Assert.Equal(sum / (sum - 1000), Centre(odd) / Centre(zero), 1e-12);
        Assert.Equal(["1 of 600 pixels of the template are NaN or infinite; 0 is used for them",
            "1 of 600 pixels of the template are below zero; 0 is used for them, except in the sum for the normalisation"],
            odd.Warnings!.Select(warning => warning[(folder.File("odd.fits").Length + 2)..]));
        Assert.Equal(0, ((TemplateSource)odd.Spatial).DensityPerSr(Grid.PixelCentre(1, 0)!.Value, Grid.Centre));
        foreach (var nothing in new[] { new double[600], [.. Enumerable.Repeat(-1.0, 600)], [5, .. Enumerable.Repeat(-1.0, 599)] })
        {
            ModelFileSamples.Write(folder.File("none.fits"), map with { Data = nothing });
            Assert.Contains(
                "none.fits", Assert.Throws<MapException>(() => Read(folder, "filename: none.fits")).Message, StringComparison.Ordinal);
        }
    }

    /// <summary>
    /// Bilinear in the logarithm, continued by half a pixel to the image's edge, nothing beyond; so beyond the first and last energy.
    /// </summary>
    [Fact]
    public void A_template_ends_at_the_edge_of_its_image_and_of_its_energies()
    {
        using var folder = new TemporaryFolder();
        var energy = MapAxis.EnergyBins("energy_true", 1, 100, 2);
        var map = new Map<double>(new MapGeometry(Grid, energy), "sr-1");
        for (var i = 0; i < map.Data.Length; i++) map.Data[i] = Math.Exp(0.3 * (i % 30) + i / 600);
        ModelFileSamples.Write(folder.File("cube.fits"), map);
        var template = (TemplateSource)Read(folder, "filename: cube.fits, normalize: false").Spatial;
        double At(double x, double energyTeV)
        {
            Grid.Wcs.TryPixelToSky(x, 4, out var lon, out var lat);
            return template.DensityPerSr(new SkyPosition(lon, lat, SkyFrame.Galactic), Grid.Centre, energyTeV);
        }

        foreach (var x in new[] { -0.49, 0.0, 3.3, 29.49 })
            Assert.Equal(1, At(x, Math.Sqrt(10)) / Math.Exp(0.3 * x), 1e-9);
        Assert.Equal(0, At(-0.51, 2));
        Assert.Equal(0, At(29.51, 2));
        foreach (var (at, plane) in new[] { (1.001, Math.Log10(1.001) - 0.5), (10, 0.5), (99.9, Math.Log10(99.9) - 0.5) })
            Assert.Equal(1, At(3, at) / Math.Exp(0.9 + plane), 1e-9);
        Assert.Equal(0, At(3, 0.999));
        Assert.Equal(0, At(3, 100.1));
    }

    [Fact]
    public void A_diffuse_model_of_Fermis_tools_has_its_energies_in_a_table_and_no_unit()
    {
        using var folder = new TemporaryFolder();
        var data = Enumerable.Range(0, 1200).Select(i => 1e-9 * (i < 600 ? 1 : 1e-3)).ToArray();
        FitsWriter.Write(folder.File("diffuse.fits"), writer =>
        {
            var header = new FitsHeader();
            foreach (var (keyword, value, comment) in Grid.Wcs.Keywords())
            {
                if (value is string text) header.Set(keyword, text, comment);
                else header.Set(keyword, Convert.ToDouble(value, System.Globalization.CultureInfo.InvariantCulture), comment);
            }

            writer.WriteEmptyPrimary(new FitsHeader());
            writer.WriteImage("DIFFUSE", [30, 20, 2], data, header, FitsElementType.Double);
            writer.WriteTable("ENERGIES", [FitsTableColumn.Doubles("Energy", [1e6, 1e7], "MeV")], new FitsHeader());
        });
        const string Yaml =
            "components: [{name: d, type: SkyModel, spectral: {type: pl-norm}, spatial: {type: template, filename: diffuse.fits, "
            + "normalize: false}}]";
        var model = Assert.IsType<SkyModel>(SkyModelYaml.Parse(Yaml, "d.yaml", folder.Path)[0]);
        // Per MeV to per TeV, and half-way between the energies.
        Assert.Equal(
            1, ((TemplateSource)model.Spatial).DensityPerSr(Grid.Centre, Grid.Centre, Math.Sqrt(10)) / (1e-3 * Math.Pow(10, -1.5)), 1e-9);
        Assert.Contains(
            "a flux", Assert.Throws<MapException>(() => SkyModelYaml.Choose([model], null, "d.yaml")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_is_named_by_environment_variables_too()
    {
        using var folder = new TemporaryFolder();
        var variable = $"TSMAP_TEST_{Guid.NewGuid():N}";
        ModelFileSamples.Write(folder.File("image.fits"), Blob("sr-1"));
        var missing = Assert.Throws<MapException>(() => Read(folder, $"filename: ${variable}/image.fits", Path.GetTempPath())).Message;
        Assert.Contains($"'${variable}/image.fits', which does not exist (the environment variable {variable} is not set)", missing,
            StringComparison.Ordinal);
        Environment.SetEnvironmentVariable(variable, folder.Path);
        try
        {
            foreach (var name in new[] { $"${variable}/image.fits", $"${{{variable}}}/image.fits", folder.File("image.fits") })
                Assert.Equal(
                    folder.File("image.fits"), ((TemplateSource)Read(folder, $"filename: '{name}'", Path.GetTempPath()).Spatial).FileName);
            var gone = Assert.Throws<MapException>(() => Read(folder, $"filename: ${variable}/gone.fits", Path.GetTempPath())).Message;
            Assert.Contains($"(expanded to '{folder.File("gone.fits")}')", gone, StringComparison.Ordinal);
        }
        finally
        {
            Environment.SetEnvironmentVariable(variable, null);
        }
    }

    private static Map<double> Blob(string unit)
    {
        var map = new Map<double>(new MapGeometry(Grid), unit);
        for (var i = 0; i < map.Data.Length; i++) map.Data[i] = 1 + i % 30 + i / 30 % 7;
        return map;
    }

    private static double Centre(SkyModel model) =>
        ((TemplateSource)model.Spatial).DensityPerSr(Grid.PixelCentre(14, 9)!.Value, Grid.Centre);

    private static SkyModel Read(TemporaryFolder folder, string entries, string? from = null) => Assert.IsType<SkyModel>(SkyModelYaml.Parse(
        $"components: [{{name: t, type: SkyModel, spectral: {{type: pl}}, spatial: {{type: TemplateSpatialModel, {entries}}}}}]", "t.yaml",
        from ?? folder.Path)[0]);
}
