using TsMapSurvey.Fits;
using TsMapSurvey.Maps.Datasets;
using TsMapSurvey.Maps.Gadf;
using TsMapSurvey.SampleData;

namespace TsMapSurvey.Maps.Tests;

public sealed class MapDatasetFileTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_dataset_survives_writing_and_reading(bool edispMap)
    {
        using var folder = new TemporaryFolder();
        var dataset = Samples.Observation(edispMap: edispMap);
        MapDatasetFile.Write(folder.File("d.fits.gz"), dataset, FitsElementType.Double);
        var read = MapDatasetFile.Read(folder.File("d.fits.gz"));
        Assert.Equal(dataset.Name, read.Name);
        Assert.Equal(dataset.Counts!.Data, read.Counts!.Data);
        Assert.Equal(dataset.Background!.Data, read.Background!.Data);
        Assert.Equal(dataset.Exposure!.Data, read.Exposure!.Data);
        Assert.Equal(dataset.MaskSafe!.Data, read.MaskSafe!.Data);
        Assert.Equal(dataset.Psf!.Density.Data, read.Psf!.Density.Data);
        Assert.Equal(dataset.Edisp!.Data.Data, read.Edisp!.Data.Data);
        Assert.Equal(edispMap, !read.Edisp.IsKernel);
        Assert.Equal(dataset.Gti!.Intervals, read.Gti!.Intervals);
        Assert.Equal(dataset.LiveTimeS, read.LiveTimeS);
        Assert.True(read.Grid.IsAlignedWith(dataset.Grid, out var dx, out var dy) && dx == 0 && dy == 0);
        foreach (var (expected, found) in dataset.Psf.Density.Geometry.Axes.Zip(read.Psf.Density.Geometry.Axes))
            Assert.Equal((expected.Name, expected.Unit, expected.Interpolation, expected.Kind, string.Join(' ', expected.Nodes)),
                (found.Name, found.Unit, found.Interpolation, found.Kind, string.Join(' ', found.Nodes)));
    }

    [Fact]
    public void Units_of_the_file_are_converted()
    {
        using var folder = new TemporaryFolder();
        var dataset = Samples.Observation();
        using (var writer = FitsWriter.Create(folder.File("u.fits")))
        {
            writer.WriteEmptyPrimary();
            MapWriter.Write(writer, "COUNTS", dataset.Counts!);
            MapWriter.Write(writer, "EXPOSURE", dataset.Exposure! with { Unit = "cm2 s" }, FitsElementType.Double);
            MapWriter.Write(writer, "PSF", dataset.Psf!.Density with { Unit = "deg-2" }, FitsElementType.Double);
            writer.Complete();
        }

        var read = MapDatasetFile.Read(folder.File("u.fits"));
        Assert.Equal(dataset.Exposure!.Data[7] * 1e-4, read.Exposure!.Data[7], 1e-6 * dataset.Exposure.Data[7] * 1e-4);
        Assert.Equal(dataset.Psf!.Density.Data[0] * Math.Pow(180 / Math.PI, 2), read.Psf!.Density.Data[0], 1e-3);
        Assert.Null(read.Psf.Exposure);
        Assert.Null(read.Background);
        Assert.Null(read.MaskSafe);
    }

    [Fact]
    public void Region_irfs_and_energies_in_kev_are_read()
    {
        using var folder = new TemporaryFolder();
        var dataset = Samples.Observation();
        using (var writer = FitsWriter.Create(folder.File("r.fits")))
        {
            writer.WriteEmptyPrimary();
            MapWriter.Write(writer, "COUNTS", dataset.Counts!);
            MapWriter.Write(writer, "PSF", Samples.Psf(null), FitsElementType.Double);
            var header = new FitsHeader();
            header.Set("AXCOLS1", "E_MIN,E_MAX");
            header.Set("INTERP1", "log");
            header.Set("AXCOLS2", "ENERGY_TRUE");
            header.Set("INTERP2", "log");
            writer.WriteTable("EDISP",
                [FitsTableColumn.Int16s("CHANNEL", [0, 1, 2, 3, 4, 5]), FitsTableColumn.Singles("DATA", [1, 2, 3, 4, 5, 6])], header);
            writer.WriteTable("EDISP_BANDS", [
                FitsTableColumn.Singles("E_MIN", [1e9f, 1e10f, 1e9f, 1e10f, 1e9f, 1e10f], "keV"),
                FitsTableColumn.Singles("E_MAX", [1e10f, 1e11f, 1e10f, 1e11f, 1e10f, 1e11f], "keV"),
                FitsTableColumn.Singles("ENERGY_TRUE", [1e6f, 1e6f, 1e7f, 1e7f, 1e8f, 1e8f], "MeV"),
            ], header);
            writer.Complete();
        }

        var read = MapDatasetFile.Read(folder.File("r.fits"));
        Assert.Null(read.Psf!.Density.Geometry.Grid);
        Assert.Equal(Samples.Psf(null).Data, read.Psf.Density.Data);
        Assert.Equal([1, 2, 3, 4, 5, 6], read.Edisp!.Data.Data);
        Assert.Equal(AxisNodes.Centers, read.Edisp.EnergyTrue.Kind);
        Assert.Equal([1.0, 10, 100], read.Edisp.EnergyTrue.Centers.Select(center => Math.Round(center, 6)));
        Assert.Equal([1.0, 10, 100], read.Edisp.First.Edges.Select(edge => Math.Round(edge, 4)));
    }

    [Fact]
    public void Sparse_maps_are_filled_with_zeros()
    {
        using var folder = new TemporaryFolder();
        var counts = Samples.Observation().Counts!;
        using (var writer = FitsWriter.Create(folder.File("s.fits")))
        {
            writer.WriteEmptyPrimary();
            var header = new FitsHeader();
            foreach (var (keyword, value, _) in counts.Geometry.Grid!.Wcs.Keywords())
            {
                if (value is string text) header.Set(keyword, text);
                else header.Set(keyword, Convert.ToDouble(value, System.Globalization.CultureInfo.InvariantCulture));
            }

            header.Set("AXCOLS1", "E_MIN,E_MAX");
            header.Set("WCSSHAPE", "(40,30,3)");
            var rows = Enumerable.Range(0, counts.Data.Length).Where(i => counts.Data[i] > 0).ToArray();
            writer.WriteTable("COUNTS", [
                FitsTableColumn.Int32s("PIX", [.. rows.Select(i => i % 1200)]),
                    FitsTableColumn.Int16s("CHANNEL", [.. rows.Select(i => (short)(i / 1200))]),
                FitsTableColumn.Singles("VALUE", [.. rows.Select(i => (float)counts.Data[i])]),
            ], header);
            MapWriter.Write(writer, "COUNTS_COPY", counts);
            writer.WriteTable("COUNTS_BANDS", [FitsTableColumn.Doubles("E_MIN", Samples.Energy.Edges[..3], "TeV"),
                FitsTableColumn.Doubles("E_MAX", Samples.Energy.Edges[1..], "TeV")]);
            writer.Complete();
        }

        Assert.Equal(counts.Data, MapDatasetFile.Read(folder.File("s.fits")).Counts!.Data);
    }

    [Fact]
    public void A_file_without_counts_is_refused_with_its_HDUs()
    {
        using var folder = new TemporaryFolder();
        using (var writer = FitsWriter.Create(folder.File("x.fits")))
        {
            writer.WriteImage("SOMETHING", [2, 2], new double[4]);
            writer.Complete();
        }

        var failure = Assert.Throws<MapException>(() => MapDatasetFile.Read(folder.File("x.fits")));
        Assert.Contains("SOMETHING", failure.Message, StringComparison.Ordinal);
        Assert.Contains("x.fits", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("TeV", "w.fits, HDU 3 (EXPOSURE) has the unit 'TeV', expected a unit that converts to [m2 s]")]
    [InlineData("", "w.fits, HDU 3 (EXPOSURE) has no unit, expected a unit that converts to [m2 s]")]
    [InlineData("whatever", "w.fits, HDU 3 (EXPOSURE): 'whatever' is not a unit (stopped at 'whatever')")]
    [InlineData("log(m2 s)", "w.fits, HDU 3 (EXPOSURE): 'log(m2 s)' is the log of a unit")]
    public void A_wrong_unit_is_refused_with_file_and_hdu(string unit, string message)
    {
        using var folder = new TemporaryFolder();
        var dataset = Samples.Observation();
        using (var writer = FitsWriter.Create(folder.File("w.fits")))
        {
            MapWriter.Write(writer, "COUNTS", dataset.Counts!);
            MapWriter.Write(writer, "EXPOSURE", dataset.Exposure! with { Unit = unit });
            writer.Complete();
        }

        Action[] reads = [() => MapDatasetFile.Read(folder.File("w.fits")), () => MapDatasetFile.Open(folder.File("w.fits")).Dispose()];
        foreach (var read in reads)
        {
            var failure = Assert.Throws<MapException>(read);
            Assert.Contains(message, failure.Message, StringComparison.Ordinal);
            Assert.Equal(MapError.UnitMismatch, failure.Error);
        }
    }

    [Fact]
    public void A_unit_of_counts_and_background_does_not_matter()
    {
        using var folder = new TemporaryFolder();
        var dataset = Samples.Observation();
        using (var writer = FitsWriter.Create(folder.File("c.fits")))
        {
            MapWriter.Write(writer, "COUNTS", dataset.Counts! with { Unit = "whatever" });
            MapWriter.Write(writer, "BACKGROUND", dataset.Background! with { Unit = "log(counts)" });
            MapWriter.Write(writer, "EXPOSURE", dataset.Exposure! with { Unit = "10**4 cm2 s" }, FitsElementType.Double);
            writer.Complete();
        }

        var read = MapDatasetFile.Read(folder.File("c.fits"));
        Assert.Equal(("", ""), (read.Counts!.Unit, read.Background!.Unit));
        Assert.Equal(dataset.Exposure!.Data, read.Exposure!.Data);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(1000)]
    public void A_tile_compressed_dataset_reads_the_same_at_once_and_by_rows(int tileRows)
    {
        using var folder = new TemporaryFolder();
        MapDatasetFile.Write(folder.File("plain.fits"), Samples.Observation(), FitsElementType.Double);
        TileCompressed.Copy(folder.File("plain.fits"), folder.File("packed.fits.fz"), tileRows);
        var (plain, packed) = (MapDatasetFile.Read(folder.File("plain.fits")), MapDatasetFile.Read(folder.File("packed.fits.fz")));
        AssertSame(plain, packed);
        Assert.Equal(plain.Psf!.Density.Data, packed.Psf!.Density.Data);
        Assert.Equal(plain.Edisp!.Data.Data, packed.Edisp!.Data.Data);
        Assert.Equal(plain.Gti!.Intervals, packed.Gti!.Intervals);
        using var rows = MapDatasetFile.Open(folder.File("plain.fits"));
        using var packedRows = MapDatasetFile.Open(folder.File("packed.fits.fz"));
        for (var row = 0; row < plain.Grid.Height - 4; row += 3) AssertSame(rows.Rows(row, 5), packedRows.Rows(row, 5));
    }

    private static void AssertSame(MapDataset expected, MapDataset found)
    {
        Assert.Equal(expected.Name, found.Name);
        Assert.Equal(expected.Counts!.Data, found.Counts!.Data);
        Assert.Equal(expected.Background!.Data, found.Background!.Data);
        Assert.Equal(expected.Exposure!.Data, found.Exposure!.Data);
        Assert.Equal(expected.MaskSafe!.Data, found.MaskSafe!.Data);
    }

    [Fact]
    public void An_accent_in_a_header_is_a_warning_of_the_dataset()
    {
        using var folder = new TemporaryFolder();
        MapDatasetFile.Write(folder.File("plain.fits"), Samples.Observation());
        var bytes = File.ReadAllBytes(folder.File("plain.fits"));
        bytes[System.Text.Encoding.Latin1.GetString(bytes).IndexOf("TsMapSurvey", StringComparison.Ordinal)] = 0xFC;
        File.WriteAllBytes(folder.File("accent.fits"), bytes);
        Assert.Empty(MapDatasetFile.Read(folder.File("plain.fits")).Warnings);
        Assert.Contains("accent.fits, HDU 0 'PRIMARY': card ", Assert.Single(MapDatasetFile.Read(folder.File("accent.fits")).Warnings),
            StringComparison.Ordinal);
        using var strips = MapDatasetFile.Open(folder.File("accent.fits"));
        Assert.Single(strips.Rows(0, 1).Warnings);
    }

    [Fact]
    public void Real_datasets_of_two_observatories_are_read()
    {
        var fermi = MapDatasetFile.Read(Shared.Path("data", "fermi-3fhl-gc", "fermi-3fhl-gc.fits.gz"));
        Assert.Equal((11, 12, 11), (fermi.Energy.BinCount, fermi.Exposure!.Geometry.PlaneCount, fermi.Psf!.Energy.BinCount));
        Assert.Equal(0.01, fermi.Energy.Edges[0], 1e-9);
        Assert.Null(fermi.Psf.Density.Geometry.Grid);
        var hess = MapDatasetFile.Read(Shared.Path("data", "hess-rxj1713", "obs_020326.fits.gz"));
        Assert.Equal((125, 125), (hess.Grid.Width, hess.Grid.Height));
        Assert.Equal(1500.0090973600734, hess.LiveTimeS);
        Assert.Equal(1683, hess.Gti!.TotalS, 0);
    }
}
