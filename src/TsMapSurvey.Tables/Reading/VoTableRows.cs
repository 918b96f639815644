using System.Text;
using System.Xml;

namespace TsMapSurvey.Tables.Reading;

/// <summary>
/// Reads the first table of a VOTable (any version) whose data are text (TABLEDATA). A document type is refused, so there are no entities
/// beside XML's own; nothing is fetched from elsewhere.
/// </summary>
internal static class VoTableRows
{
    private const string Kind = "VOTable";

    public static RowTable Read(ReadOnlyMemory<byte> bytes, RowLimits limits)
    {
        var settings = new XmlReaderSettings
        {
            DtdProcessing = DtdProcessing.Prohibit,
            XmlResolver = null,
            IgnoreComments = true,
            IgnoreProcessingInstructions = true,
            MaxCharactersFromEntities = 1,
            MaxCharactersInDocument = bytes.Length,
        };
        try
        {
            using var xml = XmlReader.Create(new MemoryStream(bytes.ToArray(), writable: false), settings);
            if (xml.MoveToContent() != XmlNodeType.Element || xml.LocalName != "VOTABLE")
                throw TableErrors.UnknownForm(Kind, $"the element {xml.LocalName}", "VOTABLE");
            return Table(xml, limits);
        }
        catch (XmlException exception)
        {
            throw TableErrors.Unreadable(Kind, exception.Message);
        }
    }

    private static RowTable Table(XmlReader xml, RowLimits limits)
    {
        var columns = new List<RowColumn>();
        var rows = new List<string[]>();
        while (xml.Read())
        {
            if (xml.NodeType == XmlNodeType.EndElement && xml.LocalName == "TABLE") return new RowTable(columns, rows);
            if (xml.NodeType != XmlNodeType.Element) continue;
            switch (xml.LocalName)
            {
                case "FIELD":
                    if (columns.Count == limits.MaxColumns) throw TableErrors.TooManyColumns(Kind, limits.MaxColumns);
                    var name = Attribute(xml, "name", limits) is { Length: > 0 } given ? given : Attribute(xml, "ID", limits) ?? "";
                    columns.Add(new RowColumn(name, Attribute(xml, "unit", limits), Attribute(xml, "ucd", limits)));
                    break;
                case "TR":
                    if (rows.Count == limits.MaxRows) throw TableErrors.TooManyRows(Kind, limits.MaxRows);
                    rows.Add(Row(xml, columns.Count, rows.Count + 1, limits));
                    break;
                case "BINARY" or "BINARY2" or "FITS" or "PARQUET":
                    throw TableErrors.UnknownForm(Kind, $"data as {xml.LocalName}", "data as text (TABLEDATA)");
                default:
                    break;
            }
        }

        throw TableErrors.Unreadable(Kind, "found no TABLE");
    }

    private static string[] Row(XmlReader xml, int columns, int row, RowLimits limits)
    {
        var (cells, found, cell) = (new string[columns], 0, (StringBuilder?)null);
        Array.Fill(cells, "");
        if (xml.IsEmptyElement) throw TableErrors.WrongWidth(Kind, row, 0, columns);
        while (xml.Read() && !(xml.NodeType == XmlNodeType.EndElement && xml.LocalName == "TR"))
        {
            switch (xml.NodeType)
            {
                case XmlNodeType.Element when xml.LocalName == "TD":
                    if (++found > columns) throw TableErrors.WrongWidth(Kind, row, found, columns);
                    cell = xml.IsEmptyElement ? null : new StringBuilder();
                    break;
                case XmlNodeType.EndElement when xml.LocalName == "TD":
                    cells[found - 1] = cell?.ToString().Trim() ?? "";
                    cell = null;
                    break;
                case XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.SignificantWhitespace when cell is not null:
                    if (cell.Length + xml.Value.Length > limits.MaxCellCharacters)
                        throw TableErrors.TooLongCell(Kind, row, limits.MaxCellCharacters);
                    cell.Append(xml.Value);
                    break;
                default:
                    break;
            }
        }

        return found == columns ? cells : throw TableErrors.WrongWidth(Kind, row, found, columns);
    }

    private static string? Attribute(XmlReader xml, string name, RowLimits limits)
    {
        var value = xml.GetAttribute(name);
        return value?.Length > limits.MaxCellCharacters ? throw TableErrors.TooLongCell(Kind, 0, limits.MaxCellCharacters) : value;
    }
}
