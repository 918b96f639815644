using System.Globalization;
using System.Text;
using System.Xml;

namespace TsMapSurvey.Tables;

// What answers of services have besides a table.
internal static partial class VoTable
{
    /// <summary>A document whose root has what <paramref name="content"/> writes.</summary>
    internal static byte[] Document(Action<XmlWriter> content)
    {
        using var stream = new MemoryStream();
        using (var xml = XmlWriter.Create(
            stream, new XmlWriterSettings { Encoding = new UTF8Encoding(false), Indent = true, IndentChars = " " }))
        {
            Start(xml, "VOTABLE");
            xml.WriteAttributeString("version", "1.4");
            content(xml);
            xml.WriteEndDocument();
        }

        return stream.ToArray();
    }

    internal static void Start(XmlWriter xml, string element) => xml.WriteStartElement(element, Namespace);

    internal static void WriteText(XmlWriter xml, string element, string text) => xml.WriteElementString(element, Namespace, text);

    internal static void WriteInfo(XmlWriter xml, VoInfo info)
    {
        Start(xml, "INFO");
        if (info.HasId) xml.WriteAttributeString("ID", info.Name);
        xml.WriteAttributeString("name", info.Name);
        xml.WriteAttributeString("value", Printable(info.Value));
        if (info.Text is { } text) xml.WriteString(Printable(text));
        xml.WriteEndElement();
    }

    /// <summary>The frame and the table whose fields refer to it.</summary>
    internal static void WriteTable(XmlWriter xml, DataTable table)
    {
        StartTable(xml, table, table.RowCount);
        for (var row = 0; row < table.RowCount; row++)
        {
            Start(xml, "TR");
            foreach (var column in table.Columns) WriteText(xml, "TD", Cell(column.Values.GetValue(row)!));
            xml.WriteEndElement();
        }

        for (var element = 0; element < 3; element++) xml.WriteEndElement();
    }

    private static void WriteNull(XmlWriter xml, long unknown)
    {
        Start(xml, "VALUES");
        xml.WriteAttributeString("null", unknown.ToString(CultureInfo.InvariantCulture));
        xml.WriteEndElement();
    }

    /// <summary>Characters that XML cannot contain are replaced, since messages repeat what clients sent.</summary>
    private static string Printable(string text) => string.Concat(text.Select(letter => XmlConvert.IsXmlChar(letter) ? letter : '?'));
}
