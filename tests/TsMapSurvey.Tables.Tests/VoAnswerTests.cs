using System.Text;
using System.Xml.Linq;

namespace TsMapSurvey.Tables.Tests;

public sealed class VoAnswerTests
{
    private static readonly DataTable Table = new(
        "rows", "Some rows",
        [
            TableColumn.Of("name", ["a", "<b> & c"], "A name", "meta.id;meta.main") with { IsAscii = true, Id = "name" },
            TableColumn.Of("ra", [1.5, double.NaN], "Right ascension", "deg", "pos.eq.ra;meta.main"),
            TableColumn.Of("bins", [3L, -1], "Bins", null, "meta.number") with { Null = -1, Utype = "obscore:Char.SpectralAxis.numBins" },
            TableColumn.Of("region", ["POLYGON ICRS 1 2 3 4 5 6", ""], "Border") with { XType = "adql:REGION" },
        ],
        []);

    private static readonly VoService Service = new("cut", "ivo://ivoa.net/std/SODA#sync-1.0", "http://127.0.0.1:1/soda?a=1&b=2", "Cuts",
        [
            new VoInput("ID", "char", "*", "Which") { Ref = "name" },
            new VoInput("CIRCLE", "double", "3", "Where") { Unit = "deg", XType = "circle", Ucd = "pos.angDistance" },
        ]);

    [Fact]
    public void Astropy_reads_the_status_the_rows_and_the_service()
    {
        var python = Tools.NeedAstropy();
        using var folder = new TemporaryFolder();
        File.WriteAllBytes(folder.File("answer.vot"), new VoAnswer(Table)
        {
            Infos = [new VoInfo("SERVICE_PROTOCOL", "2.0", "SIA")],
            IsOverflow = true,
            Services = [Service],
        }.Format());
        var result = Tools.Run(python, ["-W", "error", "-c", """
            import sys
            import numpy as np
            from astropy.io import votable
            file = votable.parse(sys.argv[1], verify="exception")
            results, service = file.resources
            assert [(info.name, info.value) for info in results.infos] == [("QUERY_STATUS", "OK"), ("SERVICE_PROTOCOL", "2.0"),
                ("QUERY_STATUS", "OVERFLOW")], results.infos
            name, ra, bins, region = results.tables[0].fields
            assert (name.ID, name.datatype, name.arraysize, name.ucd) == ("name", "char", "*", "meta.id;meta.main")
            assert ra.ref == results.coordinate_systems[0].ID and bins.utype == "obscore:Char.SpectralAxis.numBins"
            assert region.xtype == "adql:REGION"
            rows = results.tables[0].to_table()
            assert list(rows["name"]) == ["a", "<b> & c"] and rows["bins"][0] == 3 and rows["bins"].mask[1] and not rows["bins"].mask[0]
            assert (service.type, service.utype, service.ID) == ("meta", "adhoc:service", "cut")
            params = dict((one.name, one.value) for one in service.params)
            assert params == dict(standardID="ivo://ivoa.net/std/SODA#sync-1.0", accessURL="http://127.0.0.1:1/soda?a=1&b=2"), params
            inputs = dict((one.name, one) for one in service.groups[0].entries)
            assert inputs["ID"].ref == "name" and inputs["CIRCLE"].xtype == "circle" and inputs["CIRCLE"].unit == "deg"
            """, folder.File("answer.vot")]);
        Assert.True(result.ExitCode == 0, result.Output + result.Error);
    }

    [Fact]
    public void An_error_is_a_document_without_table_whatever_the_client_sent()
    {
        const string Sent = "found '\u0001<x>\uFFFF', expected";
        XNamespace vot = "http://www.ivoa.net/xml/VOTable/v1.3";
        var root = XDocument.Parse(Encoding.UTF8.GetString(new VoAnswer(null)
        {
            Error = Sent,
            OuterInfos = [new VoInfo("Error", Sent, HasId: true)],
        }.Format())).Root!;

        Assert.Empty(root.Descendants(vot + "TABLE"));
        Assert.Equal("found '?<x>?', expected", (string)root.Element(vot + "INFO")!.Attribute("value")!);
        Assert.Equal("Error", (string)root.Element(vot + "INFO")!.Attribute("ID")!);
        var status = root.Element(vot + "RESOURCE")!.Element(vot + "INFO")!;
        Assert.Equal(("ERROR", "found '?<x>?', expected"), ((string)status.Attribute("value")!, status.Value));
    }
}
