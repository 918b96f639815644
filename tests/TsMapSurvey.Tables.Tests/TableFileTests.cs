namespace TsMapSurvey.Tables.Tests;

public sealed class TableFileTests
{
    private static readonly DataTable Table = new(
        "samples", "It's a \"table\": <a, b> & more",
        [
            TableColumn.Of("ra", [83.633, 1.0 / 3, double.NaN], "Right ascension", "deg", "pos.eq.ra;meta.main"),
            TableColumn.Of("dec", [-22.0, 1e-300, double.PositiveInfinity], "Declination", "deg", "pos.eq.dec;meta.main"),
            TableColumn.Of("dnde", [1e-12, 3E-13, 0], "Flux", "cm-2 s-1 TeV-1", "phot.flux.density;em.gamma"),
            TableColumn.Of("number", [1L, -2, long.MaxValue], "A number"),
            TableColumn.Of("good", [true, false, true], "Whether it's good"),
            TableColumn.Of("name", ["plain", "a, \"quoted\" <one> & \u03b3", ""], "A name", "meta.id"),
        ],
        [("SED_TYPE", "dnde"), ("N_SIGMA", 1.0), ("TINY", 3e-13), ("COUNT", 7L), ("STALE", true)]);

    [Fact]
    public void Astropy_reads_every_format_with_values_units_and_descriptions()
    {
        var python = Tools.NeedAstropy();
        using var folder = new TemporaryFolder();
        // FITS text is ASCII only.
        var ascii = Table with { Columns = [.. Table.Columns.Take(5)], Description = "ascii" };
        foreach (var name in new[] { "t.ecsv", "t.vot", "t.fits", "t.fits.gz" })
            TableFile.Write(
                folder.File(name), name.Contains("fits", StringComparison.Ordinal) ? ascii : Table, TableFile.FormatOf(name, "--out"));
        File.WriteAllText(folder.File("read.py"), $$"""
            import math
            from astropy.io import votable
            from astropy.table import Table
            import astropy.units as u
            vot = votable.parse("{{folder.Path}}/t.vot", verify="exception")
            assert vot.version == "1.4"
            resource = vot.resources[0]
            assert resource.coordinate_systems[0].system == "ICRS" and vot.get_first_table().fields[0].ref == "icrs"
            params = dict((p.name, p.value) for p in vot.get_first_table().params)
            assert params["SED_TYPE"] == "dnde" and params["TINY"] == 3e-13 and params["COUNT"] == 7 and params["STALE"], params
            ecsv = Table.read("{{folder.Path}}/t.ecsv", format="ascii.ecsv")
            meta = ecsv.meta
            assert meta["SED_TYPE"] == "dnde" and meta["TINY"] == 3e-13 and meta["COUNT"] == 7 and meta["STALE"] is True, meta
            assert meta["description"] == "It's a \"table\": <a, b> & more", meta
            assert ecsv["ra"].meta["ucd"] == "pos.eq.ra;meta.main" and ecsv["good"].description == "Whether it's good"
            fits = Table.read("{{folder.Path}}/t.fits")
            assert fits.meta["SED_TYPE"] == "dnde" and fits.meta["TINY"] == 3e-13
            for t in ecsv, vot.get_first_table().to_table(), fits, Table.read("{{folder.Path}}/t.fits.gz"):
                assert t["ra"].unit == u.deg and t["dnde"].unit == u.Unit("cm-2 s-1 TeV-1"), t.info
                assert t["ra"][0] == 83.633 and t["ra"][1] == 1 / 3
                assert t["ra"][2] is np.ma.masked or math.isnan(t["ra"][2])
                assert list(t["dec"])[1:] == [1e-300, math.inf] and list(t["dnde"]) == [1e-12, 3e-13, 0]
                assert list(t["number"]) == [1, -2, 2**63 - 1] and list(t["good"]) == [True, False, True]
                if "name" in t.colnames: assert list(t["name"])[:2] == ["plain", 'a, "quoted" <one> & \u03b3'], list(t["name"])
            """.Replace("import math\n", "import math\nimport numpy as np\n", StringComparison.Ordinal));
        var result = Tools.Run(python, [folder.File("read.py")]);
        Assert.True(result.ExitCode == 0, result.Output + result.Error);
    }

    [Fact]
    public void Fits_tables_pass_the_verifier_of_the_fits_office()
    {
        using var folder = new TemporaryFolder();
        TableFile.Write(folder.File("t.fits"), Table with { Columns = [.. Table.Columns.Take(5)] }, TableFormat.Fits);
        var result = Tools.Run(Tools.Need("fitsverify", "apt-get install fitsverify"), [folder.File("t.fits")]);
        Assert.Contains("found 0 warning(s) and 0 error(s)", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Json_has_an_object_for_each_row_and_null_for_nan()
    {
        using var json = System.Text.Json.JsonDocument.Parse(TableFile.Format(Table, TableFormat.Json));
        Assert.Equal(3, json.RootElement.GetArrayLength());
        Assert.Equal(1.0 / 3, json.RootElement[1].GetProperty("ra").GetDouble());
        Assert.Equal(System.Text.Json.JsonValueKind.Null, json.RootElement[2].GetProperty("ra").ValueKind);
        Assert.Equal("a, \"quoted\" <one> & \u03b3", json.RootElement[1].GetProperty("name").GetString());
    }

    [Fact]
    public void Csv_has_the_names_then_the_rows_with_an_empty_cell_for_nan()
    {
        var python = Tools.NeedAstropy();
        using var folder = new TemporaryFolder();
        TableFile.Write(folder.File("t.csv"), Table, TableFile.FormatOf("t.csv", "--out"));
        var result = Tools.Run(python, ["-c", $$"""
            import csv, math
            rows = list(csv.DictReader(open("{{folder.Path}}/t.csv", encoding="utf-8", newline="")))
            assert list(rows[0]) == ["ra", "dec", "dnde", "number", "good", "name"], rows[0]
            assert [row["ra"] for row in rows] == ["83.633", repr(1 / 3), ""], rows
            assert float(rows[2]["dec"]) == math.inf and [float(row["dnde"]) for row in rows] == [1e-12, 3e-13, 0]
            assert [int(row["number"]) for row in rows] == [1, -2, 2**63 - 1] and [row["good"] for row in rows] == ["true", "false", "true"]
            assert [row["name"] for row in rows] == ["plain", 'a, "quoted" <one> & \u03b3', ""], rows
            """]);
        Assert.True(result.ExitCode == 0, result.Output + result.Error);
    }

    [Fact]
    public void A_table_without_rows_is_written()
    {
        var python = Tools.NeedAstropy();
        using var folder = new TemporaryFolder();
        var empty = new DataTable("none", "nothing", [TableColumn.Of("ra", Array.Empty<double>(), "Right ascension", "deg")], []);
        foreach (var name in new[] { "t.ecsv", "t.vot", "t.fits" })
            TableFile.Write(folder.File(name), empty, TableFile.FormatOf(name, "--out"));
        var result = Tools.Run(python, ["-c", $"""
            from astropy.table import Table
            from astropy.io import votable
            print(len(Table.read("{folder.Path}/t.ecsv", format="ascii.ecsv")), len(Table.read("{folder.Path}/t.fits")),
                len(votable.parse("{folder.Path}/t.vot", verify="exception").get_first_table().to_table()))
            """]);
        Assert.Equal("0 0 0", result.Output.Trim());
    }

    [Fact]
    public void An_unknown_file_ending_is_refused_with_the_known_ones()
    {
        var exception = Assert.Throws<TableException>(() => TableFile.FormatOf("peaks.txt", "--out"));
        Assert.Contains(
            "--out: found peaks.txt, expected a name that ends with .ecsv, .csv, .vot", exception.Message, StringComparison.Ordinal);
    }
}
