using System.Xml;
using static TsMapSurvey.Tables.VoTable;

namespace TsMapSurvey.Tables;

/// <summary>A service descriptor (DataLink 1.0, section 4): how a client asks another service about a row.</summary>
/// <param name="Id">XML ID, to which rows may refer.</param>
/// <param name="Standard">IVOID of the service's protocol.</param>
/// <param name="Url">Absolute.</param>
public sealed record VoService(string Id, string Standard, string Url, string Description, IReadOnlyList<VoInput> Inputs)
{
    internal void Write(XmlWriter xml)
    {
        Start(xml, "RESOURCE");
        xml.WriteAttributeString("type", "meta");
        xml.WriteAttributeString("utype", "adhoc:service");
        xml.WriteAttributeString("ID", Id);
        WriteText(xml, "DESCRIPTION", Description);
        WriteInput(xml, new VoInput("standardID", "char", "*", "The protocol") { Value = Standard });
        WriteInput(xml, new VoInput("accessURL", "char", "*", "Address of the service") { Value = Url, Ucd = "meta.ref.url" });
        Start(xml, "GROUP");
        xml.WriteAttributeString("name", "inputParams");
        foreach (var input in Inputs) WriteInput(xml, input);
        xml.WriteEndElement();
        xml.WriteEndElement();
    }

    private static void WriteInput(XmlWriter xml, VoInput input)
    {
        Start(xml, "PARAM");
        void Attribute(string name, string? value)
        {
            if (value is not null) xml.WriteAttributeString(name, value);
        }

        Attribute("name", input.Name);
        Attribute("datatype", input.Type);
        Attribute("arraysize", input.ArraySize);
        Attribute("unit", input.Unit);
        Attribute("ucd", input.Ucd);
        Attribute("xtype", input.XType);
        Attribute("ref", input.Ref);
        Attribute("value", input.Value);
        WriteText(xml, "DESCRIPTION", input.Description);
        xml.WriteEndElement();
    }
}
