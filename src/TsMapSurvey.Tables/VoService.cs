using System.Xml;
using static TsMapSurvey.Tables.VoTable;

namespace TsMapSurvey.Tables;

/// <summary>A parameter that a client sends to a service.</summary>
/// <param name="Type">VOTable's datatype: char, double, ...</param>
/// <param name="ArraySize">Null: one value.</param>
public sealed record VoInput(string Name, string Type, string? ArraySize, string Description)
{
    /// <summary>XML ID of the field whose value of a row is sent; null: the client chooses the value.</summary>
    public string? Ref { get; init; }

    public string? Unit { get; init; }

    public string? XType { get; init; }

    public string? Ucd { get; init; }

    /// <summary>The value if the client changes nothing.</summary>
    public string Value { get; init; } = "";
}

/// <summary>A service descriptor (DataLink 1.0, section 4): how a client asks another service about a row.</summary>
/// <param name="Id">XML ID, to which rows may refer.</param>
/// <param name="Standard">IVOID of the service's protocol.</param>
/// <param name="Url">Absolute.</param>
public sealed record VoService(string Id, string Standard, string Url, string Description, IReadOnlyList<VoInput> Inputs)
{
    internal void Write(XmlWriter xml)
    {
        xml.WriteStartElement("RESOURCE", Namespace);
        xml.WriteAttributeString("type", "meta");
        xml.WriteAttributeString("utype", "adhoc:service");
        xml.WriteAttributeString("ID", Id);
        xml.WriteElementString("DESCRIPTION", Namespace, Description);
        WriteInput(xml, new VoInput("standardID", "char", "*", "The protocol") { Value = Standard });
        WriteInput(xml, new VoInput("accessURL", "char", "*", "Address of the service") { Value = Url, Ucd = "meta.ref.url" });
        xml.WriteStartElement("GROUP", Namespace);
        xml.WriteAttributeString("name", "inputParams");
        foreach (var input in Inputs) WriteInput(xml, input);
        xml.WriteEndElement();
        xml.WriteEndElement();
    }

    private static void WriteInput(XmlWriter xml, VoInput input)
    {
        xml.WriteStartElement("PARAM", Namespace);
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
        xml.WriteElementString("DESCRIPTION", Namespace, input.Description);
        xml.WriteEndElement();
    }
}
