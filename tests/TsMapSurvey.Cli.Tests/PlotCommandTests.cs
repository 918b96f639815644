using System.Globalization;
using SkiaSharp;
using TsMapSurvey.Cli.Commands;
using TsMapSurvey.Cli.Terminal;
using TsMapSurvey.Fits;
using TsMapSurvey.Maps;
using TsMapSurvey.Maps.Gadf;
using TsMapSurvey.Sky;

namespace TsMapSurvey.Cli.Tests;

public sealed class PlotCommandTests : IDisposable
{
    private static readonly SkyGrid Grid =
        new(Wcs.Create(SkyFrame.Galactic, Projection.Car, new SkyPosition(10, 2, SkyFrame.Galactic), 6.5, 4.5, -0.1, 0.1), 12, 8);
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void An_image_that_names_no_quantity_is_called_by_its_file_until_quantity_says_what_it_is()
    {
        Write("flux map.fits.gz", [], i => i, "cm-2 s-1");
        Assert.Equal(("flux map (cm-2 s-1)", "viridis", false), Looks(Choose("flux map.fits.gz")));
        Assert.Equal(("Flux (cm-2 s-1)", "inferno", true), Looks(Choose("flux map.fits.gz", "FLUX")));
        Assert.Equal(("√TS (cm-2 s-1)", "significance", true), Looks(Choose("flux map.fits.gz", "sqrt-ts", hdu: 0)));
        Assert.Equal("--quantity: found 'flax', did you mean flux?",
            Assert.Throws<UsageException>(() => Choose("flux map.fits.gz", "flax")).Message);
        Assert.Contains("expected one of background, counts",
            Assert.Throws<UsageException>(() => Choose("flux map.fits.gz", "temperature")).Message, StringComparison.Ordinal);

        static (string Label, string Colors, bool IsKnown) Looks(PlotChoice choice) =>
            ($"{choice.Label.Text} ({choice.Map.Unit})", choice.Label.Scale.Colormap.Name, choice.IsKnown);
    }

    [Fact]
    public void The_quantity_decides_which_HDU_and_an_HDU_what_it_is()
    {
        var geometry = new MapGeometry(Grid, MapAxis.EnergyEdges("energy", 1, 10));
        FitsWriter.Write(_folder.File("maps.fits"), writer =>
        {
            writer.WriteEmptyPrimary();
            MapWriter.Write(writer, "NORM", new Map<double>(geometry, [.. Enumerable.Range(0, 96).Select(i => i - 40.0)]));
            MapWriter.Write(writer, "TS", new Map<double>(geometry, [.. Enumerable.Range(0, 96).Select(i => i * 1.0)]));
            MapWriter.Write(writer, "ALPHA", new Map<double>(geometry));
        });
        Assert.EndsWith("HDU 3 (TS)", Choose("maps.fits", "Ts").Place, StringComparison.Ordinal);
        Assert.Equal(("alpha", false), (Choose("maps.fits", "alpha").Label.Text.ToLowerInvariant(), Choose("maps.fits", "alpha").IsKnown));
        Assert.Equal("flux", Choose("maps.fits", "flux", hdu: 5).What);
        // What follows from the maps: the root with the sign of the norm, and its flux.
        Assert.Equal((-Math.Sqrt(39), Math.Sqrt(41)), (Choose("maps.fits").Map.Data[39], Choose("maps.fits").Map.Data[41]));
        Assert.Equal("cm-2 s-1", Choose("maps.fits", "Flux").Map.Unit);
        Assert.EndsWith(
            "maps.fits has no flux_ul; choose one with --quantity or --hdu: norm (HDU 1), ts (HDU 3), alpha (HDU 5)",
            Assert.Throws<FailedException>(() => Choose("maps.fits", "flux_ul")).Message, StringComparison.Ordinal);
        Assert.Contains("has no nrom (did you mean norm?)", Assert.Throws<FailedException>(() => Choose("maps.fits", "nrom")).Message,
            StringComparison.Ordinal);
        // A flux of any kind that follows from the norm, whose name was mistyped.
        Assert.Contains("has no e2dnd (did you mean e2dnde?)", Assert.Throws<FailedException>(() => Choose("maps.fits", "e2dnd")).Message,
            StringComparison.Ordinal);
        foreach (var (kind, unit) in new[] { ("dnde", "cm-2 s-1 TeV-1"), ("eflux", "TeV cm-2 s-1"), ("E2DNDE", "TeV cm-2 s-1") })
            Assert.Equal((kind.ToLowerInvariant(), unit, true),
                (Choose("maps.fits", kind).What, Choose("maps.fits", kind).Map.Unit, Choose("maps.fits", kind).IsKnown));
        Assert.EndsWith(
            "has HDUs 0 to 6", Assert.Throws<UsageException>(() => Choose("maps.fits", hdu: 7)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_without_an_image_is_reported_with_what_to_do()
    {
        FitsWriter.Write(_folder.File("events.fits"), writer =>
        {
            writer.WriteEmptyPrimary();
            writer.WriteTable("EVENTS", [FitsTableColumn.Doubles("ENERGY", [1.0])]);
        });
        Assert.EndsWith("events.fits: found no image to draw; tsmap info lists the HDUs of the file",
            Assert.Throws<FailedException>(() => Choose("events.fits")).Message, StringComparison.Ordinal);
        Assert.EndsWith("events.fits, HDU 0 (PRIMARY): found no data, expected an image of two or more dimensions",
            Assert.Throws<MapException>(() => Choose("events.fits", hdu: 0)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_cube_without_bands_is_drawn_as_its_sum_or_plane_by_plane_with_its_energies()
    {
        Write("ccube.fits", [2], i =>
            i % 3, "", ("EBOUNDS", [FitsTableColumn.Doubles("E_MIN", [1e9, 2e9]), FitsTableColumn.Doubles("E_MAX", [2e9, 5e9])]));
        var said = Tsmap.Do("plot", _folder.File("ccube.fits"), "--out", _folder.File("x.png"));
        Assert.EndsWith("ccube.fits, HDU 0 (PRIMARY), whose quantity is not known (name it with --quantity): sum of 2 planes, 1 – 5 TeV",
            said.Trim(), StringComparison.Ordinal);
        said = Tsmap.Do("plot", _folder.File("ccube.fits"), "--out", _folder.File("x.png"), "--quantity", "Counts", "--energy-bin", "1");
        Assert.StartsWith($"{_folder.File("x.png")}: counts of ", said, StringComparison.Ordinal);
        Assert.EndsWith(": 2 – 5 TeV", said.Trim(), StringComparison.Ordinal);
        var wrong = Tsmap.Run("plot", _folder.File("ccube.fits"), "--out", _folder.File("x.png"), "--energy-bin", "2");
        Assert.Equal((2, $"tsmap: --energy-bin: found 2, {_folder.File("ccube.fits")}, HDU 0 (PRIMARY) has planes 0 to 1"),
            (wrong.ExitCode, wrong.Error.Trim()));
    }

    [Fact]
    public void An_image_of_nothing_but_NaN_is_drawn_in_grey_with_a_warning()
    {
        Write("nan.fits", [], _ => double.NaN, "");
        Write("zero.fits", [], _ => 0, "");
        var result = Tsmap.Run("plot", _folder.File("nan.fits"), "--quantity", "sqrt_ts", "--out", _folder.File("nan.png"));
        Assert.Equal(0, result.ExitCode);
        Assert.EndsWith(
            "nan.fits, HDU 0 (PRIMARY): none of the 96 pixels has a value: all are NaN", result.Error.Trim(), StringComparison.Ordinal);
        Assert.Equal("", Tsmap.Run("plot", _folder.File("zero.fits"), "--quantity", "sqrt_ts", "--out", _folder.File("zero.png")).Error);
        // Left below the sentence: no significance is white, and no value is not.
        using var nan = SKBitmap.Decode(_folder.File("nan.png"));
        using var zero = SKBitmap.Decode(_folder.File("zero.png"));
        Assert.Equal((new SKColor(0xD8, 0xD8, 0xD8), SKColors.White),
            (nan.GetPixel(nan.Width / 4, nan.Height * 5 / 8), zero.GetPixel(zero.Width / 4, zero.Height * 5 / 8)));
    }

    [Fact]
    public void HEALPix_maps_are_named_as_not_to_be_fitted()
    {
        FitsWriter.Write(_folder.File("hpx.fits"), writer =>
        {
            writer.WriteEmptyPrimary();
            writer.WriteTable("SKYMAP", [FitsTableColumn.Doubles("CHANNEL1", new double[12])], new FitsHeader().Set("PIXTYPE", "HEALPIX")
                .Set("ORDERING", "RING").Set("NSIDE", 1L).Set("COORDSYS", "G"));
        });
        foreach (var command in new[] { "compute --out x.fits", "stack --out x.fits" })
        {
            var result = Tsmap.RunIn(_folder.Path, [.. command.Split(' '), "hpx.fits"]);
            Assert.Equal(1, result.ExitCode);
            Assert.Equal(
                "tsmap: hpx.fits, HDU 1 (SKYMAP): found a HEALPix map, expected an image in a projection of the sky (WCS); HEALPix maps "
                + "can be plotted, and not be stacked or fitted", result.Error.Trim());
        }
    }

    private PlotChoice Choose(string file, string? quantity = null, int? hdu = null)
    {
        using var fits = FitsFile.Open(_folder.File(file));
        return PlotChoice.Of(fits, hdu, quantity);
    }

    /// <summary>An image or cube in the primary HDU, without a table of bands.</summary>
    private void Write(string name, int[] planes, Func<int, double> value, string unit,
        params (string Name, FitsTableColumn[] Columns)[] tables) => FitsWriter.Write(_folder.File(name), writer =>
    {
        int[] axes = [Grid.Width, Grid.Height, .. planes];
        var header = new FitsHeader();
        foreach (var (keyword, found, _) in Grid.Wcs.Keywords())
        {
            if (found is string text) header.Set(keyword, text);
            else header.Set(keyword, Convert.ToDouble(found, CultureInfo.InvariantCulture));
        }

        header.Set("BUNIT", unit);
        double[] values = [.. Enumerable.Range(0, axes.Aggregate(1, (product, axis) => product * axis)).Select(value)];
        writer.WriteImage(null, axes, values, header);
        foreach (var (table, columns) in tables) writer.WriteTable(table, columns);
    });
}
