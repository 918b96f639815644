using System.Text;
using TsMapSurvey.Tables.Reading;

namespace TsMapSurvey.Tables.Tests;

public sealed class RowTableTests
{
    private static readonly RowLimits Limits = new(3) { MaxColumns = 4, MaxCellCharacters = 30 };

    [Theory]
    [InlineData(RowFormat.Csv, "ra,dec,name\n1,2,a\n3,-4,\"b, \"\"c\"\"\"\n")]
    [InlineData(RowFormat.Csv, "\uFEFF# a comment\r\nra,dec,name\r\n1,2,a\r\n\r\n3,-4,\"b, \"\"c\"\"\"")]
    [InlineData(RowFormat.Csv, "# %ECSV 1.0\n# ---\n# datatype:\n# - {name: ra}\nra dec name\n1 2 a\n3 -4 \"b, \"\"c\"\"\"\n")]
    [InlineData(RowFormat.Csv, "# %ECSV 1.0\n# ---\n# delimiter: ','\nra,dec,name\n1,2,a\n3,-4,\"b, \"\"c\"\"\"\n")]
    [InlineData(RowFormat.Json, """[{"ra": 1, "dec": 2, "name": "a"}, {"name": "b, \"c\"", "ra": 3, "dec": -4}]""")]
    [InlineData(RowFormat.Json, """{"ra": [1, 3], "dec": ["2", -4], "name": ["a", "b, \"c\""]}""")]
    [InlineData(RowFormat.VoTable, """
        <?xml version="1.0"?><VOTABLE version="1.3" xmlns="http://www.ivoa.net/xml/VOTable/v1.3"><RESOURCE><TABLE>
        <FIELD name="ra" datatype="double"/><FIELD ID="dec" datatype="double"/><FIELD name="name" datatype="char" arraysize="*"/>
        <DATA><TABLEDATA><TR><TD>1</TD><TD> 2 </TD><TD>a</TD></TR>
        <TR><TD>3</TD><TD>-4</TD><TD>b, &quot;c<![CDATA["]]></TD></TR></TABLEDATA></DATA></TABLE></RESOURCE></VOTABLE>
        """)]
    public void The_same_table_is_read_from_every_format(RowFormat format, string text)
    {
        var table = RowTable.Read(Encoding.UTF8.GetBytes(text), format, Limits);
        Assert.Equal(["ra", "dec", "name"], table.Columns.Select(column => column.Name));
        Assert.Equal(["1", "2", "a", "3", "-4", "b, \"c\""],
            Enumerable.Range(0, 6).Select(i => table[i / 3, i % 3]));
    }

    [Fact]
    public void Units_and_ucds_are_those_of_the_fields()
    {
        const string text = """
            <VOTABLE><RESOURCE><TABLE><FIELD name="a" unit="deg" ucd="pos.eq.ra"/><DATA><TABLEDATA><TR><TD/></TR></TABLEDATA></DATA>
            </TABLE></RESOURCE></VOTABLE>
            """;
        var table = RowTable.Read(Encoding.UTF8.GetBytes(text), RowFormat.VoTable, Limits);
        Assert.Equal(new RowColumn("a", "deg", "pos.eq.ra"), Assert.Single(table.Columns));
        Assert.Equal("", table[0, 0]);
    }

    [Theory]
    [InlineData(RowFormat.Csv, "", "no line")]
    [InlineData(RowFormat.Csv, "ra,dec\n1\n", "row 1: found 1 values, expected 2")]
    [InlineData(RowFormat.Csv, "ra,dec\n1,2\n1,2,3\n", "row 2: found 3 values")]
    [InlineData(RowFormat.Csv, "ra,RA\n1,2\n", "'RA' twice")]
    [InlineData(RowFormat.Csv, "a,b,c,d,e\n", "more than 4 columns")]
    [InlineData(RowFormat.Csv, "a\n1\n2\n3\n4\n", "more than 3 rows")]
    [InlineData(RowFormat.Csv, "a\n1234567890123456789012345678901\n", "more than 30 characters")]
    [InlineData(RowFormat.Csv, "a\n\"1\n", "not closed")]
    [InlineData(RowFormat.Json, "{", "JSON")]
    [InlineData(RowFormat.Json, "1", "found Number")]
    [InlineData(RowFormat.Json, "[1]", "row 1: found Number")]
    [InlineData(RowFormat.Json, """[{"a":{}}]""", "found Object as a value")]
    [InlineData(RowFormat.Json, """[{"a":1,"a":2}]""", "JSON")]
    [InlineData(RowFormat.Json, """[{"a":1},{"A":2}]""", "'A' twice")]
    [InlineData(RowFormat.Json, "[[],[],[],[]]", "more than 3 rows")]
    [InlineData(RowFormat.Json, """{"a":[1],"b":[1,2]}""", "columns of 1 and of 2")]
    [InlineData(RowFormat.Json, """{"a":[1,2,3,4]}""", "more than 3 rows")]
    [InlineData(RowFormat.Json, "[[[[[[[[]]]]]]]]", "depth")]
    [InlineData(RowFormat.VoTable, "<html/>", "element html")]
    [InlineData(RowFormat.VoTable, "no xml", "VOTable")]
    [InlineData(RowFormat.VoTable, "<VOTABLE><RESOURCE/></VOTABLE>", "no TABLE")]
    [InlineData(RowFormat.VoTable, "<!DOCTYPE VOTABLE [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;\">]><VOTABLE>&b;</VOTABLE>", "DTD")]
    [InlineData(RowFormat.VoTable, "<!DOCTYPE VOTABLE SYSTEM \"file:///etc/passwd\"><VOTABLE/>", "DTD")]
    [InlineData(RowFormat.VoTable, "<VOTABLE><TABLE><FIELD name=\"a\"/><DATA><BINARY2/></DATA></TABLE></VOTABLE>", "data as BINARY2")]
    [InlineData(RowFormat.VoTable, "<VOTABLE><TABLE><FIELD name=\"1234567890123456789012345678901\"/></TABLE></VOTABLE>", "more than 30")]
    [InlineData(RowFormat.VoTable, "<VOTABLE><TABLE><FIELD name=\"a\"/><TR><TD>1</TD><TD>2</TD></TR></TABLE></VOTABLE>", "found 2 values")]
    [InlineData(RowFormat.VoTable, "<VOTABLE><TABLE><FIELD name=\"a\"/><TR><TD>1</TD>", "VOTable")]
    [InlineData(RowFormat.VoTable, "<VOTABLE><TABLE><FIELD name=\"a\"/><FIELD name=\"a\"/></TABLE></VOTABLE>", "'a' twice")]
    public void What_is_wrong_is_said(RowFormat format, string text, string expected)
    {
        var exception = Assert.Throws<TableException>(() => RowTable.Read(Encoding.UTF8.GetBytes(text), format, Limits));
        Assert.Contains(expected, exception.Message, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void Bytes_that_are_no_text_are_refused() => Assert.Throws<TableException>(
        () => RowTable.Read(new byte[] { 0x61, 0x0A, 0xC3, 0x28 }, RowFormat.Csv, Limits));
}
