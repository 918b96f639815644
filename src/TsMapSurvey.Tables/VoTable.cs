using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml;

namespace TsMapSurvey.Tables;

/// <summary>VOTable 1.4 (IVOA Recommendation, 2019-10-21) with data as text (TABLEDATA).</summary>
internal static partial class VoTable
{
    private const string Namespace = "http://www.ivoa.net/xml/VOTable/v1.3";
    private const string Frame = "icrs";

    /// <summary>Everything before the rows, up to the tag TABLEDATA.</summary>
    /// <param name="rows">The number of rows of all parts.</param>
    public static byte[] Head(DataTable table, long rows)
    {
        using var stream = new MemoryStream();
        using (var xml = XmlWriter.Create(
            stream, new XmlWriterSettings { Encoding = new UTF8Encoding(false), Indent = true, IndentChars = " " }))
        {
            Write(xml, table, rows);
            // Ends the tag of TABLEDATA, whose rows follow in later parts, each after a new line of its own.
            xml.WriteString("\n");
            xml.Flush();
            return stream.ToArray()[..^1];
        }
    }

    public static byte[] Rows(DataTable table)
    {
        using var stream = new MemoryStream();
        var settings = new XmlWriterSettings
        {
            Encoding = new UTF8Encoding(false),
            ConformanceLevel = ConformanceLevel.Fragment,
        };
        using (var xml = XmlWriter.Create(stream, settings))
        {
            for (var row = 0; row < table.RowCount; row++)
            {
                xml.WriteWhitespace("\n     ");
                xml.WriteStartElement("TR");
                foreach (var column in table.Columns)
                {
                    xml.WriteWhitespace("\n      ");
                    xml.WriteElementString("TD", Cell(column.Values.GetValue(row)!));
                }

                xml.WriteWhitespace("\n     ");
                xml.WriteEndElement();
            }
        }

        return stream.ToArray();
    }

    public static byte[] Tail() => "\n    </TABLEDATA>\n   </DATA>\n  </TABLE>\n </RESOURCE>\n</VOTABLE>"u8.ToArray();

    private static void Write(XmlWriter xml, DataTable table, long rows)
    {
        Start(xml, "VOTABLE");
        xml.WriteAttributeString("version", "1.4");
        Start(xml, "RESOURCE");
        StartTable(xml, table, rows);
    }

    /// <summary>The frame, and the table whose fields refer to it, up to the tag TABLEDATA.</summary>
    private static void StartTable(XmlWriter xml, DataTable table, long rows)
    {
        Start(xml, "COOSYS");
        xml.WriteAttributeString("ID", Frame);
        xml.WriteAttributeString("system", "ICRS");
        xml.WriteEndElement();
        Start(xml, "TABLE");
        xml.WriteAttributeString("name", table.Name.ToLowerInvariant());
        xml.WriteAttributeString("nrows", rows.ToString(CultureInfo.InvariantCulture));
        WriteText(xml, "DESCRIPTION", table.Description);
        foreach (var (key, value) in table.Meta) WriteParameter(xml, key, value);
        foreach (var column in table.Columns) WriteField(xml, column);
        Start(xml, "DATA");
        Start(xml, "TABLEDATA");
    }

    private static void WriteParameter(XmlWriter xml, string key, object value)
    {
        xml.WriteStartElement("PARAM", Namespace);
        xml.WriteAttributeString("name", key);
        WriteType(xml, value.GetType());
        xml.WriteAttributeString("value", Cell(value));
        xml.WriteEndElement();
    }

    private static void WriteField(XmlWriter xml, TableColumn column)
    {
        xml.WriteStartElement("FIELD", Namespace);
        if (column.Id is { } id) xml.WriteAttributeString("ID", id);
        xml.WriteAttributeString("name", column.Name);
        WriteType(xml, column.Values.GetType().GetElementType()!, column.IsAscii ? "char" : "unicodeChar");
        if (column.Unit is { } unit) xml.WriteAttributeString("unit", VoUnit(unit));
        if (column.XType is { } xtype) xml.WriteAttributeString("xtype", xtype);
        if (column.Utype is { } utype) xml.WriteAttributeString("utype", utype);
        if (column.Ucd is { } ucd)
        {
            xml.WriteAttributeString("ucd", ucd);
            if (ucd.StartsWith("pos.eq.", StringComparison.Ordinal) || ucd.StartsWith("POS_EQ_", StringComparison.Ordinal))
                xml.WriteAttributeString("ref", Frame);
        }

        xml.WriteElementString("DESCRIPTION", Namespace, column.Description);
        if (column.Null is { } unknown) WriteNull(xml, unknown);
        xml.WriteEndElement();
    }

    private static void WriteType(XmlWriter xml, Type type, string text = "unicodeChar")
    {
        xml.WriteAttributeString("datatype", type == typeof(double)
            ? "double" : type == typeof(long) ? "long" : type == typeof(bool) ? "boolean" : text);
        if (type == typeof(string)) xml.WriteAttributeString("arraysize", "*");
    }

    private static string Cell(object value) => value switch
    {
        double number => double.IsFinite(number)
            ? number.ToString("R", CultureInfo.InvariantCulture) : double.IsNaN(number) ? "NaN" : number > 0 ? "+Inf" : "-Inf",
        bool flag => flag ? "true" : "false",
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };

    /// <summary>Converts a unit to VOUnits 1.0: cm-2 s-1 becomes cm**-2.s**-1.</summary>
    private static string VoUnit(string unit) => Power().Replace(unit, "$1**$2").Replace(' ', '.');

    [GeneratedRegex("([A-Za-z])(-?[0-9]+)")]
    private static partial Regex Power();
}
